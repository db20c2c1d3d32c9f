//! Conditions as code, simplified while they are built.

use std::borrow::Cow;

use crate::api::SchemaId;

use crate::emit::text::expression::Expression;

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

    /// A number of steps further.
    pub fn and(self, other: Self) -> Self {
        Self { levels: self.levels + other.levels, steps: self.steps + other.steps }
    }

    /// The further one of each.
    pub fn max(self, other: Self) -> Self {
        Self { levels: self.levels.max(other.levels), steps: self.steps.max(other.steps) }
    }
}

/// What a condition can name: the variables of emitted functions, and the modules beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Name {
    /// The value that a function, a closure or an arm is about.
    Value,
    /// The content of a string.
    Text,
    /// The content of a number.
    Number,
    /// The content of a boolean.
    Flag,
    /// The content of an array.
    Elements,
    /// The content of an object.
    Members,
    /// The name of a member.
    OfMember,
    /// The value of the member that distinguishes branches.
    Tag,
    /// The run-time code.
    Support,
    /// The tables of the document.
    Rules,
}

impl Name {
    /// As it is written.
    pub fn text(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Text => "text",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::Elements => "elements",
            Self::Members => "members",
            Self::OfMember => "name",
            Self::Tag => "tag",
            Self::Support => "support",
            Self::Rules => "rules",
        }
    }
}

/// What is matched.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// `value`.
    Value,
    /// `name`.
    MemberName,
    /// `tag.as_str()`.
    Tag,
    /// `value.get("property")`.
    Member(String),
}

impl Subject {
    fn name(&self) -> Name {
        match self {
            Self::Value | Self::Member(_) => Name::Value,
            Self::MemberName => Name::OfMember,
            Self::Tag => Name::Tag,
        }
    }
}

/// A pattern, and the name that it binds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// As it is written.
    pub text: String,
    /// What it binds.
    pub binds: Option<Name>,
}

impl Pattern {
    /// One that binds nothing.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), binds: None }
    }
}

/// The values over which a condition is iterated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Each {
    /// The element at an index, where there is one.
    Element(usize),
    /// All elements, but for so many.
    ElementsAfter(usize),
    /// Elements, of which a number must pass.
    Contained {
        /// At least.
        min: u64,
        /// At most.
        max: Option<u64>,
    },
    /// All members.
    Members,
    /// The names of all members.
    Names,
}

impl Each {
    /// What is gone through.
    fn of(self) -> Name {
        match self {
            Self::Element(_) | Self::ElementsAfter(_) | Self::Contained { .. } => Name::Elements,
            Self::Members | Self::Names => Name::Members,
        }
    }

    /// What the closure binds.
    pub fn binds(self) -> &'static [Name] {
        match self {
            Self::Element(_) | Self::ElementsAfter(_) | Self::Contained { .. } => &[Name::Value],
            Self::Members => &[Name::OfMember, Name::Value],
            Self::Names => &[Name::OfMember],
        }
    }

    fn is_of_support(self) -> bool {
        matches!(self, Self::Contained { .. } | Self::Members)
    }
}

/// A statement before a condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// `let mut required = 0;`.
    StartCount,
    /// `required += 1;`.
    Count,
    /// `let branch_0 = |value: &Value| …;`.
    Branch(usize, Code),
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// `true`.
    Always,
    /// `false`.
    Never,
    /// An expression that needs no parentheses, and what it names.
    Test(Expression, &'static [Name]),
    /// Whether `value` follows the rules of a schema that has a function.
    Call(SchemaId, At),
    /// The same, by the tables.
    Tables(SchemaId, At),
    /// Whether `text` is one of these.
    Listed(Vec<String>),
    /// `a && b`.
    All(Vec<Code>),
    /// `a || b`.
    Any(Vec<Code>),
    /// Whether one holds, and no other.
    One(Vec<Code>),
    /// `!a`.
    Not(Box<Code>),
    /// `match on { pattern => a, _ => b }`.
    Match {
        /// What is matched.
        on: Subject,
        /// Patterns and what follows.
        arms: Vec<(Vec<Pattern>, Code)>,
    },
    /// `if a { b } else { c }`.
    If(Box<[Code; 3]>),
    /// A condition of each element or member.
    Each(Each, Box<Code>),
    /// `{ statements; result }`.
    Block {
        /// What comes before.
        statements: Vec<Step>,
        /// What it comes to.
        result: Box<Code>,
    },
}

