//! Doc comments from the document's texts, with the constraints in words.
//!
//! ```yaml
//! CardNum: { type: string, maxLength: 30, description: "Valid Credit card number" }
//! ```
//!
//! ```text
//! /// Valid Credit card number
//! ///
//! /// `CardNum`: required, at most 30 characters.
//! ```
//!
//! The texts are CommonMark of unknown quality; whatever rustdoc would warn about (bare URLs, HTML, brackets that look like
//! links, indented text that would become a doctest) is escaped.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Keyword, Schema};

/// `///` lines for paragraphs; empty ones are left out.
pub fn doc(paragraphs: &[&str]) -> TokenStream {
    let lines = doc_lines(paragraphs);
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// `///` lines for paragraphs, as text.
pub fn comment(paragraphs: &[&str], indent: &str) -> String {
    let mut out = String::new();
    for line in doc_lines(paragraphs) {
        out.push_str(indent);
        out.push_str(if line.is_empty() { "///" } else { "/// " });
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn doc_lines(paragraphs: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let text = clean(paragraph);
        if text.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(text);
    }
    lines
}

/// What a schema demands, in words: `at most 30 characters, matching \`^a\``.
pub fn constraints(schema: &Schema) -> Vec<String> {
    let mut words = Vec::new();
    let mut say = |text: String| words.push(text);
    for keyword in &schema.keywords {
        match keyword {
            Keyword::Enum(_) => {}
            Keyword::MinLength(limit) => say(format!("at least {}", count(*limit, "character", "characters"))),
            Keyword::MaxLength(limit) => say(format!("at most {}", count(*limit, "character", "characters"))),
            Keyword::Pattern(pattern) => say(format!("matching {}", code(pattern))),
            Keyword::Format(format) => say(format!("format {}", code(&format.name))),
            Keyword::Minimum(bound) => say(format!("at least {bound}")),
            Keyword::ExclusiveMinimum(bound) => say(format!("above {bound}")),
            Keyword::Maximum(bound) => say(format!("at most {bound}")),
            Keyword::ExclusiveMaximum(bound) => say(format!("below {bound}")),
            Keyword::MultipleOf(step) => say(format!("a multiple of {step}")),
            Keyword::MinItems(limit) => say(format!("at least {}", count(*limit, "element", "elements"))),
            Keyword::MaxItems(limit) => say(format!("at most {}", count(*limit, "element", "elements"))),
            Keyword::UniqueItems => say("no two elements alike".to_owned()),
            Keyword::MinProperties(limit) => say(format!("at least {}", count(*limit, "member", "members"))),
            Keyword::MaxProperties(limit) => say(format!("at most {}", count(*limit, "member", "members"))),
            Keyword::Items { .. }
            | Keyword::Contains { .. }
            | Keyword::Members(_)
            | Keyword::PropertyNames(_)
            | Keyword::DependentRequired(_)
            | Keyword::DependentSchemas(_)
            | Keyword::Ref(_)
            | Keyword::AllOf(_)
            | Keyword::AnyOf(_)
            | Keyword::OneOf(_)
            | Keyword::Not(_)
            | Keyword::If { .. }
            | Keyword::EveryMember
            | Keyword::UnevaluatedItems(_)
            | Keyword::UnevaluatedProperties(_) => {}
        }
    }
    words
}

/// Text as inline code, whatever backticks it holds (CommonMark 0.31, "Code spans").
pub fn code(text: &str) -> String {
    let text = text.replace(['\n', '\r'], " ");
    if !text.contains('`') {
        return format!("`{text}`");
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    format!("{fence} {text} {fence}")
}

fn count(number: u64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// The lines of a text, escaped line by line; code blocks become `text` blocks, so that nothing is taken for a doctest.
fn clean(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        let line = line.replace('\t', "    ");
        let line = line.trim_end();
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            lines.push(if in_block { "```".to_owned() } else { "```text".to_owned() });
            in_block = !in_block;
        } else if in_block {
            lines.push(line.to_owned());
        } else {
            lines.push(escape(trimmed));
        }
    }
    if in_block {
        lines.push("```".to_owned());
    }
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines.get(first..last).map(<[String]>::to_vec).unwrap_or_default()
}

/// One line of prose: code spans stay, everything else loses what rustdoc would read as HTML, a link or a bare URL.
fn escape(line: &str) -> String {
    let spans = line.matches('`').count();
    let mut out = String::with_capacity(line.len() + 8);
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            // The last backtick of an odd number opens nothing.
            out.push_str(if spans % 2 == 1 && index == spans { "\\`" } else { "`" });
        }
        if index % 2 == 1 && !(spans % 2 == 1 && index == spans) {
            out.push_str(part);
        } else {
            escape_prose(part, &mut out);
        }
    }
    out
}

fn escape_prose(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest
                .find(|c: char| {
                    c.is_whitespace() || matches!(c, '<' | '>' | ')' | ']' | '"' | '\'' | '`' | '|' | '}' | '\\')
                })
                .unwrap_or(rest.len());
            let (url, after) = rest.split_at(end);
            let trimmed = url.trim_end_matches(['.', ',', ';', ':', '*', '_', '!']);
            out.push('<');
            out.push_str(trimmed);
            out.push('>');
            out.push_str(&url[trimmed.len()..]);
            rest = after;
            continue;
        }
        if matches!(first, '<' | '>' | '[' | ']') {
            out.push('\\');
        }
        out.push(first);
        rest = &rest[first.len_utf8()..];
    }
}
