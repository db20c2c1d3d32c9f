//! Texts of the document that go into a request as they are: what HTTP cannot carry is told when code is generated, not at each call.
//!
//! ```yaml
//! /pet food/{id}:                                  # sent as `/pet%20food/…`
//!   post:
//!     parameters:
//!       - { name: "X Trace", in: header }          # left out
//!     requestBody:
//!       content: { "application/json; v=ä": {} }   # sent as `application/json`
//! ```

use std::borrow::Cow;

/// The longest name of a header that the crate `http` takes.
const LONGEST_HEADER_NAME: usize = 65_535;

/// Whether a text is a header's name: a token (RFC 9110, section 5.6.2).
pub(crate) fn is_header_name(name: &str) -> bool {
    let in_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.len() <= LONGEST_HEADER_NAME && name.bytes().all(in_token)
}

/// Whether a text can be a header's value: visible ASCII, with spaces and tabs between (RFC 9110, section 5.5).
pub(crate) fn is_header_value(value: &str) -> bool {
    let is_space = |c: char| matches!(c, ' ' | '\t');
    !value.is_empty()
        && !value.starts_with(is_space)
        && !value.ends_with(is_space)
        && value.chars().all(|c| c.is_ascii_graphic() || is_space(c))
}

/// The literal part of a path as a URI holds it: what it may not hold is percent-encoded (RFC 3986, section 2.1). A query or a fragment
/// that a template ends in stays one.
pub(crate) fn path_text(literal: &str) -> Cow<'_, str> {
    let bytes = literal.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let is_kept = |at: usize, byte: u8| match byte {
        b'%' => is_hex(at + 1) && is_hex(at + 2),
        _ => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?#[]".contains(&byte),
    };
    if bytes.iter().enumerate().all(|(at, byte)| is_kept(at, *byte)) {
        return Cow::Borrowed(literal);
    }
    let mut out = String::with_capacity(literal.len() + 8);
    for (at, byte) in bytes.iter().enumerate() {
        if is_kept(at, *byte) {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Cow::Owned(out)
}

/// A name in a message, which escapes it: no longer than can be read.
pub(crate) fn quoted(name: &str) -> String {
    let shown: String = name.chars().take(60).collect();
    let dots = if shown.len() < name.len() { "…" } else { "" };
    format!("`{shown}{dots}`")
}

#[cfg(test)]
mod tests {
    use super::{is_header_name, is_header_value, path_text};

    #[test]
    fn header_names_are_tokens() {
        assert!(["X-Trace", "a", "x!#$%&'*+-.^_`|~"].into_iter().all(is_header_name));
        assert!(["", "X Trace", "a:", "ä", "a\n", "(a)", "a/b"].into_iter().all(|name| !is_header_name(name)));
        assert!(!is_header_name(&"a".repeat(65_536)));
    }

    #[test]
    fn header_values_are_of_one_line_of_ascii() {
        assert!(["application/json", "text/plain; charset=utf-8", "a\tb"].into_iter().all(is_header_value));
        assert!(["", " a", "a ", "ä", "a\r\nb: c", "a\0"].into_iter().all(|value| !is_header_value(value)));
    }

    #[test]
    fn paths_are_encoded_where_they_must_be() {
        for (stated, sent) in [
            ("/a b/", "/a%20b/"),
            ("/ä", "/%C3%A4"),
            ("/100%/", "/100%25/"),
            ("/a%2fb", "/a%2fb"),
            ("/a?b=c#d", "/a?b=c#d"),
            ("/a\\b|c^`\"<>{}\n\u{7f}", "/a%5Cb%7Cc%5E%60%22%3C%3E%7B%7D%0A%7F"),
        ] {
            assert_eq!(path_text(stated), sent);
        }
    }
}
