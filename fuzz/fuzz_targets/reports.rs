//! Any schema, leading to itself, and any instance: the verdict is the report's, a report is bounded in bytes, and what it says is there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{check, parse_bytes};
use planchet::lint;
use planchet_fuzz::Recursive;
use serde_json::json;

/// The longest report, in bytes of text, besides what the instance itself is long.
const MOST: usize = 4 << 20;

fuzz_target!(|bytes: &[u8]| {
    let mut made = Recursive::new(bytes);
    let (schemas, instance) = (made.schemas(), made.instance());
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "", "version": "" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let mut report = Report::default();
    let root = parse_bytes("x.json", document.to_string().into_bytes(), &mut report);
    let Some(document) = root.and_then(|root| check(root, &mut report)) else { return };
    let api = planchet::lower::lower(&document, &Choices::default(), &mut report);
    let Some(component) = api.components.first() else { return };
    let length = instance.to_string().len();
    if let Err(found) = lint::check(&api.schemas, component.schema, &instance) {
        assert!(found.len() > 0, "a report of nothing");
        let shown = found.to_string().len() + serde_json::to_string(&found).map_or(0, |text| text.len());
        assert!(shown <= MOST + 256 * length, "{shown} bytes of a report on {length}");
        for violation in &found {
            assert!(instance.pointer(&violation.pointer).is_some(), "{} leads nowhere", violation.pointer);
        }
    }
    assert_eq!(
        lint::check(&api.schemas, component.schema, &instance).is_ok(),
        lint::holds(&api.schemas, component.schema, &instance),
        "verdict and report differ"
    );
});
