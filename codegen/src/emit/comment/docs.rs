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
//! The document's texts are Markdown of strangers: [`text`](crate::emit::comment) makes it safe.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Demand, Keyword, Schema};
use crate::runtime::Side;

pub use crate::emit::comment::code;
use crate::emit::comment::{block, labelled, line};

/// A paragraph of a doc comment.
#[derive(Clone, Copy, Debug)]
pub enum Said<'t> {
    /// Markdown of the generator's, on one line; what it holds of the document went through [`code`] or `line`.
    Ours(&'t str),
    /// A text of the document, with any structure.
    Text(&'t str),
    /// A title or a summary of the document, on one line.
    Line(&'t str),
    /// A text of the document after a label of ours: `Body: the card to store`.
    Labelled(&'t str, &'t str),
    /// The entries of a list, each a text of the document after a label of ours.
    Entries(&'t [(String, &'t str)]),
}

/// `///` lines for paragraphs; empty ones are left out.
pub fn doc(paragraphs: &[Said<'_>]) -> TokenStream {
    let lines = doc_lines(paragraphs);
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// `//!` lines for paragraphs.
pub fn inner_doc(paragraphs: &[Said<'_>]) -> TokenStream {
    let lines = doc_lines(paragraphs);
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#![doc = #lines])*)
}

/// `///` lines for paragraphs, as text.
pub fn comment(paragraphs: &[Said<'_>], indent: &str) -> String {
    let mut out = String::new();
    for line in doc_lines(paragraphs) {
        out.push_str(indent);
        out.push_str(if line.is_empty() { "///" } else { "/// " });
        out.push_str(&line);
        out.push('\n');
    }
    out
}

fn doc_lines(paragraphs: &[Said<'_>]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        let said = match paragraph {
            Said::Ours(markdown) => markdown.lines().map(str::to_owned).collect(),
            Said::Text(text) => block(text),
            Said::Line(text) => Some(line(text)).filter(|line| !line.is_empty()).into_iter().collect(),
            Said::Labelled(label, text) => labelled(label, text),
            Said::Entries(entries) => entries.iter().flat_map(|(label, text)| entry(label, text)).collect(),
        };
        if said.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(said);
    }
    lines
}

/// An entry of a list: whatever follows its first line is within it.
fn entry(label: &str, text: &str) -> Vec<String> {
    let said = if text.trim().is_empty() { vec![label.to_owned()] } else { labelled(label, text) };
    let within = |(index, line): (usize, String)| match (index, line.is_empty()) {
        (0, _) => format!("- {line}"),
        (_, true) => line,
        (_, false) => format!("  {line}"),
    };
    said.into_iter().enumerate().map(within).collect()
}

/// What a schema demands, in words: `at most 30 characters, matching \`^a\``.
pub fn constraints(schema: &Schema) -> Vec<String> {
    let said = schema.keywords.iter().filter_map(|keyword| match exact_size(keyword, schema) {
        Some((Side::Min, size)) => Some(format!("exactly {size}")),
        Some((Side::Max, _)) => None,
        None => Some(match keyword.demand()? {
            Demand::Words(words) => words,
            Demand::Pattern(source) => format!("matching {}", code_or_length(source, "a pattern")),
            Demand::Format(name) => format!("format {}", code(name)),
        }),
    });
    said.collect()
}

/// `32 characters` for a limit of which the other side is the same, and which side this one is.
fn exact_size(keyword: &Keyword, schema: &Schema) -> Option<(Side, String)> {
    let Keyword::Size { measure, side, limit } = keyword else { return None };
    let is_other = |other: &Keyword| matches!(other, Keyword::Size { measure: of, side: end, limit: size } if of == measure && end != side && size == limit);
    schema.keywords.iter().any(is_other).then(|| (*side, measure.count(*limit)))
}

/// A longer pattern or value says nothing to a reader, and would stand wherever its schema is referred to.
pub const LONGEST_SHOWN: usize = 2_000;

/// A text as code, or how long it is: `a pattern of 50000 bytes`.
pub fn code_or_length(text: &str, what: &str) -> String {
    if text.len() <= LONGEST_SHOWN { code(text) } else { format!("{what} of {} bytes", text.len()) }
}
