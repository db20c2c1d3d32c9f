//! What is wrong with a value: all of it, each with its place, never with a value.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Decimal, Types};

/// Everything wrong with a value, in the order of the document; never empty.
#[derive(Clone, PartialEq)]
pub struct Violations {
    list: Vec<Violation>,
    truncated: bool,
}

impl Violations {
    /// As many violations are reported at most.
    pub const CAP: usize = 100;

    /// One violation alone.
    #[must_use]
    pub fn one(violation: Violation) -> Self {
        Self { list: vec![violation], truncated: false }
    }

    /// A list; `None` where it is empty.
    #[must_use]
    pub fn from_list(mut list: Vec<Violation>) -> Option<Self> {
        let truncated = list.len() > Self::CAP;
        list.truncate(Self::CAP);
        (!list.is_empty()).then_some(Self { list, truncated })
    }

    /// How many are reported.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there were more than [`Violations::CAP`].
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
        if self.truncated { f.write_str("\n… and more") } else { Ok(()) }
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
    /// JSON Pointer into the value. A missing member is reported at the object that lacks it.
    pub pointer: String,
    /// The rule.
    pub rule: Rule,
    /// JSON Pointer of the schema in the document.
    pub schema: &'static str,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "(root)" } else { &self.pointer };
        write!(f, "{place}: {}", self.rule)
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("pointer", &self.pointer)?;
        map.serialize_entry("rule", self.rule.name())?;
        map.serialize_entry("schema", self.schema)?;
        map.serialize_entry("detail", &self.rule.to_string())?;
        map.end()
    }
}

/// A rule with its limit and the actual measure. Never a value of the instance.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// `type`.
    Type {
        /// What is admitted.
        expected: Types,
        /// What is there.
        found: Types,
    },
    /// `required`.
    Required {
        /// The missing member.
        name: Cow<'static, str>,
    },
    /// `enum`.
    Enum {
        /// How many values the document lists.
        listed: usize,
    },
    /// `minLength`, in code points.
    MinLength {
        /// The least length.
        limit: u64,
        /// The actual length.
        actual: u64,
    },
    /// `maxLength`, in code points.
    MaxLength {
        /// The greatest length.
        limit: u64,
        /// The actual length.
        actual: u64,
    },
    /// `pattern`.
    Pattern {
        /// The pattern of the document.
        pattern: &'static str,
    },
    /// `format`.
    Format {
        /// The format's name.
        format: &'static str,
    },
    /// `minimum`, `exclusiveMinimum`, `maximum`, `exclusiveMaximum`, `multipleOf`.
    Bound {
        /// The keyword.
        keyword: &'static str,
        /// Its number.
        limit: Decimal,
    },
    /// `minItems`, `maxItems`, `minProperties`, `maxProperties`.
    Count {
        /// The keyword.
        keyword: &'static str,
        /// Its number.
        limit: u64,
        /// How many there are.
        actual: u64,
    },
    /// `uniqueItems`: the indices of two equal elements.
    UniqueItems {
        /// The first.
        first: usize,
        /// The second.
        second: usize,
    },
    /// `contains`.
    Contains {
        /// How many elements match.
        matched: u64,
        /// At least so many must.
        min: u64,
        /// At most so many may.
        max: Option<u64>,
    },
    /// `additionalProperties: false`.
    AdditionalProperties,
    /// `propertyNames`.
    PropertyNames,
    /// `unevaluatedProperties: false`, `unevaluatedItems: false`.
    Unevaluated {
        /// The keyword.
        keyword: &'static str,
    },
    /// `dependentRequired`: a member that another one demands.
    DependentRequired {
        /// The missing member.
        name: &'static str,
        /// The member that demands it.
        because_of: &'static str,
    },
    /// `anyOf`: no branch holds.
    AnyOf {
        /// What each branch found wrong.
        branches: Vec<Vec<Violation>>,
    },
    /// `oneOf`: not exactly one branch holds.
    OneOf {
        /// How many hold.
        matched: usize,
        /// What each branch found wrong.
        branches: Vec<Vec<Violation>>,
    },
    /// `not`.
    Not,
    /// `false` as a schema.
    Never,
    /// The text is not JSON.
    Syntax {
        /// Byte offset of the fault.
        offset: usize,
    },
    /// A member name occurs twice in one object.
    DuplicateMember,
    /// Nested deeper than is checked.
    Depth {
        /// The limit.
        limit: usize,
    },
    /// Legal by the rules, and beyond what the model can hold, such as an integer beyond 64 bits.
    Representation,
}

