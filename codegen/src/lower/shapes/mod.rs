//! Schemas to Rust types: what a value of a schema is held in.
//!
//! | schema | type |
//! | --- | --- |
//! | `type: object` with `properties` | a struct ([`crate::lower::shapes::object`]) |
//! | `enum` of strings | an enum |
//! | `oneOf`, `anyOf` | a union ([`crate::lower::shapes::union`]) |
//! | `allOf` of one `$ref`, and nothing that adds a shape | the type of the `$ref` |
//! | `type: array` | `Vec<T>` |
//! | no type, or several that nothing tells apart | `serde_json::Value` |

pub(crate) mod cycles;
pub(crate) mod direction;
pub(crate) mod enumeration;
pub(crate) mod object;
pub(crate) mod sizes;
pub(crate) mod union;

use crate::api::{
    AdditionalProperties, Branches, Decimal, Definition, DefinitionId, DefinitionKind, FormatType, Items, Keyword,
    SchemaId, Type, TypeSet,
};
use crate::choices::Untyped;
use crate::diagnostic as catalogue;
use crate::runtime::Side;

use crate::lower::Lowering;
use crate::lower::names;

/// How deep compositions are followed when they are asked for their types. Deeper ones are taken to allow anything.
pub(crate) const DEEPEST_COMPOSITION: usize = 24;

/// What kind of type a schema makes.
pub(crate) enum Outline {
    Struct,
    /// The schema whose `enum` it is.
    Enum(SchemaId),
    Union(Vec<SchemaId>),
    /// The same as another schema's.
    Same(SchemaId),
    Plain,
}

impl Lowering<'_, '_> {
    /// The type of a schema, null aside. `stem` names the type if one must be defined.
    pub(crate) fn shape(&mut self, id: SchemaId, stem: &str) -> Type {
        if let Some(ty) = self.shapes.get(&id) {
            return ty.clone();
        }
        if let Some(path) = self.mapped(id) {
            self.shapes.insert(id, Type::Mapped(path.clone()));
            return Type::Mapped(path);
        }
        let ty = match self.outline(id) {
            _ if self.is_sensitive(id) => self.secret(id),
            Outline::Same(other) => self.shape(other, stem),
            Outline::Plain => self.plain(id, stem),
            Outline::Struct | Outline::Enum(_) | Outline::Union(_) => {
                let stem = self.stems.get(&id).map_or(stem, String::as_str);
                let made = names::type_name(stem);
                let chosen = self.choices.type_name(&made).map(str::to_owned);
                let rust_name = self.type_names.claim(chosen.unwrap_or(made));
                self.anchor_with(id, &rust_name);
                let definition = self.reserve(rust_name, None, id);
                self.unfilled.push(definition);
                Type::Named(definition)
            }
        };
        self.shapes.insert(id, ty.clone());
        ty
    }

    /// The type of a schema in a place where null must be part of it.
    pub(crate) fn shape_or_null(&mut self, id: SchemaId, stem: &str) -> Type {
        let ty = self.shape(id, stem);
        if self.is_nullable(id) { Type::Nullable(Box::new(ty)) } else { ty }
    }

    fn anchor_with(&mut self, id: SchemaId, rust_name: &str) {
        if self.api.schemas.get(id).anchor.is_none() {
            let anchor = self.anchors.claim(names::static_name(rust_name));
            self.anchor_as(id, anchor);
        }
    }

    /// Makes room for a definition; its kind follows.
    pub(crate) fn reserve(&mut self, rust_name: String, component: Option<String>, schema: SchemaId) -> DefinitionId {
        self.api.definitions.0.push(Definition {
            rust_name,
            derives: Vec::new(),
            component,
            schema,
            in_request: false,
            in_response: false,
            kind: DefinitionKind::Alias(Type::Any),
        });
        DefinitionId(self.api.definitions.0.len() - 1)
    }

