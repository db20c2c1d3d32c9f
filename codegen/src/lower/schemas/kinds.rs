//! What kind of type a schema has, by what it says alone.

use crate::api::{AdditionalProperties, Branches, Decimal, FormatType, Keyword, SchemaId, Schemas, Type, TypeSet};
use crate::choices::Untyped;
use crate::runtime::Side;

use crate::lower::schemas::arena::Arena;

/// The kind of an outline, before what belongs to it is known.
pub(super) enum Kind {
    /// A struct of its own.
    Object,
    /// Strings, listed by a schema.
    Enum(SchemaId),
    /// One of some branches.
    Union(Vec<SchemaId>),
    /// The same as that of another schema.
    Same(SchemaId),
    /// No type of its own.
    Plain,
}

impl Arena<'_> {
    /// Whether a schema admits null besides a type. `serde_json::Value` includes null, and is not counted.
    pub(crate) fn is_nullable(&self, id: SchemaId) -> bool {
        self.schemas.types_of(id).contains(TypeSet::NULL) && !self.holds_anything(id)
    }

    /// Whether the type of a schema is `serde_json::Value`, which includes null. This is needed before outlines are made.
    pub(super) fn holds_anything(&self, id: SchemaId) -> bool {
        let types = self.schemas.types_of(id).without(TypeSet::NULL);
        let scalar = [TypeSet::STRING, TypeSet::INTEGER, TypeSet::NUMBER].contains(&types);
        if self.mapped(id).is_some() {
            return false;
        }
        if self.schemas.is_sensitive(id) {
            return !scalar;
        }
        match self.kind(id) {
            Kind::Object | Kind::Enum(_) | Kind::Union(_) => false,
            Kind::Same(other) => self.holds_anything(other),
            Kind::Plain if self.binary.contains(&id) => false,
            Kind::Plain => !scalar && ![TypeSet::BOOLEAN, TypeSet::ARRAY, TypeSet::OBJECT].contains(&types),
        }
    }

    /// Whether the type of a schema without a definition is an array or a map.
    pub(super) fn is_nesting(&self, id: SchemaId) -> bool {
        let types = self.schemas.types_of(id).without(TypeSet::NULL);
        !self.binary.contains(&id) && matches!(types, TypeSet::ARRAY | TypeSet::OBJECT)
    }

    /// The type that a schema has whatever its structure: one that the user chose, or a secret.
    pub(super) fn chosen(&self, id: SchemaId) -> Option<Type> {
        self.mapped(id).map(Type::Mapped).or_else(|| self.schemas.is_sensitive(id).then(|| secret(&self.schemas, id)))
    }

    /// The type that the user chose for a schema, by its name or its format. Secrets keep theirs.
    pub(crate) fn mapped(&self, id: SchemaId) -> Option<String> {
        let choices = self.context.choices;
        let schema = self.schemas.get(id);
        if (choices.schemas.is_empty() && choices.formats.is_empty()) || self.schemas.is_sensitive(id) {
            return None;
        }
        let by_name = schema.name.as_deref().and_then(|name| choices.schema_type(name));
        let by_format = || {
            schema.keywords.iter().find_map(|keyword| match keyword {
                Keyword::Format(format) => choices.format_type(&format.name),
                _ => None,
            })
        };
        by_name.or_else(by_format).map(str::to_owned)
    }

    pub(super) fn kind(&self, id: SchemaId) -> Kind {
        let schemas = &self.schemas;
        if let Some(source) = schemas.string_enum(id) {
            return if source == id { Kind::Enum(id) } else { self.same_or(id, Kind::Enum(id)) };
        }
        if schemas.is_union_of_constants(id) {
            return Kind::Enum(id);
        }
        let types = schemas.types_of(id).without(TypeSet::NULL);
        let branches = schemas.union_branches(id);
        if schemas.has_properties(id) && types.intersects(TypeSet::OBJECT) {
            if types != TypeSet::OBJECT && self.context.choices.untyped == Untyped::Any {
                return Kind::Plain;
            }
            return self.same_or(id, Kind::Object);
        }
        match branches.as_slice() {
            [] => self.same_or(id, Kind::Plain),
            [only] => Kind::Same(*only),
            _ if types == TypeSet::INTEGER || types == TypeSet::NUMBER || types == TypeSet::BOOLEAN => Kind::Plain,
            // Strings that differ in length or pattern are strings; a list of some beside others is a union.
            _ if types == TypeSet::STRING
                && !branches.iter().any(|branch| schemas.listed_strings(*branch).is_some()) =>
            {
                Kind::Plain
            }
            _ if self.merged_branches(id).is_some() => Kind::Object,
            _ => Kind::Union(branches),
        }
    }

    /// `Same`, if one part of an `allOf` (or a `$ref` with siblings) alone determines the type.
    pub(super) fn same_or(&self, id: SchemaId, otherwise: Kind) -> Kind {
        let adds_shape = |part: &SchemaId| self.schemas.adds_shape(*part);
        let mut sources = Vec::new();
        for keyword in &self.schemas.get(id).keywords {
            match keyword {
                Keyword::AllOf(parts) => sources.extend(parts.iter().copied().filter(adds_shape)),
                Keyword::Ref(target) if adds_shape(target) => sources.push(*target),
                Keyword::AnyOf(Branches { parts, .. }) | Keyword::OneOf(Branches { parts, .. })
                    if parts.iter().any(adds_shape) =>
                {
                    return otherwise;
                }
                Keyword::Members(_) | Keyword::Items(_) | Keyword::Enum(_) => return otherwise,
                _ => {}
            }
        }
        match sources.as_slice() {
            [only] => Kind::Same(*only),
            _ => otherwise,
        }
    }
}

