//! The same document makes the same bytes, and so does one whose keys are shuffled where order has no meaning.

use std::path::{Path, PathBuf};

use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::emit::package::layout::crate_files;
use planchet::pipeline::read_api;

fn openapi(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../openapi").join(name)
}

fn generate(document: &Path, overlays: &[PathBuf]) -> std::collections::BTreeMap<String, String> {
    let mut report = Report::default();
    let api = read_api(&Input { overlays, ..Input::new(document) }, &Choices::default(), &mut report);
    crate_files(&api.unwrap_or_else(|| panic!("{}", report.render())), "x").unwrap()
}

#[test]
fn twenty_generations_are_one() {
    for (document, overlay) in
        [("frontstream.json", "frontstream.overlay.yaml"), ("orchestra.yaml", "orchestra.overlay.yaml")]
    {
        let overlays = [openapi(overlay)];
        let first = generate(&openapi(document), &overlays);
        for _ in 1..20 {
            assert_eq!(generate(&openapi(document), &overlays), first);
        }
    }
}

/// Reverses the keys of every object of the document, except where their order is the order of what is emitted.
fn shuffled(value: &serde_json::Value, key: &str) -> serde_json::Value {
    match value {
        serde_json::Value::Object(members) => {
            let ordered = matches!(
                key,
                "paths"
                    | "properties"
                    | "schemas"
                    | "content"
                    | "responses"
                    | "securitySchemes"
                    | "examples"
                    | "example"
                    | "PATH"
            );
            let mut members: Vec<(String, serde_json::Value)> = members
                .iter()
                .map(|(name, value)| {
                    let context = if key == "paths" { "PATH" } else { name.as_str() };
                    (name.clone(), shuffled(value, context))
                })
                .collect();
            if !ordered {
                members.reverse();
            }
            serde_json::Value::Object(members.into_iter().collect())
        }
        serde_json::Value::Array(elements) => elements.iter().map(|element| shuffled(element, "")).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_order_of_keys_has_no_meaning() {
    let text = std::fs::read_to_string(openapi("frontstream.json")).unwrap();
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("frontstream.json");
    let reversed = serde_json::to_string_pretty(&shuffled(&value, "")).unwrap();
    assert_ne!(reversed, serde_json::to_string_pretty(&value).unwrap());
    std::fs::write(&path, reversed).unwrap();
    let overlays = [openapi("frontstream.overlay.yaml")];
    assert_eq!(generate(&path, &overlays), generate(&openapi("frontstream.json"), &overlays));
}
