//! Formats of numbers: the OpenAPI Format Registry. Except for `decimal`, they do not apply to strings.

use super::super::{Decimal, View};
use super::Format;

/// `int32`: 32 bits, signed. That a number is an integer is the schema's `type`.
pub static INT32: Format = Format::of_number("int32", is_int32);
/// `int64`: 64 bits, signed.
pub static INT64: Format = Format::of_number("int64", is_int64);
/// `float`: within the range of binary32 (IEEE 754).
pub static FLOAT: Format = Format::of_number("float", is_float);
/// `double`: within the range of binary64, as every number here is.
pub static DOUBLE: Format = Format::of_number("double", is_double);
/// `decimal`: a number in decimal digits, as a string or as a number.
pub static DECIMAL: Format = Format::of_text("decimal", is_decimal);

/// Whether a number fits 32 bits.
#[must_use]
pub fn is_int32(number: View<'_>) -> bool {
    match number {
        View::Integer(value) => i32::try_from(value).is_ok(),
        _ => is_within(number, i32::MIN.into(), i32::MAX.into()),
    }
}

/// Whether a number fits 64 bits.
#[must_use]
pub fn is_int64(number: View<'_>) -> bool {
    match number {
        View::Integer(_) => true,
        View::Unsigned(_) => false,
        _ => is_within(number, i64::MIN.into(), i64::MAX.into()),
    }
}

fn is_within(number: View<'_>, least: i128, greatest: i128) -> bool {
    let exact = match number {
        View::Unsigned(value) => Some(i128::from(value)),
        View::Number(value) => Decimal::from_float(value).and_then(Decimal::to_integer),
        View::Numeral(value) => value.decimal().and_then(Decimal::to_integer),
        // What is no number is of any format of numbers.
        _ => return true,
    };
    exact.is_some_and(|value| (least..=greatest).contains(&value))
}

/// Whether a number is within the range of binary32.
#[must_use]
pub fn is_float(number: View<'_>) -> bool {
    match number {
        View::Number(value) => value.abs() <= f64::from(f32::MAX),
        View::Numeral(value) => value.to_float().abs() <= f64::from(f32::MAX),
        // Integers of 64 bits are within, and what is no number is of any format of numbers.
        _ => true,
    }
}

/// Whether a number is within the range of binary64.
#[must_use]
pub fn is_double(number: View<'_>) -> bool {
    match number {
        View::Number(value) => value.is_finite(),
        View::Numeral(value) => value.to_float().is_finite(),
        // As above.
        _ => true,
    }
}

/// Whether a text is a decimal number: `-12.50`.
#[must_use]
pub fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(text),
    }
}
