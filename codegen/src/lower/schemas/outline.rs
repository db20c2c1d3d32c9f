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

use crate::api::{Branches, Items, Keyword, Schema, SchemaId, Type, TypeSet};
use crate::diagnostic as catalogue;

use crate::lower::schemas::arena::Arena;
use crate::lower::schemas::evidence::Ladder;
use crate::lower::schemas::kinds::{Kind, integer, map_value, string};
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
