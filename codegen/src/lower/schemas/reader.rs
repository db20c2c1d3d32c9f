//! Places of the document to schemas by id: a schema has an id before its keywords are read, as schemas lead to themselves.
//!
//! The id of a pointer is that of what its `$ref`s lead to, unless keywords beside them count. A place may have more than one reading:
//! one for each set of targets that its `$dynamicRef`s have, one without its union, one without its `nullable`.

use std::collections::{HashMap, HashSet};

use crate::api::{Schema, SchemaId};
use crate::document::{Node, resolve};

use crate::lower::context::Context;
use crate::lower::schemas::arena::Arena;
use crate::lower::schemas::dynamic::DynamicAnchors;

/// How many `$ref`s may follow each other with nothing between. Longer chains are cycles, which `document/` has reported.
const LONGEST_ALIAS: usize = 64;

/// What is read of a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reading {
    /// All that it states; its dynamic references lead to these anchors, by the order of their names.
    Stated(Vec<Option<String>>),
    /// All but `oneOf` and `anyOf`: what a branch of a discriminated union takes of the union that it extends.
    WithoutUnion,
    /// All but `nullable`: the alternative to null.
    WithoutNull,
}

/// Reads schemas of the document, each once.
pub(crate) struct Reader<'c> {
    /// The schemas read so far, and those that are made of them.
    pub arena: Arena<'c>,
    /// Schemas by the pointer of the place that states them, `$ref`s followed.
    known: HashMap<(String, Reading), SchemaId>,
    /// Schemas whose place is known and whose keywords are still to be read.
    pub(super) unread: Vec<(SchemaId, Reading)>,
    /// The alternatives to null, by the schema that is one of them or null.
    pub rests: HashMap<SchemaId, SchemaId>,
    dynamic: DynamicAnchors,
    /// The schemas with a `$dynamicRef` that were just read, and where it leads.
    pub(super) dynamic_references: Vec<(SchemaId, SchemaId)>,
    /// The dynamic scopes of schemas, where they matter.
    scopes: HashMap<SchemaId, Vec<String>>,
    /// Schemas that others lead to.
    pub(super) referenced: HashSet<SchemaId>,
    /// Schemas that more than one other leads to, and those that code cannot check: their rules get a name.
    pub shared: Vec<SchemaId>,
}

impl<'c> Reader<'c> {
    /// A reader that has read nothing.
    pub(crate) fn new(context: &'c Context<'c>) -> Self {
        Self {
            arena: Arena::new(context),
            known: HashMap::new(),
            unread: Vec::new(),
            rests: HashMap::new(),
            dynamic: DynamicAnchors::of(context.document),
            dynamic_references: Vec::new(),
            scopes: HashMap::new(),
            referenced: HashSet::new(),
            shared: Vec::new(),
        }
    }

    /// The document, and the report.
    pub(crate) fn context(&self) -> &'c Context<'c> {
        self.arena.context
    }

    /// The id of the schema at a pointer, `$ref`s followed. Its keywords are read by the next `Self::read_schemas`.
    pub(crate) fn schema(&mut self, pointer: &str) -> SchemaId {
        self.report_ignored_nullable(pointer);
        let (pointer, scope) = self.target(pointer, &[]);
        self.schema_in(pointer, scope)
    }

    /// The id of a schema that another one leads to: it is in that one's dynamic scope.
    pub(crate) fn schema_from(&mut self, from: SchemaId, pointer: &str) -> SchemaId {
        self.report_ignored_nullable(pointer);
        let outer = self.scopes.get(&from).map(Vec::as_slice).unwrap_or_default();
        let (pointer, scope) = self.target(pointer, outer);
        self.schema_in(pointer, scope)
    }

    /// The id of what a `$dynamicRef` leads to, from the schema that states it: JSON Schema 2020-12, core, section 8.2.3.2.
    pub(crate) fn dynamic_schema(&mut self, from: SchemaId, target: &str) -> SchemaId {
        // Where `document/` found a dynamic anchor it refers to the anchor itself; anything else is as with `$ref`.
        let anchored = target.strip_suffix("/$dynamicAnchor");
        let name = anchored.and_then(|_| self.context().node(target)?.as_str());
        let target = anchored.unwrap_or(target);
        let scope = self.scopes.get(&from).map(Vec::as_slice).unwrap_or_default();
        let outermost = name.and_then(|name| self.dynamic.outermost(scope, name));
        let target = outermost.map_or_else(|| target.to_owned(), str::to_owned);
        let schema = self.schema_from(from, &target);
        self.dynamic_references.push((from, schema));
        schema
    }

    /// The id of the schema at a pointer without its `oneOf` and `anyOf`.
    pub(crate) fn schema_without_union(&mut self, pointer: &str) -> SchemaId {
        let (pointer, _) = self.target(pointer, &[]);
        self.reading(pointer, Reading::WithoutUnion)
    }

    fn schema_in(&mut self, pointer: String, scope: Vec<String>) -> SchemaId {
        let id = self.reading(pointer, Reading::Stated(self.dynamic.targets(&scope)));
        if !scope.is_empty() {
            self.scopes.entry(id).or_insert(scope);
        }
        id
    }

    /// The id of a reading of a place.
    pub(super) fn reading(&mut self, pointer: String, reading: Reading) -> SchemaId {
        let key = (pointer, reading);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let id = self.arena.schemas.add(Schema { pointer: key.0.clone(), ..Schema::default() });
        self.unread.push((id, key.1.clone()));
        self.known.insert(key, id);
        self.arena.stated += 1;
        id
    }

    /// Whether some schema of the document has `unevaluatedProperties`.
    pub(crate) fn has_unevaluated(&self) -> bool {
        self.dynamic.has_unevaluated()
    }

    /// Whether the schema at a pointer is nothing but another name of one stated elsewhere.
    pub(crate) fn is_alias(&self, pointer: &str) -> bool {
        let node = self.context().node(pointer);
        node.is_some_and(|node| self.plain_reference(node).is_some())
            && !self.context().document.cuts.parts.contains(pointer)
    }

    /// The reference of a schema that says nothing else: any with `$ref` in 3.0, where siblings are ignored; one without
    /// siblings that count in 3.1.
    fn plain_reference<'n>(&self, node: &'n Node) -> Option<&'n str> {
        let reference = node.get("$ref")?.as_str()?;
        let siblings = node.as_object().map_or(0, |members| members.keys().filter(|key| !is_comment(key)).count());
        (!self.context().is_31() && !self.is_nullable_reference(node) || siblings <= 1).then_some(reference)
    }

    /// Where plain references lead from a pointer, and the dynamic scope there.
    fn target(&self, pointer: &str, outer: &[String]) -> (String, Vec<String>) {
        let document = self.context().document;
        let mut pointer = pointer.to_owned();
        let mut scope = self.dynamic.scope(outer, &pointer);
        for _ in 0..LONGEST_ALIAS {
            if document.cuts.parts.contains(&pointer) {
                break;
            }
            let Some(node) = document.root.pointer(&pointer) else { break };
            let Some(reference) = self.plain_reference(node) else { break };
            let Some((_, target)) = resolve(document, reference) else { break };
            pointer = target;
            scope = self.dynamic.scope(&scope, &pointer);
        }
        (pointer, scope)
    }
}

/// Keys beside a `$ref` that say nothing which is carried: with those alone, the reference is another name of its target.
/// A description or a `readOnly` beside it belongs to this use of the target.
fn is_comment(key: &str) -> bool {
    matches!(key, "summary" | "$comment" | "title" | "example" | "examples" | "externalDocs")
        || (key.starts_with("x-") && key != "x-sensitive")
}
