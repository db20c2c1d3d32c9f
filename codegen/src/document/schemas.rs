//! Schemas: every keyword must hold a value that it can have.
//!
//! `maxLength: "30"` is a `keyword-type` at the `"30"`: "`maxLength` must be a non-negative integer, found a string".
//! A work list instead of recursion; what a reference reaches outside of the known places is checked as well.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::diagnostic::{self as codes, Diagnostic, Report};
use crate::support::Pattern;
use crate::support::pattern::{Departure, Fault};

use super::Version;
use super::frame::{Place, aside};
use super::node::{Member, Node, NodeValue, escape};
use super::references::{Reference, resolve_in};
use super::structure::is_3_2;
use super::unknown::Unknown;
use super::vocabulary::{self, Standing};

/// The types of JSON Schema, `null` aside.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// What a keyword may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Count,
    Number,
    Positive,
    Text,
    Flag,
    Array,
    Object,
    TextArrayMap,
    Required,
    Discriminator,
    Type,
    Pattern,
    PatternMap,
    Schema,
    SchemaOrFlag,
    SchemaArray,
    SchemaMap,
    Items,
    Bound,
    Anything,
}

fn want(keyword: &str, version: Version) -> Want {
    let newer = version > Version::V3_0;
    match keyword {
        "maxLength" | "minLength" | "maxItems" | "minItems" | "maxProperties" | "minProperties" => Want::Count,
        "minContains" | "maxContains" if newer => Want::Count,
        "minimum" | "maximum" => Want::Number,
        "multipleOf" => Want::Positive,
        "exclusiveMinimum" | "exclusiveMaximum" => Want::Bound,
        "title" | "description" | "format" => Want::Text,
        "$id" | "$schema" | "$anchor" | "$comment" | "contentEncoding" | "contentMediaType" if newer => Want::Text,
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => Want::Flag,
        "enum" => Want::Array,
        "discriminator" => Want::Discriminator,
        "xml" | "externalDocs" => Want::Object,
        "required" => Want::Required,
        "dependentRequired" if newer => Want::TextArrayMap,
        "type" => Want::Type,
        "pattern" => Want::Pattern,
        "patternProperties" if newer => Want::PatternMap,
        "properties" => Want::SchemaMap,
        "$defs" | "definitions" | "dependentSchemas" if newer => Want::SchemaMap,
        "items" => Want::Items,
        "prefixItems" if newer => Want::SchemaArray,
        "allOf" | "anyOf" | "oneOf" => Want::SchemaArray,
        "not" => Want::Schema,
        "contains" | "if" | "then" | "else" | "propertyNames" | "contentSchema" if newer => Want::Schema,
        "additionalProperties" => Want::SchemaOrFlag,
        "unevaluatedProperties" | "unevaluatedItems" if newer => Want::SchemaOrFlag,
        _ => Want::Anything,
    }
}

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
    /// Whether the document says that it is of 3.2, which is read as 3.1.
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

    /// Tells of what asserts something beside a `$ref` of 3.0, which is ignored there (OpenAPI 3.0.4, "Reference Object"). Of `nullable`
    /// it is told where it is read as meant.
    fn siblings(&mut self, members: &IndexMap<String, Member>) {
        for (keyword, member) in members {
            if vocabulary::asserts(keyword, self.version) && keyword != "nullable" {
                let message = format!("`{keyword}` beside `$ref` is ignored before OpenAPI 3.1");
                self.unknown.note(&codes::REF_SIBLING, message, None, &member.key);
            }
        }
    }

    /// Tells of a key that is no keyword of the version.
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

    /// Tells of fields that the objects which schemas hold do not have, and of those that exclude each other.
    fn fields(&mut self, keyword: &str, node: &Node) {
        let Some((owner, fields, newer)) = aside::of_schema(keyword) else { return };
        for (name, member) in node.as_object().into_iter().flatten() {
            let name = name.as_str();
            if name.starts_with("x-") || fields.contains(&name) {
                continue;
            }
            let is_newer = newer.contains(&name);
            let (code, message) = aside::told(owner, name, is_newer, self.is_3_2);
            let known = fields.iter().copied();
            let hint = if is_newer { None } else { self.unknown.did_you_mean(owner, name, known) };
            self.unknown.note(code, message, hint, &member.key);
            // OpenAPI 3.2.0, "XML Object".
            if name == "nodeType"
                && let Some(other) = ["attribute", "wrapped"].into_iter().find(|other| node.get(other).is_some())
            {
                let message = format!("{owner} has `{other}` or `nodeType`, not both");
                self.report.push(Diagnostic::new(&codes::EXCLUSIVE_FIELDS, message).at(&member.key));
            }
        }
    }

    /// Tells of a keyword that says nothing about values of the types that the schema states.
    fn effect(&mut self, keyword: &str, member: &Member, types: &[&str]) {
        let Some(applies) = vocabulary::applies_to(keyword) else { return };
        // `required: true` and `uniqueItems: false` are told elsewhere, or say nothing anyway.
        let says_nothing = matches!(member.node.value, NodeValue::Null | NodeValue::Bool(_));
        if types.is_empty() || says_nothing || types.iter().any(|name| applies.contains(name)) {
            return;
        }
        let message = format!("`{keyword}` says nothing about a value of type `{}`", types.join("`, `"));
        self.unknown.note(&codes::KEYWORD_WITHOUT_EFFECT, message, None, &member.key);
    }

    fn keyword(&mut self, keyword: &str, node: &'d Node, pointer: &str) {
        let wanted = want(keyword, self.version);
        if wanted == Want::Anything || keyword == "$ref" {
            return;
        }
        if node.is_null() {
            let message = format!("`{keyword}` is null, which says nothing");
            self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint("remove it"));
            return;
        }
        match wanted {
            Want::Count => self.demand(keyword, "a non-negative integer", node, node.as_u64().is_some()),
            Want::Number => self.demand(keyword, "a number", node, node.as_number().is_some()),
            Want::Positive => {
                let positive = |text: &str| text.parse::<f64>().is_ok_and(|number| number > 0.0);
                self.demand(keyword, "a number greater than 0", node, node.as_number().is_some_and(positive));
            }
            Want::Text => self.demand(keyword, "a string", node, node.as_str().is_some()),
            Want::Flag => self.demand(keyword, "a boolean", node, node.as_bool().is_some()),
            Want::Array if node.as_array().is_some_and(<[Node]>::is_empty) => {
                let says = if self.version > Version::V3_0 { "so that none follows" } else { "and says nothing" };
                let message = format!("`{keyword}` lists no value, {says}");
                self.report.push(Diagnostic::new(&codes::EMPTY_KEYWORD, message).at(node));
            }
            Want::Array => self.demand(keyword, "an array", node, node.as_array().is_some()),
            Want::Object => self.demand(keyword, "an object", node, node.as_object().is_some()),
            Want::Required if node.as_bool().is_some() => {
                let message = "`required` is a boolean, as in JSON Schema draft 3; it is ignored";
                let hint = "list the names of required properties in the object that has them";
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint(hint));
            }
            Want::Required if node.as_object().is_some_and(|members| members.is_empty()) => {
                let message = "`required` is an empty object; it is ignored";
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint("remove it"));
            }
            Want::Required if node.as_array().is_some() => {
                for element in node.as_array().unwrap_or_default().iter().filter(|name| name.as_str().is_none()) {
                    let message = format!("`required` lists names, found {}; it is ignored", element.kind_name());
                    self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(element).hint("remove it"));
                }
            }
            Want::Required => self.demand(keyword, "an array of strings", node, false),
            Want::Discriminator if node.as_str().is_some() => {
                let message = "`discriminator` is a string, as in Swagger 2.0; it is taken as `propertyName`";
                self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(node));
            }
            Want::Discriminator => self.demand(keyword, "an object", node, node.as_object().is_some()),
            Want::TextArrayMap => match node.as_object() {
                Some(members) => members.values().for_each(|member| self.text_array(keyword, &member.node)),
                None => self.demand(keyword, "an object of arrays of strings", node, false),
            },
            Want::Type => self.types(node),
            Want::Pattern => match node.as_str() {
                Some(pattern) => self.pattern(pattern, node),
                None => self.demand(keyword, "a string", node, false),
            },
            Want::PatternMap => {
                for (pattern, member) in node.as_object().into_iter().flatten() {
                    self.pattern(pattern, &Node { value: NodeValue::Null, location: member.key.clone() });
                }
                self.schema_map(keyword, node, pointer);
            }
            Want::Schema => self.push(node, pointer.to_owned()),
            Want::SchemaOrFlag if node.as_bool().is_some() => {}
            Want::SchemaOrFlag if node.as_object().is_none() => {
                self.demand(keyword, "a schema or a boolean", node, false);
            }
            Want::SchemaOrFlag => self.push(node, pointer.to_owned()),
            Want::SchemaArray => self.schema_array(keyword, node, pointer),
            Want::SchemaMap => self.schema_map(keyword, node, pointer),
            Want::Items if node.as_array().is_some() => {
                let message = "`items` is an array, as in older drafts of JSON Schema; it is taken as `prefixItems`";
                self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(node));
                for (index, element) in node.as_array().unwrap_or_default().iter().enumerate().rev() {
                    self.push(element, format!("{pointer}/{index}"));
                }
            }
            Want::Items => self.push(node, pointer.to_owned()),
            Want::Bound => self.bound(keyword, node),
            Want::Anything => {}
        }
    }

    fn push(&mut self, node: &'d Node, pointer: String) {
        self.open.push(Place { pointer, node });
    }

    fn demand(&mut self, keyword: &str, what: &str, node: &Node, holds: bool) {
        if holds {
            return;
        }
        let found = match &node.value {
            // A number can be the right kind of thing and still a wrong value.
            NodeValue::Number(text) if text.len() <= 40 => format!("`{text}`"),
            _ => node.kind_name().to_owned(),
        };
        let message = format!("`{keyword}` must be {what}, found {found}; it is ignored");
        self.report.push(Diagnostic::new(&codes::KEYWORD_TYPE, message).at(node));
    }

    fn text_array(&mut self, keyword: &str, node: &Node) {
        let Some(elements) = node.as_array() else {
            self.demand(keyword, "an array of strings", node, false);
            return;
        };
        for element in elements.iter().filter(|element| element.as_str().is_none()) {
            self.demand(keyword, "an array of strings", element, false);
        }
    }

    fn schema_array(&mut self, keyword: &str, node: &'d Node, pointer: &str) {
        match node.as_array() {
            None => self.demand(keyword, "an array of schemas", node, false),
            Some([]) => {
                let message = format!("`{keyword}` lists no schema, and says nothing");
                self.report.push(Diagnostic::new(&codes::EMPTY_KEYWORD, message).at(node));
            }
            Some(elements) => {
                for (index, element) in elements.iter().enumerate().rev() {
                    self.push(element, format!("{pointer}/{index}"));
                }
            }
        }
    }

    fn schema_map(&mut self, keyword: &str, node: &'d Node, pointer: &str) {
        let Some(members) = node.as_object() else {
            self.demand(keyword, "an object of schemas", node, false);
            return;
        };
        for (name, member) in members.iter().rev() {
            self.push(&member.node, format!("{pointer}/{}", escape(name)));
        }
    }

    fn bound(&mut self, keyword: &str, node: &Node) {
        let written = match (&node.value, self.version) {
            (NodeValue::Bool(_), Version::V3_0) | (NodeValue::Number(_), Version::V3_1) => return,
            (NodeValue::Bool(_), _) => "a boolean, as in OpenAPI 3.0",
            (NodeValue::Number(_), _) => "a number, as in OpenAPI 3.1",
            _ => {
                let what = if self.version == Version::V3_0 { "a boolean" } else { "a number" };
                self.demand(keyword, what, node, false);
                return;
            }
        };
        let message = format!("`{keyword}` is {written}");
        self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(node));
    }

    fn types(&mut self, node: &Node) {
        let names: Vec<&Node> = match &node.value {
            NodeValue::String(_) => vec![node],
            NodeValue::Array(elements) => {
                if self.version == Version::V3_0 {
                    let message = "`type` is an array, as in OpenAPI 3.1";
                    self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(node));
                }
                elements.iter().collect()
            }
            _ => {
                self.demand("type", "a string", node, false);
                return;
            }
        };
        if names.is_empty() {
            let message = "`type` lists no type, and says nothing";
            self.report.push(Diagnostic::new(&codes::EMPTY_KEYWORD, message).at(node));
        }
        for name in names {
            if name.is_null() {
                let message = "`type` names are strings, found null";
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(name).hint("write `\"null\"`"));
                continue;
            }
            match name.as_str() {
                Some(name) if TYPES.contains(&name) => {}
                Some("null") if self.version > Version::V3_0 => {}
                Some("null") => {
                    let message = "`type: null` is of OpenAPI 3.1";
                    self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(name));
                }
                Some(text) if TYPES.contains(&text.to_ascii_lowercase().as_str()) => {
                    let message = format!("`{text}` is written `{}`", text.to_ascii_lowercase());
                    self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(name));
                }
                Some("file") => {
                    let message = "`type: file` is of Swagger 2.0; it is taken as a string of `format: binary`";
                    self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(name));
                }
                Some(text) => {
                    let shown: String = text.chars().take(40).collect();
                    let message = format!("`{shown}` is no type; any type is allowed");
                    self.report.push(Diagnostic::new(&codes::UNKNOWN_TYPE, message).at(name));
                }
                None => self.demand("type", "a string", name, false),
            }
        }
    }

    fn pattern(&mut self, pattern: &'d str, at: &Node) {
        if self.patterns.contains(pattern) {
            return;
        }
        let (code, message) = match Pattern::read(pattern) {
            Ok(reading) => match (reading.because, reading.departure) {
                (Some(because), _) => (
                    &codes::PATTERN_BUDGET,
                    format!(
                        "matching the pattern has a budget of steps, since {because}: a text that spends it is a violation"
                    ),
                ),
                (None, Some(Departure::Dialect(what))) => {
                    (&codes::PATTERN_DIALECT, format!("the pattern is not of ECMA-262 and is read as meant: {what}"))
                }
                (None, Some(Departure::WithoutUnicode(what))) => {
                    (&codes::PATTERN_WITHOUT_UNICODE, format!("the pattern is valid only without the `u` flag: {what}"))
                }
                (None, None) => {
                    self.patterns.insert(pattern);
                    return;
                }
            },
            Err(Fault::Size(excess)) => (&codes::PATTERN_SIZE, format!("the pattern has {excess}; it is not enforced")),
            Err(Fault::Syntax(error)) => {
                (&codes::INVALID_PATTERN, format!("the pattern is no regular expression, and is not enforced: {error}"))
            }
        };
        self.report.push(Diagnostic::new(code, message).at(at));
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
