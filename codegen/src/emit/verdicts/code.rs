//! Conditions as code, simplified while they are put together.

use crate::api::SchemaId;

/// How far a schema is below that of the function in which it is written out: `support::json::Depth`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct At {
    /// Into the instance.
    pub levels: u32,
    /// Through schemas.
    pub steps: u32,
}

impl At {
    /// Of a member or an element of the value.
    pub fn inside(self) -> Self {
        Self { levels: self.levels + 1, steps: self.steps + 1 }
    }

    /// Of the same value, by a part of the schema.
    pub fn same(self) -> Self {
        Self { steps: self.steps + 1, ..self }
    }

    /// So much further.
    pub fn and(self, other: Self) -> Self {
        Self { levels: self.levels + other.levels, steps: self.steps + other.steps }
    }

    /// The further one of each.
    pub fn max(self, other: Self) -> Self {
        Self { levels: self.levels.max(other.levels), steps: self.steps.max(other.steps) }
    }
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// `true`.
    Always,
    /// `false`.
    Never,
    /// An expression of one line that needs no parentheses.
    Leaf(String),
    /// Whether `value` follows the rules of a schema that has a function.
    Call(SchemaId, At),
    /// The same, by the tables.
    Tables(SchemaId, At),
    /// Whether `text` is one of these literals.
    Listed(Vec<String>),
    /// `a && b`.
    All(Vec<Code>),
    /// `a || b`.
    Any(Vec<Code>),
    /// `!a`.
    Not(Box<Code>),
    /// `match on { pattern => a, _ => b }`.
    Match {
        /// What is matched.
        on: String,
        /// Patterns and what follows.
        arms: Vec<(Vec<String>, Code)>,
    },
    /// `if a { b } else { c }`.
    If(Box<[Code; 3]>),
    /// `open a, b close`: a call, with closures or with a list.
    Within {
        /// What comes before.
        open: String,
        /// The conditions.
        items: Vec<Code>,
        /// What comes after.
        close: String,
    },
    /// `{ statements; result }`.
    Block {
        /// Texts before conditions, `let name = ` or a whole statement.
        statements: Vec<(String, Option<Code>)>,
        /// What it comes to.
        result: Box<Code>,
    },
}

impl Code {
    /// Text as a condition.
    pub fn leaf(text: impl Into<String>) -> Self {
        Self::Leaf(text.into())
    }

