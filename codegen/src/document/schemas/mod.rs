//! Schemas: every keyword must hold a value that it can have.
//!
//! `maxLength: "30"` is a `keyword-type` at the `"30"`: "`maxLength` must be a non-negative integer, found a string".
//! It uses a work list instead of recursion; targets of references outside of the known places are checked as well.

pub(crate) mod composition;
mod value;
mod xml;

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::{self as codes, Diagnostic, Report};

use crate::document::bundle::references::{Reference, resolve_in};
use crate::document::frame::{Place, aside};
use crate::document::text::node::{Member, Node, NodeValue, escape};
use crate::document::unknown::Unknown;
use crate::document::version::Version;
use crate::document::version::is_3_2;
use crate::document::vocabulary::{self, Standing};

/// The types of JSON Schema, `null` aside.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// Checks the schemas at these places and all below them; returns the references in them.
pub fn check<'d>(root: &'d Node, version: Version, places: Vec<Place<'d>>, report: &mut Report) -> Vec<Reference<'d>> {
    let mut checker = Checker {
        root,
        version,
        is_3_2: is_3_2(root),
        report,
        open: places,
        seen: HashSet::new(),
        patterns: HashSet::new(),
        references: vec![],
        unknown: Unknown::default(),
        dialects: vec![],
    };
    checker.dialects.extend(
        root.get("jsonSchemaDialect").and_then(Node::as_str).filter(|name| is_own(name)).map(|_| String::new()),
    );
    checker.open.reverse();
    while let Some(place) = checker.open.pop() {
        if checker.seen.insert(place.pointer.clone()) {
            checker.schema(&place);
        }
    }
    std::mem::take(&mut checker.unknown).report(checker.report);
    checker.references
}

/// Whether a dialect is one of somebody's own, with keywords that nobody else knows.
fn is_own(dialect: &str) -> bool {
    !dialect.contains("spec.openapis.org/oas/") && !dialect.contains("json-schema.org/")
}

