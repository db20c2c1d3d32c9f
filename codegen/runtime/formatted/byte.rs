//! `format: byte`: base64 (RFC 4648, section 4), `Vec<u8>`.

use super::super::formats::byte;
use super::FormatText;

impl FormatText for Vec<u8> {
    fn parse_text(text: &str) -> Option<Self> {
        byte::decode(text)
    }

    fn render_text(&self) -> String {
        byte::encode(self)
    }
}
