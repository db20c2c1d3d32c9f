//! Texts of the document in the listing: plain ones as they are, others in backticks.
//!
//! ```text
//!   CardNum: string
//!   `a b`: string
//!   `a\n  POST /admin`: string
//! ```
//!
//! A line has separators (`: `, `, `, ` + `, `=`, in lists a space) and words with a meaning (`allOf`, `none`). A text that could be read
//! as more than a name, or as one of those words, stands in backticks, escaped ([`shown`]), so that no document can forge a line, and
//! different contracts never look the same.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::api::Server;
use crate::diagnostic::json_line;
use crate::runtime::{Shown, shown};

/// Words that may begin a line among the members of a schema, or below a body or a response.
const LINES: &[&str] = &["allOf", "anyOf", "oneOf", "or", "header", "part", "offers", "summary", "items"];

/// Words between the names of a list.
const WORDS: &[&str] = &["and", "requires", "demands"];

/// The first word of a schema without a name.
const TYPES: &[&str] = &["any", "nothing", "null", "boolean", "object", "array", "number", "string", "integer"];

/// A name that is followed by a space and more: a path.
pub(crate) fn word(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_word(text))
}

/// A name up to the next colon, comma, or the end of the line: of a parameter, a format, an operation. It may have spaces.
pub(crate) fn name(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_phrase(text))
}

/// A name in a list of names: `requires a and b`.
pub(crate) fn listed(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_phrase(text) && !text.split(' ').any(|word| WORDS.contains(&word)))
}

/// A name at the beginning of a line, before a colon: of a property.
pub(crate) fn member(text: &str) -> Cow<'_, str> {
    let first = text.split(' ').next().unwrap_or_default();
    // Elements of a tuple are listed by their index.
    let begins_other_line = LINES.contains(&first) && (first.len() < text.len() || first.ends_with("Of"));
    let is_index = text.bytes().all(|byte| byte.is_ascii_digit());
    plain_or_quoted(text, is_phrase(text) && !begins_other_line && !is_index && !text.starts_with('|'))
}

/// A name of a schema, which may stand in parentheses, and where the types of a schema without a name would stand.
pub(crate) fn schema(text: &str) -> Cow<'_, str> {
    let reads_as_types = text.split(" or ").any(|word| TYPES.contains(&word)) || text.starts_with("see ");
    plain_or_quoted(text, is_phrase(text) && !reads_as_types && !text.contains(" = ") && is_balanced(text))
}

/// A name of a scheme, one of several, before its scopes in parentheses.
pub(crate) fn scheme(text: &str) -> Cow<'_, str> {
    let is_one = text != "none" && !text.contains(['(', ')']) && !text.split(' ').any(|word| word == "+");
    plain_or_quoted(text, is_phrase(text) && is_one)
}

/// A scope, one of several in parentheses.
pub(crate) fn scope(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_word(text) && !text.contains(['(', ')']))
}

/// A media type, whose parameters may follow a semicolon and a space.
pub(crate) fn media_type(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_phrase(text))
}

/// Media types at the end of a line: an encoding may list several, with commas (OpenAPI 3.1.1, "Encoding Object").
pub(crate) fn media_types(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, text.split(", ").all(is_phrase))
}

/// A server: its URL, and its name where it has one.
pub(crate) fn server(server: &Server) -> String {
    let named = server.name.as_ref().map(|named| format!(", {}", name(&named.name)));
    format!("server {}{}", name(&server.url), named.unwrap_or_default())
}

/// A text for people, in quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    json_line(&Value::String(text.to_owned()))
}

/// A JSON value; every string in it stands in quotation marks.
pub(crate) fn json(value: &Value) -> String {
    json_line(value)
}

/// Whether a text reads as one word and cannot be taken for a quoted one.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('"')
        && !text.ends_with([',', ':'])
        && !text.contains(|c| c == ' ' || c == '`' || Shown::escapes(c))
}

/// Whether a text is words separated by single spaces, none of which ends in a comma or a colon.
fn is_phrase(text: &str) -> bool {
    text.split(' ').all(is_word)
}

/// Whether parentheses are balanced.
fn is_balanced(text: &str) -> bool {
    let mut open = 0_usize;
    text.chars().all(|c| match c {
        '(' => {
            open += 1;
            true
        }
        ')' => open.checked_sub(1).is_some_and(|left| {
            open = left;
            true
        }),
        _ => true,
    }) && open == 0
}

fn plain_or_quoted(text: &str, is_plain: bool) -> Cow<'_, str> {
    if is_plain {
        return Cow::Borrowed(text);
    }
    // A backtick within is escaped as well, and backslashes before it are doubled as before any other escape.
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('`');
    let mut parts = text.split('`');
    let last = parts.next_back().unwrap_or_default();
    for part in parts {
        let before = part.trim_end_matches('\\');
        // Writing to a string does not fail.
        let _ = write!(quoted, "{}{}\\u{{60}}", shown(before), "\\\\".repeat(part.len() - before.len()));
    }
    let _ = write!(quoted, "{}`", shown(last));
    Cow::Owned(quoted)
}

#[cfg(test)]
mod tests {
    use super::{listed, media_type, media_types, member, name, schema, scheme, scope, word};

    #[test]
    fn what_is_plain_stays_as_it_is() {
        for text in [
            "CardNum",
            "filter[name]",
            "$top",
            "@type",
            "#text",
            "a.b",
            "x:y",
            "größe",
            "/users({id})",
            "and",
            "Card number",
        ] {
            assert_eq!(name(text), text);
            assert_eq!(member(text), text);
        }
        assert_eq!(media_type("application/json; charset=\"utf-8\""), "application/json; charset=\"utf-8\"");
        assert_eq!(media_types("image/png, image/jpeg"), "image/png, image/jpeg");
        for text in ["List«Pet»", "Connection (as sent)", "Map<string,object>"] {
            assert_eq!(schema(text), text);
        }
    }

    #[test]
    fn what_could_be_taken_for_more_stands_in_backticks() {
        for (text, expected) in [
            ("", "``"),
            ("a  b", "`a  b`"),
            (" a", "` a`"),
            ("a, required", "`a, required`"),
            ("a: string\n  b", "`a: string\\n  b`"),
            ("`a`", "`\\u{60}a\\u{60}`"),
            ("\u{202e}", "`\\u{202e}`"),
            ("a,", "`a,`"),
        ] {
            assert_eq!(name(text), expected);
        }
        for text in ["allOf", "0", "| x", "\"^a\"", "or text/plain", "part a", "header X"] {
            assert_eq!(member(text), format!("`{text}`"));
        }
        for text in ["string", "integer or null", "A = B", "A)", "see /components"] {
            assert_eq!(schema(text), format!("`{text}`"));
        }
        for text in ["none", "a(b)", "a + b"] {
            assert_eq!(scheme(text), format!("`{text}`"));
        }
        assert_eq!(scope("a b"), "`a b`");
        assert_eq!(listed("a and b"), "`a and b`");
        assert_eq!(word("/a b"), "`/a b`");
    }

    #[test]
    fn no_two_names_look_the_same() {
        let letters = ['\\', '`', ' ', 'u', '{', '6', '0', '}'];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts
                .iter()
                .flat_map(|text| letters.map(|letter| format!("{text}{letter}")))
                .chain(texts.clone())
                .collect();
        }
        texts.extend([r" \u{60}".to_owned(), " \\`".to_owned(), r" \\u{60}".to_owned()]);
        texts.sort();
        texts.dedup();
        let shown: std::collections::HashSet<_> = texts.iter().map(|text| name(text)).collect();
        assert_eq!(shown.len(), texts.len());
    }
}
