//! `nullable: true` where OpenAPI 3.0 leaves it without effect.
//!
//! ```yaml
//! nullable: true
//! allOf: [{ $ref: '#/components/schemas/Address' }]
//! ```
//!
//! By the letter (OpenAPI 3.0.3, "Schema Object"; OAI proposal 2019-10-31, "Clarify Semantics of `nullable`") it adds null to the
//! `type` beside it and does nothing else: not beside `allOf`, `oneOf`, `anyOf` or `$ref` alone, not against a part that has a type, nor
//! against an `enum` that does not list null. Documents that say so do send null. It is read as intended, "null, or the rest of the
//! schema", with a note, unless the choice `nullable = "strict"` takes the document at its word.

use crate::api::{Branches, Keyword, Schema, SchemaId, TypeSet};
use crate::choices::Nulls;
use crate::diagnostic as catalogue;
use crate::document::{Node, NodeValue, resolve};

use crate::lower::schemas::annotations::annotations;
use crate::lower::schemas::reader::{Reader, Reading};

/// Keywords that apply schemas in place.
const COMPOSITIONS: [&str; 4] = ["$ref", "allOf", "anyOf", "oneOf"];

impl<'c> Reader<'c> {
    /// Whether `nullable` is read as intended rather than by the letter.
    fn reads_nulls_as_meant(&self) -> bool {
        self.context().choices.nullable == Nulls::Meant
    }

    /// Whether a schema of 3.0 has `nullable: true` beside a reference, so that it is more than an alias of its target.
    pub(crate) fn is_nullable_reference(&self, node: &Node) -> bool {
        !self.context().is_31()
            && self.reads_nulls_as_meant()
            && is_true(node, "nullable")
            && node.get("$ref").is_some()
    }

    /// Reports a `nullable` beside a reference, if it is ignored.
    pub(crate) fn report_ignored_nullable(&self, pointer: &str) {
        if self.context().is_31() || self.reads_nulls_as_meant() {
            return;
        }
        let node = self.context().node(pointer).filter(|node| node.get("$ref").is_some() && is_true(node, "nullable"));
        if let Some(stated) = node.and_then(|node| node.get("nullable")) {
            self.report_nullable(stated, "`nullable: true` beside `$ref`");
        }
    }

    /// The schema "null, or the rest" for one whose `nullable` applies to a composition.
    pub(crate) fn null_or_rest(
        &mut self,
        id: SchemaId,
        reading: &Reading,
        node: &'c Node,
        pointer: &str,
    ) -> Option<Schema> {
        if self.context().is_31() || !matches!(reading, Reading::Stated(_)) {
            return None;
        }
        let (stated, keyword) = self.nullable_composition(node)?;
        if !self.report_nullable(stated, &format!("`nullable: true` {keyword}")) {
            return None;
        }
        let target =
            node.get("$ref").and_then(|reference| Some(resolve(self.context().document, reference.as_str()?)?.1));
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

    /// The `nullable` that applies to a composition, with its place: on the schema itself, or on a part without other keywords
    /// (`allOf: [{ $ref: … }, { nullable: true }]`).
    fn nullable_composition(&self, node: &'c Node) -> Option<(&'c Node, &'static str)> {
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
    pub(crate) fn lists_null_as_meant(&self, reading: &Reading, node: &Node, values: &[Node]) -> bool {
        !self.context().is_31()
            && *reading != Reading::WithoutNull
            && is_true(node, "nullable")
            && !values.iter().any(Node::is_null)
            && node
                .get("nullable")
                .is_some_and(|stated| self.report_nullable(stated, "`nullable: true` beside an `enum` without null"))
    }

    /// A branch of a union that is nothing but `nullable: true`, read as null.
    pub(crate) fn null_branch(&mut self, pointer: &str) -> Option<SchemaId> {
        let node = self.context().node(pointer).filter(|node| !self.context().is_31() && is_bare(node))?;
        self.report_nullable(node.get("nullable")?, "`nullable: true` as a branch of its own")
            .then(|| self.only_null(pointer))
    }

    /// Reports how a `nullable` is read; returns whether it allows null.
    fn report_nullable(&self, stated: &Node, what: &str) -> bool {
        let meant = self.reads_nulls_as_meant();
        let message = if meant {
            format!("{what} has no effect by the letter; it is read as meant: null is allowed")
        } else {
            format!("{what} has no effect: null is not allowed by it")
        };
        self.context().report(&catalogue::NULLABLE, stated, message);
        meant
    }

    /// The schema at a pointer without its `nullable`.
    fn schema_without_null(&mut self, from: SchemaId, pointer: &str) -> SchemaId {
        let rest = self.reading(pointer.to_owned(), Reading::WithoutNull);
        self.rests.entry(from).or_insert(rest);
        rest
    }

    fn only_null(&mut self, pointer: &str) -> SchemaId {
        self.arena.schemas.add(Schema { pointer: pointer.to_owned(), types: TypeSet::NULL, ..Schema::default() })
    }
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// Whether a schema says `nullable: true` and has no other assertion.
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
