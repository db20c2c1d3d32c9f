//! All violations of a value, each with its place, and none with a value of the instance.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Rule, shown};

/// Everything wrong with a value, in the order of the document; never empty.
#[derive(Clone, PartialEq)]
pub struct Violations {
    list: Vec<Violation>,
    truncated: bool,
}

impl Violations {
    /// Maximum number of violations that are reported.
    pub const CAP: usize = 100;

    /// One violation alone.
    #[must_use]
    pub fn one(violation: Violation) -> Self {
        Self {
            list: vec![violation],
            truncated: false,
        }
    }

    /// A list; `None` where it is empty.
    #[must_use]
    pub fn from_list(mut list: Vec<Violation>) -> Option<Self> {
        let truncated = list.len() > Self::CAP;
        list.truncate(Self::CAP);
        (!list.is_empty()).then_some(Self { list, truncated })
    }

    /// The same, with a mark where more was found than is reported.
    pub(super) fn shortened(mut self, cut: bool) -> Self {
        self.truncated |= cut;
        self
    }

    /// How many are reported.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether more was found than is reported: more violations than [`Violations::CAP`], or more than a report has room for, at the top
    /// level or within the branches of unions.
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// The violations.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// The same violations under a place: `/cvv` under `/card` is `/card/cvv`.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        for violation in &mut self.list {
            violation.pointer.insert_str(0, prefix);
        }
        self
    }

    /// Both lists, one behind the other.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.truncated |= other.truncated || self.list.len() + other.list.len() > Self::CAP;
        self.list.extend(other.list);
        self.list.truncate(Self::CAP);
        self
    }

    /// Problem details (RFC 9457), ready to be sent as `application/problem+json` with status 400.
    #[must_use]
    pub fn problem(&self) -> serde_json::Value {
        let errors: Vec<serde_json::Value> = self
            .list
            .iter()
            .map(|violation| {
                serde_json::json!({
                    "pointer": format!("#{}", violation.pointer),
                    "rule": violation.rule.name(),
                    "detail": violation.rule.to_string(),
                })
            })
            .collect();
        serde_json::json!({
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": format!("{} violation(s) of the contract", self.list.len()),
            "errors": errors,
        })
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            write!(f, "{}{violation}", if index == 0 { "" } else { "\n" })?;
        }
        if self.truncated {
            f.write_str("\n… and more")
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.list).finish()
    }
}

impl std::error::Error for Violations {}

impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(self.list.len()))?;
        for violation in &self.list {
            sequence.serialize_element(violation)?;
        }
        sequence.end()
    }
}

/// One broken rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// JSON Pointer into the value, exact; `Display` shows it with controls escaped. A missing member is reported at the
    /// object that lacks it.
    pub pointer: String,
    /// The rule.
    pub rule: Rule,
    /// JSON Pointer of the schema in the document.
    pub schema: &'static str,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "(root)"
        } else {
            &self.pointer
        };
        write!(f, "{}: {}", shown(place), self.rule)
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("pointer", &self.pointer)?;
        map.serialize_entry("rule", self.rule.name())?;
        map.serialize_entry("schema", self.schema)?;
        map.serialize_entry("detail", &self.rule.to_string())?;
        for (name, value) in self.rule.parameters() {
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}
