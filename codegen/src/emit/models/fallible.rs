//! Which values can break the rules of their schema, given what their types settle.
//!
//! A `String` field of `type: string` without a keyword holds whatever it is; one with `maxLength: 30` may not. `validate` asks those that
//! can fail.

use crate::api::{
    AdditionalProperties, Api, Definition, DefinitionKind, Exclusive, Field, FormatCheck, Items, Keyword, Members,
    Presence, SchemaId, Type, TypeSet, formats,
};

use crate::emit::models::coverage::{Demand, demands};

/// For each definition, whether some value that it can hold breaks a rule.
pub struct Fallible(Vec<bool>);

impl Fallible {
    /// What can fail in an API: first nothing, then whatever has a rule of its own, then what leads there.
    pub fn of(api: &Api) -> Self {
        let definitions = &api.definitions.0;
        let demands: Vec<Option<Vec<Demand<'_>>>> = definitions
            .iter()
            .map(|definition| match &definition.kind {
                DefinitionKind::Struct(structure) => demands(definition, structure, api),
                DefinitionKind::Enum(_) | DefinitionKind::Union(_) | DefinitionKind::Alias(_) => None,
            })
            .collect();
        let mut fallible = Self(vec![false; definitions.len()]);
        loop {
            let mut changed = false;
            for (index, (definition, demands)) in definitions.iter().zip(&demands).enumerate() {
                if !fallible.0[index] && fallible.definition(definition, demands.as_deref(), api) {
                    fallible.0[index] = true;
                    changed = true;
                }
            }
            if !changed {
                return fallible;
            }
        }
    }

    fn definition(&self, definition: &Definition, demands: Option<&[Demand<'_>]>, api: &Api) -> bool {
        match &definition.kind {
            // What a document did not foresee is held as well, and follows no rule.
            DefinitionKind::Enum(_) | DefinitionKind::Union(_) => true,
            DefinitionKind::Alias(ty) => self.value(definition.schema, ty, api),
            DefinitionKind::Struct(_) => demands.is_none_or(|demands| {
                demands.iter().any(|demand| match demand {
                    Demand::Field { field, schema, .. } => self.field(field, *schema, api),
                    Demand::Present(_) | Demand::Keyword { .. } | Demand::Others(_) => true,
                })
            }),
        }
    }

    /// Whether a field can break the rules of a property.
    pub fn field(&self, field: &Field, schema: SchemaId, api: &Api) -> bool {
        let nullable = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
        (nullable && !admits_null(schema, api)) || self.value(schema, &field.ty, api)
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
        match ty {
            Type::Boxed(inner) | Type::Secret(inner) => return self.value(id, inner, api),
            Type::Nullable(inner) => return !admits_null(id, api) || self.value(id, inner, api),
            _ => {}
        }
        let Some(possible) = possible_types(ty, api) else { return true };
        if let Some(branch) = branch_of_types(id, possible, api) {
            return self.value(branch, ty, api);
        }
        if let (TypeSet::ANY, [Keyword::Ref(target)]) = (schema.types, schema.keywords.as_slice()) {
            return self.value(*target, ty, api);
        }
        !schema.types.contains(possible) || schema.keywords.iter().any(|keyword| self.keyword(keyword, ty, api))
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

/// The JSON types that values of a type have; `None` where that is not known.
pub fn possible_types(ty: &Type, api: &Api) -> Option<TypeSet> {
    match ty {
        Type::Boxed(inner) | Type::Secret(inner) => possible_types(inner, api),
        Type::Nullable(inner) => possible_types(inner, api).map(|types| types.union(TypeSet::NULL)),
        Type::Boolean => Some(TypeSet::BOOLEAN),
        Type::Integer | Type::Unsigned => Some(TypeSet::INTEGER),
        Type::Number => Some(TypeSet::NUMBER),
        Type::String | Type::Formatted(_) => Some(TypeSet::STRING),
        Type::Array(_) => Some(TypeSet::ARRAY),
        Type::Map(_) => Some(TypeSet::OBJECT),
        Type::Named(id) => Some(match &api.definitions.get(*id).kind {
            DefinitionKind::Struct(_) => TypeSet::OBJECT,
            DefinitionKind::Enum(_) => TypeSet::STRING,
            DefinitionKind::Union(_) | DefinitionKind::Alias(_) => TypeSet::ANY,
        }),
        Type::Any => Some(TypeSet::ANY),
        Type::Binary | Type::Mapped(_) => None,
    }
}

/// The branch of an `anyOf` or `oneOf` that alone can hold for values of some types, where branches are told apart by type: for a string,
/// the first of `anyOf: [{type: string}, {type: "null"}]`. It decides about the whole schema.
pub fn branch_of_types(id: SchemaId, types: TypeSet, api: &Api) -> Option<SchemaId> {
    let schema = api.schemas.get(api.schemas.resolve_alias(id));
    let [Keyword::AnyOf(branches) | Keyword::OneOf(branches)] = schema.keywords.as_slice() else { return None };
    if branches.exclusive != Exclusive::Types || !schema.types.contains(types) {
        return None;
    }
    branches.parts.iter().map(|part| api.schemas.resolve_alias(*part)).find(|part| {
        let admitted = api.schemas.get(*part).types;
        admitted != TypeSet::ANY && admitted.contains(types)
    })
}

/// Whether a schema admits null.
pub fn admits_null(id: SchemaId, api: &Api) -> bool {
    let schema = api.schemas.get(id);
    if let Some(branch) = branch_of_types(id, TypeSet::NULL, api) {
        return api.schemas.get(branch).keywords.is_empty();
    }
    match (schema.types, schema.keywords.as_slice()) {
        (TypeSet::ANY, [Keyword::Ref(target)]) => admits_null(*target, api),
        (types, _) => types.contains(TypeSet::NULL),
    }
}
