//! Which members of a struct must be looked at to tell whether it follows its rules.
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
//! Lengths, bounds, patterns and formats of scalars are code; the benches do not allow tables there (four times the time). All else is a table.

use indexmap::IndexMap;

use crate::api::{
    AdditionalMembers, AdditionalProperties, Api, Decimal, Definition, DefinitionKind, Field, Format, FormatCheck,
    Items, Keyword, Members, Presence, Schema, SchemaId, Struct, Type, TypeSet, formats,
};
use crate::runtime::{Measure, Pattern, Side};

/// For each definition, whether some value that it can hold breaks a rule.
pub struct Fallible(Vec<bool>);

impl Fallible {
    /// What can fail in an API: first nothing, then whatever has a rule of its own, then what leads there.
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
            // What a document did not foresee is held as well, and follows no rule.
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
        let held = match ty {
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
        !schema.types.contains(held) || schema.keywords.iter().any(|keyword| self.keyword(keyword, ty, api))
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
    let aligned =
        members.properties.len() == structure.fields.len()
            && members.properties.iter().zip(&structure.fields).all(|(property, field)| {
                property.name == field.name && property.schema == field.schema && property.held
            });
    let absent = |field: &Field| matches!(field.presence, Presence::Optional | Presence::OptionalNullable);
    let required = members.properties.iter().zip(&structure.fields).all(|(property, field)| {
        // A field that may be left out where the property may not is no `is_none_or`.
        property.required != absent(field)
    });
    (aligned && required && members.patterns.is_empty() && schema.types.contains(TypeSet::OBJECT)).then_some(members)
}

/// `anyOf` of lists of required members as code: `self.a.is_some() || self.b.is_some()`; `None` for any other keyword.
pub fn presence(keyword: &Keyword, structure: &Struct, api: &Api) -> Option<String> {
    let Keyword::AnyOf(branches) = keyword else { return None };
    let lists: Option<Vec<String>> =
        branches.parts.iter().map(|part| required_alone(api.schemas.get(*part), structure)).collect();
    lists.map(|lists| lists.join(" || "))
}

/// That all members are there which a schema requires, where it says nothing else.
fn required_alone(schema: &Schema, structure: &Struct) -> Option<String> {
    let [Keyword::Members(Members { properties, required, patterns, additional })] = schema.keywords.as_slice() else {
        return None;
    };
    let alone = properties.is_empty() && patterns.is_empty() && *additional == AdditionalProperties::Allowed;
    if !alone || required.is_empty() || !schema.types.contains(TypeSet::OBJECT) {
        return None;
    }
    let is_there = |name: &String| {
        let field = structure.fields.iter().find(|field| field.name == *name)?;
        match field.presence {
            Presence::Required | Presence::RequiredNullable => None,
            Presence::Optional => Some(format!("self.{}.is_some()", field.rust_name)),
            Presence::OptionalNullable => Some(format!("!self.{}.is_absent()", field.rust_name)),
        }
    };
    required.iter().map(is_there).collect::<Option<Vec<String>>>().map(|terms| terms.join(" && "))
}

/// The rules of a field as code, where they are lengths, bounds, patterns and formats of one scalar, empty where those always hold; `None` for
/// all others.
pub fn direct(field: &Field, api: &Api, patterns: &IndexMap<String, String>) -> Option<String> {
    let nullable = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
    if nullable && !admits_null(field.schema, api) {
        return None;
    }
    let access = match field.presence {
        Presence::Required => format!("self.{}", field.rust_name),
        _ => "value".to_owned(),
    };
    let borrowed = field.presence != Presence::Required;
    let code = scalar(&access, borrowed, &field.ty, api.schemas.get(field.schema), patterns)?;
    let name = &field.rust_name;
    if code.is_empty() {
        return Some(code);
    }
    Some(match field.presence {
        Presence::Required => code,
        Presence::RequiredNullable | Presence::Optional => format!("self.{name}.as_ref().is_none_or(|value| {code})"),
        Presence::OptionalNullable => format!("self.{name}.as_option().is_none_or(|value| {code})"),
    })
}

/// The rules of a scalar; `borrowed` where `value` is a reference to it.
fn scalar(
    value: &str,
    borrowed: bool,
    ty: &Type,
    schema: &Schema,
    patterns: &IndexMap<String, String>,
) -> Option<String> {
    let text = match ty {
        Type::String if borrowed => value.to_owned(),
        Type::String => format!("&{value}"),
        Type::Formatted(_) => format!("{value}.as_str()"),
        Type::Secret(inner) if **inner == Type::String => format!("{value}.expose()"),
        Type::Integer | Type::Number if borrowed => format!("*{value}"),
        Type::Integer | Type::Number => value.to_owned(),
        _ => return None,
    };
    let held = match ty {
        Type::Integer => TypeSet::INTEGER,
        Type::Number => TypeSet::NUMBER,
        _ => TypeSet::STRING,
    };
    if !schema.types.contains(held) {
        return None;
    }
    let (mut least, mut most) = (None, None);
    let mut parts = Vec::new();
    let mut bounds = Bounds::default();
    for keyword in &schema.keywords {
        match keyword {
            // It says nothing of values of another type.
            keyword if !keyword.types().intersects(held) => {}
            Keyword::Size { measure: Measure::Length, side: Side::Min, limit } => least = Some(*limit),
            Keyword::Size { measure: Measure::Length, side: Side::Max, limit } => most = Some(*limit),
            // One that may have no answer is left to the tables.
            Keyword::Pattern(source) if !Pattern::is_linear(source) => return None,
            Keyword::Pattern(source) => {
                parts.push(format!("super::rules::{}.is_match({text})", patterns.get(source)?));
            }
            Keyword::Format(format) => parts.extend(format_code(&text, ty, format)?),
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
    parts.extend(bounds.code(&text, ty));
    match (least, most) {
        (None, None) => {}
        (Some(1), None) => parts.insert(0, format!("!{}.is_empty()", text.trim_start_matches('&'))),
        (least, Some(most)) => parts.insert(0, format!("support::length_in({text}, {}..={most})", least.unwrap_or(0))),
        (Some(least), None) => parts.insert(0, format!("support::length_in({text}, {least}..=u64::MAX)")),
    }
    Some(parts.join(" && "))
}

/// A format as code: `Some(None)` for one that cannot fail, `None` for what is left to the tables.
fn format_code(value: &str, ty: &Type, format: &Format) -> Option<Option<String>> {
    match (format.check.clone(), ty, format.name.as_str()) {
        (FormatCheck::Annotate, ..) | (_, Type::Integer, "int64") => Some(None),
        (FormatCheck::Function(_), Type::Integer | Type::Number, _) => Some(None),
        (FormatCheck::Function(path), ..) => Some(Some(format!("{path}({value})"))),
        (_, Type::Integer, "int32") => Some(Some(format!("i32::try_from({value}).is_ok()"))),
        (_, Type::Number, "double") => Some(Some(format!("{value}.is_finite()").replace('*', ""))),
        (_, Type::Integer | Type::Number, name) => formats::built_in(name).is_none().then_some(None),
        (_, _, name) => {
            Some(formats::built_in(name).map(|path| format!("support::formats::{path}.text_holds({value})")))
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
    fn code(&self, value: &str, ty: &Type) -> Vec<String> {
        let literal = |whole: i128| if *ty == Type::Number { format!("{whole}.0") } else { whole.to_string() };
        let mut parts = Vec::new();
        match (self.least, self.most) {
            (Some(least), Some(most)) => {
                let place = value.strip_prefix('*').map_or_else(|| format!("&{value}"), str::to_owned);
                parts.push(format!("({}..={}).contains({place})", literal(least), literal(most)));
            }
            (Some(least), None) => parts.push(format!("{value} >= {}", literal(least))),
            (None, Some(most)) => parts.push(format!("{value} <= {}", literal(most))),
            (None, None) => {}
        }
        parts.extend(self.above.map(|above| format!("{value} > {}", literal(above))));
        parts.extend(self.below.map(|below| format!("{value} < {}", literal(below))));
        parts
    }
}
