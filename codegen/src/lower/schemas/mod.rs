//! Schema objects to rules.
//!
//! ```yaml
//! type: string
//! maxLength: 30
//! nullable: true
//! ```
//!
//! becomes `Schema { types: {string, null}, keywords: [MaxLength(30)] }`. Schemas are read from a work list, not by
//! recursion: a chain of ten thousand references is as good as a short one.

pub(crate) mod apart;
pub(crate) mod dynamic;
pub(crate) mod evidence;
pub(crate) mod keywords;
pub(crate) mod made;
pub(crate) mod nullable;
pub(crate) mod together;
pub(crate) mod variant;
mod xml;

use crate::api::{Annotations, Application, Discriminator, Schema, SchemaId, TypeSet};
use crate::diagnostic as catalogue;
use crate::document::{Node, NodeValue, Version, escape as escape_pointer, resolve};

use crate::lower::schemas::keywords::{Keywords, annotations};
use crate::lower::schemas::nullable::of_the_rest;
use crate::lower::{Lowering, names};

/// Marks a schema without its union among the pointers; no pointer ends so.
const WITHOUT_UNION: &str = "/~without-union";

/// How many `$ref`s may follow each other with nothing between. Longer chains are cycles, which `document/` has reported.
const LONGEST_ALIAS: usize = 64;