    /// Decides the kind of every reserved definition, and of those that come up on the way.
    pub(crate) fn fill_definitions(&mut self) {
        let mut next = 0;
        while let Some(id) = self.unfilled.get(next).copied() {
            next += 1;
            let Definition { schema, rust_name, .. } = self.api.definitions.get(id).clone();
            if let Some(path) = self.mapped(schema) {
                self.api.definitions.0[id.0].kind = DefinitionKind::Alias(Type::Mapped(path));
                continue;
            }
            let kind = match self.outline(schema) {
                _ if self.is_sensitive(schema) => DefinitionKind::Alias(self.secret(schema)),
                Outline::Struct => DefinitionKind::Struct(self.structure(schema, &rust_name)),
                Outline::Enum(source) => DefinitionKind::Enum(self.enumeration(source, &rust_name)),
                Outline::Union(branches) => DefinitionKind::Union(self.union(schema, &branches, &rust_name)),
                Outline::Same(other) => DefinitionKind::Alias(self.shape(other, &rust_name)),
                Outline::Plain => DefinitionKind::Alias(self.plain(schema, &rust_name)),
            };
            if matches!(kind, DefinitionKind::Struct(_) | DefinitionKind::Enum(_)) {
                let derives = self.choices.derives_of(&self.names_of(schema, &rust_name));
                self.api.definitions.0[id.0].derives = derives;
            }
            self.api.definitions.0[id.0].kind = kind;
        }
        self.unfilled.clear();
    }

    fn outline(&self, id: SchemaId) -> Outline {
        if let Some(source) = self.string_enum(id, 0) {
            return if source == id { Outline::Enum(id) } else { self.same_or(id, Outline::Enum(id)) };
        }
        if self.is_union_of_constants(id) {
            return Outline::Enum(id);
        }
        let types = self.types_of(id).without(TypeSet::NULL);
        let branches = self.union_branches(id);
        if self.has_properties(id, 0) && types.intersects(TypeSet::OBJECT) {
            if types != TypeSet::OBJECT && self.choices.untyped == Untyped::Any {
                return Outline::Plain;
            }
            return self.same_or(id, Outline::Struct);
        }
        match branches.as_slice() {
            [] => self.same_or(id, Outline::Plain),
            [only] => Outline::Same(*only),
            _ if types == TypeSet::INTEGER || types == TypeSet::NUMBER || types == TypeSet::BOOLEAN => Outline::Plain,
            // Strings that differ in length or pattern are strings; a list of some beside others is a union.
            _ if types == TypeSet::STRING
                && !branches.iter().any(|branch| self.listed_strings(*branch, 0).is_some()) =>
            {
                Outline::Plain
            }
            _ if self.merged_branches(id).is_some() => Outline::Struct,
            _ => Outline::Union(branches),
        }
    }

    /// `Same` where all that gives a schema its shape is one part of an `allOf` (or a `$ref` with siblings).
    fn same_or(&self, id: SchemaId, otherwise: Outline) -> Outline {
        let schema = self.api.schemas.get(id);
        let mut sources = Vec::new();
        for keyword in &schema.keywords {
            match keyword {
                Keyword::AllOf(parts) => sources.extend(parts.iter().filter(|part| self.adds_shape(**part, 0))),
                Keyword::Ref(target) if self.adds_shape(*target, 0) => sources.push(*target),
                Keyword::AnyOf(Branches { parts, .. }) | Keyword::OneOf(Branches { parts, .. })
                    if parts.iter().any(|part| self.adds_shape(*part, 0)) =>
                {
                    return otherwise;
                }
                Keyword::Members(_) | Keyword::Items(_) | Keyword::Enum(_) => return otherwise,
                _ => {}
            }
        }
        match sources.as_slice() {
            [only] => Outline::Same(*only),
            _ => otherwise,
        }
    }

