//! A document that has given names in every position, and what a reader without a compiler can say of the crate that comes of it.
//!
//! The test `hostile_names` compiles such a crate; the fuzz target `names` makes many and looks at them alone: files, scopes, and what the
//! emitted code means by its own names.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use planchet::api::Api;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{self, parse_bytes};
use planchet::emit::package::layout::crate_files;
use planchet::lower::lower;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
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
                "properties": { name: { "type": "string", "minLength": 1 }, "kind": { "enum": [name, "zq b"] } },
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
                    "properties": { "kind": { "type": "string", "enum": [name] }, format!("zq p{at}"): { "type": "string" } },
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
            }),
        );
        // Apart from the path above, as a method has an argument for each part of its path.
        paths.insert(
            format!("/zq/media/{index}"),
            json!({
                "put": { "operationId": format!("zq put {index}"), "requestBody": { "content": chunk.iter().map(media).collect::<Map<_, _>>() },
                    "responses": {} },
                "delete": { "operationId": format!("zq delete {index}"), "responses": {
                    "200": { "description": "", "content": chunk.iter().map(media).collect::<Map<_, _>>() },
                } },
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
    constructs(&mut schemas, &mut paths);
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

/// What makes emitted code use names that the rest of the document does not: shapes, keywords, parameters of models.
fn constructs(schemas: &mut Map<String, Value>, paths: &mut Map<String, Value>) {
    let node = json!({ "$ref": "#/components/schemas/zq%20node" });
    schemas.insert(
        "zq node".to_owned(),
        json!({
            "type": "object",
            "required": ["zq id", "zq null"],
            "properties": {
                "zq id": { "type": "string", "format": "uuid" },
                "zq day": { "type": "string", "format": "date" },
                "zq bytes": { "type": "string", "format": "byte" },
                "zq null": { "type": ["string", "null"], "pattern": "^(a|b)+$" },
                "zq state": { "type": ["integer", "null"], "minimum": 0, "multipleOf": 5 },
                "zq most": { "type": "integer", "maximum": 18_446_744_073_709_551_615_u64 },
                "zq share": { "type": "number", "exclusiveMaximum": 0.25, "multipleOf": 0.01 },
                "zq flag": { "type": "boolean", "default": true },
                "zq any": {},
                "zq secret": { "type": "string", "format": "password", "minLength": 3 },
                "zq next": node,
                "zq all": { "type": "array", "items": node, "minItems": 1, "uniqueItems": true, "contains": { "required": ["zq id"] } },
                "zq map": { "type": "object", "additionalProperties": node, "propertyNames": { "maxLength": 9 }, "minProperties": 1 },
                "zq tuple": { "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }], "items": false },
                "zq merged": { "anyOf": [
                    { "type": "object", "properties": { "zq a": { "type": "string" } }, "required": ["zq a"] },
                    { "type": "object", "properties": { "zq b": { "type": "integer" } }, "required": ["zq b"] },
                ] },
                "zq either": { "oneOf": [{ "type": "string" }, { "type": "integer" }, { "type": "array", "items": { "type": "boolean" } }] },
                "zq if": { "type": "object", "if": { "required": ["zq a"] }, "then": { "required": ["zq b"] }, "not": { "required": ["zq c"] } },
                "zq patterns": { "type": "object", "patternProperties": { "^zq": { "type": "integer" } }, "additionalProperties": false },
                "zq depends": { "type": "object", "dependentSchemas": { "zq a": { "required": ["zq b"] } }, "dependentRequired": { "zq c": ["zq a"] } },
                "zq file": { "type": "string", "format": "binary" },
            },
        }),
    );
    let parameter = |name: &str, place: &str, schema: Value| json!({ "name": name, "in": place, "required": true, "schema": schema });
    let many = json!({ "type": "array", "items": { "type": "integer", "maximum": 5 } });
    let form = json!({ "required": true, "content": { "multipart/form-data": { "schema": node } } });
    let answer = json!({ "description": "", "content": { "application/json": { "schema": node } } });
    paths.insert(
        "/zq/all/{zq id}/{zq many}".to_owned(),
        json!({
            "parameters": [
                parameter("zq id", "path", json!({ "type": "string", "format": "uuid" })),
                parameter("zq many", "path", many.clone()),
                parameter("zq one", "query", node.clone()),
                parameter("zq days", "query", many),
            ],
            "post": { "operationId": "zq send", "requestBody": form, "responses": { "200": answer, "201": { "description": "" }, "404": answer } },
            "put": { "operationId": "zq text", "requestBody": body("text/plain", &json!({ "type": "string", "minLength": 2 })), "responses": { "200": answer } },
            "patch": { "operationId": "zq patch", "requestBody": body("application/json", &json!({ "type": "array", "items": node })), "responses": { "default": answer } },
        }),
    );
    schemas.insert("zq list".to_owned(), json!({ "type": "array", "items": node }));
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
    let Some(document) = root.and_then(|root| document::check(root, &mut report)) else { return Err(report.render()) };
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

/// What a reader without a compiler can say of a crate: files that no system takes, or that are one file on some; files that are no Rust;
/// two things of one name in one scope; a name of the document where the emitted code means something else by it.
pub fn problems(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let mut members = BTreeMap::new();
    for (path, text) in files {
        if !is_sound(path) || !seen.insert(path.to_lowercase()) {
            found.push(format!("{path}: no file everywhere"));
        }
        if !path.ends_with(".rs") || path.contains("/support/") {
            continue;
        }
        let Ok(file) = syn::parse_file(text) else {
            found.push(format!("{path}: no Rust"));
            continue;
        };
        let scope = Scope::of(&file);
        found.extend(scope.twice.iter().map(|name| format!("{path}: {name} twice")));
        if let Some(own) = emitted().get(&kind(path)) {
            for (space, name) in scope.items.difference(&own.items) {
                let is_meant = match space {
                    Space::Type => own.types.contains(name),
                    Space::Value => own.values.contains(name),
                };
                if is_meant {
                    found.push(format!("{path}: the {space:?} `{name}` is another one in emitted code"));
                }
            }
            for (method, name) in &scope.parameters {
                let is_ours = own.parameters.iter().any(|(_, own)| own == name);
                if own.locals.contains(name) && !is_ours {
                    found.push(format!("{path}: the parameter `{name}` of `{method}` is a local name"));
                }
            }
        }
        // Methods of one type may be in several files.
        let module = if path.contains("/client/") { "client" } else { path.as_str() };
        for (of, name) in scope.methods {
            if let Some(other) = members.insert((module.to_owned(), of.clone(), name.clone()), path) {
                found.push(format!("{path}: `{of}::{name}` is in {other} as well"));
            }
        }
    }
    found
}

/// Whether every system takes a file of this path.
fn is_sound(path: &str) -> bool {
    let stem = |step: &str| step.split('.').next().unwrap_or_default().to_lowercase();
    path.split('/').all(|step| {
        !step.is_empty()
            && !step.starts_with('.')
            && !step.ends_with('.')
            && step.len() < 128
            && step.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte))
            && !planchet::api::reserved::is_device(&stem(step))
    })
}

/// Files of one kind are made of the same code: `client/*.rs` are all one.
fn kind(path: &str) -> String {
    match path.rsplit_once("/client/") {
        Some((_, "mod.rs")) => "client/mod.rs".to_owned(),
        Some(_) => "client/*.rs".to_owned(),
        None => path.rsplit_once('/').map_or(path, |(_, file)| file).to_owned(),
    }
}

/// Namespaces of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    Type,
    Value,
}

/// What a file declares, and what its code means by names that stand alone or begin a path.
#[derive(Debug, Default)]
struct Scope {
    items: BTreeSet<(Space, String)>,
    /// Names of types and modules that are used.
    types: BTreeSet<String>,
    /// Names of functions, statics and constants that are used.
    values: BTreeSet<String>,
    /// Names within the bodies of the client's methods.
    locals: BTreeSet<String>,
    /// Parameters of the client's methods, each with its method.
    parameters: Vec<(String, String)>,
    /// Functions of types, each with its type.
    methods: Vec<(String, String)>,
    /// What is declared twice.
    twice: Vec<String>,
}

impl Scope {
    fn of(file: &syn::File) -> Self {
        let mut scope = Self::default();
        for item in &file.items {
            scope.item(item);
        }
        scope
    }

    fn declare(&mut self, space: Space, ident: &syn::Ident) {
        let name = plain_ident(ident);
        if !self.items.insert((space, name.clone())) {
            self.twice.push(format!("the {space:?} `{name}`"));
        }
    }

    fn unique<'i>(&mut self, what: &str, idents: impl Iterator<Item = &'i syn::Ident>) {
        let mut seen = BTreeSet::new();
        self.twice.extend(idents.filter(|ident| !seen.insert(*ident)).map(|ident| format!("{what} `{ident}`")));
    }

    fn item(&mut self, item: &syn::Item) {
        match item {
            syn::Item::Struct(item) => {
                self.declare(Space::Type, &item.ident);
                if !matches!(item.fields, syn::Fields::Named(_)) {
                    self.declare(Space::Value, &item.ident);
                }
                self.unique(
                    &format!("`{}`, field", item.ident),
                    item.fields.iter().filter_map(|field| field.ident.as_ref()),
                );
                item.fields.iter().for_each(|field| self.uses(field.ty.to_token_stream()));
            }
            syn::Item::Enum(item) => {
                self.declare(Space::Type, &item.ident);
                self.unique(&format!("`{}`, variant", item.ident), item.variants.iter().map(|variant| &variant.ident));
                let fields = item.variants.iter().flat_map(|variant| &variant.fields);
                fields.for_each(|field| self.uses(field.ty.to_token_stream()));
            }
            syn::Item::Type(item) => {
                self.declare(Space::Type, &item.ident);
                self.uses(item.ty.to_token_stream());
            }
            syn::Item::Mod(item) => self.declare(Space::Type, &item.ident),
            syn::Item::Static(item) => {
                self.declare(Space::Value, &item.ident);
                self.uses(item.ty.to_token_stream());
                self.uses(item.expr.to_token_stream());
            }
            syn::Item::Const(item) => {
                self.declare(Space::Value, &item.ident);
                self.uses(item.ty.to_token_stream());
                self.uses(item.expr.to_token_stream());
            }
            syn::Item::Fn(item) => {
                self.declare(Space::Value, &item.sig.ident);
                self.uses(item.sig.inputs.to_token_stream());
                self.uses(item.sig.output.to_token_stream());
                self.uses(item.block.to_token_stream());
            }
            syn::Item::Impl(item) => self.block(item),
            syn::Item::Use(item) => {
                if let syn::UseTree::Path(path) = &item.tree {
                    self.types.insert(plain_ident(&path.ident));
                }
                self.imported(&item.tree);
            }
            syn::Item::Macro(item) => self.uses(item.mac.to_token_stream()),
            other => self.uses(other.to_token_stream()),
        }
    }

    /// What is imported is of one namespace or of both; none of the document's may have its name.
    fn imported(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.imported(&path.tree),
            syn::UseTree::Name(name) => {
                self.declare(Space::Type, &name.ident);
                self.declare(Space::Value, &name.ident);
            }
            syn::UseTree::Rename(rename) if rename.rename != "_" => {
                self.declare(Space::Type, &rename.rename);
                self.declare(Space::Value, &rename.rename);
            }
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.imported(tree)),
            syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => {}
        }
    }

    fn block(&mut self, block: &syn::ItemImpl) {
        let of = block.self_ty.to_token_stream().to_string();
        let is_client = of == "Client";
        self.uses(block.self_ty.to_token_stream());
        if let Some((_, path, _)) = &block.trait_ {
            self.uses(path.to_token_stream());
        }
        for item in &block.items {
            let syn::ImplItem::Fn(method) = item else {
                self.uses(item.to_token_stream());
                continue;
            };
            let name = plain_ident(&method.sig.ident);
            let parameters: Vec<&syn::Ident> = method
                .sig
                .inputs
                .iter()
                .filter_map(|input| match input {
                    syn::FnArg::Typed(typed) => match &*typed.pat {
                        syn::Pat::Ident(pattern) => Some(&pattern.ident),
                        _ => None,
                    },
                    syn::FnArg::Receiver(_) => None,
                })
                .collect();
            self.unique(&format!("`{of}::{name}`, parameter"), parameters.iter().copied());
            if is_client {
                self.parameters.extend(parameters.iter().map(|ident| (name.clone(), plain_ident(ident))));
                let mut alone = Mentions::default();
                alone.read(method.block.to_token_stream());
                self.locals.extend(alone.alone.difference(&alone.of_blocks).cloned());
            }
            if block.trait_.is_none() {
                self.methods.push((of.clone(), name));
            }
            let inputs = method.sig.inputs.iter().map(|input| match input {
                syn::FnArg::Typed(typed) => typed.ty.to_token_stream(),
                syn::FnArg::Receiver(receiver) => receiver.to_token_stream(),
            });
            inputs.for_each(|tokens| self.uses(tokens));
            self.uses(method.sig.output.to_token_stream());
            self.uses(method.block.to_token_stream());
        }
    }

    fn uses(&mut self, tokens: TokenStream) {
        let mut mentions = Mentions::default();
        mentions.read(tokens);
        self.types.extend(mentions.heads.difference(&mentions.generics).cloned());
        mentions.alone.retain(|name| !mentions.generics.contains(name));
        let is_type = |name: &&String| {
            name.starts_with(char::is_uppercase) || planchet::api::reserved::PRIMITIVES.contains(&name.as_str())
        };
        self.types.extend(mentions.alone.iter().filter(is_type).cloned());
        self.values.extend(mentions.alone);
    }
}

