//! `uri-template`: RFC 6570, section 2.

use super::Format;

/// `uri-template`.
pub static URI_TEMPLATE: Format = Format::of_text("uri-template", is_uri_template);

/// Whether a text is a URI template, of any level.
#[must_use]
pub fn is_uri_template(text: &str) -> bool {
    let mut rest = text;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((expression, after)) = after.split_once('}') else {
            return false;
        };
        if !is_literal(literal) || !is_expression(expression) {
            return false;
        }
        rest = after;
    }
    is_literal(rest)
}

/// Section 2.1, with erratum 6937: neither controls nor spaces nor some marks; `%` begins an octet.
fn is_literal(text: &str) -> bool {
    let forbidden = |c: char| c.is_control() || c == ' ' || "\"<>\\^`{|}".contains(c);
    !text.contains(forbidden) && has_whole_octets(text)
}

fn has_whole_octets(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        let mut digits = rest.bytes().take(2);
        digits.len() == 2 && digits.all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Sections 2.2 to 2.4: an operator, then variables with modifiers.
fn is_expression(text: &str) -> bool {
    let variables = text
        .strip_prefix(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|'])
        .unwrap_or(text);
    variables.split(',').all(is_variable)
}

fn is_variable(text: &str) -> bool {
    let name = match (text.strip_suffix('*'), text.split_once(':')) {
        (Some(name), _) => name,
        (None, Some((name, length))) => {
            // `max-length` is 1 to 9999.
            let legal = (1..=4).contains(&length.len()) && !length.starts_with('0');
            if !legal || !length.bytes().all(|byte| byte.is_ascii_digit()) {
                return false;
            }
            name
        }
        (None, None) => text,
    };
    has_whole_octets(name)
        && name.split('.').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'%'))
        })
}
