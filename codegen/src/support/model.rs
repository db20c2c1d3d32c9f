//! What every emitted model calls: decoding with a full report, encoding, building.

use std::borrow::Cow;

use super::{Decode, Fault, Instance, Limits, Reader, Rule, Rules, Violation, Violations, check};

/// Reads a value from JSON and checks it.
///
/// A valid text costs one pass. Only where something is wrong is the text read a second time, as a `serde_json::Value`, so
/// that the report is complete and in the order of the document.
///
/// # Errors
/// Everything wrong: syntax, wrong types, missing, undeclared and repeated members, broken rules.
pub fn from_json<T: Decode + Instance>(json: &[u8], rules: &Rules) -> Result<T, Violations> {
    from_json_within(json, rules, &Limits::default())
}

/// As [`from_json`], of a text that the caller does not trust to be of reasonable size.
///
/// # Errors
/// As [`from_json`]; where the text is beyond the limits, that alone.
pub fn from_json_within<T: Decode + Instance>(json: &[u8], rules: &Rules, limits: &Limits) -> Result<T, Violations> {
    if json.len() > limits.bytes {
        let rule = Rule::Size { limit: limits.bytes as u64, actual: json.len() as u64 };
        return Err(Violations::one(Violation { pointer: String::new(), rule, schema: rules.schema }));
    }
    let mut reader = Reader::strict(json).within(limits.depth);
    let decoded = T::decode(&mut reader).and_then(|value| reader.end().map(|()| value));
    checked(decoded, json, rules, limits.depth)
}

/// What was decoded of a text, once it is checked; else everything wrong with the text.
pub(super) fn checked<T: Instance>(
    decoded: Result<T, Fault>,
    json: &[u8],
    rules: &Rules,
    depth: usize,
) -> Result<T, Violations> {
    match decoded {
        Ok(value) if value.holds(rules) => Ok(value),
        Ok(value) => match (report(json, rules, depth), check(value.view(), rules)) {
            (Some(violations), _) | (None, Err(violations)) => Err(violations),
            (None, Ok(())) => Ok(value),
        },
        // Where the rules have nothing against it, the model is what cannot hold it.
        Err(fault) => {
            Err(report(json, rules, depth).unwrap_or_else(|| Violations::one(unreadable(&fault, rules, depth))))
        }
    }
}

/// Everything wrong with a text, `None` where nothing is.
fn report(json: &[u8], rules: &Rules, depth: usize) -> Option<Violations> {
    let mut reader = Reader::lenient(json).within(depth);
    let mut repeated = Vec::new();
    let tree = match reader.tree(&mut repeated).and_then(|tree| reader.end().map(|()| tree)) {
        Ok(tree) => tree,
        Err(fault) => return Some(Violations::one(unreadable(&fault, rules, depth))),
    };
    let duplicates = repeated
        .into_iter()
        .map(|pointer| Violation { pointer, rule: Rule::DuplicateMember, schema: rules.schema })
        .collect();
    match (Violations::from_list(duplicates), check(tree.view(), rules)) {
        (None, Ok(())) => None,
        (Some(duplicates), Ok(())) => Some(duplicates),
        (None, Err(broken)) => Some(broken),
        (Some(duplicates), Err(broken)) => Some(duplicates.and(broken)),
    }
}

/// Why a text cannot be decoded.
pub(super) fn unreadable(fault: &Fault, rules: &Rules, depth: usize) -> Violation {
    let rule = match fault.syntax_offset() {
        Some(offset) => Rule::Syntax { offset },
        None if fault.is_depth() => Rule::Depth { limit: depth },
        None => Rule::Representation,
    };
    Violation { pointer: fault.pointer(), rule, schema: rules.schema }
}

/// Reads what a server sent: unknown members are skipped, unknown enum values and union branches kept.
///
/// # Errors
/// Where the text is not JSON, or not of the model's types.
pub fn from_json_lenient<T: Decode>(json: &[u8]) -> Result<T, Fault> {
    let mut reader = Reader::lenient(json);
    let value = T::decode(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Writes a value as JSON.
///
/// # Errors
/// Where a number is infinite or no number, which JSON cannot write.
pub fn to_json<T: Instance>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&value.view())
}

/// The value of a builder's slot that must have been filled.
///
/// # Errors
/// Where it was not.
pub fn built<T>(slot: Option<T>, name: &'static str) -> Result<T, Violations> {
    slot.ok_or_else(|| {
        Violations::one(Violation {
            pointer: String::new(),
            rule: Rule::Required { name: Cow::Borrowed(name) },
            schema: "",
        })
    })
}

/// The default that the document states, as JSON; `None` where the type cannot hold it.
#[must_use]
pub fn stated_default<T: Decode>(json: &str) -> Option<T> {
    from_json_lenient(json.as_bytes()).ok()
}

/// `Deserialize` over the lenient reader, whatever serde's format is. [`from_json`] is the faster way from JSON.
///
/// # Errors
/// Where the value is not of the model's types.
pub fn deserialize<'de, T: Decode, D: serde::Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    use serde::de::Error as _;
    let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
    let json = serde_json::to_vec(&value).map_err(D::Error::custom)?;
    from_json_lenient(&json).map_err(D::Error::custom)
}