    /// Whether a schema says anything about the form of a value, beyond bounds and `required`.
    pub(crate) fn adds_shape(&self, id: SchemaId, depth: usize) -> bool {
        if depth > DEEPEST_COMPOSITION {
            return false;
        }
        let schema = self.api.schemas.get(id);
        schema.types.without(TypeSet::NULL) != TypeSet::ANY.without(TypeSet::NULL)
            || schema.keywords.iter().any(|keyword| match keyword {
                Keyword::Enum(_) | Keyword::Items(_) => true,
                Keyword::Members(members) => {
                    !members.properties.is_empty() || members.additional != AdditionalProperties::Allowed
                }
                Keyword::Ref(part) => self.adds_shape(*part, depth + 1),
                Keyword::AllOf(parts)
                | Keyword::AnyOf(Branches { parts, .. })
                | Keyword::OneOf(Branches { parts, .. }) => parts.iter().any(|part| self.adds_shape(*part, depth + 1)),
                _ => false,
            })
    }

    /// The instance types that a schema admits, compositions included.
    pub(crate) fn types_of(&self, id: SchemaId) -> TypeSet {
        self.types_within(id, 0)
    }

    fn types_within(&self, id: SchemaId, depth: usize) -> TypeSet {
        if depth > DEEPEST_COMPOSITION {
            return TypeSet::ANY;
        }
        let schema = self.api.schemas.get(id);
        let any_of = |parts: &[SchemaId]| {
            parts.iter().fold(TypeSet::NONE, |set, part| set.union(self.types_within(*part, depth + 1)))
        };
        schema.keywords.iter().fold(schema.types, |types, keyword| match keyword {
            Keyword::Enum(values) => types.intersection(TypeSet::of_any(values)),
            Keyword::Ref(part) => types.intersection(self.types_within(*part, depth + 1)),
            Keyword::AllOf(parts) => {
                parts.iter().fold(types, |types, part| types.intersection(self.types_within(*part, depth + 1)))
            }
            Keyword::AnyOf(branches) | Keyword::OneOf(branches) => types.intersection(any_of(&branches.parts)),
            _ => types,
        })
    }

    /// The type that the user chose for a schema, by its name or its format. What must never be shown stays a secret.
    pub(crate) fn mapped(&self, id: SchemaId) -> Option<String> {
        let schema = self.api.schemas.get(id);
        if (self.choices.schemas.is_empty() && self.choices.formats.is_empty()) || self.is_sensitive(id) {
            return None;
        }
        let by_name = schema.name.as_deref().and_then(|name| self.choices.schema_type(name));
        let by_format = || {
            schema.keywords.iter().find_map(|keyword| match keyword {
                Keyword::Format(format) => self.choices.format_type(&format.name),
                _ => None,
            })
        };
        by_name.or_else(by_format).map(str::to_owned)
    }

    /// Whether null is a value of a schema that has a type besides: what holds anything holds null by itself.
    pub(crate) fn is_nullable(&self, id: SchemaId) -> bool {
        let types = self.types_of(id);
        types.contains(TypeSet::NULL) && !self.holds_anything(id)
    }

    /// Whether a schema's values are held as `serde_json::Value`, which holds null by itself. This follows [`Self::shape`], and is
    /// asked before definitions are filled.
    fn holds_anything(&self, id: SchemaId) -> bool {
        let types = self.types_of(id).without(TypeSet::NULL);
        let scalar = [TypeSet::STRING, TypeSet::INTEGER, TypeSet::NUMBER].contains(&types);
        if self.mapped(id).is_some() {
            return false;
        }
        if self.is_sensitive(id) {
            return !scalar;
        }
        match self.outline(id) {
            Outline::Struct | Outline::Enum(_) | Outline::Union(_) => false,
            Outline::Same(other) => self.holds_anything(other),
            Outline::Plain if self.binary.contains(&id) => false,
            Outline::Plain => !scalar && ![TypeSet::BOOLEAN, TypeSet::ARRAY, TypeSet::OBJECT].contains(&types),
        }
    }

