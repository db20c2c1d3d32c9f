//! Keywords without subschemas: JSON Schema 2020-12, validation, section 6.

use std::cmp::Ordering;
use std::ops::RangeInclusive;

use super::super::keyword::{in_place, of_elements, of_members};
use super::super::{Decimal, Keyword, Literal, Measure, Rule, Side, View};
use super::verdict::Judged;
use super::{Depth, Found, Place, Rules, array, equality};

/// Number of bytes of a text whose characters are counted in the time of a step of the checker.
pub(super) const COUNTED_IN_A_STEP: usize = 1024;

/// Number of bytes of a text that are read sequentially in that time.
pub(super) const READ_IN_A_STEP: usize = 16;

/// The violation of a keyword without subschemas: one check for the verdict and for the report. `None` for a keyword with subschemas.
#[inline]
pub(super) fn broken<'a>(
    value: impl Judged<'a>,
    keyword: &Keyword,
    depth: Depth<'_>,
) -> Option<Rule> {
    match keyword {
        Keyword::Enum(listed) => {
            let holds = match value.text() {
                Some(text) => listed
                    .iter()
                    .any(|literal| matches!(literal, Literal::String(other) if *other == text)),
                None => listed
                    .iter()
                    .any(|literal| equality::equals_literal(value.view(), literal, depth.work())),
            };
            (!holds).then_some(Rule::Enum {
                listed: listed.len(),
            })
        }
        Keyword::Size {
            measure,
            side,
            limit,
        } => {
            let (unit, actual) = match measure {
                Measure::Length => match value.text() {
                    Some(text) => {
                        depth.work().charge(text.len() / COUNTED_IN_A_STEP);
                        if text_admits(text, *side, *limit) {
                            return None;
                        }
                        ("character", code_points(text))
                    }
                    None => return octets_broken(value.view(), keyword),
                },
                Measure::Items => ("element", value.elements()?.len() as u64),
                Measure::Properties => ("member", value.object()?.count() as u64),
            };
            let rule = || Rule::Count {
                keyword: keyword.name(),
                unit,
                limit: *limit,
                actual,
            };
            (!side.admits(actual, *limit)).then(rule)
        }
        Keyword::Pattern(pattern) => {
            let holds = depth.work().matches(pattern, value.text()?);
            (!holds).then(|| Rule::Pattern {
                pattern: pattern.source(),
            })
        }
        Keyword::Format(format) => {
            let holds = match value.text() {
                Some(text) => {
                    depth.work().charge(text.len() / READ_IN_A_STEP);
                    format.text_holds(text)
                }
                None => format.holds(value.view()),
            };
            (!holds).then(|| Rule::Format {
                format: format.name(),
            })
        }
        Keyword::Bound { limit, .. } | Keyword::MultipleOf(limit) => {
            let view = value.view();
            if let View::Numeral(numeral) = view {
                depth.work().charge(numeral.text().len() / READ_IN_A_STEP);
            }
            let rule = || Rule::Bound {
                keyword: keyword.name(),
                limit: *limit,
                actual: shown(view),
            };
            (!number_holds(view, keyword)).then(rule)
        }
        Keyword::UniqueItems => {
            let (first, second) = array::repeated(value.elements()?, depth)?;
            Some(Rule::UniqueItems { first, second })
        }
        of_elements!() | of_members!() | in_place!() => None,
    }
}

/// Reports the violation of such a keyword. Numbers of secrets are left out; an undecided check is reported as undecided.
pub(super) fn report(
    view: View<'_>,
    keyword: &Keyword,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    let Some(mut rule) = broken(view, keyword, place.depth) else {
        return;
    };
    if let Rule::Bound { actual, .. } = &mut rule
        && place.sensitive
    {
        *actual = None;
    }
    if place.depth.work().is_decided() {
        found.push(place, rules, rule);
    }
}

