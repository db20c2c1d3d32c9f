//! Strings and numbers.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::super::{Decimal, Keyword, Rule, View};
use super::{Found, Place, Rules};

/// So many bytes of a text are counted in the time of a step of the checker.
pub(super) const COUNTED_IN_A_STEP: usize = 1024;

/// So many bytes of a text are read in that time, one after the other.
pub(super) const READ_IN_A_STEP: usize = 16;

/// `minLength`, `maxLength`, `pattern`: JSON Schema 2020-12, validation, section 6.3. Lengths count code points.
pub(super) fn text(text: &str, keyword: &Keyword, rules: &Rules, place: &Place<'_>, found: &mut Found<'_>) {
    match keyword {
        Keyword::MinLength(limit) if !length_in(text, *limit..=u64::MAX) => {
            found.push(place, rules, Rule::MinLength { limit: *limit, actual: code_points(text) });
        }
        Keyword::MaxLength(limit) if !length_in(text, 0..=*limit) => {
            found.push(place, rules, Rule::MaxLength { limit: *limit, actual: code_points(text) });
        }
        Keyword::Pattern(pattern) if !place.depth.work().matches(pattern, text) && place.depth.work().is_decided() => {
            found.push(place, rules, Rule::Pattern { pattern: pattern.source() });
        }
        _ => {}
    }
}

/// What is wrong with the length of bytes: OpenAPI 3.1.1, "Working with Binary Data". No other keyword speaks of them.
pub(super) fn octets(content: &[u8], keyword: &Keyword) -> Option<Rule> {
    let actual = content.len() as u64;
    match *keyword {
        Keyword::MinLength(limit) if actual < limit => Some(Rule::Count { keyword: "minLength", limit, actual }),
        Keyword::MaxLength(limit) if actual > limit => Some(Rule::Count { keyword: "maxLength", limit, actual }),
        _ => None,
    }
}

/// Whether the length of bytes follows a keyword; what is not made of bytes follows any.
#[cold]
pub(super) fn octets_hold(view: View<'_>, keyword: &Keyword) -> bool {
    !matches!(view, View::Binary(binary) if octets(binary.content(), keyword).is_some())
}

/// Whether the length of a text, in code points, is in a range.
#[inline]
#[must_use]
pub fn length_in(text: &str, range: RangeInclusive<u64>) -> bool {
    // A code point takes one to four bytes: most texts are decided by their size alone.
    let (bytes, least, most) = (text.len() as u64, *range.start(), *range.end());
    if bytes < least {
        return false;
    }
    (bytes <= most && bytes / 4 >= least) || (least..=most).contains(&code_points(text))
}

/// How many code points a text has.
fn code_points(text: &str) -> u64 {
    // All bytes of a code point but the first are 0b10xxxxxx (RFC 3629, section 3).
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count() as u64
}

/// Bounds and `multipleOf`: JSON Schema 2020-12, validation, section 6.2, compared as exact decimals.
pub(super) fn number(
    view: View<'_>,
    keyword: &Keyword,
    limit: Decimal,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    if !number_holds(view, keyword) {
        let name = match keyword {
            Keyword::Minimum(_) => "minimum",
            Keyword::ExclusiveMinimum(_) => "exclusiveMinimum",
            Keyword::Maximum(_) => "maximum",
            Keyword::ExclusiveMaximum(_) => "exclusiveMaximum",
            _ => "multipleOf",
        };
        found.push(place, rules, Rule::Bound { keyword: name, limit, actual: shown(view, place) });
    }
}

/// Whether a number follows a bound or `multipleOf`; what is no number follows any, and so does a keyword that is none of these.
pub(super) fn number_holds(view: View<'_>, keyword: &Keyword) -> bool {
    match keyword {
        Keyword::Minimum(limit) => compare(view, *limit) != Some(Ordering::Less),
        Keyword::ExclusiveMinimum(limit) => compare(view, *limit).is_none_or(|order| order == Ordering::Greater),
        Keyword::Maximum(limit) => compare(view, *limit) != Some(Ordering::Greater),
        Keyword::ExclusiveMaximum(limit) => compare(view, *limit).is_none_or(|order| order == Ordering::Less),
        Keyword::MultipleOf(step) => match view {
            View::Numeral(number) => number.is_multiple_of(*step),
            _ => decimal(view).is_none_or(|number| number.is_multiple_of(*step)),
        },
        _ => true,
    }
}

/// The exact order of a number and a limit; `None` for what is no number.
fn compare(view: View<'_>, limit: Decimal) -> Option<Ordering> {
    match (view, limit.to_small()) {
        (View::Integer(value), Some(limit)) => Some(value.cmp(&limit)),
        // The limit is a float without loss.
        (View::Number(value), Some(limit)) => value.partial_cmp(&(limit as f64)),
        (View::Numeral(value), _) => Some(value.compare(limit)),
        _ => Some(decimal(view)?.compare(limit)),
    }
}

/// A number that may be told: no secret's, and none that is as long as a card number, or longer than a float.
fn shown(view: View<'_>, place: &Place<'_>) -> Option<Decimal> {
    const LONG: Decimal = Decimal::new(false, 1_000_000_000_000, 0);
    let number = if matches!(view, View::Numeral(_)) { None } else { decimal(view) };
    number.filter(|number| !place.sensitive && number.magnitude().compare(LONG) == Ordering::Less)
}

/// The exact value of a number; `None` for what is none, and for one of more digits than a decimal.
pub(super) fn decimal(view: View<'_>) -> Option<Decimal> {
    match view {
        View::Integer(value) => Some(Decimal::from_integer(value.into())),
        View::Unsigned(value) => Some(Decimal::from_integer(value.into())),
        View::Number(value) => Decimal::from_float(value),
        View::Numeral(value) => value.decimal(),
        _ => None,
    }
}
