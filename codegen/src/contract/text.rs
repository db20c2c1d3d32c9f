//! Texts of the document in the listing: as they are where they are plain, else in backticks.
//!
//! ```text
//!   CardNum: string
//!   `a b`: string
//!   `a\n  POST /admin`: string
//! ```
//!
//! A line is read by its words: spaces, `: `, `, `, ` + `, `=` part them, and some words have a meaning (`allOf`, `none`). A
//! text that could be taken for more than a name, or for one of those words, stands in backticks, escaped
//! ([`shown`]), so that no document can write a line that it has not earned, and no two contracts look the same.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::Value;

use crate::diagnostic::json_line;
use crate::support::{Shown, shown};

/// Words that begin a line among the members of a schema.
const LINES: &[&str] = &["allOf", "anyOf", "oneOf"];

/// Words between the names of a list.
const WORDS: &[&str] = &["and", "requires", "demands"];

/// What a schema without a name says first.
const TYPES: &[&str] = &["any", "nothing", "null", "boolean", "object", "array", "number", "string", "integer"];

/// A name within a line: of a parameter, a format, a scheme.
pub(super) fn name(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_word(text))
}

/// A name in a list of names: `requires a and b`.
pub(super) fn listed(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_word(text) && !WORDS.contains(&text))
}

/// A name at the beginning of a line, before a colon: of a property.
pub(super) fn member(text: &str) -> Cow<'_, str> {
    let is_index = text.bytes().all(|byte| byte.is_ascii_digit());
    plain_or_quoted(text, is_word(text) && !is_index && !text.starts_with('|') && !LINES.contains(&text))
}

/// A name of a schema, which may stand in parentheses, and where the types of a schema without a name would stand.
pub(super) fn schema(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_word(text) && !text.contains(['(', ')']) && !TYPES.contains(&text))
}

/// A name before parentheses or within them: of a scheme, or a scope.
pub(super) fn scope(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, is_word(text) && !text.contains(['(', ')']) && !matches!(text, "none" | "+"))
}

/// A media type, whose parameters may follow a semicolon and a space.
pub(super) fn media_type(text: &str) -> Cow<'_, str> {
    plain_or_quoted(text, text.split("; ").all(is_word))
}

/// A JSON value; every string in it stands in quotation marks.
pub(super) fn json(value: &Value) -> String {
    json_line(value)
}

/// Whether a text reads as one word and cannot be taken for a quoted one.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('"')
        && !text.ends_with([',', ':'])
        && !text.contains(|c| c == ' ' || c == '`' || Shown::escapes(c))
}

fn plain_or_quoted(text: &str, is_plain: bool) -> Cow<'_, str> {
    if is_plain {
        return Cow::Borrowed(text);
    }
    // A backtick within is an escape as well, and backslashes before it are doubled as before any other.
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
    use super::{media_type, member, name, schema, scope};

    #[test]
    fn what_is_plain_stays_as_it_is() {
        for text in ["CardNum", "filter[name]", "$top", "@type", "#text", "a.b", "x:y", "größe", "/users({id})", "and"]
        {
            assert_eq!(name(text), text);
            assert_eq!(member(text), text);
        }
        assert_eq!(media_type("application/json; charset=\"utf-8\""), "application/json; charset=\"utf-8\"");
        assert_eq!(schema("List«Pet»"), "List«Pet»");
    }

    #[test]
    fn what_could_be_taken_for_more_stands_in_backticks() {
        for (text, expected) in [
            ("", "``"),
            ("a b", "`a b`"),
            ("a: string\n  b", "`a: string\\n  b`"),
            ("`a`", "`\\u{60}a\\u{60}`"),
            ("\u{202e}", "`\\u{202e}`"),
            ("a,", "`a,`"),
        ] {
            assert_eq!(name(text), expected);
        }
        for text in ["allOf", "0", "| x", "\"^a\""] {
            assert_eq!(member(text), format!("`{text}`"));
        }
        assert_eq!(schema("string"), "`string`");
        assert_eq!(scope("none"), "`none`");
        assert_eq!(scope("a(b)"), "`a(b)`");
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
