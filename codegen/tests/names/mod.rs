//! A document that has given names in every position, and what a reader without a compiler can say of the crate that comes of it.
//!
//! The test `hostile_names` compiles such a crate; the fuzz target `names` makes many and looks at them alone.

use std::collections::{BTreeMap, BTreeSet};

use planchet::api::Api;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{check, parse_bytes};
use planchet::lower::lower;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Map, Value, json};

/// So many properties, parameters and parts at most in one place: a struct of thousands takes long to compile.
const TOGETHER: usize = 48;

/// How much of a document there is for each name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// An operation, a tag and a struct for each name.
    Whole,
    /// For every so many names only, where the crate is compiled: what is left out are repetitions of one scope.
    Every(usize),
}

/// A document with the names in every position that has one.
pub fn document(names: &[String], extent: Extent) -> Value {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    let mut security = Map::new();
    let mut webhooks = Map::new();
    let mut variables = Map::new();
    let text = json!({ "type": "string", "maxLength": 5 });
    for (index, name) in names.iter().enumerate() {
        let whole = match extent {
            Extent::Whole => true,
            Extent::Every(step) => index % step == 0,
        };
        let schema = if whole {
            json!({
                "type": "object",
                "required": [name],
                "properties": { name: { "type": "string", "minLength": 1 }, "kind": { "enum": [name, "b"] } },
            })
        } else {
            text.clone()
        };
        schemas.insert(name.clone(), schema);
        security.insert(name.clone(), scheme(index, name));
        variables.insert(name.clone(), json!({ "default": name, "enum": [name] }));
        let operation = json!({
            "operationId": name,
            "tags": [name],
            "security": [{ name: [] }],
            "responses": { "204": { "description": "" }, "4XX": { "description": "" } },
        });
        paths.insert(format!("/{index}"), json!({ "get": operation }));
        webhooks.insert(
            name.clone(),
            json!({ "post": { "requestBody": body("application/json", &text), "responses": {} } }),
        );
    }
    for (index, chunk) in names.chunks(TOGETHER).enumerate() {
        let constants: Vec<Value> = chunk.iter().map(|name| json!({ "title": plain(name), "const": name })).collect();
        schemas.insert(format!("zq constants {index}"), json!({ "oneOf": constants }));
        let properties: Map<String, Value> = chunk.iter().map(|name| (name.clone(), text.clone())).collect();
        let required: Vec<&String> = chunk.iter().step_by(2).collect();
        let object = json!({ "type": "object", "required": required, "properties": properties });
        let step = match extent {
            Extent::Whole => 1,
            Extent::Every(step) => step.div_ceil(4),
        };
        let branches: Vec<Value> = chunk
            .iter()
            .step_by(step)
            .enumerate()
            .map(|(at, name)| {
                json!({
                    "title": plain(name),
                    "type": "object",
                    "required": ["kind"],
                    "properties": { "kind": { "type": "string", "enum": [name] }, format!("p{at}"): { "type": "string" } },
                })
            })
            .collect();
        schemas.insert(format!("zq holder {index}"), object.clone());
        schemas.insert(format!("zq values {index}"), json!({ "type": "string", "enum": chunk }));
        schemas.insert(format!("zq union {index}"), json!({ "oneOf": branches }));
        schemas.insert(format!("zq tagged {index}"), tagged(chunk, index));
        schemas.insert(
            format!("zq one {index}"),
            json!({ "type": "object", "properties": { "kind": { "type": "string" } } }),
        );
        let mut path = format!("/zq{index}");
        let mut parameters = Vec::new();
        for name in chunk {
            for place in ["query", "header", "cookie"] {
                parameters.push(json!({ "name": name, "in": place, "schema": text }));
            }
            if !name.is_empty() && !name.contains(['{', '}', '/', '?', '#']) {
                path.push_str(&format!("/{{{name}}}"));
                parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": text }));
            }
        }
        let media = |name: &String| {
            (format!("application/{name}"), json!({ "schema": { "type": "string", "format": "binary" } }))
        };
        let headers: Map<String, Value> = chunk.iter().map(|name| (name.clone(), json!({ "schema": text }))).collect();
        let encoding: Map<String, Value> =
            chunk.iter().map(|name| (name.clone(), json!({ "contentType": format!("text/{name}") }))).collect();
        let of_union = json!({ "$ref": format!("#/components/schemas/zq union {index}").replace(' ', "%20") });
        let of_holder = json!({ "$ref": format!("#/components/schemas/zq holder {index}").replace(' ', "%20") });
        let callbacks: Map<String, Value> = chunk
            .iter()
            .map(|name| (name.clone(), json!({ "{$request.body#/url}": { "post": { "requestBody": body("application/json", &text), "responses": {} } } })))
            .collect();
        paths.insert(
            path,
            json!({
                "get": { "operationId": format!("zq get {index}"), "parameters": parameters, "responses": { "200": {
                    "description": "", "headers": headers, "content": { "application/json": { "schema": of_union } },
                } } },
                "put": { "operationId": format!("zq put {index}"), "requestBody": { "content": chunk.iter().map(media).collect::<Map<_, _>>() },
                    "responses": { "200": { "description": "", "content": chunk.iter().map(media).collect::<Map<_, _>>() } } },
            }),
        );
        let parts = json!({ "required": true, "content": { "multipart/form-data": { "schema": object, "encoding": encoding } } });
        let form = json!({ "content": { "application/x-www-form-urlencoded": { "schema": object } } });
        paths.insert(
            format!("/zq/forms/{index}"),
            json!({
                "post": { "operationId": format!("zq post {index}"), "requestBody": parts, "callbacks": callbacks, "responses": {} },
                "put": { "operationId": format!("zq form {index}"), "requestBody": form, "responses": {} },
                "patch": { "operationId": format!("zq patch {index}"), "requestBody": body("application/json", &of_holder), "responses": {} },
            }),
        );
    }
    let url = format!("https://zq.example/{}", names.iter().map(|name| format!("{{{name}}}")).collect::<String>());
    json!({
        "openapi": "3.1.0",
        "info": { "title": "zq", "version": "1" },
        "servers": [{ "url": url, "variables": variables }],
        "paths": paths,
        "webhooks": webhooks,
        "components": { "schemas": schemas, "securitySchemes": security },
    })
}

