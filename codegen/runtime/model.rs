//! Functions that every emitted model calls: decoding with a full report, encoding, building.

use std::borrow::Cow;

use super::pattern::Reserve;
use super::reader::Duplicates;
use super::{Decode, Fault, Instance, Limits, Reader, Rule, Rules, Violation, Violations, check};

/// Reads a value from JSON and checks it.
///
/// A valid text takes one pass. Only an invalid one is read a second time, as a tree that borrows from it, so that the report is complete
/// and in document order.
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
pub fn from_json_within<T: Decode + Instance>(
    json: &[u8],
    rules: &Rules,
    limits: &Limits,
) -> Result<T, Violations> {
    Text {
        json,
        rules,
        limits,
    }
    .read(T::decode)
}

/// A text from which a model is read. Everything but decoding is compiled once, and not once for each model.
pub(super) struct Text<'a> {
    pub json: &'a [u8],
    pub rules: &'a Rules,
    pub limits: &'a Limits,
}

impl<'a> Text<'a> {
    /// Decodes and checks the text.
    pub fn read<T: Instance>(
        &self,
        decode: impl FnOnce(&mut Reader<'a>) -> Result<T, Fault>,
    ) -> Result<T, Violations> {
        let _shared = Reserve::open();
        let mut reader = self.reader();
        match decode(&mut reader) {
            Ok(value) => match self.wrong_with(&mut reader, &value) {
                None => Ok(value),
                Some(violations) => Err(violations),
            },
            Err(fault) => Err(self.refused(&reader, fault)),
        }
    }

    /// A reader of the text; of one that is too long, nothing can be read.
    fn reader(&self) -> Reader<'a> {
        let json = if self.json.len() > self.limits.bytes {
            &[]
        } else {
            self.json
        };
        Reader::strict(json).within(self.limits.depth)
    }

    /// Everything wrong with a text from which a value was decoded.
    fn wrong_with(&self, reader: &mut Reader<'_>, value: &dyn Instance) -> Option<Violations> {
        match reader.end() {
            Ok(()) if value.holds(self.rules) => None,
            Ok(()) => self
                .report(reader)
                .or_else(|| check(value.view(), self.rules).err()),
            Err(fault) => Some(self.refused(reader, fault)),
        }
    }

    /// Everything wrong with a text from which no value could be decoded. Where no rule is broken, the model cannot represent it.
    #[cold]
    fn refused(&self, reader: &Reader<'_>, fault: Fault) -> Violations {
        let (limit, actual) = (self.limits.bytes as u64, self.json.len() as u64);
        if actual > limit {
            let rule = Rule::Size { limit, actual };
            return Violations::one(Violation {
                pointer: String::new(),
                rule,
                schema: self.rules.schema,
            });
        }
        self.report(reader)
            .unwrap_or_else(|| Violations::one(unreadable(&fault, self.rules, self.limits.depth)))
    }

    /// Everything wrong with the text, which a reader has looked at; `None` where nothing is.
    #[cold]
    fn report(&self, reader: &Reader<'_>) -> Option<Violations> {
        let (rules, depth) = (self.rules, self.limits.depth);
        let mut reader = reader.afresh();
        let mut repeated = Duplicates::default();
        let tree = match reader
            .tree(&mut repeated)
            .and_then(|tree| reader.end().map(|()| tree))
        {
            Ok(tree) => tree,
            Err(fault) => return Some(Violations::one(unreadable(&fault, rules, depth))),
        };
        let Duplicates {
            pointers,
            truncated,
        } = repeated;
        let duplicates = pointers
            .into_iter()
            .map(|pointer| Violation {
                pointer,
                rule: Rule::DuplicateMember,
                schema: rules.schema,
            })
            .collect();
        let duplicates =
            Violations::from_list(duplicates).map(|violations| violations.shortened(truncated));
        match (duplicates, check(tree.view(), rules)) {
            (None, Ok(())) => None,
            (Some(duplicates), Ok(())) => Some(duplicates),
            (None, Err(broken)) => Some(broken),
            (Some(duplicates), Err(broken)) => Some(duplicates.and(broken)),
        }
    }
}

/// Why a text cannot be decoded.
pub(super) fn unreadable(fault: &Fault, rules: &Rules, depth: usize) -> Violation {
    let rule = match fault.syntax_offset() {
        Some(offset) => Rule::Syntax { offset },
        None if fault.is_depth() => Rule::Depth { limit: depth },
        None => Rule::Representation,
    };
    Violation {
        pointer: fault.pointer(),
        rule,
        schema: rules.schema,
    }
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

/// What a builder says of a required member that was not set. The rules say the same before, and of each member.
#[cold]
#[must_use]
pub fn unset(name: &'static str) -> Violations {
    let rule = Rule::Required {
        name: Cow::Borrowed(name),
    };
    Violations::one(Violation {
        pointer: String::new(),
        rule,
        schema: "",
    })
}

/// The default that the document states, as JSON; `None` where the type cannot represent it.
#[must_use]
pub fn stated_default<T: Decode>(json: &str) -> Option<T> {
    from_json_lenient(json.as_bytes()).ok()
}

/// `Deserialize` over the lenient reader, whatever serde's format is. [`from_json`] is the faster way from JSON.
///
/// # Errors
/// Where the value is not of the model's types.
pub fn deserialize<'de, T: Decode, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    use serde::de::Error as _;
    let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
    let json = serde_json::to_vec(&value).map_err(D::Error::custom)?;
    from_json_lenient(&json).map_err(D::Error::custom)
}
