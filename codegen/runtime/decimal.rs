//! Exact decimal numbers: bounds and `multipleOf`, compared with instances digit for digit.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};
use std::hash::{Hash, Hasher};

/// `digits × 10^exponent`, with a sign. One number has many forms: `10 × 10^0` and `1 × 10^1` are equal.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    negative: bool,
    digits: u128,
    exponent: i32,
}

impl Decimal {
    /// A number from its parts.
    #[must_use]
    pub const fn new(negative: bool, digits: u128, exponent: i32) -> Self {
        Self {
            negative,
            digits,
            exponent,
        }
    }

    /// An integer.
    #[must_use]
    pub const fn from_integer(value: i128) -> Self {
        Self {
            negative: value < 0,
            digits: value.unsigned_abs(),
            exponent: 0,
        }
    }

    /// The number that a JSON text writes (RFC 8259, section 6), exactly; `None` where it has more than 38 significant digits, or an
    /// exponent beyond `i32`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let negative = mantissa.starts_with('-');
        let (mut digits, mut fraction, mut zeros, mut behind_point) = (0u128, 0i64, 0i64, false);
        for byte in mantissa.bytes() {
            match byte {
                b'.' => behind_point = true,
                b'0' => {
                    zeros += 1;
                    fraction += i64::from(behind_point);
                }
                b'1'..=b'9' => {
                    // Zeros count when a digit follows them.
                    if digits != 0 {
                        let scale = 10u128.checked_pow(u32::try_from(zeros).ok()?)?;
                        digits = digits.checked_mul(scale)?;
                    }
                    zeros = 0;
                    fraction += i64::from(behind_point);
                    digits = digits
                        .checked_mul(10)?
                        .checked_add(u128::from(byte - b'0'))?;
                }
                _ => {}
            }
        }
        if digits == 0 {
            return Some(Self::new(false, 0, 0));
        }
        let power: i64 = power.strip_prefix('+').unwrap_or(power).parse().ok()?;
        let exponent = power.checked_sub(fraction)?.checked_add(zeros)?;
        Some(Self {
            negative,
            digits,
            exponent: i32::try_from(exponent).ok()?,
        })
    }

    /// A finite float, by the shortest digits that read back as it, which are those that are written; `None` for infinities and NaN.
    #[must_use]
    pub fn from_float(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        // Whole numbers of this size are exact (IEEE 754 binary64).
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() < EXACT {
            return Some(Self::from_integer(value as i128));
        }
        // `{:e}` writes the shortest round-trip digits: `1.5e-7`.
        let mut text = Digits::default();
        write!(text, "{value:e}").ok()?;
        let shortest = Self {
            negative: value.is_sign_negative(),
            digits: text.digits,
            exponent: text.exponent()?,
        };
        // Where two numbers of 16 digits or more are equally near to the float, the even one is written: 602156060776834.2 of …834.25.
        if shortest.digits < 1_000_000_000_000_000 {
            return Some(shortest);
        }
        let behind_point = shortest.digits.ilog10() as usize;
        let mut text = Digits::default();
        write!(text, "{value:.behind_point$e}").ok()?;
        let even = Self {
            digits: text.digits,
            exponent: text.exponent()?,
            ..shortest
        };
        // Below a power of two, floats are nearer to each other: what is as near may read as the next one.
        let is_power = value.to_bits().trailing_zeros() >= f64::MANTISSA_DIGITS - 1;
        Some(if is_power && even.to_float() != value {
            shortest
        } else {
            even
        })
    }

    fn normalized(mut self) -> Self {
        if self.digits == 0 {
            return Self {
                negative: false,
                digits: 0,
                exponent: 0,
            };
        }
        while self.digits.is_multiple_of(10)
            && let Some(exponent) = self.exponent.checked_add(1)
        {
            self.digits /= 10;
            self.exponent = exponent;
        }
        self
    }

    /// The value, where it is an integer that fits.
    #[must_use]
    pub fn to_integer(self) -> Option<i128> {
        let mut number = self;
        if number.exponent < 0 {
            number = number.normalized();
        }
        number.whole()
    }

    /// The number without its sign.
    #[must_use]
    pub const fn magnitude(self) -> Self {
        Self {
            negative: false,
            ..self
        }
    }

    /// The value, where it is written as a whole number that a float keeps exactly: within 2^53.
    #[must_use]
    pub fn to_small(self) -> Option<i64> {
        let small = self.exponent == 0 && self.digits <= 1 << 53;
        let magnitude = i64::try_from(self.digits).ok().filter(|_| small)?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// Its digits up to the last one that is not zero, and the power of ten of that one.
    pub(super) fn significant(self) -> (u128, i32) {
        let Self {
            digits, exponent, ..
        } = self.normalized();
        (digits, exponent)
    }

    /// As digits and a power of ten, whatever that is: `-12e400`.
    pub(super) fn scientific(self) -> String {
        format!(
            "{}{}e{}",
            if self.negative { "-" } else { "" },
            self.digits,
            self.exponent
        )
    }

    fn whole(self) -> Option<i128> {
        let scale = 10u128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let magnitude = i128::try_from(self.digits.checked_mul(scale)?).ok()?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// The nearest float.
    #[must_use]
    pub fn to_float(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::MAX)
    }

    /// Exact comparison.
    #[must_use]
    pub fn compare(self, other: Self) -> Ordering {
        if self.exponent == other.exponent && !self.negative && !other.negative {
            return self.digits.cmp(&other.digits);
        }
        let sign = |number: Self| {
            if number.digits == 0 {
                0
            } else if number.negative {
                -1
            } else {
                1
            }
        };
        match sign(self).cmp(&sign(other)) {
            Ordering::Equal if self.negative => other.compare_magnitude(self),
            Ordering::Equal => self.compare_magnitude(other),
            unequal => unequal,
        }
    }

    fn compare_magnitude(self, other: Self) -> Ordering {
        if self.digits == 0 || other.digits == 0 {
            return self.digits.cmp(&other.digits);
        }
        let place = |number: Self| i64::from(number.digits.ilog10()) + i64::from(number.exponent);
        place(self).cmp(&place(other)).then_with(|| {
            // Aligns the digits: the shorter number is padded with zeros. Both have 39 digits at most, as a u128 has.
            let (a, b) = (self.digits.ilog10(), other.digits.ilog10());
            let fill = |digits: u128, by: u32| {
                10u128
                    .checked_pow(by)
                    .and_then(|scale| digits.checked_mul(scale))
            };
            match (
                fill(self.digits, b.saturating_sub(a)),
                fill(other.digits, a.saturating_sub(b)),
            ) {
                (Some(a), Some(b)) => a.cmp(&b),
                // A number that no longer fits is the greater one.
                (None, _) => Ordering::Greater,
                (_, None) => Ordering::Less,
            }
        })
    }

    /// Whether it is an integral multiple of `step`, exactly.
    #[must_use]
    pub fn is_multiple_of(self, step: Self) -> bool {
        let (number, step) = (self.normalized(), step.normalized());
        number.is_normal_multiple_of(step)
    }

    fn is_normal_multiple_of(self, step: Self) -> bool {
        if self.digits == 0 {
            return true;
        }
        if step.digits == 0 {
            return false;
        }
        let shift = i64::from(self.exponent) - i64::from(step.exponent);
        if shift >= 0 {
            // digits × 10^shift modulo the step's digits.
            let power = power_modulo(10, shift, step.digits);
            multiply_modulo(self.digits % step.digits, power, step.digits) == 0
        } else {
            // The digits have no trailing zero, so no power of ten divides them unless the step's do their part.
            let Some(scale) = u32::try_from(-shift)
                .ok()
                .and_then(|shift| 10u128.checked_pow(shift))
            else {
                return false;
            };
            step.digits
                .checked_mul(scale)
                .is_some_and(|step| self.digits.is_multiple_of(step))
        }
    }
}

