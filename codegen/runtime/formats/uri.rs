//! `uri`, `uri-reference`: RFC 3986, appendix A. `iri`, `iri-reference`: RFC 3987, section 2.2.

use super::Format;

/// `uri`.
pub static URI: Format = Format::of_text("uri", is_uri);
/// `uri-reference`.
pub static URI_REFERENCE: Format = Format::of_text("uri-reference", is_uri_reference);
/// `iri`.
pub static IRI: Format = Format::of_text("iri", is_iri);
/// `iri-reference`.
pub static IRI_REFERENCE: Format = Format::of_text("iri-reference", is_iri_reference);

/// Whether a text is a URI: with a scheme.
#[must_use]
pub fn is_uri(text: &str) -> bool {
    text.is_ascii() && is_iri(text)
}

/// Whether a text is a URI or a relative reference.
#[must_use]
pub fn is_uri_reference(text: &str) -> bool {
    text.is_ascii() && is_iri_reference(text)
}

/// Whether a text is an IRI: a URI that may have characters beyond ASCII.
#[must_use]
pub fn is_iri(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && past(text, SCHEME).strip_prefix(':').is_some_and(is_rest)
}

/// Whether a text is an IRI or a relative reference.
#[must_use]
pub fn is_iri_reference(text: &str) -> bool {
    // The first segment of a relative path has no colon.
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    is_iri(text) || (!first.contains(':') && is_rest(text))
}

/// The part after the scheme.
fn is_rest(text: &str) -> bool {
    let path = match text.strip_prefix("//") {
        Some(rest) => {
            let path = past(rest, AUTHORITY);
            let (authority, path) = rest.split_at(rest.len() - path.len());
            if !is_authority(authority) {
                return false;
            }
            path
        }
        None => text,
    };
    let rest = past(path, SEGMENT | SLASH);
    let rest = rest
        .strip_prefix('?')
        .map_or(rest, |query| past(query, SEGMENT | SLASH | QUESTION));
    let rest = rest
        .strip_prefix('#')
        .map_or(rest, |fragment| past(fragment, SEGMENT | SLASH | QUESTION));
    rest.is_empty()
}

fn is_authority(authority: &str) -> bool {
    if past(authority, NAME).is_empty() {
        // Neither a user, nor a port, nor an address in brackets: most are so.
        return true;
    }
    let (user, host_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    let port = match host_port.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) if is_address(address) => port,
            _ => return false,
        },
        None => past(host_port, NAME),
    };
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    past(user, NAME | COLON).is_empty()
        && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port))
}

/// An IP literal in brackets: an IPv6 address, or an address of a future version (`v1.…`).
fn is_address(address: &str) -> bool {
    let is_later = |rest: &str| {
        rest.split_once('.').is_some_and(|(version, address)| {
            !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !address.is_empty()
                && past(address, UNRESERVED | DELIMITER | COLON).is_empty()
        })
    };
    address.parse::<std::net::Ipv6Addr>().is_ok()
        || address.strip_prefix(['v', 'V']).is_some_and(is_later)
}

// Characters by what they may be part of.
const UNRESERVED: u16 = 1;
/// `sub-delims`.
const DELIMITER: u16 = 1 << 1;
const COLON: u16 = 1 << 2;
const AT: u16 = 1 << 3;
const SLASH: u16 = 1 << 4;
const QUESTION: u16 = 1 << 5;
const BRACKET: u16 = 1 << 6;
/// Of a scheme, from its second character on.
const SCHEME: u16 = 1 << 7;
/// `%` and two digits.
const PERCENT: u16 = 1 << 8;
/// RFC 3987, `ucschar` and `iprivate`.
const BEYOND_ASCII: u16 = 1 << 9;

/// `ireg-name`.
const NAME: u16 = UNRESERVED | DELIMITER | PERCENT | BEYOND_ASCII;
/// `isegment`.
const SEGMENT: u16 = NAME | COLON | AT;
const AUTHORITY: u16 = SEGMENT | BRACKET;

static CLASSES: [u16; 256] = classes();

const fn classes() -> [u16; 256] {
    let mut classes = [BEYOND_ASCII; 256];
    let mut byte = 0u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' => UNRESERVED | SCHEME,
            b'+' => DELIMITER | SCHEME,
            b'_' | b'~' => UNRESERVED,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b',' | b';' | b'=' => DELIMITER,
            b':' => COLON,
            b'@' => AT,
            b'/' => SLASH,
            b'?' => QUESTION,
            b'[' | b']' => BRACKET,
            b'%' => PERCENT,
            _ => 0,
        };
        byte += 1;
    }
    classes
}

/// What is left of a text behind its first characters, as many as are of some classes.
fn past(text: &str, admitted: u16) -> &str {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        end += match CLASSES[usize::from(*byte)] & admitted {
            0 => break,
            PERCENT
                if bytes
                    .get(end + 1..end + 3)
                    .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) =>
            {
                3
            }
            PERCENT => break,
            BEYOND_ASCII => match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(
                    character @ ('\u{a0}'..='\u{d7ff}'
                    | '\u{e000}'..='\u{fdcf}'
                    | '\u{fdf0}'..='\u{ffef}'
                    | '\u{10000}'..),
                ) => character.len_utf8(),
                _ => break,
            },
            _ => 1,
        };
    }
    text.get(end..).unwrap_or_default()
}
