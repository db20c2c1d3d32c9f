//! Structure-aware mutation: a document and a script of edits, from the bytes of a fuzzer.
//!
//! Bytes that a fuzzer makes are hardly ever JSON, and JSON is hardly ever OpenAPI. So the bytes choose a document and then
//! edits of its tree: each takes two places and an operation.

pub mod folders;
pub mod names;
mod recursive;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::{Value, json};

pub use recursive::Recursive;

/// Documents up to this size are mutated: speed finds more than size does.
const LARGEST: u64 = 60_000;

/// The documents that are mutated: this repository's, and the corpus beside it where it is there.
pub fn documents() -> &'static [Value] {
    static DOCUMENTS: OnceLock<Vec<Value>> = OnceLock::new();
    DOCUMENTS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut files = Vec::new();
        collect(&root.join("openapi"), &mut files);
        collect(&root.join("codegen/tests/fixtures"), &mut files);
        let shared = std::env::var_os("PLANCHET_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
        collect(&shared.join("corpus"), &mut files);
        files.sort();
        let parsed = files.iter().filter_map(|file| {
            let bytes = std::fs::read(file).ok()?;
            let name = file.to_string_lossy();
            let node = planchet::document::parse_bytes(&name, bytes, &mut planchet::diagnostic::Report::default())?;
            Some(node.to_json()).filter(|value| value.get("openapi").or_else(|| value.get("swagger")).is_some())
        });
        let documents: Vec<Value> = parsed.collect();
        if documents.is_empty() {
            vec![json!({ "openapi": "3.1.0", "info": { "title": "", "version": "" } })]
        } else {
            documents
        }
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if entry.metadata().is_ok_and(|metadata| metadata.len() <= LARGEST) {
            files.push(path);
        }
    }
}

/// The bytes of a fuzzer, taken one after the other; zeros at the end.
pub struct Script<'b>(&'b [u8]);

impl<'b> Script<'b> {
    /// A script of these bytes.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// Whether there is more.
    pub fn goes_on(&self) -> bool {
        !self.0.is_empty()
    }

    fn byte(&mut self) -> usize {
        let (first, rest) = self.0.split_first().map_or((0, self.0), |(first, rest)| (*first, rest));
        self.0 = rest;
        usize::from(first)
    }

    fn number(&mut self) -> usize {
        self.byte() << 8 | self.byte()
    }

    /// One of the documents, mutated.
    pub fn document(&mut self) -> Value {
        let documents = documents();
        let mut value = documents[self.number() % documents.len()].clone();
        for _ in 0..24 {
            if !self.goes_on() {
                break;
            }
            self.edit(&mut value);
        }
        value
    }

    fn edit(&mut self, root: &mut Value) {
        let mut pointers = Vec::new();
        places(root, String::new(), &mut pointers);
        let at = pointers[self.number() % pointers.len()].clone();
        let other = pointers[self.number() % pointers.len()].clone();
        let copied = root.pointer(&other).cloned().unwrap_or_default();
        let operation = self.byte();
        let interesting = self.byte();
        let Some(target) = root.pointer_mut(&at) else { return };
        match operation % 8 {
            0 => *target = copied,
            1 => *target = json!({ "$ref": format!("#{other}") }),
            2 => *target = interesting_value(interesting),
            3 => {
                if let Value::Object(members) = target {
                    let name = KEYWORDS[interesting % KEYWORDS.len()].to_owned();
                    members.insert(name, copied);
                }
            }
            4 => {
                if let Value::Object(members) = target {
                    let name = members.keys().nth(interesting % members.len().max(1)).cloned();
                    name.and_then(|name| members.shift_remove(&name));
                }
            }
            5 => {
                if let Value::Array(elements) = target {
                    elements.push(copied);
                }
            }
            6 => {
                if let Value::Object(members) = target
                    && let Some(name) = members.keys().nth(interesting % members.len().max(1)).cloned()
                    && let Some(value) = members.shift_remove(&name)
                {
                    members.insert(NAMES[interesting % NAMES.len()].to_owned(), value);
                }
            }
            _ => {
                if let Value::Object(members) = target {
                    let name = KEYWORDS[interesting % KEYWORDS.len()].to_owned();
                    members.insert(name, json!({ "$ref": format!("#{other}") }));
                }
            }
        }
    }
}

fn places(value: &Value, pointer: String, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                places(value, format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), out);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                places(value, format!("{pointer}/{index}"), out);
            }
        }
        _ => {}
    }
    out.push(pointer);
}

fn interesting_value(choice: usize) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(1e308),
        json!(""),
        json!("#"),
        json!("#/"),
        json!("#/components/schemas/Missing"),
        json!("other.yaml#/x"),
        json!("a{b}c{"),
        json!("(?=a)*["),
        json!("\u{1F4A9}"),
        json!([]),
        json!({}),
        json!([null, {}, []]),
        json!({ "": {} }),
    ];
    values[choice % values.len()].clone()
}

const KEYWORDS: &[&str] = &[
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "properties",
    "items",
    "additionalProperties",
    "required",
    "enum",
    "const",
    "type",
    "format",
    "pattern",
    "discriminator",
    "nullable",
    "readOnly",
    "default",
    "example",
    "if",
    "then",
    "else",
    "contains",
    "prefixItems",
    "patternProperties",
    "propertyNames",
    "dependentSchemas",
    "unevaluatedProperties",
    "$ref",
    "$id",
    "$anchor",
    "content",
    "schema",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "webhooks",
    "components",
    "security",
    "servers",
    "x-sensitive",
    "minimum",
    "maxLength",
    "multipleOf",
];

const NAMES: &[&str] =
    &["", "self", "Self", "_", "type", "+1", "-1", "a b", "A", "a", "{x}", "/", "~", "%25", "\u{e9}", "200"];
