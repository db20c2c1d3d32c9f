//! `ipv4` (RFC 2673, section 3.2, `dotted-quad`), `ipv6` (RFC 4291, section 2.2).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::Format;

/// `ipv4`.
pub static IPV4: Format = Format::of_text("ipv4", is_ipv4);
/// `ipv6`.
pub static IPV6: Format = Format::of_text("ipv6", is_ipv6);

/// Whether a text is an IPv4 address.
#[must_use]
pub fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// Whether a text is an IPv6 address; a zone is no part of the format.
#[must_use]
pub fn is_ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}
