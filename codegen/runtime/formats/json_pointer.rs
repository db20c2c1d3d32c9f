//! `json-pointer` (RFC 6901, section 3), `relative-json-pointer` (draft-handrews-relative-json-pointer-01).

use super::Format;

/// `json-pointer`.
pub static JSON_POINTER: Format = Format::of_text("json-pointer", is_json_pointer);
/// `relative-json-pointer`.
pub static RELATIVE_JSON_POINTER: Format =
    Format::of_text("relative-json-pointer", is_relative_json_pointer);

/// Whether a text is a JSON Pointer in its string form.
#[must_use]
pub fn is_json_pointer(text: &str) -> bool {
    if !text.is_empty() && !text.starts_with('/') {
        return false;
    }
    // `~` is written `~0`, `/` within a step `~1`.
    text.split('~')
        .skip(1)
        .all(|rest| rest.starts_with(['0', '1']))
}

/// Whether a text is a relative JSON Pointer: how many steps up, then a pointer or `#`.
#[must_use]
pub fn is_relative_json_pointer(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (up, rest) = text.split_at(digits);
    !up.is_empty() && (up == "0" || !up.starts_with('0')) && (rest == "#" || is_json_pointer(rest))
}
