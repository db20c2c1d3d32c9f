//! Holds instances against the schemas of documents, by an emitted crate and by the `jsonschema` crate.
//!
//! ```text
//! cargo run -p planchet --example oracle -- DIR [--random N] [--references DIR] [--remote URL=FILE] DOCUMENT...
//! cd DIR && cargo run
//! ```
//!
//! Writes a crate into DIR: what is emitted for each DOCUMENT, with an entry in the registry for each schema that has an `example`,
//! `examples` or a `default`, wherever it stands; those instances, and with `--random` N made ones for each named schema, the odd
//! ones with one thing changed; each document as one JSON Schema of 2020-12; and a program that has both judges look at every
//! instance. Formats are annotations for both. `tools/oracle` does so for the whole corpus.

mod instances;
mod schema;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use planchet::api::{Api, Component, DefinitionKind, SchemaId, Type};
use planchet::choices::{Choices, FormatChoice, FormatWord};
use planchet::diagnostic::Report;
use planchet::document::{self, Document, Input, Node, NodeValue, Sources, display_path};
use planchet::emit::package::layout::{Module, workspace_files};
use planchet::lower;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("name a folder for the crate")?);
    let mut sources = Sources::default();
    let mut random = 0;
    let mut documents: Vec<PathBuf> = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--references" => sources.folders.push(PathBuf::from(arguments.next().ok_or("--references DIR")?)),
            "--random" => random = arguments.next().ok_or("--random N")?.parse()?,
            "--remote" => {
                let mapping = arguments.next().ok_or("--remote URL=FILE")?;
                let (url, file) = mapping.rsplit_once('=').ok_or("--remote URL=FILE")?;
                sources.remote.push((url.to_owned(), PathBuf::from(file)));
            }
            path => documents.push(PathBuf::from(path)),
        }
    }
    let (mut modules, mut calls, mut features) = (Vec::new(), String::new(), String::new());
    for path in &documents {
        let mut report = Report::default();
        let Some(document) = document::load(&Input { sources: sources.clone(), ..Input::new(path) }, &mut report)
        else {
            println!("refused: {}", path.display());
            continue;
        };
        let mut choices = Choices::default();
        formats(&document.root, &mut choices);
        let mut api = lower::lower(&document, &choices, &mut report);
        let mut cases = cases(&document, &choices, &mut api);
        if random > 0 {
            cases.extend(instances::made(&api, random));
        }
        let name = format!("d{}", modules.len());
        let file = |kind: &str| out.join(format!("data/{name}.{kind}.json"));
        write(&file("cases"), &Value::Array(cases).to_string())?;
        write(&file("schema"), &schema::json_schema(&document).to_string())?;
        let shown = display_path(path);
        let (cases, schema) = (display_path(&file("cases")), display_path(&file("schema")));
        // A schema that is composed of itself (`A: anyOf: [B], B: anyOf: [A, string]`) is here what its other branches are, and one of an
        // `allOf` what its other parts are, with a warning; the other judge takes it for anything, or for all parts.
        let composed_of_itself = !document.cuts.parts.is_empty();
        writeln!(
            calls,
            "    judge({shown:?}, api::{name}::registry::get, {cases:?}, {schema:?}, {composed_of_itself})?;"
        )?;
        writeln!(features, "{name} = []")?;
        modules.push(Module { name, api });
    }
    let names: Vec<String> = modules.iter().map(|module| format!("\"{}\"", module.name)).collect();
    let _ = std::fs::remove_dir_all(out.join("src"));
    for (path, text) in workspace_files(&modules).unwrap().into_iter().filter(|(path, _)| !path.contains("client/")) {
        write(&out.join("src").join(path), &text)?;
    }
    write(&out.join("Cargo.toml"), &MANIFEST.replace("NAMES", &names.join(", ")).replace("FEATURES", &features))?;
    write(&out.join("src/ways.rs"), WAYS)?;
    write(&out.join("src/main.rs"), &PROGRAM.replace("    CALLS\n", &calls))?;
    Ok(())
}

const MANIFEST: &str = r#"[package]
name = "api"
version = "0.0.0"
edition = "2024"

[workspace]

[profile.dev]
debug = 0
opt-level = 0

[profile.dev.package."*"]
opt-level = 2

[features]
default = ["registry", NAMES]
client = []
reqwest = []
registry = []
FEATURES
[dependencies]
idna = "1"
jiff = { version = "0.2", default-features = false, features = ["std"] }
jsonschema = { version = "0.60", default-features = false }
regex-syntax = { version = "0.8", default-features = false, features = ["std", "unicode-bool", "unicode-case", "unicode-gencat", "unicode-script"] }
serde = { version = "1", default-features = false, features = ["std"] }
serde_json = { version = "1", features = ["float_roundtrip"] }
uuid = { version = "1", default-features = false, features = ["std"] }
zeroize = { version = "1", features = ["std"] }
"#;

/// The two judges.
const PROGRAM: &str = include_str!("program.txt");
/// Ours, in all its ways.
const WAYS: &str = include_str!("ways.rs");

/// Every format of a document as an annotation.
fn formats(node: &Node, choices: &mut Choices) {
    match &node.value {
        NodeValue::Object(members) => {
            if let Some(format) = node.get("format").and_then(Node::as_str) {
                choices.formats.insert(format.to_owned(), FormatChoice::Word(FormatWord::Annotate));
            }
            members.values().for_each(|member| formats(&member.node, choices));
        }
        NodeValue::Array(elements) => elements.iter().for_each(|element| formats(element, choices)),
        _ => {}
    }
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
    std::fs::write(path, text)
}

/// Every instance with the name of its schema in the registry, which is made where it has none.
fn cases(document: &Document, choices: &Choices, api: &mut Api) -> Vec<Value> {
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
    let examples = lower::examples(document, choices);
    for example in examples.list {
        // As it holds in general: the other judge knows no directions.
        let Some(schema) = example.schemas.first() else { continue };
        let (target, instance) = (examples.schemas.get(*schema).pointer.clone(), example.value);
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