/// Names in code that are neither after a dot nor within a path.
#[derive(Default)]
struct Mentions {
    /// Those that begin a path.
    heads: BTreeSet<String>,
    /// Those that stand alone, macros aside.
    alone: BTreeSet<String>,
    /// What closures, loops and conditions bind, which means nothing outside of them.
    of_blocks: BTreeSet<String>,
    /// Parameters of generic functions, which hide what is around them: `fn serialize<S: Serializer>`.
    generics: BTreeSet<String>,
}

impl Mentions {
    fn read(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let punct = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
            Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
            _ => None,
        };
        for (at, token) in tokens.iter().enumerate() {
            match token {
                // Attributes have namespaces of their own.
                TokenTree::Group(_) if punct(at.checked_sub(1)) == Some('#') => {}
                TokenTree::Group(group) => {
                    // What is bound for a block alone: `|(name, value)|`, `if let Some(value) =`, `for (name, value) in`.
                    let word = |at: Option<usize>| match at.and_then(|at| tokens.get(at)) {
                        Some(TokenTree::Ident(ident)) => ident.to_string(),
                        _ => String::new(),
                    };
                    let is_closure = punct(at.checked_sub(1)) == Some('|') && punct(Some(at + 1)) == Some('|');
                    let is_pattern = word(at.checked_sub(1)) == "for"
                        || (word(at.checked_sub(2)) == "let" && word(at.checked_sub(3)) == "if");
                    if is_closure || is_pattern {
                        let idents = group.stream().into_iter().filter_map(|token| match token {
                            TokenTree::Ident(ident) => Some(plain_ident(&ident)),
                            _ => None,
                        });
                        self.of_blocks.extend(idents);
                    }
                    self.read(group.stream());
                }
                TokenTree::Ident(ident) => {
                    let before = (punct(at.checked_sub(2)), punct(at.checked_sub(1)));
                    let is_within = match before {
                        // A range is no member.
                        (Some('.'), Some('.')) => false,
                        (_, Some('.' | '\'')) | (Some(':'), Some(':')) => true,
                        _ => false,
                    };
                    let after = (punct(Some(at + 1)), punct(Some(at + 2)));
                    if before.1 == Some('<') && after.0 == Some(':') && after.1 != Some(':') {
                        self.generics.insert(plain_ident(ident));
                    }
                    if before.1 == Some('|') && after.0 == Some('|') {
                        self.of_blocks.insert(plain_ident(ident));
                    }
                    match after {
                        _ if is_within => {}
                        (Some(':'), Some(':')) => drop(self.heads.insert(plain_ident(ident))),
                        (Some('!'), other) if other != Some('=') => {}
                        _ => drop(self.alone.insert(plain_ident(ident))),
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

fn plain_ident(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// By kind of file, what emitted code declares and means whatever the document says: read from the crate of a document whose names nothing
/// else has.
fn emitted() -> &'static BTreeMap<String, Scope> {
    static EMITTED: OnceLock<BTreeMap<String, Scope>> = OnceLock::new();
    EMITTED.get_or_init(|| {
        let files = probe();
        // The run-time code's macros are expanded where the models are.
        let macros: TokenStream =
            files.get("src/support/macros.rs").and_then(|text| text.parse().ok()).unwrap_or_default();
        let mut mentions = Mentions::default();
        mentions.read(macros);
        let mut scopes: BTreeMap<String, Scope> = BTreeMap::new();
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("/support/")) {
            let Ok(file) = syn::parse_file(text) else { continue };
            let Scope { mut items, mut types, mut values, mut locals, mut parameters, .. } = Scope::of(&file);
            let is_ours = |name: &String| !name.to_lowercase().contains("zq");
            items.retain(|(_, name)| is_ours(name));
            for names in [&mut types, &mut values, &mut locals] {
                names.retain(is_ours);
            }
            parameters.retain(|(_, name)| is_ours(name));
            if path.ends_with("/models.rs") {
                types.extend(mentions.heads.difference(&mentions.generics).cloned());
                let is_type =
                    |name: &&String| name.starts_with(char::is_uppercase) && !mentions.generics.contains(*name);
                types.extend(mentions.alone.iter().filter(is_type).cloned());
            }
            let scope = scopes.entry(kind(path)).or_default();
            scope.items.extend(items);
            scope.types.extend(types);
            scope.values.extend(values);
            scope.locals.extend(locals);
            scope.parameters.extend(parameters);
        }
        scopes
    })
}

/// Every name that emitted code means something by, whatever the document says.
pub fn meant() -> BTreeSet<String> {
    let scopes = emitted().values();
    scopes.flat_map(|scope| scope.types.iter().chain(&scope.values).chain(&scope.locals)).cloned().collect()
}

/// The crate of a document whose names nothing else has.
pub fn probe() -> BTreeMap<String, String> {
    let names = ["Zq".to_owned(), "Zq2".to_owned()];
    read(&document(&names, Extent::Whole)).map(|api| crate_files(&api, "zq-probe").unwrap()).unwrap_or_default()
}

/// Up to twelve names from the bytes of a fuzzer: those between bytes 255, which no text has. One that begins with 254 is a name of the
/// emitted code, by its number, in one of three cases.
fn names_of(bytes: &[u8]) -> Vec<String> {
    static KNOWN: OnceLock<Vec<String>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| identifiers(&probe()).into_iter().collect());
    let one = |piece: &[u8]| match piece {
        [254, high, low, rest @ ..] if !known.is_empty() => {
            let name = &known[(usize::from(*high) << 8 | usize::from(*low)) % known.len()];
            let name = match high / 64 {
                0 | 1 => name.clone(),
                2 => name.to_uppercase(),
                _ => name.replace('_', " "),
            };
            name + &String::from_utf8_lossy(rest)
        }
        piece => String::from_utf8_lossy(piece).into_owned(),
    };
    let names: BTreeSet<String> = bytes.split(|byte| *byte == 255).take(12).map(one).collect();
    names.into_iter().collect()
}

/// Makes a crate of names in every position, and looks for problems. What is refused has no crate.
pub fn check(bytes: &[u8]) {
    let names = names_of(bytes);
    let Ok(api) = read(&document(&names, Extent::Whole)) else { return };
    let found = problems(&crate_files(&api, "hostile-names").unwrap());
    assert!(found.is_empty(), "{names:?}: {found:#?}");
}
