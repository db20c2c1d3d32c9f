//! A broken rule as data, and its text in English.

use std::borrow::Cow;
use std::fmt;

use super::{Decimal, Types, Violation, shown};

/// A rule with its limit and the actual measure. Never a value of the instance.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// `type`.
    Type {
        /// The allowed types.
        expected: Types,
        /// The actual type.
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
        /// The number that is there; `None` where it must not be shown: a secret's, or one of 13 digits and more, which may be a card's.
        actual: Option<Decimal>,
    },
    /// `minLength`, `maxLength`, `minItems`, `maxItems`, `minProperties`, `maxProperties`.
    Count {
        /// The keyword.
        keyword: &'static str,
        /// What is counted: `character` (a code point), `byte`, `element`, `member`.
        unit: &'static str,
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
        /// The minimum.
        min: u64,
        /// The maximum.
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
    /// `dependentRequired`: a member that another one requires.
    DependentRequired {
        /// The missing member.
        name: &'static str,
        /// The member that requires it.
        because_of: &'static str,
    },
    /// `anyOf`: no branch holds.
    AnyOf {
        /// The violations of each branch, up to five of each.
        branches: Vec<Vec<Violation>>,
        /// Whether some of them are left out, for the size of the report or because they are reported elsewhere in it.
        truncated: bool,
    },
    /// `oneOf`: not exactly one branch holds.
    OneOf {
        /// How many hold.
        matched: usize,
        /// The violations of each branch, up to five of each.
        branches: Vec<Vec<Violation>>,
        /// Whether some of them are left out, for the size of the report or because they are reported elsewhere in it.
        truncated: bool,
    },
    /// `not`.
    Not,
    /// `false` as a schema.
    Never,
    /// The text is longer than the caller reads ([`super::Limits`]).
    Size {
        /// The limit in bytes.
        limit: u64,
        /// The actual length in bytes.
        actual: u64,
    },
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
    /// Undecided: matching the pattern takes more steps than its budget.
    Undecided {
        /// The pattern of the document.
        pattern: &'static str,
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
            Self::Pattern { .. } => "pattern",
            Self::Format { .. } => "format",
            Self::Bound { keyword, .. }
            | Self::Count { keyword, .. }
            | Self::Unevaluated { keyword } => keyword,
            Self::UniqueItems { .. } => "uniqueItems",
            Self::Contains { .. } => "contains",
            Self::AdditionalProperties => "additionalProperties",
            Self::PropertyNames => "propertyNames",
            Self::DependentRequired { .. } => "dependentRequired",
            Self::AnyOf { .. } => "anyOf",
            Self::OneOf { .. } => "oneOf",
            Self::Not => "not",
            Self::Never => "false",
            Self::Size { .. } => "size",
            Self::Syntax { .. } => "syntax",
            Self::DuplicateMember => "duplicateMember",
            Self::Depth { .. } => "depth",
            Self::Undecided { .. } => "undecided",
            Self::Representation => "representation",
        }
    }

    /// The total length of the document's texts in it.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Required { name } => name.len(),
            Self::Pattern { pattern } | Self::Undecided { pattern } => pattern.len(),
            Self::Format { format } => format.len(),
            Self::DependentRequired { name, because_of } => name.len() + because_of.len(),
            Self::Type { .. }
            | Self::Enum { .. }
            | Self::Bound { .. }
            | Self::Count { .. }
            | Self::UniqueItems { .. }
            | Self::Contains { .. }
            | Self::AdditionalProperties
            | Self::PropertyNames
            | Self::Unevaluated { .. }
            | Self::AnyOf { .. }
            | Self::OneOf { .. }
            | Self::Not
            | Self::Never
            | Self::Size { .. }
            | Self::Syntax { .. }
            | Self::DuplicateMember
            | Self::Depth { .. }
            | Self::Representation => 0,
        }
    }

    /// The parameters of the rule by name: `limit`, `actual`, `pattern`, ... With [`Rule::name`] they suffice for a text in another
    /// language; [`std::fmt::Display`] is the English one.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, serde_json::Value)> {
        let number = |decimal: &Decimal| {
            decimal
                .to_string()
                .parse()
                .map_or(serde_json::Value::Null, serde_json::Value::Number)
        };
        match self {
            Self::Type { expected, found } => {
                vec![
                    ("expected", expected.to_string().into()),
                    ("found", found.to_string().into()),
                ]
            }
            Self::Required { name } => vec![("name", name.as_ref().into())],
            Self::Enum { listed } => vec![("listed", (*listed).into())],
            Self::Count { limit, actual, .. } | Self::Size { limit, actual } => {
                vec![("limit", (*limit).into()), ("actual", (*actual).into())]
            }
            Self::Pattern { pattern } | Self::Undecided { pattern } => {
                vec![("pattern", (*pattern).into())]
            }
            Self::Format { format } => vec![("format", (*format).into())],
            Self::Bound { limit, actual, .. } => {
                let actual = actual.as_ref().map(|actual| ("actual", number(actual)));
                std::iter::once(("limit", number(limit)))
                    .chain(actual)
                    .collect()
            }
            Self::UniqueItems { first, second } => {
                vec![("first", (*first).into()), ("second", (*second).into())]
            }
            Self::Contains { matched, min, max } => {
                vec![
                    ("matched", (*matched).into()),
                    ("min", (*min).into()),
                    ("max", (*max).into()),
                ]
            }
            Self::DependentRequired { name, because_of } => {
                vec![
                    ("name", (*name).into()),
                    ("becauseOf", (*because_of).into()),
                ]
            }
            Self::AnyOf {
                branches,
                truncated,
            } => {
                let truncated = truncated.then(|| ("truncated", true.into()));
                [("branches", listed(branches))]
                    .into_iter()
                    .chain(truncated)
                    .collect()
            }
            Self::OneOf {
                matched,
                branches,
                truncated,
            } => {
                let truncated = truncated.then(|| ("truncated", true.into()));
                [
                    ("matched", (*matched).into()),
                    ("branches", listed(branches)),
                ]
                .into_iter()
                .chain(truncated)
                .collect()
            }
            Self::Depth { limit } => vec![("limit", (*limit).into())],
            Self::Syntax { offset } => vec![("offset", (*offset).into())],
            Self::AdditionalProperties
            | Self::PropertyNames
            | Self::Unevaluated { .. }
            | Self::Not
            | Self::Never
            | Self::DuplicateMember
            | Self::Representation => Vec::new(),
        }
    }
}

