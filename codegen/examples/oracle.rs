//! Holds a document's own instances against its schemas, by an emitted crate and by the `jsonschema` crate.
//!
//! ```text
//! cargo run -p planchet --example oracle -- DOCUMENT DIR [--references DIR] [--remote URL=FILE]
//! cd DIR && cargo run
//! ```
//!
//! Writes a crate into DIR: what is emitted for DOCUMENT, with an entry in the registry for each schema that has an `example`,
//! `examples` or a `default`, wherever it stands; those instances; the document as one JSON Schema of 2020-12; and a program
//! that has both judges look at every instance. `tools/oracle` does so for the whole corpus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a tool for developers ends by panicking")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use planchet::api::{Api, Component, DefinitionKind, SchemaId, Type};
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{self, Document, Input, Node, NodeValue, Sources, Version, escape};
use planchet::emit::layout::crate_files;
use planchet::lower;
use serde_json::{Map, Value, json};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = PathBuf::from(arguments.next().expect("a document"));
    let out = PathBuf::from(arguments.next().expect("a folder"));
    let mut sources = Sources::default();
    while let Some(option) = arguments.next() {
        let value = arguments.next().expect("a value");
        match option.as_str() {
            "--references" => sources.folders.push(PathBuf::from(value)),
            "--remote" => {
                let (url, file) = value.rsplit_once('=').expect("URL=FILE");
                sources.remote.push((url.to_owned(), PathBuf::from(file)));
            }
            _ => panic!("unknown option {option}"),
        }
    }
    let mut report = Report::default();
    let document = document::load(&Input { sources, ..Input::new(&path) }, &mut report);
    let document = document.unwrap_or_else(|| panic!("{}", report.render()));
    let mut api = lower::lower(&document, &Choices::default(), &mut report);
    let cases = cases(&document, &mut api);
    for (file, text) in crate_files(&api, "api") {
        let text = if file == "Cargo.toml" {
            format!("{text}jsonschema = {{ version = \"0.60\", default-features = false }}\n")
        } else {
            text
        };
        write(&out.join(file), &text);
    }
    write(&out.join("src/main.rs"), PROGRAM);
    write(&out.join("cases.json"), &Value::Array(cases).to_string());
    write(&out.join("schema.json"), &json_schema(&document).to_string());
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Every instance with the name of its schema in the registry, which is made where it has none.
fn cases(document: &Document, api: &mut Api) -> Vec<Value> {
    let mut names: BTreeMap<SchemaId, String> = BTreeMap::new();
    for component in &api.components {
        names.entry(component.schema).or_insert_with(|| component.name.clone());
    }
    let by_pointer: BTreeMap<String, SchemaId> = api
        .schemas
        .0
        .iter()
        .enumerate()
        .rev()
        .map(|(index, schema)| (schema.pointer.clone(), SchemaId(index)))
        .collect();
    let mut found = Vec::new();
    let mut instances: Vec<(String, Value)> = Vec::new();
    for schema in &api.schemas.0 {
        let annotations = &schema.annotations;
        let given = annotations.examples.iter().chain(&annotations.default);
        instances.extend(given.map(|instance| (schema.pointer.clone(), instance.clone())));
    }
    beside_schemas(document, &document.root, String::new(), &mut instances);
    for (pointer, instance) in instances {
        let target = follow(document, &pointer);
        let Some(id) = by_pointer.get(&target).copied() else { continue };
        let name = match names.get(&id) {
            Some(name) => name.clone(),
            None => {
                let name = format!("planchet.{}", names.len());
                let anchor = format!("PLANCHET_{}", names.len());
                api.schemas.0[id.0].anchor.get_or_insert(anchor);
                let held = api.definitions.0.iter().position(|definition| {
                    definition.schema == id && !matches!(definition.kind, DefinitionKind::Alias(_))
                });
                let ty = held.map_or(Type::Any, |index| Type::Named(planchet::api::DefinitionId(index)));
                let component =
                    Component { name: name.clone(), rust_name: String::new(), schema: id, ty, nullable: false };
                api.components.push(component);
                names.insert(id, name.clone());
                name
            }
        };
        found.push(json!({ "name": name, "pointer": target, "instance": instance }));
    }
    found
}

/// Where a schema is stated, references followed.
fn follow(document: &Document, pointer: &str) -> String {
    let mut pointer = pointer.to_owned();
    for _ in 0..32 {
        let Some(node) = document.root.pointer(&pointer) else { break };
        let alone = node.as_object().is_some_and(|members| members.len() == 1) || document.version == Version::V3_0;
        let Some(reference) = node.get("$ref").and_then(Node::as_str).filter(|_| alone) else { break };
        let Some((_, target)) = document::resolve(document, reference) else { break };
        pointer = target;
    }
    pointer
}

