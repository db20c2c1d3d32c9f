//! The JSON Schema test suite: every group that can be an OpenAPI document is one, draft 2020-12 of 3.1, draft 4 of 3.0.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use planchet::choices::{Choices, FormatChoice, FormatWord, Untyped};
use serde_json::{Map, Value, json};

/// What is not as the suite says, and why: file, a part of the names of group and test, reason.
pub const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("optional/bignum", "bignum is an integer", "an integer beyond 64 bits: the rules admit it, no model holds it"),
    ("optional/float-overflow", "", "an integer beyond 64 bits: the rules admit it, no model holds it"),
    ("optional/dependencies-compatibility", "", "`dependencies` is a keyword of older drafts"),
    (
        "optional/unknownKeyword",
        "",
        "an `$id` counts wherever it stands: documents keep schemas in places of their own",
    ),
    ("optional/format/idn-hostname", "disallowed code point", "UTS 46 admits more symbols than RFC 5892"),
    ("draft4/optional/zeroTerminatedFloats", "", "`1.0` is an integer, as in all later drafts"),
    ("draft4/optional/format/hostname", "consecutive hyphens", "host names are those of the later drafts (RFC 5890)"),
];

/// A group of the suite as a document.
pub struct Group {
    pub module: String,
    pub file: String,
    pub description: String,
    pub document: Value,
    pub choices: Choices,
    pub tests: Vec<Value>,
}

/// The folder of the suite, where it is.
pub fn suite() -> Option<PathBuf> {
    let shared = std::env::var_os("PLANCHET_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    Some(shared.join("json-schema-test-suite")).filter(|suite| suite.is_dir())
}

/// Every group that can be a document, and why others cannot, by file.
pub fn groups(suite: &Path) -> (Vec<Group>, BTreeMap<String, BTreeMap<&'static str, usize>>) {
    let mut groups = Vec::new();
    let mut left_out: BTreeMap<String, BTreeMap<&'static str, usize>> = BTreeMap::new();
    for folder in [
        "draft2020-12",
        "draft2020-12/optional",
        "draft2020-12/optional/format",
        "draft4",
        "draft4/optional",
        "draft4/optional/format",
    ] {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(suite.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.is_file());
        files.sort();
        for path in files {
            let name = format!("{folder}/{}", path.file_stem().unwrap().to_string_lossy());
            let list: Vec<Value> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            for group in list {
                let tests = group["tests"].as_array().unwrap().clone();
                let mut leave_out =
                    |why| *left_out.entry(name.clone()).or_default().entry(why).or_default() += tests.len();
                let schema = &group["schema"];
                if refers_to_another_host(schema) {
                    leave_out("refers to a schema on another host");
                    continue;
                }
                let document =
                    if folder.starts_with("draft4") { document_30(schema) } else { Some(document_31(schema)) };
                let Some(document) = document else {
                    leave_out("is no legal schema of OpenAPI 3.0");
                    continue;
                };
                groups.push(Group {
                    module: format!("g{}", groups.len()),
                    file: name.clone(),
                    description: group["description"].as_str().unwrap().to_owned(),
                    document,
                    choices: choices(folder, schema),
                    tests,
                });
            }
        }
    }
    (groups, left_out)
}

/// Formats are annotations but in the folder that is about asserting them (JSON Schema 2020-12, validation, section 7.2.1).
fn choices(folder: &str, schema: &Value) -> Choices {
    let mut choices = Choices { untyped: Untyped::Any, ..Choices::default() };
    if !folder.ends_with("/format") {
        let mut names = Vec::new();
        formats(schema, &mut names);
        choices.formats = names.into_iter().map(|name| (name, FormatChoice::Word(FormatWord::Annotate))).collect();
    }
    choices
}

fn formats(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            names.extend(members.get("format").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| formats(value, names));
        }
        Value::Array(elements) => elements.iter().for_each(|value| formats(value, names)),
        _ => {}
    }
}

/// The suite's own host is that of the schemas that were left out; names under it may be declared by the group itself.
fn refers_to_another_host(schema: &Value) -> bool {
    let (mut identifiers, mut references) = (Vec::new(), Vec::new());
    collect(schema, "", &mut identifiers, &mut references);
    references.iter().any(|reference| {
        let target = reference.split('#').next().unwrap_or_default();
        target.contains("://") && !identifiers.iter().any(|known| known == target)
    }) || schema.get("$schema").and_then(Value::as_str).is_some_and(|dialect| dialect.contains("localhost"))
}