/// The violations of each branch of a union, as data.
fn listed(branches: &[Vec<Violation>]) -> serde_json::Value {
    let branch = |branch: &Vec<Violation>| -> serde_json::Value {
        branch
            .iter()
            .map(|violation| serde_json::to_value(violation).unwrap_or_default())
            .collect()
    };
    branches.iter().map(branch).collect()
}

/// `1 character`, `2 characters`.
struct Counted(u64, &'static str);

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}{}",
            self.0,
            self.1,
            if self.0 == 1 { "" } else { "s" }
        )
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { expected, found } => write!(f, "must be {expected}, found {found}"),
            Self::Required { name } => write!(f, "lacks the required member `{}`", shown(name)),
            Self::Enum { listed } => write!(f, "must be one of the {listed} listed values"),
            Self::Pattern { pattern } => write!(f, "must match `{}`", shown(pattern)),
            Self::Format { format } => write!(f, "must be of the format `{}`", shown(format)),
            Self::Bound {
                keyword,
                limit,
                actual,
            } => {
                let demand = match *keyword {
                    "minimum" => "at least",
                    "exclusiveMinimum" => "above",
                    "maximum" => "at most",
                    "exclusiveMaximum" => "below",
                    _ => "a multiple of",
                };
                write!(f, "must be {demand} {limit}")?;
                actual.map_or(Ok(()), |actual| write!(f, ", is {actual}"))
            }
            Self::Count {
                keyword,
                unit,
                limit,
                actual,
            } => {
                let least = if keyword.starts_with("min") {
                    "at least"
                } else {
                    "at most"
                };
                write!(
                    f,
                    "must have {least} {}, has {actual}",
                    Counted(*limit, unit)
                )
            }
            Self::UniqueItems { first, second } => {
                write!(
                    f,
                    "must not repeat: elements {first} and {second} are equal"
                )
            }
            Self::Contains { matched, min, max } => match max {
                Some(max) => write!(
                    f,
                    "must contain {min} to {max} matching elements, contains {matched}"
                ),
                None => write!(
                    f,
                    "must contain at least {min} matching elements, contains {matched}"
                ),
            },
            Self::AdditionalProperties => f.write_str("is not a member that the document allows"),
            Self::Unevaluated { .. } => {
                f.write_str("is nothing that some part of the document allows")
            }
            Self::PropertyNames => f.write_str("has a name that the document does not allow"),
            Self::DependentRequired { name, because_of } => {
                write!(
                    f,
                    "lacks the member `{}`, which `{}` demands",
                    shown(name),
                    shown(because_of)
                )
            }
            Self::AnyOf {
                branches,
                truncated,
            }
            | Self::OneOf {
                matched: 0,
                branches,
                truncated,
            } => {
                f.write_str("fits none of the alternatives")?;
                write_branches(f, branches)?;
                f.write_str(if *truncated { "; … and more" } else { "" })
            }
            Self::OneOf { matched, .. } => write!(
                f,
                "must fit exactly one of the alternatives, fits {matched}"
            ),
            Self::Not => f.write_str("fits what the document rules out"),
            Self::Never => f.write_str("is not allowed here"),
            Self::Size { limit, actual } => {
                write!(
                    f,
                    "must take at most {}, takes {actual}",
                    Counted(*limit, "byte")
                )
            }
            Self::Syntax { offset } => write!(f, "is not JSON (byte {offset})"),
            Self::DuplicateMember => f.write_str("occurs more than once"),
            Self::Depth { limit } => write!(f, "is nested deeper than {limit} levels"),
            Self::Undecided { pattern } => {
                write!(
                    f,
                    "cannot be judged: to match `{}` takes too many steps",
                    shown(pattern)
                )
            }
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