/// `example` and `examples` of media types, parameters and headers, which stand beside a `schema`.
fn beside_schemas(document: &Document, node: &Node, pointer: String, found: &mut Vec<(String, Value)>) {
    match &node.value {
        NodeValue::Object(members) => {
            if members.contains_key("schema") {
                let schema = format!("{pointer}/schema");
                if let Some(example) = node.get("example") {
                    found.push((schema.clone(), example.to_json()));
                }
                for (_, member) in node.get("examples").and_then(Node::as_object).into_iter().flatten() {
                    let reference = member.node.get("$ref").and_then(Node::as_str);
                    let example = reference
                        .and_then(|reference| document::resolve(document, reference))
                        .map_or(&member.node, |(target, _)| target);
                    if let Some(value) = example.get("value") {
                        found.push((schema.clone(), value.to_json()));
                    }
                }
            }
            for (key, member) in members {
                if !matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
                    beside_schemas(document, &member.node, format!("{pointer}/{}", escape(key)), found);
                }
            }
        }
        NodeValue::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                beside_schemas(document, element, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The document as JSON Schema 2020-12: what 3.0 says otherwise is said as 2020-12 does.
fn json_schema(document: &Document) -> Value {
    let mut root = document.root.to_json();
    if document.version == Version::V3_0 {
        convert(&mut root, false);
    }
    root
}

fn convert(value: &mut Value, names: bool) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|element| convert(element, false)),
        Value::Object(members) => {
            if !names {
                convert_keywords(members);
            }
            for (key, value) in members {
                if names || !matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
                    convert(value, !names && matches!(key.as_str(), "properties" | "schemas" | "headers" | "content"));
                }
            }
        }
        _ => {}
    }
}

fn convert_keywords(schema: &mut Map<String, Value>) {
    // OpenAPI 3.0.4, "Reference Object": what stands beside `$ref` is ignored.
    if let Some(reference) = schema.get("$ref").filter(|reference| reference.is_string()).cloned() {
        schema.clear();
        schema.insert("$ref".to_owned(), reference);
        return;
    }
    if let Some(Value::String(name)) = schema.get("type") {
        let name = if name == "file" { "string".to_owned() } else { name.to_ascii_lowercase() };
        let nullable = schema.get("nullable") == Some(&Value::Bool(true));
        let value = if nullable { json!([name, "null"]) } else { json!(name) };
        schema.insert("type".to_owned(), value);
    }
    for (limit, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => {
                schema.remove(exclusive);
                if let Some(limit) = schema.remove(limit) {
                    schema.insert(exclusive.to_owned(), limit);
                }
            }
            Some(Value::Bool(false)) => drop(schema.remove(exclusive)),
            _ => {}
        }
    }
    if schema.get("required").is_some_and(|required| !required.is_array()) {
        schema.remove("required");
    }
    // Keywords of JSON Schema that 3.0 does not know.
    for keyword in ["const", "if", "then", "else", "contains", "patternProperties", "propertyNames", "prefixItems"] {
        if schema.contains_key("type") {
            schema.remove(keyword);
        }
    }
}

/// The two judges.
const PROGRAM: &str = r##"//! Has both judges look at every case.
use serde_json::Value;

fn main() {
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string("cases.json").unwrap()).unwrap();
    let schema: Value = serde_json::from_str(&std::fs::read_to_string("schema.json").unwrap()).unwrap();
    let registry = jsonschema::Registry::new()
        .draft(jsonschema::Draft::Draft202012)
        .add("json-schema:///document", schema)
        .unwrap()
        .prepare()
        .unwrap();
    let (mut agreed, mut valid, mut survived, mut skipped) = (0, 0, 0, 0);
    let mut validators = std::collections::HashMap::new();
    for case in &cases {
        let (name, pointer) = (case["name"].as_str().unwrap(), case["pointer"].as_str().unwrap());
        let instance = &case["instance"];
        let schema = api::api::registry::get(name).unwrap_or_else(|| panic!("{name} is not in the registry"));
        let validator = validators.entry(pointer.to_owned()).or_insert_with(|| {
            let encoded = pointer.replace('%', "%25").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20");
            jsonschema::options()
                .with_draft(jsonschema::Draft::Draft202012)
                .should_validate_formats(false)
                .with_registry(&registry)
                .build(&serde_json::json!({ "$ref": format!("json-schema:///document#{encoded}") }))
        });
        let Ok(validator) = validator else {
            skipped += 1;
            continue;
        };
        let ours = schema.check(instance);
        let theirs = validator.is_valid(instance);
        // Formats are assertions here and annotations there: a verdict that rests on them alone is no disagreement.
        let formats_alone = ours.as_ref().is_err_and(|found| found.iter().all(|v| v.rule.name() == "format"));
        if ours.is_ok() == theirs || (theirs && formats_alone) {
            agreed += 1;
        } else {
            let said = ours.err().map_or_else(|| "valid".to_owned(), |found| found.to_string());
            let other = validator.iter_errors(instance).next().map_or_else(|| "valid".to_owned(), |error| error.to_string());
            let cut = |text: String| text.chars().take(300).collect::<String>();
            println!("DISAGREEMENT {pointer}\n  {}\n  planchet: {}\n  jsonschema: {}", cut(instance.to_string()), cut(said), cut(other));
            continue;
        }
        if ours.is_ok() {
            valid += 1;
            match schema.reencode(instance.to_string().as_bytes()) {
                Ok(again) if same(&serde_json::from_slice(&again).unwrap(), instance) => survived += 1,
                Ok(again) => println!("CHANGED {pointer}\n  {instance}\n  {}", String::from_utf8_lossy(&again)),
                Err(error) => println!("LOST {pointer}\n  {instance}\n  {error}"),
            }
        }
    }
    println!("{} instances, {agreed} agreed, {valid} valid, {survived} survive, {skipped} that jsonschema cannot judge", cases.len());
}

/// Equality of JSON values: numbers by value.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
"##;
