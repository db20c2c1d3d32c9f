//! Which members of a struct must be looked at to tell whether it follows its rules.
//!
//! A `String` field of `type: string` without a keyword holds whatever it is; one with `maxLength: 30` may not. So `validate` asks
//! the fields that can fail, by their types, and leaves out the others:
//!
//! ```text
//! fn holds(&self, rules: &Rules) -> bool {
//!     support::struct_holds(self, rules, &super::rules::CARD, &|members| {
//!         let [number, _, cvv] = members else { return false };
//!         self.number.holds(number.rules) && self.cvv.member_holds(cvv.rules)
//!     })
//! }
//! ```

use crate::api::{
    AdditionalMembers, AdditionalProperties, Api, Definition, DefinitionKind, Field, FormatCheck, Keyword, Members,
    Presence, SchemaId, Struct, Type, TypeSet,
};

use super::formats;

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

    fn value(&self, id: SchemaId, ty: &Type, api: &Api) -> bool {
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
            (Keyword::Items { prefix, rest: Some(rest) }, Type::Array(inner)) => {
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
