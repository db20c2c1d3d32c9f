//! Objects with declared properties to structs; the parts of an `allOf` become one.
//!
//! ```yaml
//! allOf:
//!   - $ref: '#/components/schemas/Party'     # name
//!   - properties: { cvv: { type: string, nullable: true } }
//! ```
//!
//! becomes a struct with the fields `name` and `cvv: Nullable<String>`. What the parts demand is left to the rules, which
//! keep them apart; the struct only has to hold every value that some part describes. A property that several parts describe
//! is described by their intersection, one that several branches of an `anyOf` describe by their union.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::api::{
    AdditionalMembers, AdditionalProperties, Branches, Field, Keyword, Presence, Schema, SchemaId, Struct, Type,
};

use crate::lower::Lowering;
use crate::lower::names::{self, Scope};

/// What the parts of an object say together.
#[derive(Default)]
pub(crate) struct Gathered {
    /// What is said of each property.
    pub properties: IndexMap<String, Sources>,
    /// The names that some part requires.
    pub required: HashSet<String>,
    /// The names that some part requires beside another.
    pub dependent: HashSet<String>,
    denied: bool,
    patterns: bool,
    additional: Vec<SchemaId>,
    seen: HashSet<SchemaId>,
}

/// The schemas of a property.
#[derive(Default)]
pub(crate) struct Sources {
    /// Those that hold together.
    pub all: Vec<SchemaId>,
    /// Those of which one holds, by the branch of an `anyOf`.
    any: Vec<SchemaId>,
}

impl Lowering<'_, '_> {
    pub(crate) fn structure(&mut self, id: SchemaId, rust_name: &str) -> Struct {
        let mut gathered = Gathered::default();
        self.gather(id, &mut gathered);
        if let Some(branches) = self.merged_branches(id) {
            self.merge(&branches, &mut gathered);
        }
        if !self.may_have_fields(id, gathered.properties.len()) {
            gathered.properties.clear();
            (gathered.denied, gathered.patterns) = (false, true);
        }
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(gathered.properties.len());
        for (name, sources) in &gathered.properties {
            let schema = self.property(sources);
            let ty = self.shape(schema, &format!("{rust_name}{}", names::variant_name(name)));
            let presence = match (gathered.required.contains(name), self.is_nullable(schema)) {
                (true, false) => Presence::Required,
                (true, true) => Presence::RequiredNullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::OptionalNullable,
            };
            let chosen = self.choices.field_name(&self.names_of(id, rust_name), name).map(str::to_owned);
            fields.push(Field {
                name: name.clone(),
                rust_name: names::escape(scope.claim(chosen.unwrap_or_else(|| names::value_name(name)))),
                ty,
                presence,
                schema,
            });
        }
        let additional = if gathered.denied && !gathered.patterns {
            AdditionalMembers::Closed
        } else {
            let ty = match gathered.additional.as_slice() {
                [only] if !gathered.patterns => self.shape_or_null(*only, &format!("{rust_name}Additional")),
                _ => Type::Any,
            };
            AdditionalMembers::Kept { rust_name: scope.claim("additional_properties".to_owned()), ty }
        };
        Struct { fields, additional }
    }

    /// The one schema that stands for several that hold together.
    pub(crate) fn intersection(&mut self, schemas: &[SchemaId]) -> SchemaId {
        self.property(&Sources { all: schemas.to_vec(), any: Vec::new() })
    }

    /// The one schema that stands for what is said of a property.
    fn property(&mut self, sources: &Sources) -> SchemaId {
        let distinct = |list: &[SchemaId]| {
            let mut seen = HashSet::new();
            list.iter().copied().filter(|schema| seen.insert(*schema)).collect::<Vec<_>>()
        };
        let all = distinct(&sources.all);
        let any = distinct(&sources.any);
        let telling: Vec<SchemaId> = all.iter().copied().filter(|schema| self.adds_shape(*schema, 0)).collect();
        match (telling.as_slice(), all.as_slice(), any.as_slice()) {
            ([only], ..) | ([], [only, ..], _) | ([], [], [only]) => *only,
            ([first, ..], ..) => self.composed(*first, Keyword::AllOf(telling)),
            ([], [], [first, ..]) => self.composed(*first, Keyword::AnyOf(Branches::of(any))),
            // No property is without a schema.
            ([], [], []) => self.anything(""),
        }
    }

    /// A schema of which the document states the parts alone.
    fn composed(&mut self, first: SchemaId, keyword: Keyword) -> SchemaId {
        let (Keyword::AllOf(parts) | Keyword::AnyOf(Branches { parts, .. })) = &keyword else { return first };
        let key = (matches!(keyword, Keyword::AllOf(_)), parts.clone());
        if let Some(known) = self.composed.get(&key) {
            return *known;
        }
        if !self.may_make_schema(first) {
            let pointer = self.api.schemas.get(first).pointer.clone();
            let id = self.anything(&pointer);
            self.composed.insert(key, id);
            return id;
        }
        let model = self.api.schemas.get(first);
        let (pointer, annotations, sensitive) = (model.pointer.clone(), model.annotations.clone(), model.sensitive);
        let schema = Schema { pointer, annotations, sensitive, keywords: vec![keyword], ..Schema::default() };
        let id = self.api.schemas.add(schema);
        self.composed.insert(key, id);
        id
    }

    /// Adds the properties of the branches of an `anyOf`; what all of them require is required.
    fn merge(&self, branches: &[SchemaId], gathered: &mut Gathered) {
        let mut required: Option<HashSet<String>> = None;
        for branch in branches {
            let mut own = Gathered::default();
            self.gather(*branch, &mut own);
            for (name, sources) in own.properties {
                gathered.properties.entry(name).or_default().any.extend(sources.all);
            }
            required = Some(match required {
                None => own.required,
                Some(shared) => shared.into_iter().filter(|name| own.required.contains(name)).collect(),
            });
            // What is undeclared in one branch may be declared, or allowed, in another.
            gathered.patterns = true;
        }
        gathered.required.extend(required.unwrap_or_default());
    }

    /// The schemas of an object's properties.
    pub(crate) fn property_schemas(&self, id: SchemaId) -> Vec<SchemaId> {
        let mut gathered = Gathered::default();
        self.gather(id, &mut gathered);
        gathered.properties.into_values().flat_map(|sources| sources.all).collect()
    }

    /// Collects what a schema and the parts of its `allOf` say, parts first, as documents put the base before the rest.
    pub(crate) fn gather(&self, id: SchemaId, gathered: &mut Gathered) {
        if !gathered.seen.insert(id) {
            return;
        }
        let schema = self.api.schemas.get(id);
        for part in schema.keywords.iter().flat_map(Keyword::together) {
            self.gather(*part, gathered);
        }
        for keyword in &schema.keywords {
            gathered.dependent.extend(keyword.dependent_members().cloned());
            let Keyword::Members(members) = keyword else { continue };
            for property in &members.properties {
                if !property.held {
                    // A value of it is kept like any other member that has no field.
                    gathered.patterns = true;
                    continue;
                }
                gathered.properties.entry(property.name.clone()).or_default().all.push(property.schema);
                if property.required {
                    gathered.required.insert(property.name.clone());
                }
            }
            gathered.required.extend(members.required.iter().cloned());
            gathered.patterns |= !members.patterns.is_empty();
            match members.additional {
                AdditionalProperties::Allowed => {}
                AdditionalProperties::Denied => gathered.denied = true,
                AdditionalProperties::Schema(schema) => gathered.additional.push(schema),
            }
        }
    }
}
