//! Numbers as written in a text: whether a float represents them exactly, and their exact digits otherwise.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use super::Decimal;
use super::decimal::{add_modulo, multiply_modulo, power_modulo};

/// The largest absolute power of ten, so that sums of powers and lengths fit 64 bits.
const GREATEST_POWER: i64 = 1 << 40;

/// A number of a JSON text (RFC 8259, section 6), of any length, that neither 64 bits nor a float represents.
#[derive(Clone, Copy, Debug)]
pub struct Numeral<'a> {
    text: &'a str,
    /// Whether it has no fraction; stored, as it is asked for often and the number may be long.
    is_whole: bool,
}

/// `-1200.50` is `12005 × 10^-1`, below zero.
struct Parts<'a> {
    negative: bool,
    /// From the first digit that is not zero to the last one, with the point where it is between them; empty for zero.
    digits: &'a str,
    /// The power of ten of the last digit.
    exponent: i64,
}

impl<'a> Numeral<'a> {
    /// Whether neither 64 bits nor a float represents the number of a JSON text.
    #[must_use]
    pub fn is_needed(text: &str) -> bool {
        let is_whole = text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok();
        !is_whole
            && !text
                .parse::<f64>()
                .is_ok_and(|number| number.is_finite() && is_held(text, number))
    }

    /// The number of a JSON text; `None` where its power of ten has more than twelve digits.
    pub(super) fn new(text: &'a str) -> Option<Self> {
        let power = text
            .split_once(['e', 'E'])
            .map_or(Ok(0), |(_, power)| power.parse::<i64>());
        power
            .ok()
            .filter(|power| power.unsigned_abs() <= GREATEST_POWER.unsigned_abs())
            .map(|_| Self::of(text))
    }

    fn of(text: &'a str) -> Self {
        Self {
            text,
            is_whole: Parts::of(text).exponent >= 0,
        }
    }

    /// As it is written.
    #[must_use]
    pub const fn text(self) -> &'a str {
        self.text
    }

    fn parts(self) -> Parts<'a> {
        Parts::of(self.text)
    }

    /// Whether it has no fraction.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.is_whole
    }

    /// The number as a decimal; `None` where it has more digits than one.
    #[must_use]
    pub fn decimal(self) -> Option<Decimal> {
        Decimal::parse(self.text)
    }

    /// The nearest float; infinite beyond all of them.
    #[must_use]
    pub fn to_float(self) -> f64 {
        self.text.parse().unwrap_or(f64::INFINITY)
    }

    /// Exact comparison.
    #[must_use]
    pub fn compare(self, other: Decimal) -> Ordering {
        self.parts().compare(&Parts::of(&other.scientific()))
    }

    /// Whether it is an integral multiple of `step`, exactly.
    #[must_use]
    pub fn is_multiple_of(self, step: Decimal) -> bool {
        let (number, (step, step_exponent)) = (self.parts(), step.significant());
        if number.digits.is_empty() || step == 0 {
            return number.digits.is_empty();
        }
        let shift = number.exponent - i64::from(step_exponent);
        // Its last digit is not zero: no power of ten divides it.
        if shift < 0 {
            return false;
        }
        let left = number.each_digit().fold(0, |left, digit| {
            add_modulo(
                multiply_modulo(left, 10, step),
                u128::from(digit - b'0') % step,
                step,
            )
        });
        multiply_modulo(left, power_modulo(10, shift, step), step) == 0
    }
}

impl PartialEq for Numeral<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.parts().compare(&other.parts()) == Ordering::Equal
    }
}

impl Eq for Numeral<'_> {}

/// Equal numbers have equal hashes, however they are written.
impl Hash for Numeral<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let parts = self.parts();
        (parts.negative, parts.exponent).hash(state);
        parts.each_digit().for_each(|digit| digit.hash(state));
    }
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Self {
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (negative, mantissa) = mantissa
            .strip_prefix('-')
            .map_or((false, mantissa), |rest| (true, rest));
        let until_last = mantissa.trim_end_matches(['0', '.']);
        let digits = until_last.trim_start_matches(['0', '.']);
        if digits.is_empty() {
            return Self {
                negative: false,
                digits,
                exponent: 0,
            };
        }
        let point = mantissa.find('.').unwrap_or(mantissa.len());
        // Behind the point, a digit's power is one less than its position suggests, as the point takes a position itself.
        let after_point = until_last.len() > point;
        let places = length(point) - length(until_last.len()) + i64::from(after_point);
        Self {
            negative,
            digits,
            exponent: places + power.parse::<i64>().unwrap_or(0),
        }
    }

    fn each_digit(&self) -> impl Iterator<Item = u8> {
        self.digits.bytes().filter(|byte| *byte != b'.')
    }

    fn compare(&self, other: &Self) -> Ordering {
        let sign = |parts: &Self| match (parts.digits.is_empty(), parts.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        match sign(self).cmp(&sign(other)) {
            Ordering::Equal if self.negative => other.compare_magnitude(self),
            Ordering::Equal => self.compare_magnitude(other),
            unequal => unequal,
        }
    }

    fn compare_magnitude(&self, other: &Self) -> Ordering {
        // The power of ten of the first digit.
        let size = |parts: &Self| parts.exponent + length(parts.each_digit().count());
        // No trailing zeros: of two that begin alike, the longer one is greater.
        size(self)
            .cmp(&size(other))
            .then_with(|| self.each_digit().cmp(other.each_digit()))
    }
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Whether a float represents the number of a text.
///
/// A whole number is represented if its digits are the shortest that read back as the float: 9223372036854776000 is, 9223372036854775807
/// is not. A number with a fraction also is if it is the float rounded to as many digits: 0.10000000000000001 is 0.1 as many programs
/// write it (with 17 digits, which distinguish all floats); 12345678901234567.89 is not.
pub(super) fn is_held(text: &str, number: f64) -> bool {
    // Up to 15 significant digits are always preserved (IEEE 754 binary64), except in the smallest numbers.
    if text.len() <= 15 && !text.contains(['e', 'E']) {
        return true;
    }
    let exact = Decimal::parse(text);
    match exact {
        Some(exact) if Decimal::from_float(number) == Some(exact) => true,
        Some(exact) if exact.is_multiple_of(Decimal::from_integer(1)) => false,
        // No float has more digits than 767.
        _ => rounds_to(text, number),
    }
}

/// Whether a text is a float, rounded to as many digits.
#[cold]
fn rounds_to(text: &str, number: f64) -> bool {
    // With fewer digits, a different number may be as near to the float as the shortest one: 602156060776834.2 and …834.3.
    const LEAST_DIGITS: usize = 17;
    const MOST_DIGITS: usize = 800;
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = |text: &str| -> String {
        let all: String = text.chars().filter(char::is_ascii_digit).collect();
        all.trim_start_matches('0').trim_end_matches('0').to_owned()
    };
    let written = digits(mantissa);
    if !(LEAST_DIGITS..=MOST_DIGITS).contains(&written.len()) {
        return written.is_empty();
    }
    let rounded = format!("{number:.0$e}", written.len() - 1);
    let (rounded, _) = rounded.split_once('e').unwrap_or((&rounded, ""));
    // The text reads as this float, so equal digits mean an equal magnitude.
    number != 0.0 && digits(rounded) == written
}
