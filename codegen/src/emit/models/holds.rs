//! The members of a struct that have to be checked to decide whether it is valid.
//!
//! A `String` field of `type: string` without a keyword holds whatever it is; one with `maxLength: 30` may not. So `validate` asks
//! the fields that can fail, by their types, and leaves out the others:
//!
//! ```text
//! fn holds(&self, rules: &support::Rules) -> bool {
//!     support::struct_holds(self, rules, &super::rules::CARD, 2, |members| {
//!         let [_, _, owner] = members else { return false };
//!         support::length_in(self.number.expose(), 0..=30)
//!             && self.cvv.as_option().is_none_or(|value| support::length_in(value, 3..=4))
//!             && self.owner.holds(owner.rules)
//!             && (self.month.is_some() || self.date.is_some())
//!     })
//! }
//! ```
//!
//! The `2` is how many keywords of the schema this answers for: the members, and an `anyOf` of lists of required ones.
//!
//! Lengths, bounds, patterns and formats of scalars are code; the benches do not allow tables there (four times the time). All else is a
//! table.

use indexmap::IndexMap;

use crate::api::{
    AdditionalMembers, AdditionalProperties, Api, Decimal, Definition, DefinitionKind, Field, Format, FormatCheck,
    Items, Keyword, Members, Presence, Schema, SchemaId, Struct, Type, TypeSet, formats,
};
use crate::runtime::{Measure, Pattern, Side};

use crate::emit::text::expression::Expression;

/// For each definition, whether some value that it can hold breaks a rule.
pub struct Fallible(Vec<bool>);

impl Fallible {
    /// The types of an API that can be invalid, as a least fixed point.
    pub fn of(api: &Api) -> Self {
        let mut fallible = Self(vec![false; api.definitions.0.len()]);
        loop {
            let mut changed = false;
            for (index, definition) in api.definitions.0.iter().enumerate() {
                if !fallible.0[index] && fallible.definition(definition, api) {
                    fallible.0[index] = true;
                    changed = true;
                }
            }
            if !changed {
                return fallible;
            }
        }
    }

    fn definition(&self, definition: &Definition, api: &Api) -> bool {
        match &definition.kind {
            // Unknown values are kept as well, and are invalid.
            DefinitionKind::Enum(_) | DefinitionKind::Union(_) => true,
            DefinitionKind::Alias(ty) => self.value(definition.schema, ty, api),
            DefinitionKind::Struct(structure) => match own_members(definition, structure, api) {
                Some(members) => {
                    !members.required.is_empty()
                        || api.schemas.get(definition.schema).keywords.len() > 1
                        || structure.fields.iter().any(|field| self.field(field, api))
                        || self.additional(members, structure, api)
                }
                None => true,
            },
        }
    }

    fn additional(&self, members: &Members, structure: &Struct, api: &Api) -> bool {
        match (&structure.additional, &members.additional) {
            (AdditionalMembers::Closed, _) | (_, AdditionalProperties::Allowed) => false,
            (AdditionalMembers::Kept { ty, .. }, AdditionalProperties::Schema(schema)) => self.value(*schema, ty, api),
            (_, AdditionalProperties::Denied) => true,
        }
    }

    /// Whether a field can break the rules of its property.
    pub fn field(&self, field: &Field, api: &Api) -> bool {
        let nullable = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
        (nullable && !admits_null(field.schema, api)) || self.value(field.schema, &field.ty, api)
    }

    /// Whether a value of a type can break the rules of a schema.
    pub fn value(&self, id: SchemaId, ty: &Type, api: &Api) -> bool {
        let schema = api.schemas.get(id);
        if let Type::Named(named) = ty {
            let definition = api.definitions.get(*named);
            if definition.schema == id {
                return self.0.get(named.0).copied().unwrap_or(true);
            }
        }
        let type_of_values = match ty {
            Type::Boxed(inner) | Type::Secret(inner) => return self.value(id, inner, api),
            Type::Nullable(inner) => return !admits_null(id, api) || self.value(id, inner, api),
            Type::Boolean => TypeSet::BOOLEAN,
            Type::Integer | Type::Unsigned => TypeSet::INTEGER,
            Type::Number => TypeSet::NUMBER,
            Type::String | Type::Formatted(_) => TypeSet::STRING,
            Type::Array(_) => TypeSet::ARRAY,
            Type::Map(_) | Type::Named(_) => TypeSet::OBJECT,
            Type::Any => TypeSet::ANY,
            Type::Binary | Type::Mapped(_) => return true,
        };
        if let (TypeSet::ANY, [Keyword::Ref(target)]) = (schema.types, schema.keywords.as_slice()) {
            return self.value(*target, ty, api);
        }
        !schema.types.contains(type_of_values) || schema.keywords.iter().any(|keyword| self.keyword(keyword, ty, api))
    }

    fn keyword(&self, keyword: &Keyword, ty: &Type, api: &Api) -> bool {
        match (keyword, ty) {
            (Keyword::EveryMember, _) => false,
            (Keyword::Format(format), _) => match format.check {
                FormatCheck::Annotate => false,
                FormatCheck::Function(_) => true,
                FormatCheck::Assert => formats::built_in(&format.name).is_some(),
            },
            (Keyword::Items(Items { prefix, rest: Some(rest) }), Type::Array(inner)) => {
                !prefix.is_empty() || self.value(*rest, inner, api)
            }
            (Keyword::Members(members), Type::Map(inner)) => {
                let Members { properties, required, patterns, additional } = members;
                !(properties.is_empty() && required.is_empty() && patterns.is_empty())
                    || match additional {
                        AdditionalProperties::Allowed => false,
                        AdditionalProperties::Denied => true,
                        AdditionalProperties::Schema(schema) => self.value(*schema, inner, api),
                    }
            }
            _ => true,
        }
    }
}

