//! Outlines: the kind of each schema's type, before types have names.
//!
//! | schema | outline |
//! | --- | --- |
//! | `type: object` with `properties` | an object |
//! | `enum` of strings | an enum |
//! | `oneOf`, `anyOf` | a union, with the evidence for each branch ([`crate::lower::schemas::evidence`]) |
//! | `allOf` of one `$ref`, and nothing that adds a shape | the same as that of the `$ref` |
//! | `type: array` | an array |
//! | no type, or several that cannot be distinguished | any JSON value |
//!
//! The parts of an `allOf` make one object. The rules, which keep the parts separate, check what they require; the object only has to
//! represent every value that some part describes. A property that several parts describe gets a schema of its own: their intersection;
//! one that several branches of an `anyOf` describe, their union.

use std::collections::{HashMap, HashSet};

use crate::api::{
    AdditionalProperties, Branches, Decimal, FormatType, Items, Keyword, Schema, SchemaId, Schemas, Type, TypeSet,
};
use crate::choices::Untyped;
use crate::diagnostic as catalogue;
use crate::runtime::Side;

use crate::lower::schemas::arena::Arena;
use crate::lower::schemas::evidence::Ladder;
use crate::lower::schemas::object::Sources;

/// Maximum nesting depth of arrays and maps without a named type between. References chain any number of them; the compiler accepts few.
const DEEPEST_NESTING: usize = 32;

/// The kind of Rust type for the values of a schema.
pub(crate) enum Outline {
    /// A type that needs no definition: a scalar, any value, a secret, one that the user chose.
    Plain(Type),
    /// The type of another schema.
    Same(SchemaId),
    /// A list of the schema of its elements; `None` for elements of any kind.
    Array(Option<SchemaId>),
    /// A map to values of a schema; `None` for values of any kind.
    Map(Option<SchemaId>),
    /// An enum of the strings that a schema lists.
    Enum(SchemaId),
    /// An object with declared properties.
    Object(Object),
    /// A union of branches.
    Union(Union),
}

/// An object with declared properties.
pub(crate) struct Object {
    /// Its properties, in document order.
    pub properties: Vec<OutlinedProperty>,
    /// How undeclared members are treated.
    pub additional: Additional,
}

/// A declared property.
pub(crate) struct OutlinedProperty {
    pub name: String,
    pub schema: SchemaId,
    pub required: bool,
}

/// How undeclared members are treated.
#[derive(Clone, Copy)]
pub(crate) enum Additional {
    /// There are none.
    Closed,
    /// They are of any kind.
    Any,
    /// They follow a schema.
    Schema(SchemaId),
}

/// A union.
pub(crate) struct Union {
    /// The schemas of its branches, in document order.
    pub branches: Vec<SchemaId>,
    /// How the branches are distinguished.
    pub ladder: Ladder,
}

/// The kind of an outline, before what belongs to it is known.
enum Kind {
    Object,
    Enum(SchemaId),
    Union(Vec<SchemaId>),
    Same(SchemaId),
    Plain,
}

/// The outlines of schemas, made for those that types are to be defined for or that such a one leads to.
#[derive(Default)]
pub(crate) struct Outlines {
    known: HashMap<SchemaId, Outline>,
    reached: HashSet<SchemaId>,
    /// How many arrays and maps are nested in the type of a schema, with no named type between.
    heights: HashMap<SchemaId, usize>,
    /// Schemas that make types of their own, whose outline is still to be made.
    unfinished: Vec<SchemaId>,
    /// Schemas made of the parts of a property, by whether all of the parts must hold, and the parts.
    composed: HashMap<(bool, Vec<SchemaId>), SchemaId>,
}

impl Outlines {
    /// The outline of a schema that was reached.
    pub(crate) fn get(&self, id: SchemaId) -> Option<&Outline> {
        self.known.get(&id)
    }

    /// Makes the outline of a schema whose type has a name of its own, whatever kind it is.
    pub(crate) fn define(&mut self, id: SchemaId) {
        self.reached.insert(id);
        self.heights.insert(id, 0);
        self.unfinished.push(id);
    }

    /// Records that another schema has the type of this one.
    pub(crate) fn share_type(&mut self, id: SchemaId, other: SchemaId) {
        self.reached.insert(other);
        self.heights.insert(other, 0);
        self.known.insert(other, Outline::Same(id));
    }

    /// Makes the outline of a schema, those of objects and unions aside, which [`Self::finish`] makes.
    pub(crate) fn reach(&mut self, arena: &mut Arena<'_>, id: SchemaId) {
        self.reach_within(arena, id, 0);
    }

