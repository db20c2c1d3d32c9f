//! `card-number`: a payment card's number with its check digit (ISO/IEC 7812-1, annex B: the Luhn formula).
//!
//! No standard format: a document, or an overlay beside it, says `format: card-number`, and the choices say
//! `card-number = { check = "support::formats::card_number::is_card_number" }`.

/// Whether a text may stand where a card number is asked for: digits (spaces and hyphens between them) whose check digit is right;
/// a reference to a stored one, which begins with `@`; or a masked one, such as `411111******1111`, which has no check digit to test.
#[must_use]
pub fn is_card_number(text: &str) -> bool {
    if let Some(token) = text.strip_prefix('@') {
        return !token.is_empty();
    }
    let mut masked = false;
    let mut digits = 0usize;
    let mut sum = 0u32;
    for byte in text.bytes().rev() {
        match byte {
            b'0'..=b'9' => {
                let digit = u32::from(byte - b'0');
                let doubled = if digits % 2 == 1 { digit * 2 } else { digit };
                sum += if doubled > 9 { doubled - 9 } else { doubled };
                digits += 1;
            }
            b'*' | b'X' | b'x' => {
                masked = true;
                digits += 1;
            }
            b' ' | b'-' => {}
            _ => return false,
        }
    }
    // ISO/IEC 7812-1, section 4: up to 19 digits; the shortest in use have 12.
    (12..=19).contains(&digits) && (masked || sum.is_multiple_of(10))
}

/// Whether a card number could stand in a text that is to be shown: 13 digits or more, with spaces or hyphens between them (ISO/IEC 7812-1,
/// section 4).
#[must_use]
pub fn may_show_card_number(text: &str) -> bool {
    let digits = |run: &str| run.bytes().filter(u8::is_ascii_digit).count();
    // Most names are shorter, and this is called for each step of a pointer.
    text.len() >= 13
        && text
            .split(|c: char| !(c.is_ascii_digit() || c == ' ' || c == '-'))
            .any(|run| digits(run) >= 13)
}
