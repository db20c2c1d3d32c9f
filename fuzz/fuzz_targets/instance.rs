//! Any bytes as an instance of every schema of both home APIs: what reads them agrees with serde_json about JSON, and all ways in agree
//! about the rules.
#![no_main]

use libfuzzer_sys::fuzz_target;
use planchet_payments::support::{Schema, Violations};
use planchet_payments::{frontstream, orchestra};
use serde_json::Value;

/// Whether a report is about the text, or about what a model can hold, of which a parsed value shows nothing.
fn is_of_text(violations: &Violations) -> bool {
    violations.iter().any(|found| ["duplicateMember", "representation", "depth"].contains(&found.rule.name()))
}

fn agree(schema: &Schema, bytes: &[u8], value: &Value) {
    let checked = schema.check(value);
    match schema.reencode(bytes) {
        Ok(encoded) => {
            assert!(checked.is_ok(), "{schema:?}: from_json accepts, check says {checked:?}");
            assert!(schema.validate(bytes).is_ok(), "{schema:?}: from_json accepts, validate does not");
            let again: Value = serde_json::from_slice(&encoded).unwrap();
            assert!(schema.check(&again).is_ok(), "{schema:?}: what is encoded is not valid");
        }
        Err(found) if is_of_text(&found) => {}
        Err(found) => {
            assert!(checked.is_err(), "{schema:?}: check accepts, from_json says {found:?}");
            for pointer in found.iter().map(|violation| &violation.pointer) {
                assert!(value.pointer(pointer).is_some(), "{schema:?}: {pointer} leads nowhere");
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let schemas = frontstream::registry::SCHEMAS.iter().chain(orchestra::registry::SCHEMAS);
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => schemas.for_each(|schema| agree(schema, bytes, &value)),
        // serde_json follows one level less than is followed here.
        Err(_) if bytes.iter().filter(|byte| matches!(byte, b'[' | b'{')).count() > 126 => {}
        Err(error) => {
            for schema in schemas {
                assert!(schema.from_json(bytes).is_err(), "{schema:?}: accepts what is no JSON: {error}");
            }
        }
    }
});
