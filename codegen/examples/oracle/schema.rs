//! A document as JSON Schema 2020-12: what 3.0 says otherwise is said as 2020-12 does.

use planchet::document::{Document, Version};
use serde_json::{Map, Value, json};

/// The document as JSON Schema 2020-12: what 3.0 says otherwise is said as 2020-12 does.
pub fn json_schema(document: &Document) -> Value {
    let mut root = document.root.to_json();
    unrepeated(&mut root);
    convert_patterns(&mut root);
    if document.version == Version::V3_0 {
        convert(&mut root, false);
    }
    root
}

/// Patterns as in a program, `/^[a-z]*$/i`, are read as meant, with a warning; the other judge takes the slashes for characters.
fn convert_patterns(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(convert_patterns),
        Value::Object(members) => {
            if let Some(Value::String(pattern)) = members.get_mut("pattern")
                && let Some((inner, flags)) = pattern.strip_prefix("/^").and_then(|rest| rest.rsplit_once("$/"))
                && matches!(flags, "" | "i")
            {
                *pattern = format!("{}^{inner}$", if flags == "i" { "(?i)" } else { "" });
            }
            members.values_mut().for_each(convert_patterns);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
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

/// Keywords that apply schemas in place.
const COMPOSITIONS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

/// `nullable: true` as it is meant: it adds null to what the schema says otherwise, whatever that is (`lower/nullable.rs`).
fn convert_nullable(schema: &mut Map<String, Value>) -> bool {
    // Not called `null`, which is a word of its own in `json!`.
    let only_null = json!({ "type": "null" });
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(branches)) = schema.get_mut(keyword) {
            branches.iter_mut().filter(|branch| is_bare(branch)).for_each(|branch| *branch = only_null.clone());
        }
    }
    let is_nullable = schema.get("nullable") == Some(&Value::Bool(true));
    let parts = |keyword: &str| schema.get(keyword).and_then(Value::as_array).filter(|parts| !parts.is_empty());
    let composed = schema.get("$ref").is_some_and(Value::is_string) || COMPOSITIONS.iter().any(|k| parts(k).is_some());
    let by_part = parts("allOf").is_some_and(|parts| parts.iter().any(is_bare) && !parts.iter().all(is_bare));
    if composed && (is_nullable || by_part) {
        let mut rest = std::mem::take(schema);
        rest.remove("nullable");
        if let Some(Value::Array(parts)) = rest.get_mut("allOf") {
            parts.retain(|part| !is_bare(part));
        }
        schema.insert("anyOf".to_owned(), json!([rest, only_null]));
        return true;
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum").filter(|_| is_nullable)
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    false
}

/// Whether a schema says `nullable: true`, and nothing that an instance could break.
fn is_bare(schema: &Value) -> bool {
    let silent = [
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
    schema.get("nullable") == Some(&Value::Bool(true))
        && schema
            .as_object()
            .is_some_and(|m| m.keys().all(|key| silent.contains(&key.as_str()) || key.starts_with("x-")))
}

/// What says nothing in Planchet, with a warning, and is no JSON Schema.
fn remove_ignored(schema: &mut Map<String, Value>) {
    const TYPES: [&str; 8] = ["string", "number", "integer", "boolean", "array", "object", "null", "file"];
    schema.retain(|keyword, value| match keyword.as_str() {
        "enum" | "allOf" | "anyOf" | "oneOf" => value.as_array().is_some_and(|list| !list.is_empty()),
        "type" => value.as_str().is_none_or(|name| TYPES.contains(&name.to_ascii_lowercase().as_str())),
        "maxLength" | "minLength" | "maxItems" | "minItems" | "maxProperties" | "minProperties" => value.is_u64(),
        "multipleOf" => value.as_f64().is_some_and(|number| number > 0.0),
        _ => true,
    });
}

fn convert_keywords(schema: &mut Map<String, Value>) {
    remove_ignored(schema);
    if convert_nullable(schema) {
        // The rest of it is converted where it stands now.
        return;
    }
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

/// A name that `required` lists twice is required once; the other judge counts.
fn unrepeated(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(unrepeated),
        Value::Object(members) => {
            if let Some(Value::Array(names)) = members.get_mut("required") {
                let mut seen: Vec<Value> = Vec::new();
                names.retain(|name| {
                    let new = !seen.contains(name);
                    seen.push(name.clone());
                    new
                });
            }
            members.values_mut().for_each(unrepeated);
        }
        _ => {}
    }
}
