//! A mutated document and an overlay whose actions are made of its own parts.
#![no_main]

use libfuzzer_sys::fuzz_target;
use planchet::diagnostic::Report;
use planchet::document::{apply_overlay, parse_bytes};
use planchet_fuzz::{Script, documents};
use serde_json::json;

// What is mutated is read beforehand: no input is to blame for the time.
fuzz_target!(init: { documents(); }, |bytes: &[u8]| {
    let mut script = Script::new(bytes);
    let document = script.document();
    // A part of another document: the whole of it in each of its schemas would be nothing but large.
    let other = script.document();
    let parts = [&other["info"], &other["paths"]["/pets"], &other["components"]["schemas"]["Pet"], &other["tags"]];
    let update = parts.into_iter().find(|part| !part.is_null()).unwrap_or(&serde_json::Value::Null);
    let paths = ["$", "$.paths", "$.paths.*", "$..schema", "$.components.schemas[?@.type=='object']", "$..[0]", "$.x[", ""];
    let actions: Vec<_> = paths
        .iter()
        .enumerate()
        .map(|(index, path)| {
            if index % 3 == 2 { json!({ "target": path, "remove": true }) } else { json!({ "target": path, "update": update }) }
        })
        .collect();
    let overlay = json!({ "overlay": "1.0.0", "info": { "title": "", "version": "" }, "actions": actions });
    let mut report = Report::default();
    let node = |value: &serde_json::Value, report: &mut Report| parse_bytes("x.json", value.to_string().into_bytes(), report);
    if let (Some(mut root), Some(overlay)) = (node(&document, &mut report), node(&overlay, &mut report)) {
        apply_overlay(&mut root, &overlay, &mut report);
    }
    let _ = report.render();
});