impl<'d> Lowering<'d, '_> {
    /// The id of the schema at a pointer, `$ref`s followed. Its rules are read by the next [`Self::read_schemas`].
    pub(crate) fn schema(&mut self, pointer: &str) -> SchemaId {
        self.tell_ignored_nullable(pointer);
        let (pointer, scope) = self.target(pointer, &[]);
        self.schema_in(pointer, scope)
    }

    /// The id of a schema that another one leads to: it is in that one's dynamic scope.
    pub(crate) fn schema_from(&mut self, from: SchemaId, pointer: &str) -> SchemaId {
        self.tell_ignored_nullable(pointer);
        let outer = self.scopes.get(&from).map(Vec::as_slice).unwrap_or_default();
        let (pointer, scope) = self.target(pointer, outer);
        self.schema_in(pointer, scope)
    }

    fn schema_in(&mut self, pointer: String, scope: Vec<String>) -> SchemaId {
        let key = self.dynamic.key(&pointer, &scope);
        if let Some(id) = self.by_pointer.get(&key) {
            return *id;
        }
        let id = self.api.schemas.add(Schema { pointer, ..Schema::default() });
        self.by_pointer.insert(key, id);
        if !scope.is_empty() {
            self.scopes.insert(id, scope);
        }
        self.unread.push(id);
        id
    }

    /// The id of what a `$dynamicRef` leads to, from the schema that states it: JSON Schema 2020-12, core, section 8.2.3.2.
    pub(crate) fn dynamic_schema(&mut self, from: SchemaId, target: &str) -> SchemaId {
        // Where `document/` found a dynamic anchor it refers to the anchor itself; anything else is as with `$ref`.
        let anchored = target.strip_suffix("/$dynamicAnchor");
        let name = anchored.and_then(|_| self.document.root.pointer(target)?.as_str());
        let target = anchored.unwrap_or(target);
        let scope = self.scopes.get(&from).map(Vec::as_slice).unwrap_or_default();
        let outermost = name.and_then(|name| self.dynamic.outermost(scope, name));
        let target = outermost.map_or_else(|| target.to_owned(), str::to_owned);
        self.schema_from(from, &target)
    }

    /// The id of the schema at a pointer without its `oneOf` and `anyOf`: what a branch of a discriminated union takes of
    /// the union that it extends.
    pub(crate) fn schema_without_union(&mut self, pointer: &str) -> SchemaId {
        let (pointer, _) = self.target(pointer, &[]);
        let key = format!("{pointer}{WITHOUT_UNION}");
        if let Some(id) = self.by_pointer.get(&key) {
            return *id;
        }
        let id = self.api.schemas.add(Schema { pointer, ..Schema::default() });
        self.by_pointer.insert(key, id);
        self.unions_left_out.insert(id);
        self.unread.push(id);
        id
    }

    /// A schema that the document does not state: anything.
    pub(crate) fn anything(&mut self, pointer: &str) -> SchemaId {
        self.api.schemas.add(Schema { pointer: pointer.to_owned(), ..Schema::default() })
    }

    /// Whether the schema at a pointer is nothing but another name of one stated elsewhere.
    pub(crate) fn is_alias(&self, pointer: &str) -> bool {
        let node = self.document.root.pointer(pointer);
        node.is_some_and(|node| self.plain_reference(node).is_some()) && !self.document.cuts.parts.contains(pointer)
    }

    /// The reference of a schema that says nothing else: any with `$ref` in 3.0, where siblings are ignored; one without
    /// siblings that count in 3.1.
    fn plain_reference<'n>(&self, node: &'n Node) -> Option<&'n str> {
        let reference = node.get("$ref")?.as_str()?;
        let siblings = node.as_object().map_or(0, |members| members.keys().filter(|key| !is_comment(key)).count());
        (!self.is_31() && !self.is_nullable_reference(node) || siblings <= 1).then_some(reference)
    }

    /// Whether what OpenAPI 3.2 adds means something in the document.
    pub(crate) fn is_32(&self) -> bool {
        crate::document::is_3_2(&self.document.root)
    }

    pub(crate) fn is_31(&self) -> bool {
        self.document.version > Version::V3_0
    }

    /// Where plain references lead from a pointer, and the dynamic scope there.
    fn target(&self, pointer: &str, outer: &[String]) -> (String, Vec<String>) {
        let mut pointer = pointer.to_owned();
        let mut scope = self.dynamic.scope(outer, &pointer);
        for _ in 0..LONGEST_ALIAS {
            if self.document.cuts.parts.contains(&pointer) {
                break;
            }
            let Some(node) = self.document.root.pointer(&pointer) else { break };
            let Some(reference) = self.plain_reference(node) else { break };
            let Some((_, target)) = resolve(self.document, reference) else { break };
            pointer = target;
            scope = self.dynamic.scope(&scope, &pointer);
        }
        (pointer, scope)
    }

    /// Reads the rules of every schema met so far, and of those they lead to.
    pub(crate) fn read_schemas(&mut self) {
        if self.unread.is_empty() {
            return;
        }
        // First met, first read: diagnostics and ids come in document order.
        let mut next = 0;
        while next < self.unread.len() {
            let id = self.unread[next];
            next += 1;
            let pointer = self.api.schemas.get(id).pointer.clone();
            let anchor = self.api.schemas.get(id).anchor.clone();
            if let Some(node) = self.document.root.pointer(&pointer) {
                let mut schema = self.read_schema(id, node, &pointer);
                schema.anchor = anchor;
                schema.name = self.api.schemas.get(id).name.clone();
                self.api.schemas.0[id.0] = schema;
            }
        }
        self.cut_dynamic_cycles();
        let read = std::mem::take(&mut self.unread);
        self.anchor_shared(&read);
    }

    /// Gives a name to every schema outside `components.schemas` that more than one other leads to, and to those that the tables judge
    /// even where all else is code.
    fn anchor_shared(&mut self, read: &[SchemaId]) {
        let mut shared = Vec::new();
        for id in read {
            let schema = self.api.schemas.get(*id);
            for child in schema.children() {
                if !self.led_to.insert(child) {
                    shared.push(child);
                }
            }
            for keyword in &schema.keywords {
                let names =
                    keyword.children().into_iter().filter(|(application, _)| *application == Application::Names);
                shared.extend(names.map(|(_, names)| names));
                if !keyword.is_coded() {
                    shared.push(*id);
                }
            }
        }
        // In the order of the document, whichever led there first.
        shared.sort_unstable();
        for id in shared {
            self.anchor(id);
        }
    }

    /// Makes sure that a schema's rules have a name to be referred to by.
    pub(crate) fn anchor(&mut self, id: SchemaId) {
        if self.api.schemas.get(id).anchor.is_none() {
            let stem = names::type_name(&anchor_stem(&self.api.schemas.get(id).pointer));
            let name = self.anchors.claim(names::static_name(&stem));
            self.anchor_as(id, name);
        }
    }

    pub(crate) fn anchor_as(&mut self, id: SchemaId, name: String) {
        self.api.schemas.0[id.0].anchor.get_or_insert(name);
    }

    fn read_schema(&mut self, id: SchemaId, node: &'d Node, pointer: &str) -> Schema {
        if let Some(schema) = self.null_or_rest(id, node, pointer) {
            return schema;
        }
        let mut schema = Schema { pointer: pointer.to_owned(), ..Schema::default() };
        match &node.value {
            NodeValue::Bool(false) => schema.types = TypeSet::NONE,
            NodeValue::Object(_) => {
                schema.types = self.types(node);
                schema.sensitive = node.get("x-sensitive").and_then(Node::as_bool).unwrap_or(false)
                    || node.get("format").and_then(Node::as_str) == Some("password");
                schema.annotations = Annotations { xml: self.xml(node), ..annotations(node) };
                if self.nulls_left_out.contains(&id) {
                    schema.annotations = of_the_rest(schema.annotations);
                }
                schema.discriminator = self.discriminator(node);
                let whole = !self.unions_left_out.contains(&id);
                let mut keywords = Keywords { lowering: self, id, node, pointer, whole, list: Vec::new() };
                keywords.scalars();
                keywords.arrays();
                keywords.objects();
                keywords.applicators();
                schema.keywords = keywords.list;
                self.report_dropped(node);
            }
            _ => {}
        }
        schema
    }

    /// `type`, `nullable`: OpenAPI 3.0.4, "Schema Object"; `type` arrays: JSON Schema 2020-12, validation, section 6.1.1.
    fn types(&self, node: &Node) -> TypeSet {
        let named = |name: &str| match name.to_ascii_lowercase().as_str() {
            "null" => TypeSet::NULL,
            "boolean" => TypeSet::BOOLEAN,
            "integer" => TypeSet::INTEGER,
            "number" => TypeSet::NUMBER,
            "string" | "file" => TypeSet::STRING,
            "array" => TypeSet::ARRAY,
            "object" => TypeSet::OBJECT,
            _ => TypeSet::ANY,
        };
        let Some(stated) = node.get("type") else { return TypeSet::ANY };
        let types = match &stated.value {
            NodeValue::String(name) => named(name),
            // An empty list was reported, and so was what is no name.
            NodeValue::Array(names) if names.iter().all(|name| name.as_str().is_none()) => TypeSet::ANY,
            NodeValue::Array(names) => {
                names.iter().filter_map(Node::as_str).fold(TypeSet::NONE, |set, name| set.union(named(name)))
            }
            _ => TypeSet::ANY,
        };
        let nullable = !self.is_31() && node.get("nullable").and_then(Node::as_bool).unwrap_or(false);
        if nullable { types.union(TypeSet::NULL) } else { types }
    }

    /// `discriminator`; a mapping names a component or is a reference.
    fn discriminator(&mut self, node: &Node) -> Option<Discriminator> {
        let stated = node.get("discriminator")?;
        let property = stated.as_str().or_else(|| stated.get("propertyName")?.as_str())?.to_owned();
        let mut mapping = Vec::new();
        for (value, member) in stated.get("mapping").and_then(Node::as_object).into_iter().flatten() {
            let Some(target) = member.node.as_str() else { continue };
            let pointer = self.discriminated(target);
            match pointer {
                Some(pointer) => mapping.push((value.clone(), self.schema(&pointer))),
                None => self.report.push(
                    crate::diagnostic::Diagnostic::new(
                        &catalogue::DISCRIMINATOR_TARGET,
                        format!("the discriminator maps `{value}` to `{target}`, which is no schema of the document"),
                    )
                    .at(&member.node),
                ),
            }
        }
        let fallback = stated.get("defaultMapping").filter(|_| self.is_32());
        let mut default = None;
        if let Some((node, target)) = fallback.and_then(|node| Some((node, node.as_str()?))) {
            match self.discriminated(target) {
                Some(pointer) => default = Some(self.schema(&pointer)),
                None => self.report.push(
                    crate::diagnostic::Diagnostic::new(
                        &catalogue::DISCRIMINATOR_TARGET,
                        format!(
                            "the discriminator's `defaultMapping` is `{target}`, which is no schema of the document"
                        ),
                    )
                    .at(node),
                ),
            }
        }
        Some(Discriminator { property, mapping, default })
    }

    /// The pointer of what a mapping names: a reference, or the name of a component.
    fn discriminated(&self, target: &str) -> Option<String> {
        match resolve(self.document, target) {
            Some((_, pointer)) => Some(pointer),
            None => Some(format!("/components/schemas/{}", escape_pointer(target)))
                .filter(|pointer| self.document.root.pointer(pointer).is_some()),
        }
    }

    /// Keywords that assert something and that nothing here carries.
    fn report_dropped(&mut self, node: &Node) {
        const DROPPED: &[&str] = &["$recursiveRef"];
        let Some(members) = node.as_object() else { return };
        for (name, member) in members {
            if DROPPED.contains(&name.as_str()) {
                self.report.push(
                    crate::diagnostic::Diagnostic::new(
                        &catalogue::KEYWORD_NOT_ENFORCED,
                        format!("`{name}` is not enforced by the emitted rules"),
                    )
                    .at(&member.node),
                );
            }
        }
    }
}

/// Keys beside a `$ref` that say nothing which is carried: with those alone, the reference is another name of its target.
/// A description or a `readOnly` beside it belongs to this use of the target.
fn is_comment(key: &str) -> bool {
    matches!(key, "summary" | "$comment" | "title" | "example" | "examples" | "externalDocs")
        || (key.starts_with("x-") && key != "x-sensitive")
}

/// A readable stem for a schema that is named by its place: the last steps of its pointer that say something.
fn anchor_stem(pointer: &str) -> String {
    let steps: Vec<&str> = pointer
        .split('/')
        .filter(|step| {
            !matches!(
                *step,
                "" | "components"
                    | "schemas"
                    | "properties"
                    | "paths"
                    | "content"
                    | "schema"
                    | "responses"
                    | "requestBody"
            )
        })
        .collect();
    let from = steps.len().saturating_sub(5);
    steps[from..].join("_").replace("~1", "_").replace("~0", "_")
}
