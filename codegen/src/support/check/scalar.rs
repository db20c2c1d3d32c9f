//! Strings and numbers.

use std::cmp::Ordering;

use super::super::{Decimal, Keyword, Rule, View};
use super::{Found, Place, Rules};

/// `minLength`, `maxLength`, `pattern`: JSON Schema 2020-12, validation, section 6.3. Lengths count code points.
pub(super) fn text(text: &str, keyword: &Keyword, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    // A code point takes one to four bytes: most texts are within or beyond a limit by their size alone.
    let bytes = text.len() as u64;
    match keyword {
        Keyword::MinLength(limit) if bytes < limit.saturating_mul(4) => {
            let actual = text.chars().count() as u64;
            if actual < *limit {
                found.push(place, rules, Rule::MinLength { limit: *limit, actual });
            }
        }
        Keyword::MaxLength(limit) if bytes > *limit => {
            let actual = text.chars().count() as u64;
            if actual > *limit {
                found.push(place, rules, Rule::MaxLength { limit: *limit, actual });
            }
        }
        Keyword::Pattern(pattern) if !pattern.is_match(text) => {
            found.push(place, rules, Rule::Pattern { pattern: pattern.source() });
        }
        _ => {}
    }
}

/// Bounds and `multipleOf`: JSON Schema 2020-12, validation, section 6.2, compared as exact decimals.
pub(super) fn number(
    view: View<'_>,
    keyword: &Keyword,
    limit: Decimal,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found,
) {
    let Some(number) = decimal(view) else { return };
    let (name, holds) = match keyword {
        Keyword::Minimum(_) => ("minimum", number.compare(limit) != Ordering::Less),
        Keyword::ExclusiveMinimum(_) => ("exclusiveMinimum", number.compare(limit) == Ordering::Greater),
        Keyword::Maximum(_) => ("maximum", number.compare(limit) != Ordering::Greater),
        Keyword::ExclusiveMaximum(_) => ("exclusiveMaximum", number.compare(limit) == Ordering::Less),
        _ => ("multipleOf", number.is_multiple_of(limit)),
    };
    if !holds {
        found.push(place, rules, Rule::Bound { keyword: name, limit });
    }
}

/// The exact value of a number; `None` for what is none.
pub(super) fn decimal(view: View<'_>) -> Option<Decimal> {
    match view {
        View::Integer(value) => Some(Decimal::from_integer(value.into())),
        View::Unsigned(value) => Some(Decimal::from_integer(value.into())),
        View::Number(value) => Decimal::from_float(value),
        _ => None,
    }
}