    /// `depth` is that of the arrays and maps around the schema. Returns how many are in it: [`DEEPEST_NESTING`] where it is one of those
    /// around it, or too deep in them.
    fn reach_within(&mut self, arena: &mut Arena<'_>, id: SchemaId, depth: usize) -> usize {
        if !self.reached.insert(id) {
            return self.heights.get(&id).copied().unwrap_or(DEEPEST_NESTING);
        }
        let height = match arena.chosen(id) {
            Some(chosen) => {
                self.known.insert(id, Outline::Plain(chosen));
                0
            }
            None => match arena.kind(id) {
                Kind::Object | Kind::Enum(_) | Kind::Union(_) => {
                    self.unfinished.push(id);
                    0
                }
                Kind::Same(other) => {
                    self.known.insert(id, Outline::Same(other));
                    self.reach_within(arena, other, depth)
                }
                Kind::Plain if depth >= DEEPEST_NESTING && arena.is_nesting(id) => {
                    // Elsewhere it may be less deep.
                    self.reached.remove(&id);
                    return DEEPEST_NESTING;
                }
                Kind::Plain => self.plain(arena, id, depth),
            },
        };
        self.heights.insert(id, height);
        height
    }

    /// Makes the outlines of all objects, enums and unions that were reached, and of those that come up on the way.
    pub(crate) fn finish(&mut self, arena: &mut Arena<'_>) {
        let mut next = 0;
        while let Some(id) = self.unfinished.get(next).copied() {
            next += 1;
            if let Some(chosen) = arena.chosen(id) {
                self.known.insert(id, Outline::Plain(chosen));
                continue;
            }
            match arena.kind(id) {
                Kind::Object => {
                    let object = self.object(arena, id);
                    self.known.insert(id, Outline::Object(object));
                }
                Kind::Enum(source) => {
                    self.known.insert(id, Outline::Enum(source));
                }
                Kind::Union(branches) => {
                    branches.iter().for_each(|branch| self.reach(arena, *branch));
                    let ladder = arena.ladder(id, &branches);
                    report_ambiguity(arena, id, &ladder);
                    self.known.insert(id, Outline::Union(Union { branches, ladder }));
                }
                Kind::Same(other) => {
                    self.known.insert(id, Outline::Same(other));
                    self.reach(arena, other);
                }
                Kind::Plain => {
                    self.plain(arena, id, 0);
                }
            }
        }
        self.unfinished.clear();
    }

    /// Makes the outline of a schema that needs no definition; returns how many arrays and maps are in it, itself included.
    fn plain(&mut self, arena: &mut Arena<'_>, id: SchemaId, depth: usize) -> usize {
        let types = arena.schemas.types_of(id).without(TypeSet::NULL);
        let (child, outline) = match types {
            _ if arena.binary.contains(&id) => (None, Outline::Plain(Type::Binary)),
            TypeSet::BOOLEAN => (None, Outline::Plain(Type::Boolean)),
            TypeSet::INTEGER => (None, Outline::Plain(integer(&arena.schemas, id))),
            TypeSet::NUMBER => (None, Outline::Plain(Type::Number)),
            TypeSet::STRING => (None, Outline::Plain(string(&arena.schemas, id))),
            TypeSet::ARRAY => {
                let element = self.element(arena, id);
                (element, Outline::Array(element))
            }
            TypeSet::OBJECT => {
                let value = map_value(&arena.schemas, id);
                (value, Outline::Map(value))
            }
            types => {
                if types != TypeSet::ANY.without(TypeSet::NULL) && !types.is_empty() {
                    let names = types.names().join("`, `");
                    report_widened(arena, id, &format!("a value of type `{names}`"));
                }
                (None, Outline::Plain(Type::Any))
            }
        };
        let Some(child) = child else {
            self.known.insert(id, outline);
            return 0;
        };
        let height = self.reach_within(arena, child, depth + 1);
        if height < DEEPEST_NESTING {
            self.known.insert(id, outline);
            return height + 1;
        }
        report_widened(
            arena,
            child,
            &format!("what is nested in itself, or in more than {DEEPEST_NESTING} arrays and maps,"),
        );
        self.known.insert(id, if types == TypeSet::ARRAY { Outline::Array(None) } else { Outline::Map(None) });
        1
    }

    /// The schema of the elements of an array; `None` where they have none, or each its own.
    fn element(&mut self, arena: &mut Arena<'_>, id: SchemaId) -> Option<SchemaId> {
        let mut items: Vec<SchemaId> = Vec::new();
        let mut tuple = false;
        for keyword in arena.schemas.conjunct_keywords(id) {
            if let Keyword::Items(Items { prefix, rest }) = keyword {
                tuple |= !prefix.is_empty();
                items.extend(rest);
            }
        }
        let has_element = !items.is_empty() && !tuple;
        has_element.then(|| self.described_by(arena, &Sources { all: items, any: Vec::new() }))
    }

