//! `uuid`: RFC 4122, section 3: 8-4-4-4-12 hexadecimal digits.

use super::Format;

/// `uuid`.
pub static UUID: Format = Format::of_text("uuid", is_uuid);

/// Whether a text is a UUID.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
