//! Conditions as text: on one line where they fit, else a part on each line.

use std::collections::HashSet;

use crate::api::{Api, SchemaId};

use crate::emit::models::types::rules_name;
use crate::emit::verdicts::code::{At, Code};

/// The literal of a text without characters, which is asked for otherwise than others.
const EMPTY: &str = "\"\"";

/// As wide may a line become.
const WIDTH: usize = 110;

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
    fn depth(at: At) -> String {
        match at {
            At { levels: 0, steps: 0 } => "depth".to_owned(),
            At { levels, steps } => format!("depth.further({levels}, {steps})"),
        }
    }

    fn call(&self, id: SchemaId, at: At) -> String {
        let function = function_name(id, self.api);
        if self.counting.contains(&id) {
            format!("{function}_at(value, {})", Self::depth(at))
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
                    let start = out.len();
                    self.arm(code, indent + 1, width + 5, out);
                    // A block needs no comma behind it.
                    if !out.get(start..).is_some_and(|arm| arm.starts_with('{')) {
                        out.push(',');
                    }
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
            Code::Within { open, items, close } => match (self.without_closure(open, items, close), items.as_slice()) {
                (Some(line), _) => out.push_str(&line),
                (None, [only]) => {
                    out.push_str(open);
                    self.write(only, indent, before + open.len(), out);
                    out.push_str(close);
                }
                (None, _) => {
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

    /// A call to which a function is given, instead of a closure that does nothing but call it.
    fn without_closure(&self, open: &str, items: &[Code], close: &str) -> Option<String> {
        let [Code::Call(id, at)] = items else { return None };
        let (before, call) = (open.strip_suffix("|value| ")?, self.call(*id, *at));
        Some(format!("{before}{}{close}", call.strip_suffix("(value)")?))
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
                Some(if self.counts {
                    format!("json::follows(value, &rules::{rules}, {})", Self::depth(*at))
                } else {
                    format!("json::follows_alone(value, &rules::{rules})")
                })
            }
            Code::Listed(texts) => match texts.as_slice() {
                [text] if text == EMPTY => Some("text.is_empty()".to_owned()),
                [text] => Some(format!("text == {text}")),
                texts => Some(format!("matches!(text.as_str(), {})", texts.join(" | "))),
            },
            Code::All(parts) => joined(parts, " && "),
            Code::Any(parts) => joined(parts, " || "),
            Code::Not(inner) => match &**inner {
                Code::Listed(texts) if texts == &[EMPTY] => Some("!text.is_empty()".to_owned()),
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
                if let Some(line) = self.without_closure(open, items, close) {
                    return Some(line);
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