    fn object(&mut self, arena: &mut Arena<'_>, id: SchemaId) -> Object {
        let mut gathered = arena.schemas.gathered(id);
        if let Some(branches) = arena.merged_branches(id) {
            gathered.merge_branches(&arena.schemas, &branches);
        }
        if !arena.may_have_fields(id, gathered.properties.len()) {
            gathered.properties.clear();
            (gathered.closed, gathered.open) = (false, true);
        }
        let mut properties = Vec::with_capacity(gathered.properties.len());
        for (name, sources) in &gathered.properties {
            let schema = self.described_by(arena, sources);
            self.reach(arena, schema);
            properties.push(OutlinedProperty {
                name: name.clone(),
                schema,
                required: gathered.required.contains(name),
            });
        }
        let additional = match gathered.additional.as_slice() {
            _ if gathered.closed && !gathered.open => Additional::Closed,
            [only] if !gathered.open => {
                self.reach(arena, *only);
                Additional::Schema(*only)
            }
            _ => Additional::Any,
        };
        Object { properties, additional }
    }

    /// The one schema that describes a property.
    fn described_by(&mut self, arena: &mut Arena<'_>, sources: &Sources) -> SchemaId {
        let distinct = |list: &[SchemaId]| {
            let mut seen = HashSet::new();
            list.iter().copied().filter(|schema| seen.insert(*schema)).collect::<Vec<_>>()
        };
        let all = distinct(&sources.all);
        let any = distinct(&sources.any);
        let shaping: Vec<SchemaId> = all.iter().copied().filter(|schema| arena.schemas.adds_shape(*schema)).collect();
        match (shaping.as_slice(), all.as_slice(), any.as_slice()) {
            ([only], ..) | ([], [only, ..], _) | ([], [], [only]) => *only,
            ([first, ..], ..) => self.composed(arena, *first, Keyword::AllOf(shaping)),
            ([], [], [first, ..]) => self.composed(arena, *first, Keyword::AnyOf(Branches::of(any))),
            // No property is without a schema.
            ([], [], []) => arena.anything(""),
        }
    }

    /// The composition of parts, which the document itself does not state.
    fn composed(&mut self, arena: &mut Arena<'_>, first: SchemaId, keyword: Keyword) -> SchemaId {
        let (Keyword::AllOf(parts) | Keyword::AnyOf(Branches { parts, .. })) = &keyword else { return first };
        let key = (matches!(keyword, Keyword::AllOf(_)), parts.clone());
        if let Some(known) = self.composed.get(&key) {
            return *known;
        }
        let model = arena.schemas.get(first);
        let (pointer, annotations, sensitive) = (model.pointer.clone(), model.annotations.clone(), model.sensitive);
        let schema = match arena.may_make_schema(first) {
            true => Schema { pointer, annotations, sensitive, keywords: vec![keyword], ..Schema::default() },
            false => Schema { pointer, ..Schema::default() },
        };
        let id = arena.derive(schema);
        self.composed.insert(key, id);
        id
    }
}

/// `what` of a schema has no type of its own.
fn report_widened(arena: &Arena<'_>, id: SchemaId, what: &str) {
    let message = format!("{what} is held as `serde_json::Value`");
    arena.context.report_at(&catalogue::WIDENED, &arena.schemas.get(id).pointer, message);
}

fn report_ambiguity(arena: &Arena<'_>, id: SchemaId, ladder: &Ladder) {
    let Some((one, other)) = ladder.ambiguous.first() else { return };
    let message = format!(
        "nothing tells the branches {} and {} of this union apart; they are tried in order",
        one + 1,
        other + 1
    );
    arena.context.report_at(&catalogue::AMBIGUOUS_UNION, &arena.schemas.get(id).pointer, message);
}

impl Arena<'_> {
    /// Whether a schema admits null besides a type. `serde_json::Value` includes null, and is not counted.
    pub(crate) fn is_nullable(&self, id: SchemaId) -> bool {
        self.schemas.types_of(id).contains(TypeSet::NULL) && !self.holds_anything(id)
    }

    /// Whether the type of a schema is `serde_json::Value`, which includes null. This is needed before outlines are made.
    fn holds_anything(&self, id: SchemaId) -> bool {
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
    fn is_nesting(&self, id: SchemaId) -> bool {
        let types = self.schemas.types_of(id).without(TypeSet::NULL);
        !self.binary.contains(&id) && matches!(types, TypeSet::ARRAY | TypeSet::OBJECT)
    }

    /// The type that a schema has whatever its structure: one that the user chose, or a secret.
    fn chosen(&self, id: SchemaId) -> Option<Type> {
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

    fn kind(&self, id: SchemaId) -> Kind {
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
    fn same_or(&self, id: SchemaId, otherwise: Kind) -> Kind {
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
fn secret(schemas: &Schemas, id: SchemaId) -> Type {
    let inner = match schemas.types_of(id).without(TypeSet::NULL) {
        TypeSet::STRING => Type::String,
        TypeSet::INTEGER => integer(schemas, id),
        TypeSet::NUMBER => Type::Number,
        _ => Type::Any,
    };
    Type::Secret(Box::new(inner))
}

fn integer(schemas: &Schemas, id: SchemaId) -> Type {
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

fn string(schemas: &Schemas, id: SchemaId) -> Type {
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
fn map_value(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
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