impl Code {
    /// An expression as a condition, and what it names.
    pub fn test(expression: Expression, names: &'static [Name]) -> Self {
        Self::Test(expression, names)
    }

    /// The same of an expression that is never broken.
    pub fn leaf(text: impl Into<Cow<'static, str>>, names: &'static [Name]) -> Self {
        Self::Test(Expression::leaf(text), names)
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
            _ => Self::One(parts),
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
        matches!(self, Self::Always | Self::Never | Self::Test(..) | Self::Call(..) | Self::Tables(..))
    }

    /// Whether something is named in it that is not bound in it.
    pub fn mentions(&self, name: Name) -> bool {
        let some = |parts: &[Self]| parts.iter().any(|part| part.mentions(name));
        match self {
            Self::Always | Self::Never => false,
            Self::Test(_, names) => names.contains(&name),
            Self::Call(..) => name == Name::Value,
            Self::Tables(..) => matches!(name, Name::Value | Name::Support | Name::Rules),
            Self::Listed(_) => name == Name::Text,
            Self::All(parts) | Self::Any(parts) => some(parts),
            Self::One(parts) => name == Name::Support || some(parts),
            Self::Not(inner) => inner.mentions(name),
            Self::Match { on, arms } => {
                let in_arm = |(patterns, code): &(Vec<Pattern>, Self)| {
                    !patterns.iter().any(|pattern| pattern.binds == Some(name)) && code.mentions(name)
                };
                on.name() == name || arms.iter().any(in_arm)
            }
            Self::If(parts) => some(&**parts),
            Self::Each(each, code) => {
                each.of() == name
                    || (each.is_of_support() && name == Name::Support)
                    || (!each.binds().contains(&name) && code.mentions(name))
            }
            Self::Block { statements, result } => {
                let in_step = |step: &Step| match step {
                    Step::StartCount | Step::Count => false,
                    // It has a value of its own.
                    Step::Branch(_, code) => name != Name::Value && code.mentions(name),
                };
                statements.iter().any(in_step) || result.mentions(name)
            }
        }
    }

    /// Adds the schemas whose functions are called.
    pub fn calls(&self, found: &mut Vec<SchemaId>) {
        let mut all = |parts: &[Self]| parts.iter().for_each(|part| part.calls(found));
        match self {
            Self::Call(id, _) => found.push(*id),
            Self::Always | Self::Never | Self::Test(..) | Self::Tables(..) | Self::Listed(_) => {}
            Self::All(parts) | Self::Any(parts) | Self::One(parts) => all(parts),
            Self::Not(inner) | Self::Each(_, inner) => inner.calls(found),
            Self::If(parts) => all(&**parts),
            Self::Match { arms, .. } => arms.iter().for_each(|(_, code)| code.calls(found)),
            Self::Block { statements, result } => {
                for step in statements {
                    if let Step::Branch(_, code) = step {
                        code.calls(found);
                    }
                }
                result.calls(found);
            }
        }
    }

    /// The same, for each of them.
    pub fn of_each(self, each: Each) -> Self {
        Self::Each(each, Box::new(self))
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Each, Name, Pattern, Subject};

    #[test]
    fn what_is_bound_anew_is_not_mentioned() {
        let inner = Code::leaf("name == value", &[Name::OfMember, Name::Value]);
        let names = inner.clone().of_each(Each::Names);
        assert!(!names.mentions(Name::OfMember) && names.mentions(Name::Value) && names.mentions(Name::Members));
        let members = Pattern { text: "Value::Object(members)".to_owned(), binds: Some(Name::Members) };
        let arms = vec![(vec![members], names), (vec![Pattern::plain("_")], Code::Never)];
        let outer = Code::Match { on: Subject::Value, arms };
        assert!(!outer.mentions(Name::Members) && outer.mentions(Name::Value) && !outer.mentions(Name::Support));
        assert!(inner.of_each(Each::Members).mentions(Name::Support));
    }
}