impl Rule {
    /// The rule's stable name: the keyword of JSON Schema where it has one.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Type { .. } => "type",
            Self::Required { .. } => "required",
            Self::Enum { .. } => "enum",
            Self::MinLength { .. } => "minLength",
            Self::MaxLength { .. } => "maxLength",
            Self::Pattern { .. } => "pattern",
            Self::Format { .. } => "format",
            Self::Bound { keyword, .. } | Self::Count { keyword, .. } | Self::Unevaluated { keyword } => keyword,
            Self::UniqueItems { .. } => "uniqueItems",
            Self::Contains { .. } => "contains",
            Self::AdditionalProperties => "additionalProperties",
            Self::PropertyNames => "propertyNames",
            Self::DependentRequired { .. } => "dependentRequired",
            Self::AnyOf { .. } => "anyOf",
            Self::OneOf { .. } => "oneOf",
            Self::Not => "not",
            Self::Never => "false",
            Self::Syntax { .. } => "syntax",
            Self::DuplicateMember => "duplicateMember",
            Self::Depth { .. } => "depth",
            Self::Representation => "representation",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { expected, found } => write!(f, "must be {expected}, found {found}"),
            Self::Required { name } => write!(f, "lacks the required member `{name}`"),
            Self::Enum { listed } => write!(f, "must be one of the {listed} listed values"),
            Self::MinLength { limit, actual } => write!(f, "must have at least {limit} characters, has {actual}"),
            Self::MaxLength { limit, actual } => write!(f, "must have at most {limit} characters, has {actual}"),
            Self::Pattern { pattern } => write!(f, "must match `{pattern}`"),
            Self::Format { format } => write!(f, "must be of the format `{format}`"),
            Self::Bound { keyword, limit } => match *keyword {
                "minimum" => write!(f, "must be at least {limit}"),
                "exclusiveMinimum" => write!(f, "must be above {limit}"),
                "maximum" => write!(f, "must be at most {limit}"),
                "exclusiveMaximum" => write!(f, "must be below {limit}"),
                _ => write!(f, "must be a multiple of {limit}"),
            },
            Self::Count { keyword, limit, actual } => {
                let least = if keyword.starts_with("min") { "at least" } else { "at most" };
                let what = if keyword.ends_with("Items") { "elements" } else { "members" };
                write!(f, "must have {least} {limit} {what}, has {actual}")
            }
            Self::UniqueItems { first, second } => {
                write!(f, "must not repeat: elements {first} and {second} are equal")
            }
            Self::Contains { matched, min, max } => match max {
                Some(max) => write!(f, "must contain {min} to {max} matching elements, contains {matched}"),
                None => write!(f, "must contain at least {min} matching elements, contains {matched}"),
            },
            Self::AdditionalProperties => f.write_str("is not a member that the document allows"),
            Self::Unevaluated { .. } => f.write_str("is nothing that some part of the document allows"),
            Self::PropertyNames => f.write_str("has a name that the document does not allow"),
            Self::DependentRequired { name, because_of } => {
                write!(f, "lacks the member `{name}`, which `{because_of}` demands")
            }
            Self::AnyOf { branches } => {
                f.write_str("fits none of the alternatives")?;
                write_branches(f, branches)
            }
            Self::OneOf { matched: 0, branches } => {
                f.write_str("fits none of the alternatives")?;
                write_branches(f, branches)
            }
            Self::OneOf { matched, .. } => write!(f, "must fit exactly one of the alternatives, fits {matched}"),
            Self::Not => f.write_str("fits what the document rules out"),
            Self::Never => f.write_str("is not allowed here"),
            Self::Syntax { offset } => write!(f, "is not JSON (byte {offset})"),
            Self::DuplicateMember => f.write_str("occurs more than once"),
            Self::Depth { limit } => write!(f, "is nested deeper than {limit} levels"),
            Self::Representation => f.write_str("is beyond what the model can hold"),
        }
    }
}

fn write_branches(f: &mut fmt::Formatter<'_>, branches: &[Vec<Violation>]) -> fmt::Result {
    for (index, branch) in branches.iter().enumerate() {
        if let Some(first) = branch.first() {
            write!(f, "; {}: {first}", index + 1)?;
        }
    }
    Ok(())
}
