//! The ways in, one meaning: `check`, its verdict and its report, `from_json`, `validate`, and back to JSON.
//!
//! A part of programs that are compiled with emitted code, which they have as `crate::support`.

use serde_json::Value;

use crate::support::{self, Instance as _, Schema, View, Violation, Violations};

/// What an instance is to all ways.
pub enum Outcome {
    /// It follows the rules, and survives decoding and encoding.
    Valid,
    /// It follows the rules, and the model cannot hold it: a number beyond 64 bits, or a value that is no object where a schema with
    /// properties has no type.
    Beyond,
    /// It breaks rules.
    Invalid(Violations),
}

/// Has all ways judge an instance.
///
/// # Errors
/// What they disagree about.
pub fn judge(schema: &Schema, instance: &Value) -> Result<Outcome, String> {
    let (rules, json) = (schema.rules(), instance.to_string());
    let said = |found: &Result<(), Violations>| found.as_ref().err().map_or("valid".to_owned(), ToString::to_string);
    let ours = schema.check(instance);
    let (report, verdict) = (support::check(View::from(instance), rules), instance.holds(rules));
    if report != ours || verdict != ours.is_ok() || support::holds(View::from(instance), rules) != verdict {
        return Err(format!("check: {}\n  report: {}\n  verdict: {verdict}", said(&ours), said(&report)));
    }
    let decoded = schema.from_json(json.as_bytes()).map(|model| support::check(model.view(), rules));
    let typed = schema.validate(json.as_bytes());
    if let Err(found) = ours {
        if !decoded.as_ref().is_err_and(|said| alike(said, &found)) {
            let decoded = said(&decoded.map(|_| ()));
            return Err(format!("check: {found}\n  from_json: {decoded}"));
        }
        if typed.is_ok() {
            return Err(format!("check: {found}\n  validate: valid"));
        }
        return match found.iter().find(|violation| instance.pointer(&violation.pointer).is_none()) {
            Some(lost) => Err(format!("{lost}: the pointer leads nowhere")),
            None => Ok(Outcome::Invalid(found)),
        };
    }
    match decoded {
        Err(found) if found.iter().all(|violation| violation.rule.name() == "representation") => {
            return Ok(Outcome::Beyond);
        }
        Err(found) => return Err(format!("check: valid\n  from_json: {found}")),
        Ok(Err(found)) => return Err(format!("check: valid\n  report of the model: {found}")),
        Ok(Ok(())) if typed.is_err() => return Err(format!("check: valid\n  validate: {}", said(&typed))),
        Ok(Ok(())) => {}
    }
    let encoded = schema.reencode(json.as_bytes()).map_err(|found| format!("not encoded: {found}"))?;
    if encoded == json.as_bytes() {
        return Ok(Outcome::Valid);
    }
    match serde_json::from_slice(&encoded) {
        Ok(encoded) if same(&encoded, instance) => Ok(Outcome::Valid),
        _ => Err(format!("became {}", String::from_utf8_lossy(&encoded))),
    }
}

/// Whether two reports say the same. A text that is nested too deep is not read, so that the schema in the depth is not known.
fn alike(a: &Violations, b: &Violations) -> bool {
    let too_deep = |violation: &Violation| violation.rule.name() == "depth";
    a.len() == b.len()
        && a.iter().zip(b.iter()).all(|(a, b)| {
            a == b || (too_deep(a) && too_deep(b) && a.pointer == b.pointer)
        })
}

/// Equality of JSON values: numbers by value.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