/// The type of a sensitive schema: a scalar as it is, anything else as one opaque value.
pub(super) fn secret(schemas: &Schemas, id: SchemaId) -> Type {
    let inner = match schemas.types_of(id).without(TypeSet::NULL) {
        TypeSet::STRING => Type::String,
        TypeSet::INTEGER => integer(schemas, id),
        TypeSet::NUMBER => Type::Number,
        _ => Type::Any,
    };
    Type::Secret(Box::new(inner))
}

pub(super) fn integer(schemas: &Schemas, id: SchemaId) -> Type {
    const LARGEST_SIGNED: i128 = i64::MAX as i128;
    let mut unsigned = false;
    let mut above_zero = false;
    for keyword in schemas.conjunct_keywords(id) {
        let bound = |decimal: &Decimal| decimal.to_integer();
        match keyword {
            Keyword::Bound { side: Side::Max, limit: max, .. } => {
                unsigned |= bound(max).is_some_and(|max| max > LARGEST_SIGNED);
            }
            Keyword::Bound { side: Side::Min, limit: min, .. } => {
                above_zero |= bound(min).is_some_and(|min| min >= 0);
            }
            Keyword::Format(format) if format.name == "uint64" => return Type::Unsigned,
            _ => {}
        }
    }
    if unsigned && above_zero { Type::Unsigned } else { Type::Integer }
}

pub(super) fn string(schemas: &Schemas, id: SchemaId) -> Type {
    let format = schemas.conjunct_keywords(id).find_map(|keyword| match keyword {
        Keyword::Format(format) => Some(format.name.as_str()),
        _ => None,
    });
    match format {
        Some("uuid") => Type::Formatted(FormatType::Uuid),
        Some("date-time") => Type::Formatted(FormatType::DateTime),
        Some("date") => Type::Formatted(FormatType::Date),
        Some("byte") => Type::Formatted(FormatType::Byte),
        _ => Type::String,
    }
}

/// The schema of the values of a map; `None` where they have none, or more than one type can say.
pub(super) fn map_value(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let mut value = None;
    for keyword in &schemas.get(id).keywords {
        match keyword {
            Keyword::Members(members) => match members.additional {
                AdditionalProperties::Schema(schema) if members.patterns.is_empty() => value = Some(schema),
                _ => {}
            },
            // Parts of a composition may say more about the members than one type can.
            Keyword::AllOf(_) | Keyword::AnyOf(_) | Keyword::OneOf(_) | Keyword::Ref(_) => return None,
            _ => {}
        }
    }
    value
}
