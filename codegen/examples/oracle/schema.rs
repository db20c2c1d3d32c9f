//! A document as JSON Schema 2020-12: what 3.0 says otherwise is said as 2020-12 does.

use planchet::document::{Document, Version};
use serde_json::{Map, Value, json};

/// The document as JSON Schema 2020-12: what 3.0 says otherwise is said as 2020-12 does.
pub fn json_schema(document: &Document) -> Value {
    let mut root = document.root.to_json();
    unrepeated(&mut root);
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
