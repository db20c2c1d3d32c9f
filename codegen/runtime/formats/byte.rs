//! `byte`: base64 with padding (RFC 4648, section 4), as OpenAPI 3.0 defines the format.

use super::Format;

/// `byte`.
pub static BYTE: Format = Format::of_text("byte", is_base64);

/// Whether a text is base64.
#[must_use]
pub fn is_base64(text: &str) -> bool {
    decode(text).is_some()
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bytes of a text, `None` where it is not base64 in its one canonical form.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let content = text
        .strip_suffix("==")
        .or_else(|| text.strip_suffix('='))
        .unwrap_or(text);
    let mut out = Vec::with_capacity(content.len() * 3 / 4);
    let (mut held, mut bits) = (0u32, 0u32);
    for byte in content.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6) | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((held >> bits) & 0xff).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    // Bits that no byte takes are zero in the canonical form (RFC 4648, section 3.5).
    (held == 0).then_some(out)
}

/// The base64 text of bytes.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| chunk.get(index).copied().map_or(0, u32::from);
        let group = (at(0) << 16) | (at(1) << 8) | at(2);
        for index in 0..4u32 {
            let sextet = (group >> (18 - 6 * index)) & 63;
            let letter = ALPHABET
                .get(usize::try_from(sextet).unwrap_or_default())
                .copied()
                .unwrap_or(b'A');
            let padded = index > 0 && usize::try_from(index).unwrap_or_default() > chunk.len();
            out.push(if padded { '=' } else { char::from(letter) });
        }
    }
    out
}