    /// The type of a sensitive schema: a scalar as such, anything else as a whole.
    fn secret(&self, id: SchemaId) -> Type {
        let types = self.types_of(id).without(TypeSet::NULL);
        let inner = match types {
            TypeSet::STRING => Type::String,
            TypeSet::INTEGER => self.integer(id),
            TypeSet::NUMBER => Type::Number,
            _ => Type::Any,
        };
        Type::Secret(Box::new(inner))
    }

    /// The type of a schema that needs no definition.
    fn plain(&mut self, id: SchemaId, stem: &str) -> Type {
        if self.binary.contains(&id) {
            return Type::Binary;
        }
        match self.types_of(id).without(TypeSet::NULL) {
            TypeSet::BOOLEAN => Type::Boolean,
            TypeSet::INTEGER => self.integer(id),
            TypeSet::NUMBER => Type::Number,
            TypeSet::STRING => self.string(id),
            TypeSet::ARRAY => self.array(id, stem),
            TypeSet::OBJECT => self.map(id, stem),
            types => {
                if types != TypeSet::ANY.without(TypeSet::NULL) && !types.is_empty() {
                    let pointer = self.api.schemas.get(id).pointer.clone();
                    let names = types.names().join("`, `");
                    let message = format!("a value of type `{names}` is held as `serde_json::Value`");
                    self.report_at(&catalogue::WIDENED, &pointer, message);
                }
                Type::Any
            }
        }
    }

    fn integer(&self, id: SchemaId) -> Type {
        const LARGEST_SIGNED: i128 = i64::MAX as i128;
        let mut unsigned = false;
        let mut above_zero = false;
        for keyword in self.keywords_together(id) {
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

    fn string(&self, id: SchemaId) -> Type {
        let format = self.keywords_together(id).find_map(|keyword| match keyword {
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

    fn array(&mut self, id: SchemaId, stem: &str) -> Type {
        let mut items: Vec<SchemaId> = Vec::new();
        let mut tuple = false;
        for keyword in self.keywords_together(id) {
            if let Keyword::Items(Items { prefix, rest }) = keyword {
                tuple |= !prefix.is_empty();
                items.extend(rest);
            }
        }
        let element = match items.is_empty() || tuple {
            false => {
                let items = self.intersection(&items);
                self.shape_or_null(items, &format!("{stem}Item"))
            }
            true => Type::Any,
        };
        Type::Array(Box::new(element))
    }

    fn map(&mut self, id: SchemaId, stem: &str) -> Type {
        let mut value = None;
        for keyword in &self.api.schemas.get(id).keywords {
            match keyword {
                Keyword::Members(members) => match members.additional {
                    AdditionalProperties::Schema(schema) if members.patterns.is_empty() => value = Some(schema),
                    _ => {}
                },
                // Parts of a composition may say more about the members than one type can.
                Keyword::AllOf(_) | Keyword::AnyOf(_) | Keyword::OneOf(_) | Keyword::Ref(_) => {
                    value = None;
                    break;
                }
                _ => {}
            }
        }
        let value = match value {
            Some(value) => self.shape_or_null(value, &format!("{stem}Value")),
            None => Type::Any,
        };
        Type::Map(Box::new(value))
    }

    /// Whether a schema or a part of its `allOf` declares properties.
    pub(crate) fn has_properties(&self, id: SchemaId, depth: usize) -> bool {
        depth <= DEEPEST_COMPOSITION
            && self.api.schemas.get(id).keywords.iter().any(|keyword| match keyword {
                Keyword::Members(members) => !members.properties.is_empty(),
                Keyword::Ref(part) => self.has_properties(*part, depth + 1),
                Keyword::AllOf(parts) => parts.iter().any(|part| self.has_properties(*part, depth + 1)),
                _ => false,
            })
    }
}