/// The violation of a length in bytes: OpenAPI 3.1.1, "Working with Binary Data". No other keyword applies to bytes.
pub(super) fn octets(content: &[u8], keyword: &Keyword) -> Option<Rule> {
    let Keyword::Size {
        measure: Measure::Length,
        side,
        limit,
    } = *keyword
    else {
        return None;
    };
    let actual = content.len() as u64;
    (!side.admits(actual, limit)).then(|| Rule::Count {
        keyword: keyword.name(),
        unit: "byte",
        limit,
        actual,
    })
}

/// The same for any value; one that is not binary is valid.
#[cold]
fn octets_broken(view: View<'_>, keyword: &Keyword) -> Option<Rule> {
    if let View::Binary(binary) = view {
        octets(binary.content(), keyword)
    } else {
        None
    }
}

/// Whether the length of a text is within a limit.
#[inline]
fn text_admits(text: &str, side: Side, limit: u64) -> bool {
    match side {
        Side::Min => length_in(text, limit..=u64::MAX),
        Side::Max => length_in(text, 0..=limit),
    }
}

/// Whether the length of a text, in code points, is in a range.
#[inline]
#[must_use]
pub fn length_in(text: &str, range: RangeInclusive<u64>) -> bool {
    // A code point takes one to four bytes, so the size in bytes decides for most texts.
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

/// Whether a number follows a bound or `multipleOf`, compared as exact decimals (JSON Schema 2020-12, validation, section 6.2); anything
/// but a number is valid, and so is any value for other keywords.
pub(super) fn number_holds(view: View<'_>, keyword: &Keyword) -> bool {
    match keyword {
        Keyword::Bound {
            side,
            exclusive,
            limit,
        } => compare(view, *limit).is_none_or(|order| match (order, side) {
            (Ordering::Equal, _) => !exclusive,
            (Ordering::Less, Side::Min) | (Ordering::Greater, Side::Max) => false,
            (Ordering::Less, Side::Max) | (Ordering::Greater, Side::Min) => true,
        }),
        Keyword::MultipleOf(step) => match view {
            View::Numeral(number) => number.is_multiple_of(*step),
            _ => decimal(view).is_none_or(|number| number.is_multiple_of(*step)),
        },
        Keyword::Enum(_)
        | Keyword::Size { .. }
        | Keyword::Pattern(_)
        | Keyword::Format(_)
        | Keyword::UniqueItems => true,
        of_elements!() | of_members!() | in_place!() => true,
    }
}

/// The exact order of a number and a limit; `None` if the value is no number.
fn compare(view: View<'_>, limit: Decimal) -> Option<Ordering> {
    match (view, limit.to_small()) {
        (View::Integer(value), Some(limit)) => Some(value.cmp(&limit)),
        // The limit is a float without loss.
        (View::Number(value), Some(limit)) => value.partial_cmp(&(limit as f64)),
        (View::Numeral(value), _) => Some(value.compare(limit)),
        _ => Some(decimal(view)?.compare(limit)),
    }
}

/// A number that may be shown: none that is as long as a card number, or longer than a float.
fn shown(view: View<'_>) -> Option<Decimal> {
    const LONG: Decimal = Decimal::new(false, 1_000_000_000_000, 0);
    let number = if matches!(view, View::Numeral(_)) {
        None
    } else {
        decimal(view)
    };
    number.filter(|number| number.magnitude().compare(LONG) == Ordering::Less)
}

/// The exact value of a number; `None` if the value is no number, or has more digits than a decimal.
pub(super) fn decimal(view: View<'_>) -> Option<Decimal> {
    match view {
        View::Integer(value) => Some(Decimal::from_integer(value.into())),
        View::Unsigned(value) => Some(Decimal::from_integer(value.into())),
        View::Number(value) => Decimal::from_float(value),
        View::Numeral(value) => value.decimal(),
        View::Null
        | View::Boolean(_)
        | View::String(_)
        | View::Binary(_)
        | View::Array(_)
        | View::Object(_) => None,
    }
}