fn join(base: &str, reference: &str) -> String {
    let joined = url::Url::parse(base).and_then(|base| base.join(reference)).or_else(|_| url::Url::parse(reference));
    joined.map_or_else(|_| reference.to_owned(), |url| url.to_string())
}

fn collect(schema: &Value, base: &str, identifiers: &mut Vec<String>, references: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            let id = members.get("$id").or_else(|| members.get("id")).and_then(Value::as_str);
            let base = id.map_or_else(|| base.to_owned(), |id| join(base, id));
            if id.is_some() {
                identifiers.push(base.trim_end_matches('#').to_owned());
            }
            for (key, value) in members {
                match value {
                    Value::String(reference) if key == "$ref" || key == "$dynamicRef" => {
                        references.push(join(&base, reference))
                    }
                    _ if key == "enum" || key == "const" => {}
                    _ => collect(value, &base, identifiers, references),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|value| collect(value, base, identifiers, references)),
        _ => {}
    }
}

fn document(version: &str, schemas: Map<String, Value>) -> Value {
    json!({ "openapi": version, "info": { "title": "Group", "version": "1" }, "paths": {}, "components": { "schemas": schemas } })
}

/// A schema with references is a resource of its own: `#` means itself, not the document around it.
fn document_31(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(members) = &mut schema {
        members.remove("$schema");
        if !members.contains_key("$id") && has_reference(&Value::Object(members.clone())) {
            members.insert("$id".to_owned(), json!("https://suite.example/group"));
        }
    }
    document("3.1.0", Map::from_iter([("Instance".to_owned(), schema)]))
}

fn has_reference(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => {
            members.iter().any(|(key, value)| key == "$ref" || key == "$dynamicRef" || has_reference(value))
        }
        Value::Array(elements) => elements.iter().any(has_reference),
        _ => false,
    }
}

/// The schema as one of OpenAPI 3.0, with its `definitions` as components; `None` where it is not legal there.
fn document_30(schema: &Value) -> Option<Value> {
    let mut schema = schema.as_object()?.clone();
    schema.remove("$schema");
    let mut schemas = Map::new();
    if let Some(Value::Object(definitions)) = schema.remove("definitions") {
        for (name, definition) in definitions {
            schemas.insert(format!("definitions.{name}"), legal_30(&definition)?);
        }
    }
    schemas.insert("Instance".to_owned(), legal_30(&Value::Object(schema))?);
    Some(document("3.0.4", schemas))
}

fn legal_30(schema: &Value) -> Option<Value> {
    let members = schema.as_object()?;
    if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
        let target = match reference.strip_prefix("#/definitions/") {
            Some(name) => format!("#/components/schemas/definitions.{name}"),
            None => format!("#/components/schemas/Instance{}", reference.strip_prefix('#')?),
        };
        let mut rest = members.clone();
        rest.insert("$ref".to_owned(), json!(target));
        return Some(Value::Object(rest));
    }
    let mut out = Map::new();
    for (key, value) in members {
        let legal = match key.as_str() {
            "title" | "multipleOf" | "maximum" | "minimum" | "maxLength" | "minLength" | "pattern" | "maxItems"
            | "minItems" | "uniqueItems" | "maxProperties" | "minProperties" | "required" | "enum" | "description"
            | "format" | "default" => value.clone(),
            "exclusiveMaximum" | "exclusiveMinimum" => Value::Bool(value.as_bool()?),
            "type" => json!(value.as_str().filter(|name| *name != "null")?),
            "not" | "items" => legal_30(value)?,
            "additionalProperties" if value.is_boolean() => value.clone(),
            "additionalProperties" => legal_30(value)?,
            "allOf" | "anyOf" | "oneOf" => {
                Value::Array(value.as_array()?.iter().map(legal_30).collect::<Option<Vec<_>>>()?)
            }
            "properties" => {
                let members = value.as_object()?.iter().map(|(name, schema)| Some((name.clone(), legal_30(schema)?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
            _ => return None,
        };
        out.insert(key.clone(), legal);
    }
    Some(Value::Object(out))
}