fn admits_null(id: SchemaId, api: &Api) -> bool {
    let schema = api.schemas.get(id);
    match (schema.types, schema.keywords.as_slice()) {
        (TypeSet::ANY, [Keyword::Ref(target)]) => admits_null(*target, api),
        (types, _) => types.contains(TypeSet::NULL),
    }
}

/// The members that a struct declares as its schema does, one field for each property; `None` for a struct that is put together
/// otherwise, of which the tables judge.
pub fn own_members<'a>(definition: &Definition, structure: &Struct, api: &'a Api) -> Option<&'a Members> {
    let schema = api.schemas.get(definition.schema);
    let Some(Keyword::Members(members)) = schema.keywords.first() else { return None };
    let aligned = members.properties.len() == structure.fields.len()
        && members.properties.iter().zip(&structure.fields).all(|(property, field)| {
            property.name == field.name && property.schema == field.schema && property.has_field
        });
    let absent = |field: &Field| matches!(field.presence, Presence::Optional | Presence::OptionalNullable);
    let required = members.properties.iter().zip(&structure.fields).all(|(property, field)| {
        // A field that may be left out where the property may not is no `is_none_or`.
        property.required != absent(field)
    });
    (aligned && required && members.patterns.is_empty() && schema.types.contains(TypeSet::OBJECT)).then_some(members)
}

/// `anyOf` of lists of required members as code: `self.a.is_some() || self.b.is_some()`; `None` for any other keyword.
pub fn required_any_of(keyword: &Keyword, structure: &Struct, api: &Api) -> Option<Expression> {
    let Keyword::AnyOf(branches) = keyword else { return None };
    let lists: Option<Vec<Expression>> =
        branches.parts.iter().map(|part| required_alone(api.schemas.get(*part), structure)).collect();
    lists.map(|lists| Expression::binary("||", lists))
}

/// That all members are there which a schema requires, where it says nothing else.
fn required_alone(schema: &Schema, structure: &Struct) -> Option<Expression> {
    let [Keyword::Members(Members { properties, required, patterns, additional })] = schema.keywords.as_slice() else {
        return None;
    };
    let alone = properties.is_empty() && patterns.is_empty() && *additional == AdditionalProperties::Allowed;
    if !alone || required.is_empty() || !schema.types.contains(TypeSet::OBJECT) {
        return None;
    }
    let is_there = |name: &String| {
        let field = structure.fields.iter().find(|field| field.name == *name)?;
        let value = Expression::leaf("self").field(&field.rust_name);
        match field.presence {
            Presence::Required | Presence::RequiredNullable => None,
            Presence::Optional => Some(value.method("is_some", vec![])),
            Presence::OptionalNullable => Some(value.method("is_absent", vec![]).negated()),
        }
    };
    required.iter().map(is_there).collect::<Option<Vec<_>>>().map(|terms| Expression::binary("&&", terms))
}

/// The rules of a field as code, if they are lengths, bounds, patterns and formats of one scalar: conditions all of which must hold, an
/// empty list if they always do; `None` for all other rules.
pub fn field_conditions(field: &Field, api: &Api, patterns: &IndexMap<String, String>) -> Option<Vec<Expression>> {
    let nullable = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
    if nullable && !admits_null(field.schema, api) {
        return None;
    }
    let value = Expression::leaf("self").field(&field.rust_name);
    let borrowed = field.presence != Presence::Required;
    let place = if borrowed { Expression::leaf("value") } else { value.clone() };
    let code = Scalar::of(place, borrowed, &field.ty)?.code(api.schemas.get(field.schema), patterns)?;
    if code.is_empty() || !borrowed {
        return Some(code);
    }
    let option = match field.presence {
        Presence::OptionalNullable => "as_option",
        Presence::Required | Presence::RequiredNullable | Presence::Optional => "as_ref",
    };
    let closure = Expression::closure("value", Expression::binary("&&", code));
    Some(vec![value.method(option, vec![]).method("is_none_or", vec![closure])])
}

/// A value of a scalar type, and the place where it is.
struct Scalar<'t> {
    /// What its methods are called on.
    place: Expression,
    /// Whether the place is a reference to it, or for a text: a `&str`.
    is_reference: bool,
    ty: &'t Type,
    types: TypeSet,
}

impl<'t> Scalar<'t> {
    /// The scalar at a place that is `borrowed` or not; `None` for a value of another type.
    fn of(place: Expression, borrowed: bool, ty: &'t Type) -> Option<Self> {
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

    fn is_number(&self) -> bool {
        matches!(self.ty, Type::Integer | Type::Number)
    }

    /// A reference to it.
    fn reference(&self) -> Expression {
        if self.is_reference { self.place.clone() } else { self.place.clone().reference() }
    }

    /// The number itself, or the text.
    fn value(&self) -> Expression {
        match (self.is_number(), self.is_reference) {
            (true, true) => self.place.clone().dereferenced(),
            (true, false) => self.place.clone(),
            (false, _) => self.reference(),
        }
    }

    /// Its rules; `None` where they are left to the tables.
    fn code(&self, schema: &Schema, patterns: &IndexMap<String, String>) -> Option<Vec<Expression>> {
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
                    let pattern = Expression::leaf(format!("super::rules::{}", patterns.get(source)?));
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
        parts.extend(bounds.code(self));
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
    fn format(&self, format: &Format) -> Option<Option<Expression>> {
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
    fn code(&self, scalar: &Scalar<'_>) -> Vec<Expression> {
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