/// A name where it is a text as well, which is shown as the document has it: without what no comment may hold.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric() || c.is_ascii_graphic() && !"<>[]`*_\\".contains(*c)).collect()
}

fn body(media_type: &str, schema: &Value) -> Value {
    json!({ "required": true, "content": { media_type: { "schema": schema } } })
}

fn scheme(index: usize, name: &str) -> Value {
    match index % 4 {
        0 => json!({ "type": "apiKey", "in": "header", "name": name }),
        1 => json!({ "type": "apiKey", "in": "cookie", "name": name }),
        2 => json!({ "type": "http", "scheme": "basic" }),
        _ => json!({ "type": "http", "scheme": "bearer" }),
    }
}

/// A union whose discriminator's values are the names.
fn tagged(names: &[String], index: usize) -> Value {
    let one = format!("#/components/schemas/zq one {index}").replace(' ', "%20");
    let mapping: Map<String, Value> = names.iter().map(|name| (name.clone(), json!(one))).collect();
    let other = json!({ "type": "object", "required": ["zq"], "properties": { "zq": { "type": "integer" } } });
    json!({ "oneOf": [{ "$ref": one }, other], "discriminator": { "propertyName": "kind", "mapping": mapping } })
}

/// Reads and lowers a document; what was found in it otherwise.
pub fn read(document: &Value) -> Result<Api, String> {
    let mut report = Report::default();
    let root = parse_bytes("names.json", document.to_string().into_bytes(), &mut report);
    let Some(document) = root.and_then(|root| check(root, &mut report)) else { return Err(report.render()) };
    let api = lower(&document, &Choices::default(), &mut report);
    if report.has_errors() { Err(report.render()) } else { Ok(api) }
}

/// Every identifier of the files that are Rust, those in macros and attributes among them.
pub fn identifiers(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        match text.parse::<TokenStream>() {
            Ok(tokens) => collect(tokens, &mut found),
            Err(error) => drop(found.insert(format!("{path} cannot be lexed: {error}"))),
        }
    }
    found
}

fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string().trim_start_matches("r#").to_owned())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
