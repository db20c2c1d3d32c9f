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
    match text.split_once(':') {
        Some((scheme, rest)) => is_scheme(scheme) && is_rest(rest),
        None => false,
    }
}

/// Whether a text is an IRI or a relative reference.
#[must_use]
pub fn is_iri_reference(text: &str) -> bool {
    // The first segment of a relative path has no colon.
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    is_iri(text) || (!first.contains(':') && is_rest(text))
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Everything behind the scheme.
fn is_rest(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').map_or((text, ""), |(text, fragment)| (text, fragment));
    let (hierarchy, query) = text.split_once('?').map_or((text, ""), |(text, query)| (text, query));
    if !is_made_of(fragment, b"!$&'()*+,;=:@/?") || !is_made_of(query, b"!$&'()*+,;=:@/?") {
        return false;
    }
    match hierarchy.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            is_authority(authority) && is_made_of(path, b"!$&'()*+,;=:@/")
        }
        None => is_made_of(hierarchy, b"!$&'()*+,;=:@/"),
    }
}

fn is_authority(authority: &str) -> bool {
    let (user, host_port) = authority.rsplit_once('@').unwrap_or(("", authority));
    if !is_made_of(user, b"!$&'()*+,;=:") {
        return false;
    }
    let (host, port) = match host_port.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) => {
                let future = address.starts_with(['v', 'V']) && is_made_of(address, b"!$&'()*+,;=:");
                if address.parse::<std::net::Ipv6Addr>().is_err() && !future {
                    return false;
                }
                ("", port)
            }
            None => return false,
        },
        None => host_port.split_at(host_port.find(':').unwrap_or(host_port.len())),
    };
    let port_holds =
        port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    port_holds && is_made_of(host, b"!$&'()*+,;=")
}

/// Whether a text is made of unreserved characters, percent-encoded octets, and some others.
fn is_made_of(text: &str, others: &[u8]) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let legal = match u8::try_from(character) {
            Ok(b'%') => characters.by_ref().take(2).filter(char::is_ascii_hexdigit).count() == 2,
            Ok(byte) if byte.is_ascii() => {
                byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || others.contains(&byte)
            }
            // RFC 3987, `ucschar` and `iprivate`.
            _ => {
                matches!(character, '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}' | '\u{10000}'..)
            }
        };
        if !legal {
            return false;
        }
    }
    true
}
