//! Checks of scalars as code: lengths, bounds, patterns and formats, one check a line.
//!
//! ```text
//! support::length_in(&self.number, 0..=30)
//!     && rules::NUMBER_PATTERN.is_match(&self.number)
//! ```

use indexmap::IndexMap;

use crate::api::{Decimal, Format, FormatCheck, Keyword, Schema, Type, TypeSet, formats};
use crate::runtime::{Measure, Pattern, Side};

use crate::emit::text::expression::Expression;

/// A value of a scalar type, and the place where it is.
pub(super) struct Scalar<'t> {
    /// What its methods are called on.
    place: Expression,
    /// Whether the place is a reference to it, or for a text: a `&str`.
    is_reference: bool,
    ty: &'t Type,
    types: TypeSet,
}

impl<'t> Scalar<'t> {
    /// The scalar at a place that is `borrowed` or not; `None` for a value of another type.
    pub(super) fn of(place: Expression, borrowed: bool, ty: &'t Type) -> Option<Self> {
        let (place, is_reference, types) = match ty {
            Type::String => (place, borrowed, TypeSet::STRING),
            Type::Formatted(_) => (place.method("as_str", vec![]), true, TypeSet::STRING),
            Type::Secret(inner) if **inner == Type::String => (place.method("expose", vec![]), true, TypeSet::STRING),
            Type::Integer => (place, borrowed, TypeSet::INTEGER),
            Type::Number => (place, borrowed, TypeSet::NUMBER),
            _ => return None,
        };
        Some(Self { place, is_reference, ty, types })
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.ty, Type::Integer | Type::Number)
    }

    /// A reference to it.
    pub(super) fn reference(&self) -> Expression {
        if self.is_reference { self.place.clone() } else { self.place.clone().reference() }
    }

    /// The number itself, or the text.
    pub(super) fn value(&self) -> Expression {
        match (self.is_number(), self.is_reference) {
            (true, true) => self.place.clone().dereferenced(),
            (true, false) => self.place.clone(),
            (false, _) => self.reference(),
        }
    }

    /// Its rules; `None` where they are left to the tables.
    pub(super) fn checks(&self, schema: &Schema, patterns: &IndexMap<String, String>) -> Option<Vec<Expression>> {
        if !schema.types.contains(self.types) {
            return None;
        }
        let (mut least, mut most) = (None, None);
        let mut parts = Vec::new();
        let mut bounds = Bounds::default();
        for keyword in &schema.keywords {
            match keyword {
                // It says nothing of values of another type.
                keyword if !keyword.types().intersects(self.types) => {}
                Keyword::Size { measure: Measure::Length, side: Side::Min, limit } => least = Some(*limit),
                Keyword::Size { measure: Measure::Length, side: Side::Max, limit } => most = Some(*limit),
                // One that may have no answer is left to the tables.
                Keyword::Pattern(source) if !Pattern::is_linear(source) => return None,
                Keyword::Pattern(source) => {
                    let pattern = Expression::leaf(format!("rules::{}", patterns.get(source)?));
                    parts.push(pattern.method("is_match", vec![self.value()]));
                }
                Keyword::Format(format) => parts.extend(self.format(format)?),
                Keyword::Bound { side, exclusive, limit } => {
                    let bound = match (side, exclusive) {
                        (Side::Min, false) => &mut bounds.least,
                        (Side::Max, false) => &mut bounds.most,
                        (Side::Min, true) => &mut bounds.above,
                        (Side::Max, true) => &mut bounds.below,
                    };
                    *bound = Some(whole(limit)?);
                }
                _ => return None,
            }
        }
        parts.extend(bounds.checks(self));
        let length_in =
            |range: String| Expression::call("support::length_in", vec![self.value(), Expression::leaf(range)]);
        match (least, most) {
            (None, None) => {}
            (Some(1), None) => parts.insert(0, self.place.clone().method("is_empty", vec![]).negated()),
            (least, Some(most)) => parts.insert(0, length_in(format!("{}..={most}", least.unwrap_or(0)))),
            (Some(least), None) => parts.insert(0, length_in(format!("{least}..=u64::MAX"))),
        }
        Some(parts)
    }

    /// A format as code: `Some(None)` for one that cannot fail, `None` for what is left to the tables.
    pub(super) fn format(&self, format: &Format) -> Option<Option<Expression>> {
        let value = self.value();
        match (&format.check, self.ty, format.name.as_str()) {
            (FormatCheck::Annotate, ..) | (_, Type::Integer, "int64") => Some(None),
            (FormatCheck::Function(_), Type::Integer | Type::Number, _) => Some(None),
            (FormatCheck::Function(path), ..) => Some(Some(Expression::call(path, vec![value]))),
            (_, Type::Integer, "int32") => {
                Some(Some(Expression::call("i32::try_from", vec![value]).method("is_ok", vec![])))
            }
            (_, Type::Number, "double") => Some(Some(self.place.clone().method("is_finite", vec![]))),
            (_, Type::Integer | Type::Number, name) => formats::built_in(name).is_none().then_some(None),
            (_, _, name) => {
                Some(formats::built_in(name).map(|path| {
                    Expression::leaf(format!("support::formats::{path}")).method("text_holds", vec![value])
                }))
            }
        }
    }
}

/// A limit that is a literal of either type without loss: beyond 2^53 not every whole number is a float (IEEE 754 binary64).
pub fn whole(limit: &Decimal) -> Option<i128> {
    limit.to_integer().filter(|whole| whole.unsigned_abs() <= 1 << 53)
}

/// The bounds of a number.
#[derive(Default)]
struct Bounds {
    least: Option<i128>,
    most: Option<i128>,
    above: Option<i128>,
    below: Option<i128>,
}

impl Bounds {
    pub(super) fn checks(&self, scalar: &Scalar<'_>) -> Vec<Expression> {
        let literal = |whole: i128| if *scalar.ty == Type::Number { format!("{whole}.0") } else { whole.to_string() };
        let compared = |operator, limit: i128| {
            Expression::binary(operator, vec![scalar.value(), Expression::leaf(literal(limit))])
        };
        let mut parts = Vec::new();
        match (self.least, self.most) {
            (Some(least), Some(most)) => {
                let range = Expression::leaf(format!("({}..={})", literal(least), literal(most)));
                parts.push(range.method("contains", vec![scalar.reference()]));
            }
            (Some(least), None) => parts.push(compared(">=", least)),
            (None, Some(most)) => parts.push(compared("<=", most)),
            (None, None) => {}
        }
        parts.extend(self.above.map(|above| compared(">", above)));
        parts.extend(self.below.map(|below| compared("<", below)));
        parts
    }
}
