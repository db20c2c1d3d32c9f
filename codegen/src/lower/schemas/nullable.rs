//! `nullable: true` where OpenAPI 3.0 leaves it without effect.
//!
//! ```yaml
//! nullable: true
//! allOf: [{ $ref: '#/components/schemas/Address' }]
//! ```
//!
//! By the letter (OpenAPI 3.0.3, "Schema Object"; OAI proposal 2019-10-31, "Clarify Semantics of `nullable`") it adds null to the
//! `type` beside it and does nothing else: not beside `allOf`, `oneOf`, `anyOf` or `$ref` alone, not against a part that has a type, nor
//! against an `enum` that does not list null. Whoever writes it sends null. It is read as meant, "null, or what the rest says", with a
//! note, unless the choice `nullable = "strict"` takes the document at its word.

use crate::api::{Annotations, Branches, Keyword, Schema, SchemaId, TypeSet};
use crate::choices::Nulls;
use crate::diagnostic::{self as catalogue, Diagnostic};
use crate::document::{Node, NodeValue, resolve};

use crate::lower::Lowering;
use crate::lower::schemas::keywords::annotations;

/// Marks a schema without its `nullable` among the pointers; no pointer ends so.
const WITHOUT_NULL: &str = "/~without-null";

/// Keywords that apply schemas in place.
const COMPOSITIONS: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];

impl<'d> Lowering<'d, '_> {
    /// Whether `nullable` is read beyond the letter.
    fn reads_nulls_as_meant(&self) -> bool {
        self.choices.nullable == Nulls::Meant
    }

    /// Whether a schema of 3.0 has `nullable: true` beside a reference, which is no other name of its target then.
    pub(crate) fn is_nullable_reference(&self, node: &Node) -> bool {
        !self.is_31() && self.reads_nulls_as_meant() && is_true(node, "nullable") && node.get("$ref").is_some()
    }

    /// Says that a `nullable` beside a reference is ignored, where it is.
    pub(crate) fn tell_ignored_nullable(&mut self, pointer: &str) {
        if self.is_31() || self.reads_nulls_as_meant() {
            return;
        }
        let node =
            self.document.root.pointer(pointer).filter(|node| node.get("$ref").is_some() && is_true(node, "nullable"));
        if let Some(stated) = node.and_then(|node| node.get("nullable")) {
            self.tell(stated, "`nullable: true` beside `$ref`");
        }
    }

    /// What a schema is whose `nullable` concerns a composition: null, or the rest of it.
    pub(crate) fn null_or_rest(&mut self, id: SchemaId, node: &'d Node, pointer: &str) -> Option<Schema> {
        if self.is_31() || self.nulls_left_out.contains(&id) || self.unions_left_out.contains(&id) {
            return None;
        }
        let (stated, keyword) = self.nullable_composition(node)?;
        if !self.tell(stated, &format!("`nullable: true` {keyword}")) {
            return None;
        }
        let target = node.get("$ref").and_then(|reference| Some(resolve(self.document, reference.as_str()?)?.1));
        let rest = match target {
            Some(target) => self.schema_from(id, &target),
            None => self.schema_without_null(id, pointer),
        };
        let null = self.only_null(pointer);
        Some(Schema {
            pointer: pointer.to_owned(),
            sensitive: is_true(node, "x-sensitive"),
            annotations: annotations(node),
            keywords: vec![Keyword::AnyOf(Branches::of(vec![rest, null]))],
            ..Schema::default()
        })
    }

    /// The `nullable` that concerns a composition, and where it stands: of the schema itself, or of a part that says nothing else
    /// (`allOf: [{ $ref: … }, { nullable: true }]`).
    fn nullable_composition(&self, node: &'d Node) -> Option<(&'d Node, &'static str)> {
        let composes = |keyword: &&str| match node.get(keyword).map(|node| &node.value) {
            Some(NodeValue::Array(parts)) => !parts.is_empty(),
            Some(NodeValue::String(_)) => *keyword == "$ref",
            _ => false,
        };
        let keyword = COMPOSITIONS.into_iter().find(|keyword| composes(keyword))?;
        if is_true(node, "nullable") {
            let beside = match keyword {
                "$ref" => "beside `$ref`",
                "allOf" => "beside `allOf`",
                "anyOf" => "beside `anyOf`",
                _ => "beside `oneOf`",
            };
            return Some((node.get("nullable")?, beside));
        }
        let parts = node.get("allOf").filter(|_| keyword == "allOf")?.as_array()?;
        let bare = parts.iter().find(|part| is_bare(part))?;
        // A list of such parts alone says nothing of a type, and admits null anyway.
        parts.iter().any(|part| !is_bare(part)).then_some((bare.get("nullable")?, "as a part of `allOf`"))
    }

    /// Whether null is to be added to the values that an `enum` lists.
    pub(crate) fn lists_null_as_meant(&mut self, id: SchemaId, node: &Node, values: &[Node]) -> bool {
        !self.is_31()
            && !self.nulls_left_out.contains(&id)
            && is_true(node, "nullable")
            && !values.iter().any(Node::is_null)
            && node
                .get("nullable")
                .is_some_and(|stated| self.tell(stated, "`nullable: true` beside an `enum` without null"))
    }

    /// A branch of a union that is nothing but `nullable: true`: null, as is meant.
    pub(crate) fn null_branch(&mut self, pointer: &str) -> Option<SchemaId> {
        let node = self.document.root.pointer(pointer).filter(|node| !self.is_31() && is_bare(node))?;
        self.tell(node.get("nullable")?, "`nullable: true` as a branch of its own").then(|| self.only_null(pointer))
    }

    /// Says what becomes of a `nullable`; whether it counts.
    fn tell(&mut self, stated: &Node, what: &str) -> bool {
        let meant = self.reads_nulls_as_meant();
        let message = if meant {
            format!("{what} has no effect by the letter; it is read as meant: null is allowed")
        } else {
            format!("{what} has no effect: null is not allowed by it")
        };
        self.report.push(Diagnostic::new(&catalogue::NULLABLE, message).at(stated));
        meant
    }

    /// The schema at a pointer as if it had no `nullable`.
    fn schema_without_null(&mut self, from: SchemaId, pointer: &str) -> SchemaId {
        let key = format!("{pointer}{WITHOUT_NULL}");
        if let Some(id) = self.by_pointer.get(&key) {
            return *id;
        }
        let id = self.api.schemas.add(Schema { pointer: pointer.to_owned(), ..Schema::default() });
        self.by_pointer.insert(key, id);
        self.nulls_left_out.insert(id);
        self.rests.insert(from, id);
        self.unread.push(id);
        id
    }

    fn only_null(&mut self, pointer: &str) -> SchemaId {
        self.api.schemas.add(Schema { pointer: pointer.to_owned(), types: TypeSet::NULL, ..Schema::default() })
    }
}

/// The annotations of the rest of a schema: what is said of its values is said once, of the whole.
pub(crate) fn of_the_rest(annotations: Annotations) -> Annotations {
    Annotations { default: None, examples: Vec::new(), ..annotations }
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// Whether a schema says `nullable: true`, and besides nothing that an instance could break.
fn is_bare(node: &Node) -> bool {
    const SILENT: [&str; 9] = [
        "nullable",
        "title",
        "description",
        "default",
        "example",
        "deprecated",
        "readOnly",
        "writeOnly",
        "externalDocs",
    ];
    is_true(node, "nullable")
        && node
            .as_object()
            .is_some_and(|members| members.keys().all(|key| SILENT.contains(&key.as_str()) || key.starts_with("x-")))
}
