//! `email`: RFC 5321, section 4.1.2, `Mailbox`: a dot-atom or a quoted string, at a host name or an address literal.

use super::Format;
use super::hostname::is_hostname;

/// `email`.
pub static EMAIL: Format = Format::of_text("email", is_email);

/// Whether a text is a mailbox.
#[must_use]
pub fn is_email(text: &str) -> bool {
    // The last `@` outside quotes ends the local part; a domain has none.
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    (1..=64).contains(&local.len())
        && (is_dot_atom(local) || is_quoted(local, false))
        && (is_domain_literal(domain) || is_hostname(domain))
}

fn is_dot_atom(local: &str) -> bool {
    local.as_bytes().split(|byte| *byte == b'.').all(|atom| {
        !atom.is_empty()
            && atom
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(byte))
    })
}

/// Whether a local part is a quoted string, of ASCII alone or of any characters (RFC 6531, section 3.3).
pub(super) fn is_quoted(local: &str, international: bool) -> bool {
    let Some(inner) = local
        .strip_prefix('"')
        .and_then(|local| local.strip_suffix('"'))
    else {
        return false;
    };
    let is_text = |c: char| (' '..='~').contains(&c) || (international && !c.is_ascii());
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        let legal = match character {
            '\\' => characters.next().is_some_and(|c| (' '..='~').contains(&c)),
            '"' => false,
            character => is_text(character),
        };
        if !legal {
            return false;
        }
    }
    true
}

/// Whether a domain is an address in brackets.
pub(super) fn is_domain_literal(domain: &str) -> bool {
    match domain
        .strip_prefix('[')
        .and_then(|domain| domain.strip_suffix(']'))
    {
        Some(literal) => match literal.strip_prefix("IPv6:") {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => literal.parse::<std::net::Ipv4Addr>().is_ok(),
        },
        None => false,
    }
}
