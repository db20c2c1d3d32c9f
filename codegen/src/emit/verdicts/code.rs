//! Conditions as code: simplified while they are put together, and laid out as text.

use std::collections::HashSet;

use crate::api::{Api, SchemaId};

use super::super::types::rules_name;

/// As wide may a line become.
const WIDTH: usize = 110;

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

    /// Whether a name occurs in it.
    pub fn mentions(&self, name: &str) -> bool {
        let some = |parts: &[Self]| parts.iter().any(|part| part.mentions(name));
        match self {
            Self::Always | Self::Never => false,
            Self::Leaf(text) => mentions(text, name),
            Self::Call(..) | Self::Tables(..) => name == "value",
            Self::Listed(_) => name == "text",
            Self::All(parts) | Self::Any(parts) => some(parts),
            Self::Not(inner) => inner.mentions(name),
            Self::Match { on, arms } => mentions(on, name) || arms.iter().any(|(_, code)| code.mentions(name)),
            Self::If(parts) => some(&**parts),
            Self::Within { open, items, .. } => mentions(open, name) || some(items),
            Self::Block { statements, result } => {
                let in_statement = |(text, code): &(String, Option<Self>)| {
                    mentions(text, name) || code.as_ref().is_some_and(|code| code.mentions(name))
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
        if word == name {
            return true;
        }
        rest = after;
    }
    false
}

/// Lays out the conditions of one function.
pub struct Layout<'a> {
    /// The schemas.
    pub api: &'a Api,
    /// The schemas whose functions count steps.
    pub counting: &'a HashSet<SchemaId>,
    /// Whether this function does.
    pub counts: bool,
}

impl Layout<'_> {
    /// What has led to a value.
    fn depth(&self, at: At) -> String {
        match (self.counts, at) {
            (false, _) => "json::Depth::ROOT".to_owned(),
            (true, At { levels: 0, steps: 0 }) => "depth".to_owned(),
            (true, At { levels, steps }) => format!("depth.further({levels}, {steps})"),
        }
    }

    fn call(&self, id: SchemaId, at: At) -> String {
        let function = function_name(id, self.api);
        if self.counting.contains(&id) {
            format!("{function}(value, {})", self.depth(at))
        } else {
            format!("{function}(value)")
        }
    }

    /// Writes a condition; `indent` is the depth of the line that it starts on, `before` how much of that line is taken.
    pub fn write(&self, code: &Code, indent: usize, before: usize, out: &mut String) {
        if let Some(line) = self.line(code)
            && before + line.len() <= WIDTH
        {
            out.push_str(&line);
            return;
        }
        let space = "    ".repeat(indent + 1);
        let end = "    ".repeat(indent);
        match code {
            Code::Always | Code::Never | Code::Leaf(_) | Code::Call(..) | Code::Tables(..) => {
                out.push_str(&self.line(code).unwrap_or_default());
            }
            Code::Listed(texts) => {
                out.push_str(&format!("matches!(\n{space}text.as_str(),\n{space}"));
                fill(texts, &space, out);
                out.push_str(&format!("\n{end})"));
            }
            Code::All(parts) | Code::Any(parts) => {
                let between = if matches!(code, Code::All(_)) { "&& " } else { "|| " };
                let start = out.len();
                for (index, part) in parts.iter().enumerate() {
                    let broken = out.get(start..).is_some_and(|before| before.contains('\n'));
                    if index == 0 {
                        self.operand(part, indent, before, out);
                    } else if index == 1 && broken && self.line(part).is_some_and(|line| line.len() < WIDTH / 2) {
                        // After the bracket that closes what is above.
                        out.push_str(&format!(" {between}"));
                        self.operand(part, indent, space.len(), out);
                    } else {
                        out.push_str(&format!("\n{space}{between}"));
                        self.operand(part, indent + 1, space.len() + between.len(), out);
                    }
                }
            }
            Code::Not(inner) => {
                out.push('!');
                self.operand(inner, indent, before + 1, out);
            }
            Code::Match { on, arms } => {
                out.push_str(&format!("match {on} {{"));
                for (patterns, code) in arms {
                    out.push_str(&format!("\n{space}"));
                    let width = fill(patterns, &space, out);
                    out.push_str(" => ");
                    self.arm(code, indent + 1, width + 5, out);
                    out.push(',');
                }
                out.push_str(&format!("\n{end}}}"));
            }
            Code::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                out.push_str("if ");
                self.write(condition, indent, before + 3, out);
                out.push_str(&format!(" {{\n{space}"));
                self.write(then, indent + 1, space.len(), out);
                out.push_str(&format!("\n{end}}} else {{\n{space}"));
                self.write(otherwise, indent + 1, space.len(), out);
                out.push_str(&format!("\n{end}}}"));
            }
            Code::Within { open, items, close } => match items.as_slice() {
                [only] => {
                    out.push_str(open);
                    self.write(only, indent, before + open.len(), out);
                    out.push_str(close);
                }
                _ => {
                    out.push_str(open);
                    for item in items {
                        out.push_str(&format!("\n{space}"));
                        self.write(item, indent + 1, space.len() + 1, out);
                        out.push(',');
                    }
                    out.push_str(&format!("\n{end}{close}"));
                }
            },
            Code::Block { .. } => {
                out.push_str(&format!("{{\n{space}"));
                self.statements(code, indent + 1, out);
                out.push_str(&format!("\n{end}}}"));
            }
        }
    }

    /// Writes what follows on a pattern: below it, where it fits on a line of its own only.
    fn arm(&self, code: &Code, indent: usize, before: usize, out: &mut String) {
        let space = "    ".repeat(indent + 1);
        match self.line(code) {
            Some(line)
                if !matches!(code, Code::Block { .. })
                    && before + line.len() > WIDTH
                    && space.len() + line.len() <= WIDTH =>
            {
                out.push_str(&format!("{{\n{space}{line}\n{}}}", "    ".repeat(indent)));
            }
            // `=> match a {} && b` would be two expressions; operands have parentheses, so that none begins so.
            _ => self.write(code, indent, before, out),
        }
    }

    /// Writes a condition as what a block holds, without its braces.
    pub fn statements(&self, code: &Code, indent: usize, out: &mut String) {
        let space = "    ".repeat(indent);
        let Code::Block { statements, result } = code else {
            return self.write(code, indent, space.len(), out);
        };
        for (text, code) in statements {
            out.push_str(text);
            if let Some(code) = code {
                self.write(code, indent, space.len() + text.len() + 1, out);
            }
            out.push_str(&format!(";\n{space}"));
        }
        self.write(result, indent, space.len(), out);
    }

    /// A part of a larger condition, in parentheses where it would be read otherwise without.
    fn operand(&self, code: &Code, indent: usize, before: usize, out: &mut String) {
        let one_line = self.line(code).is_some_and(|line| before + line.len() <= WIDTH);
        let alone = match code {
            Code::Always
            | Code::Never
            | Code::Leaf(_)
            | Code::Call(..)
            | Code::Tables(..)
            | Code::Listed(_)
            | Code::Within { .. }
            | Code::Not(_) => true,
            Code::Match { .. } => one_line,
            Code::All(_) | Code::Any(_) | Code::If(_) | Code::Block { .. } => false,
        };
        if alone {
            self.write(code, indent, before, out);
        } else {
            out.push('(');
            self.write(code, indent, before + 2, out);
            out.push(')');
        }
    }

    /// The condition on one line, where it has such a form.
    fn line(&self, code: &Code) -> Option<String> {
        let operand = |code: &Code| {
            let line = self.line(code)?;
            let alone = !matches!(code, Code::All(_) | Code::Any(_) | Code::Block { .. });
            Some(if alone { line } else { format!("({line})") })
        };
        let joined = |parts: &[Code], between: &str| {
            parts.iter().map(operand).collect::<Option<Vec<_>>>().map(|parts| parts.join(between))
        };
        match code {
            Code::Always => Some("true".to_owned()),
            Code::Never => Some("false".to_owned()),
            Code::Leaf(text) => Some(text.clone()),
            Code::Call(id, at) => Some(self.call(*id, *at)),
            Code::Tables(id, at) => {
                let rules = rules_name(*id, self.api);
                Some(format!("json::follows(value, &rules::{rules}, {})", self.depth(*at)))
            }
            Code::Listed(texts) => match texts.as_slice() {
                [text] => Some(format!("text == {text}")),
                texts => Some(format!("matches!(text.as_str(), {})", texts.join(" | "))),
            },
            Code::All(parts) => joined(parts, " && "),
            Code::Any(parts) => joined(parts, " || "),
            Code::Not(inner) => match &**inner {
                Code::Listed(texts) if texts.len() == 1 => Some(format!("text != {}", texts.join(""))),
                inner => Some(format!("!{}", operand(inner)?)),
            },
            Code::Match { on, arms } => match arms.as_slice() {
                [(patterns, Code::Always), (_, Code::Never)] => {
                    Some(format!("matches!({on}, {})", patterns.join(" | ")))
                }
                [(patterns, code), (_, Code::Never)] => {
                    Some(format!("matches!({on}, {} if {})", patterns.join(" | "), self.line(code)?))
                }
                _ => None,
            },
            Code::Within { open, items, close } => {
                if let ([Code::Call(id, at)], Some(before)) = (items.as_slice(), open.strip_suffix("|value| "))
                    && let Some(function) = self.call(*id, *at).strip_suffix("(value)")
                {
                    // A closure that does nothing but call a function.
                    return Some(format!("{before}{function}{close}"));
                }
                let items: Option<Vec<String>> = items.iter().map(|item| self.line(item)).collect();
                Some(format!("{open}{}{close}", items?.join(", ")))
            }
            Code::Block { statements, result } => {
                let mut line = "{ ".to_owned();
                for (text, code) in statements {
                    line.push_str(text);
                    if let Some(code) = code {
                        line.push_str(&self.line(code)?);
                    }
                    line.push_str("; ");
                }
                Some(format!("{line}{} }}", self.line(result)?))
            }
            Code::If(_) => None,
        }
    }
}

/// Writes patterns, as many on a line as fit; the width of the last line is returned.
fn fill(patterns: &[String], space: &str, out: &mut String) -> usize {
    let mut width = space.len();
    for (index, pattern) in patterns.iter().enumerate() {
        if index > 0 && width + pattern.len() + 3 > WIDTH {
            out.push_str(&format!("\n{space}| {pattern}"));
            width = space.len() + 2 + pattern.len();
        } else {
            let bar = if index > 0 { " | " } else { "" };
            out.push_str(bar);
            out.push_str(pattern);
            width += bar.len() + pattern.len();
        }
    }
    width
}

/// The name of the function that tells whether a value follows the rules of a schema.
pub fn function_name(id: SchemaId, api: &Api) -> String {
    format!("{}_holds", rules_name(id, api).to_lowercase())
}