pub(super) fn multiply_modulo(mut a: u128, mut b: u128, modulus: u128) -> u128 {
    // Doubling: the product of two u128 does not fit. Moduli are short (a `multipleOf`), so the fast path is the rule.
    if let Some(product) = a.checked_mul(b) {
        return product % modulus;
    }
    let mut result = 0u128;
    a %= modulus;
    while b > 0 {
        if b & 1 == 1 {
            result = add_modulo(result, a, modulus);
        }
        a = add_modulo(a, a, modulus);
        b >>= 1;
    }
    result
}

pub(super) const fn add_modulo(a: u128, b: u128, modulus: u128) -> u128 {
    if a >= modulus - b {
        a - (modulus - b)
    } else {
        a + b
    }
}

pub(super) fn power_modulo(base: u128, mut exponent: i64, modulus: u128) -> u128 {
    let mut result = 1 % modulus;
    let mut base = base % modulus;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply_modulo(result, base, modulus);
        }
        base = multiply_modulo(base, base, modulus);
        exponent >>= 1;
    }
    result
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.compare(*other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

/// Equal numbers have equal hashes, whatever their form.
impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            negative,
            digits,
            exponent,
        } = self.normalized();
        (negative, digits, exponent).hash(state);
    }
}

/// Reads `1.5e-7` while it is written, without memory for it.
#[derive(Default)]
struct Digits {
    digits: u128,
    /// Digits behind the point.
    fraction: i32,
    power: i32,
    negative_power: bool,
    part: Part,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Part {
    #[default]
    Whole,
    Fraction,
    Power,
}

impl Digits {
    fn exponent(&self) -> Option<i32> {
        (if self.negative_power {
            -self.power
        } else {
            self.power
        })
        .checked_sub(self.fraction)
    }
}

impl fmt::Write for Digits {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes() {
            match (byte, self.part) {
                (b'0'..=b'9', Part::Power) => self.power = self.power * 10 + i32::from(byte - b'0'),
                (b'0'..=b'9', part) => {
                    self.digits = self.digits * 10 + u128::from(byte - b'0');
                    self.fraction += i32::from(part == Part::Fraction);
                }
                (b'.', _) => self.part = Part::Fraction,
                (b'e', _) => self.part = Part::Power,
                (b'-', Part::Power) => self.negative_power = true,
                _ => {}
            }
        }
        Ok(())
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.normalized();
        number.write(f)
    }
}

impl Decimal {
    fn write(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        let digits = self.digits.to_string();
        match usize::try_from(self.exponent) {
            Ok(zeros) if digits.len() + zeros <= 40 => {
                write!(f, "{sign}{digits}{}", "0".repeat(zeros))
            }
            Err(_) if self.exponent >= -40 => {
                let point = usize::try_from(self.exponent.unsigned_abs()).unwrap_or(0);
                let padded = format!("{digits:0>width$}", width = point + 1);
                let (whole, fraction) = padded.split_at(padded.len() - point);
                write!(f, "{sign}{whole}.{fraction}")
            }
            _ => write!(f, "{sign}{digits}e{}", self.exponent),
        }
    }
}