    /// All of them.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::Always => {}
                Self::Never => return Self::Never,
                Self::All(parts) => all.extend(parts),
                part => all.push(part),
            }
        }
        match all.len() {
            0 => Self::Always,
            1 => all.remove(0),
            _ => Self::hoisted(all),
        }
    }

    /// All of them, with the statements of the one block that is among them before all.
    fn hoisted(mut parts: Vec<Self>) -> Self {
        let mut blocks = parts.iter_mut().filter(|part| matches!(part, Self::Block { .. }));
        let (Some(block), None) = (blocks.next(), blocks.next()) else { return Self::All(parts) };
        match std::mem::replace(block, Self::Always) {
            Self::Block { statements, result } => {
                *block = *result;
                Self::Block { statements, result: Box::new(Self::all(parts)) }
            }
            other => other,
        }
    }

    /// One of them at least.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::Never => {}
                Self::Always => return Self::Always,
                Self::Any(parts) => any.extend(parts),
                part => any.push(part),
            }
        }
        match any.len() {
            0 => Self::Never,
            1 => any.remove(0),
            _ => Self::Any(any),
        }
    }

    /// One of them, and no other.
    pub fn one(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut parts: Vec<Self> = parts.into_iter().filter(|part| *part != Self::Never).collect();
        match parts.len() {
            0 => Self::Never,
            1 => parts.remove(0),
            _ => Self::Within { open: "json::is_one(&[".to_owned(), items: parts, close: "])".to_owned() },
        }
    }

    /// `then` where a condition holds, else `otherwise`.
    pub fn either(condition: Self, then: Self, otherwise: Self) -> Self {
        match (condition, then, otherwise) {
            (Self::Always, code, _) | (Self::Never, _, code) => code,
            (_, Self::Always, Self::Always) => Self::Always,
            (condition, Self::Always, otherwise) => Self::any([condition, otherwise]),
            (condition, then, Self::Always) => Self::any([condition.not(), then]),
            (condition, then, otherwise) => Self::If(Box::new([condition, then, otherwise])),
        }
    }

    /// The opposite.
    pub fn not(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Not(inner) => *inner,
            code => Self::Not(Box::new(code)),
        }
    }

    /// Whether it is no more than a call, which may be written at several places.
    pub fn is_short(&self) -> bool {
        matches!(self, Self::Always | Self::Never | Self::Leaf(_) | Self::Call(..) | Self::Tables(..))
    }

    /// Whether a variable occurs in it.
    pub fn mentions(&self, name: &str) -> bool {
        let some = |parts: &[Self]| parts.iter().any(|part| part.mentions(name));
        match self {
            Self::Always | Self::Never => false,
            Self::Leaf(text) => mentions_variable(text, name),
            Self::Call(..) | Self::Tables(..) => name == "value",
            Self::Listed(_) => name == "text",
            Self::All(parts) | Self::Any(parts) => some(parts),
            Self::Not(inner) => inner.mentions(name),
            Self::Match { on, arms } => {
                // A pattern may bind the name anew.
                let binds = |patterns: &[String]| patterns.iter().any(|pattern| mentions(pattern, name));
                let in_arm = |(patterns, code): &(Vec<String>, Self)| !binds(patterns) && code.mentions(name);
                mentions_variable(on, name) || arms.iter().any(in_arm)
            }
            Self::If(parts) => some(&**parts),
            // So may a closure.
            Self::Within { open, items, .. } => match open.split_once('|') {
                Some((before, parameters)) => {
                    mentions_variable(before, name) || (!mentions(parameters, name) && some(items))
                }
                None => mentions_variable(open, name) || some(items),
            },
            Self::Block { statements, result } => {
                let in_statement = |(text, code): &(String, Option<Self>)| {
                    mentions_variable(text, name) || code.as_ref().is_some_and(|code| code.mentions(name))
                };
                statements.iter().any(in_statement) || result.mentions(name)
            }
        }
    }

    /// Adds the schemas whose functions are called.
    pub fn calls(&self, found: &mut Vec<SchemaId>) {
        let mut all = |parts: &[Self]| parts.iter().for_each(|part| part.calls(found));
        match self {
            Self::Call(id, _) => found.push(*id),
            Self::Always | Self::Never | Self::Leaf(_) | Self::Tables(..) | Self::Listed(_) => {}
            Self::All(parts) | Self::Any(parts) | Self::Within { items: parts, .. } => all(parts),
            Self::Not(inner) => inner.calls(found),
            Self::If(parts) => all(&**parts),
            Self::Match { arms, .. } => arms.iter().for_each(|(_, code)| code.calls(found)),
            Self::Block { statements, result } => {
                statements.iter().filter_map(|(_, code)| code.as_ref()).for_each(|code| code.calls(found));
                result.calls(found);
            }
        }
    }

    /// `open(…|value| self …)close`, of a closure that is given as `open`.
    pub fn within(self, open: impl Into<String>, close: &str) -> Self {
        Self::Within { open: open.into(), items: vec![self], close: close.to_owned() }
    }
}

/// Whether a name occurs in a text of Rust, outside of its strings.
pub fn mentions(text: &str, name: &str) -> bool {
    occurs(text, name, |_| true)
}

/// Whether a variable does: `number`, and not the module of `formats::number::INT32`.
fn mentions_variable(text: &str, name: &str) -> bool {
    occurs(text, name, |after| !after.starts_with("::"))
}

fn occurs(text: &str, name: &str, counts: impl Fn(&str) -> bool) -> bool {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let in_word = |c: char| c.is_alphanumeric() || c == '_';
        let end = match first {
            '"' => {
                let mut escaped = true;
                let closing = |c: char| {
                    let closes = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    closes
                };
                rest.find(closing).map_or(rest.len(), |end| end + 1)
            }
            first if in_word(first) => rest.find(|c| !in_word(c)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        let (word, after) = rest.split_at(end);
        if word == name && counts(after) {
            return true;
        }
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Code, mentions};

    #[test]
    fn what_is_bound_anew_is_not_mentioned() {
        let inner = Code::leaf("name == value").within("json::all_members(members, |name, _| ", ")");
        assert!(!inner.mentions("name") && inner.mentions("value") && inner.mentions("members"));
        let arms = vec![(vec!["Value::Object(members)".to_owned()], inner), (vec!["_".to_owned()], Code::Never)];
        let outer = Code::Match { on: "value".to_owned(), arms };
        assert!(!outer.mentions("members") && outer.mentions("value"));
    }

    #[test]
    fn a_variable_is_no_module_and_no_word_of_a_text() {
        assert!(Code::leaf("json::is_integer(number)").mentions("number"));
        assert!(!Code::leaf("formats::number::INT32.holds(View::from(value))").mentions("number"));
        assert!(!Code::leaf(r#"members.contains_key("a \"value\"")"#).mentions("value"));
        assert!(mentions("rules::PATTERN_1.is_match(text)", "rules") && !mentions("my_rules(text)", "rules"));
    }
}