/// The types that a schema states, as far as they are known ones.
fn stated_types(schema: &Node) -> Vec<&str> {
    let known = |name: &&str| TYPES.contains(name) || matches!(*name, "null" | "file");
    match schema.get("type").map(|node| &node.value) {
        Some(NodeValue::String(name)) => vec![name.as_str()].into_iter().filter(known).collect(),
        Some(NodeValue::Array(names)) => {
            let stated: Vec<&str> = names.iter().filter_map(Node::as_str).collect();
            if stated.len() == names.len() && stated.iter().all(known) { stated } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

struct Checker<'d, 'r> {
    root: &'d Node,
    version: Version,
    /// Whether the document says that it is of 3.2.
    is_3_2: bool,
    report: &'r mut Report,
    open: Vec<Place<'d>>,
    seen: HashSet<String>,
    /// Patterns that are known to be good.
    patterns: HashSet<&'d str>,
    references: Vec<Reference<'d>>,
    /// Keys that are no keywords.
    unknown: Unknown,
    /// Pointers of schemas in a dialect of the author's own.
    dialects: Vec<String>,
}

impl<'d> Checker<'d, '_> {
    fn schema(&mut self, place: &Place<'d>) {
        let Some(members) = place.node.as_object() else {
            if place.node.as_bool().is_none() {
                let message =
                    format!("a schema must be an object, found {}; anything is allowed", place.node.kind_name());
                self.report.push(Diagnostic::new(&codes::KEYWORD_TYPE, message).at(place.node));
            } else if self.version == Version::V3_0 {
                let message = "a boolean as a schema is of OpenAPI 3.1";
                self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(place.node));
            }
            return;
        };
        match place.node.get("$ref") {
            Some(nothing) if nothing.is_null() => {
                let message = "`$ref` is null, which says nothing";
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(nothing).hint("remove it"));
            }
            Some(reference) => {
                self.references.push(Reference { node: reference, holder: place.pointer.clone() });
                let target = reference.as_str().and_then(|text| resolve_in(self.root, text));
                self.open.extend(target.map(|(node, pointer)| Place { node, pointer }));
                if self.version == Version::V3_0 {
                    self.siblings(members);
                    return;
                }
            }
            None => {}
        }
        if self.version > Version::V3_0 && place.node.get("$schema").and_then(Node::as_str).is_some_and(is_own) {
            self.dialects.push(place.pointer.clone());
        }
        let types = stated_types(place.node);
        for (keyword, member) in members {
            self.standing(keyword, member, place);
            self.effect(keyword, member, &types);
            self.fields(keyword, &member.node);
            self.keyword(keyword, &member.node, &format!("{}/{}", place.pointer, escape(keyword)));
        }
        self.required_undeclared(place.node);
    }

    /// Reports assertions beside a `$ref` of 3.0, which are ignored there (OpenAPI 3.0.4, "Reference Object"). `nullable` is reported
    /// where it is read as meant.
    fn siblings(&mut self, members: &IndexMap<String, Member>) {
        for (keyword, member) in members {
            if vocabulary::asserts(keyword, self.version) && keyword != "nullable" {
                let message = format!("`{keyword}` beside `$ref` is ignored before OpenAPI 3.1");
                self.unknown.note(&codes::REF_SIBLING, message, None, &member.key);
            }
        }
    }

    /// Reports a key that is no keyword of the version.
    fn standing(&mut self, keyword: &str, member: &Member, place: &Place<'d>) {
        let (code, message, hint) = match vocabulary::standing(keyword, self.version) {
            Standing::Known => return,
            Standing::Newer => {
                let message = format!("`{keyword}` is a keyword of OpenAPI 3.1; it is read as there");
                (&codes::KEYWORD_OF_OTHER_VERSION, message, None)
            }
            Standing::NewerIgnored => {
                let message = format!("`{keyword}` is a keyword of OpenAPI 3.1; it is ignored");
                (&codes::KEYWORD_OF_OTHER_VERSION, message, None)
            }
            Standing::Older(new) => {
                let message = format!("`{keyword}` is a keyword of older drafts of JSON Schema; it is not enforced");
                (&codes::KEYWORD_NOT_ENFORCED, message, Some(format!("use `{new}`")))
            }
            Standing::Unknown => {
                let hint = self.unknown.did_you_mean("schema", keyword, vocabulary::keywords(self.version));
                let below = |rest: &str| rest.is_empty() || rest.starts_with('/');
                let is_own = |start: &String| place.pointer.strip_prefix(start.as_str()).is_some_and(below);
                if hint.is_none() && self.dialects.iter().any(is_own) {
                    return;
                }
                (&codes::UNKNOWN_KEYWORD, format!("`{keyword}` is no keyword of a schema; it is ignored"), hint)
            }
        };
        self.unknown.note(code, message, hint, &member.key);
    }

    /// Reports fields that the objects within schemas do not have, and fields that exclude each other.
    fn fields(&mut self, keyword: &str, node: &Node) {
        let Some((owner, fields, newer)) = aside::of_schema(keyword) else { return };
        for (name, member) in node.as_object().into_iter().flatten() {
            let name = name.as_str();
            if name.starts_with("x-") || fields.contains(&name) {
                continue;
            }
            let is_newer = newer.contains(&name);
            if !(is_newer && self.is_3_2) {
                let (code, message) = aside::unknown_field_message(owner, name, is_newer);
                let known = fields.iter().copied();
                let hint = if is_newer { None } else { self.unknown.did_you_mean(owner, name, known) };
                self.unknown.note(code, message, hint, &member.key);
            }
        }
        if keyword == "xml" {
            self.xml(node);
        }
    }

    /// Reports a keyword without effect on values of the schema's types.
    fn effect(&mut self, keyword: &str, member: &Member, types: &[&str]) {
        let Some(applies) = vocabulary::applies_to(keyword) else { return };
        // `required: true` and `uniqueItems: false` are reported elsewhere, or have no effect anyway.
        let says_nothing = matches!(member.node.value, NodeValue::Null | NodeValue::Bool(_));
        if types.is_empty() || says_nothing || types.iter().any(|name| applies.contains(name)) {
            return;
        }
        let message = format!("`{keyword}` says nothing about a value of type `{}`", types.join("`, `"));
        self.unknown.note(&codes::KEYWORD_WITHOUT_EFFECT, message, None, &member.key);
    }

    fn required_undeclared(&mut self, schema: &Node) {
        let composed = ["$ref", "allOf", "anyOf", "oneOf"].iter().any(|keyword| schema.get(keyword).is_some());
        let properties = schema.get("properties").and_then(Node::as_object);
        let (Some(properties), false) = (properties, composed) else { return };
        for name in schema.get("required").and_then(Node::as_array).unwrap_or_default() {
            if let Some(text) = name.as_str()
                && !properties.contains_key(text)
            {
                let message = format!("`required` names `{text}`, which `properties` does not declare");
                self.report.push(Diagnostic::new(&codes::REQUIRED_UNDECLARED, message).at(name));
            }
        }
    }
}
