//! `email`: RFC 5321, section 4.1.2, `Mailbox`: a dot-atom or a quoted string, at a host name or an address literal.

use super::Format;
use super::hostname::is_hostname;

/// `email`.
pub static EMAIL: Format = Format::of_text("email", is_email);

/// Whether a text is a mailbox.
#[must_use]
pub fn is_email(text: &str) -> bool {
    // The last `@` outside quotes ends the local part; a domain has none.
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    (1..=64).contains(&local.len())
        && (is_dot_atom(local) || is_quoted(local))
        && (is_domain_literal(domain) || is_hostname(domain))
}

fn is_dot_atom(local: &str) -> bool {
    local.split('.').all(|atom| {
        !atom.is_empty()
            && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    })
}

/// Whether a local part is a quoted string.
pub(super) fn is_quoted(local: &str) -> bool {
    let Some(inner) = local.strip_prefix('"').and_then(|local| local.strip_suffix('"')) else { return false };
    let mut bytes = inner.bytes();
    while let Some(byte) = bytes.next() {
        let legal = match byte {
            b'\\' => bytes.next().is_some_and(|byte| (b' '..=b'~').contains(&byte)),
            b'"' => false,
            byte => (b' '..=b'~').contains(&byte),
        };
        if !legal {
            return false;
        }
    }
    true
}

/// Whether a domain is an address in brackets.
pub(super) fn is_domain_literal(domain: &str) -> bool {
    match domain.strip_prefix('[').and_then(|domain| domain.strip_suffix(']')) {
        Some(literal) => match literal.strip_prefix("IPv6:") {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => literal.parse::<std::net::Ipv4Addr>().is_ok(),
        },
        None => false,
    }
}
