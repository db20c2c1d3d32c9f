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

use std::collections::HashSet;

use crate::api::{Annotations, Application, Discriminator, Keyword, Schema, SchemaId, TypeSet};
use crate::diagnostic as catalogue;
use crate::document::{Node, NodeValue, escape as escape_pointer, resolve};

use crate::lower::schemas::annotations::{annotations, of_the_rest};
use crate::lower::schemas::keywords::Keywords;
use crate::lower::schemas::reader::{Reader, Reading};
use crate::lower::schemas::xml::xml;

impl<'c> Reader<'c> {
    /// Reads the keywords of every schema met so far, and of those they lead to.
    pub(crate) fn read_schemas(&mut self) {
        // First met, first read: diagnostics and ids come in document order.
        let mut next = 0;
        while let Some((id, reading)) = self.unread.get(next).cloned() {
            next += 1;
            let Schema { pointer, name, .. } = self.arena.schemas.get(id).clone();
            if let Some(node) = self.context().node(&pointer) {
                let schema = self.read_schema(id, &reading, node, &pointer);
                self.arena.schemas.0[id.0] = Schema { name, ..schema };
            }
        }
        self.cut_dynamic_cycles();
        let read = std::mem::take(&mut self.unread);
        self.note_shared(&read);
    }

    /// Notes the schemas outside `components.schemas` that more than one other leads to, and those that the tables check even where all
    /// else is code.
    fn note_shared(&mut self, read: &[(SchemaId, Reading)]) {
        for (id, _) in read {
            let schema = self.arena.schemas.get(*id);
            for child in schema.children() {
                if !self.referenced.insert(child) {
                    self.shared.push(child);
                }
            }
            for keyword in &schema.keywords {
                let names =
                    keyword.children().into_iter().filter(|(application, _)| *application == Application::Names);
                self.shared.extend(names.map(|(_, names)| names));
                if !keyword.is_coded() {
                    self.shared.push(*id);
                }
            }
        }
    }

    /// Reports dynamic references that lead back to where they stand, in some scope, with no property or element between; such a one
    /// is left out. What does so in every scope, `document/` has refused.
    fn cut_dynamic_cycles(&mut self) {
        for (from, target) in std::mem::take(&mut self.dynamic_references) {
            if !self.applies(target, from) {
                continue;
            }
            let schema = &mut self.arena.schemas.0[from.0];
            schema.keywords.retain(|keyword| *keyword != Keyword::Ref(target));
            let place = format!("{}/$dynamicRef", schema.pointer);
            let back = &self.arena.schemas.get(target).pointer;
            let message = format!("`#{back}` is composed of itself, by this reference");
            self.context().report_at(&catalogue::COMPOSITION_CYCLE, &place, message);
        }
    }

    /// Whether a schema applies another one to its own instance.
    fn applies(&self, schema: SchemaId, other: SchemaId) -> bool {
        let mut seen = HashSet::from([schema]);
        let mut waiting = vec![schema];
        while let Some(id) = waiting.pop() {
            if id == other {
                return true;
            }
            let applied = self.arena.schemas.get(id).keywords.iter().flat_map(Keyword::in_place);
            waiting.extend(applied.filter(|applied| seen.insert(*applied)));
        }
        false
    }

    fn read_schema(&mut self, id: SchemaId, reading: &Reading, node: &'c Node, pointer: &str) -> Schema {
        if let Some(schema) = self.null_or_rest(id, reading, node, pointer) {
            return schema;
        }
        let mut schema = Schema { pointer: pointer.to_owned(), ..Schema::default() };
        match &node.value {
            NodeValue::Bool(false) => schema.types = TypeSet::NONE,
            NodeValue::Object(_) => {
                schema.types = self.types(node);
                schema.sensitive = node.get("x-sensitive").and_then(Node::as_bool).unwrap_or(false)
                    || node.get("format").and_then(Node::as_str) == Some("password");
                schema.annotations = Annotations { xml: xml(self.context(), node), ..annotations(node) };
                if *reading == Reading::WithoutNull {
                    schema.annotations = of_the_rest(schema.annotations);
                }
                schema.discriminator = self.discriminator(node);
                schema.keywords = Keywords::read(self, id, reading, node, pointer);
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
        let nullable = !self.context().is_31() && node.get("nullable").and_then(Node::as_bool).unwrap_or(false);
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
                None => self.context().report(
                    &catalogue::DISCRIMINATOR_TARGET,
                    &member.node,
                    format!("the discriminator maps `{value}` to `{target}`, which is no schema of the document"),
                ),
            }
        }
        let fallback = stated.get("defaultMapping").filter(|_| self.context().is_32());
        let mut default = None;
        if let Some((node, target)) = fallback.and_then(|node| Some((node, node.as_str()?))) {
            match self.discriminated(target) {
                Some(pointer) => default = Some(self.schema(&pointer)),
                None => self.context().report(
                    &catalogue::DISCRIMINATOR_TARGET,
                    node,
                    format!("the discriminator's `defaultMapping` is `{target}`, which is no schema of the document"),
                ),
            }
        }
        Some(Discriminator { property, mapping, default })
    }

    /// The pointer of what a mapping names: a reference, or the name of a component.
    fn discriminated(&self, target: &str) -> Option<String> {
        match resolve(self.context().document, target) {
            Some((_, pointer)) => Some(pointer),
            None => Some(format!("/components/schemas/{}", escape_pointer(target)))
                .filter(|pointer| self.context().document.root.pointer(pointer).is_some()),
        }
    }

    /// Keywords that assert something and that nothing here carries.
    fn report_dropped(&mut self, node: &Node) {
        const DROPPED: &[&str] = &["$recursiveRef"];
        let Some(members) = node.as_object() else { return };
        for (name, member) in members {
            if DROPPED.contains(&name.as_str()) {
                self.context().report(
                    &catalogue::KEYWORD_NOT_ENFORCED,
                    &member.node,
                    format!("`{name}` is not enforced by the emitted rules"),
                );
            }
        }
    }
}
