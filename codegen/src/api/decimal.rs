//! Exact decimal numbers: what a bound or a `multipleOf` says in the document, digit for digit.

use std::fmt;

/// `digits × 10^exponent`, with a sign, exactly as the document wrote it (normalised: no trailing zero in `digits`).
///
/// ```
/// use planchet::api::Decimal;
/// assert_eq!(Decimal::parse("0.0100"), Decimal::parse("1e-2"));
/// assert_eq!(Decimal::parse("18446744073709551615").map(|d| d.to_string()), Some("18446744073709551615".to_owned()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// Whether it is below zero. Zero is never negative.
    pub negative: bool,
    /// The significant digits as an integer.
    pub digits: u128,
    /// The power of ten.
    pub exponent: i32,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Self = Self { negative: false, digits: 0, exponent: 0 };

    /// Reads a JSON number (RFC 8259, section 6); also accepts a leading `+`, as YAML does.
    ///
    /// `None` when the text is no number, or has more than 38 significant digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, exponent.strip_prefix('+').unwrap_or(exponent).parse::<i32>().ok()?)
            }
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut digits: u128 = 0;
        let mut exponent = exponent;
        // A zero is held back until a digit follows it, so that trailing zeros only move the exponent.
        let mut held_zeros: i32 = 0;
        for (position, digit) in whole.bytes().chain(fraction.bytes()).enumerate() {
            if !digit.is_ascii_digit() {
                return None;
            }
            if position >= whole.len() {
                exponent = exponent.checked_sub(1)?;
            }
            if digit == b'0' {
                held_zeros += 1;
                continue;
            }
            for _ in 0..held_zeros {
                digits = if digits == 0 { 0 } else { digits.checked_mul(10)? };
            }
            held_zeros = 0;
            digits = digits.checked_mul(10)?.checked_add(u128::from(digit - b'0'))?;
        }
        if digits == 0 {
            return Some(Self::ZERO);
        }
        Some(Self { negative, digits, exponent: exponent.checked_add(held_zeros)? })
    }

    /// The same number; a whole one without an exponent, so that it is compared with whole numbers as they are.
    pub fn written_out(self) -> Self {
        let whole = self.to_integer().map(i128::unsigned_abs).filter(|whole| *whole < u128::from(u64::MAX));
        whole.map_or(self, |digits| Self { digits, exponent: 0, ..self })
    }

    /// The value as an `i128`, where it is an integer in its range.
    pub fn to_integer(&self) -> Option<i128> {
        let scale = 10u128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let magnitude = i128::try_from(self.digits.checked_mul(scale)?).ok()?;
        Some(if self.negative { -magnitude } else { magnitude })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits = self.digits.to_string();
        let length = i64::try_from(digits.len()).unwrap_or(i64::MAX);
        let exponent = i64::from(self.exponent);
        if exponent >= 0 && length + exponent <= 40 {
            let zeros = "0".repeat(usize::try_from(exponent).unwrap_or(0));
            write!(f, "{sign}{digits}{zeros}")
        } else if (-40..0).contains(&exponent) {
            let point = usize::try_from(-exponent).unwrap_or(0);
            let padded = format!("{digits:0>width$}", width = point + 1);
            let (whole, fraction) = padded.split_at(padded.len() - point);
            write!(f, "{sign}{whole}.{fraction}")
        } else {
            write!(f, "{sign}{digits}e{exponent}")
        }
    }
}
