//! Conditions as expressions of Rust.

use std::collections::HashSet;

use crate::api::{Api, SchemaId};

use crate::emit::models::types::rules_name;
use crate::emit::text::expression::{Arm, Expression, Statement};
use crate::emit::text::layout::on_one_line;
use crate::emit::verdicts::code::{At, Code, Each, Name, Pattern, Step, Subject};

/// Widest `matches!` with a condition, which rustfmt leaves as it is: one that is wider is a `match`.
const MATCHES_WIDTH: usize = 60;

/// Makes the expressions of one function.
pub struct Expressions<'a> {
    /// The schemas.
    pub api: &'a Api,
    /// The schemas whose functions count steps.
    pub counting: &'a HashSet<SchemaId>,
    /// Whether this function does.
    pub counts: bool,
}

impl Expressions<'_> {
    /// The depth of a value.
    fn depth(at: At) -> Expression {
        match at {
            At { levels: 0, steps: 0 } => Expression::leaf("depth"),
            At { levels, steps } => Expression::leaf("depth")
                .method("further", vec![Expression::leaf(levels.to_string()), Expression::leaf(steps.to_string())]),
        }
    }

    fn call(&self, id: SchemaId, at: At) -> Expression {
        let function = function_name(id, self.api);
        let value = Expression::leaf("value");
        if self.counting.contains(&id) {
            Expression::call(&format!("{function}_at"), vec![value, Self::depth(at)])
        } else {
            Expression::call(&function, vec![value])
        }
    }

    /// The reference to a schema's rules.
    fn rules(&self, id: SchemaId) -> Expression {
        Expression::leaf(format!("rules::{}", rules_name(id, self.api))).reference()
    }

    /// A condition.
    pub fn of(&self, code: &Code) -> Expression {
        match code {
            Code::Always => Expression::leaf("true"),
            Code::Never => Expression::leaf("false"),
            Code::Test(expression, _) => expression.clone(),
            Code::Call(id, at) => self.call(*id, *at),
            Code::Tables(id, at) => {
                let value = Expression::leaf("value");
                if self.counts {
                    let arguments = vec![value, self.rules(*id), Self::depth(*at)];
                    Expression::call("support::json::follows", arguments)
                } else {
                    Expression::call("support::json::follows_alone", vec![value, self.rules(*id)])
                }
            }
            Code::Listed(texts) => match texts.as_slice() {
                [text] if text.is_empty() => Expression::leaf("text").method("is_empty", vec![]),
                [text] => Expression::binary("==", vec![Expression::leaf("text"), Expression::string(text)]),
                texts => {
                    let texts = texts.iter().map(|text| Expression::string(text)).collect();
                    let on = Expression::leaf("text").method("as_str", vec![]);
                    Expression::macro_call("matches", vec![on, Expression::binary("|", texts)])
                }
            },
            Code::All(parts) => Expression::binary("&&", parts.iter().map(|part| self.operand(part)).collect()),
            Code::Any(parts) => Expression::binary("||", parts.iter().map(|part| self.operand(part)).collect()),
            Code::One(parts) => {
                let items = parts.iter().map(|part| self.of(part)).collect();
                Expression::call("support::json::is_one", vec![Expression::slice(items)])
            }
            Code::Not(inner) => match &**inner {
                Code::Listed(texts) if texts.len() == 1 && texts.iter().all(|text| !text.is_empty()) => {
                    let text = texts.first().map(String::as_str).unwrap_or_default();
                    Expression::binary("!=", vec![Expression::leaf("text"), Expression::string(text)])
                }
                inner => self.operand(inner).negated(),
            },
            Code::Match { on, arms } => self.matching(on, arms),
            Code::If(parts) => {
                let [condition, then, otherwise] = &**parts;
                Expression::either(self.of(condition), self.of(then), self.of(otherwise))
            }
            Code::Each(each, code) => self.each(*each, code),
            Code::Block { statements, result } => Expression::block(self.steps(statements), Some(self.of(result))),
        }
    }

    /// What stands before a condition.
    pub fn steps(&self, steps: &[Step]) -> Vec<Statement> {
        let step = |step: &Step| match step {
            Step::StartCount => Statement::Let {
                pattern: Expression::leaf("mut required"),
                value: Expression::leaf("0"),
                otherwise: None,
            },
            Step::Count => Statement::Does(Expression::leaf("required += 1")),
            Step::Branch(index, code) => Statement::Let {
                pattern: Expression::leaf(format!("branch_{index}")),
                value: Expression::closure("value: &Value", self.of(code)),
                otherwise: None,
            },
        };
        steps.iter().map(step).collect()
    }

    /// A part of a larger condition, in parentheses where it would be read otherwise without.
    fn operand(&self, code: &Code) -> Expression {
        let expression = self.of(code);
        let alone = match code {
            Code::Always
            | Code::Never
            | Code::Test(..)
            | Code::Call(..)
            | Code::Tables(..)
            | Code::One(_)
            | Code::Each(..)
            | Code::Not(_) => true,
            Code::Listed(texts) => texts.len() != 1 || texts.iter().all(String::is_empty),
            // One that has become a `matches!`.
            Code::Match { .. } => expression.flat.is_some(),
            Code::All(_) | Code::Any(_) | Code::If(_) | Code::Block { .. } => false,
        };
        if alone { expression } else { expression.in_parentheses() }
    }

    fn matching(&self, on: &Subject, arms: &[(Vec<Pattern>, Code)]) -> Expression {
        let subject = match on {
            Subject::Value => Expression::leaf("value"),
            Subject::MemberName => Expression::leaf("name"),
            Subject::Tag => Expression::leaf("tag").method("as_str", vec![]),
            Subject::Member(property) => Expression::leaf("value").method("get", vec![Expression::string(property)]),
        };
        let texts =
            |patterns: &[Pattern]| -> Vec<String> { patterns.iter().map(|pattern| pattern.text.clone()).collect() };
        match arms {
            [(patterns, Code::Always), (_, Code::Never)] => {
                let patterns = texts(patterns).into_iter().map(Expression::leaf).collect();
                return Expression::macro_call("matches", vec![subject, Expression::binary("|", patterns)]);
            }
            [(patterns, code), (_, Code::Never)] => {
                let (condition, patterns) = (self.of(code), texts(patterns).join(" | "));
                let line = on_one_line(&condition).zip(on_one_line(&subject));
                let line = line.map(|(condition, subject)| format!("matches!({subject}, {patterns} if {condition})"));
                if let Some(line) = line.filter(|line| line.len() <= MATCHES_WIDTH) {
                    return Expression::leaf(line);
                }
            }
            _ => {}
        }
        let arm = |(patterns, code): &(Vec<Pattern>, Code)| Arm { patterns: texts(patterns), body: self.of(code) };
        Expression::matching(subject, arms.iter().map(arm).collect())
    }

    fn each(&self, each: Each, code: &Code) -> Expression {
        let named = |name: Name| if code.mentions(name) { name.text() } else { "_" };
        let parameters = each.binds().iter().map(|name| named(*name)).collect::<Vec<_>>().join(", ");
        // A function by itself, instead of a closure that does nothing but call it.
        let closure = match (each, code) {
            (Each::Element(_) | Each::ElementsAfter(_) | Each::Contained { .. }, Code::Call(id, _))
                if !self.counting.contains(id) =>
            {
                Expression::leaf(function_name(*id, self.api))
            }
            _ => Expression::closure(&parameters, self.of(code)),
        };
        let elements = Expression::leaf("elements");
        match each {
            Each::Element(0) => elements.method("first", vec![]).method("is_none_or", vec![closure]),
            Each::Element(index) => {
                elements.method("get", vec![Expression::leaf(index.to_string())]).method("is_none_or", vec![closure])
            }
            Each::ElementsAfter(0) => elements.method("iter", vec![]).method("all", vec![closure]),
            Each::ElementsAfter(first) => elements
                .method("iter", vec![])
                .method("skip", vec![Expression::leaf(first.to_string())])
                .method("all", vec![closure]),
            Each::Contained { min, max } => {
                let most = max.map_or_else(|| "u64::MAX".to_owned(), |max| max.to_string());
                let range = Expression::leaf(format!("{min}..={most}"));
                Expression::call("support::json::contains", vec![elements, range, closure.reference()])
            }
            Each::Members => Expression::call("support::json::all_members", vec![Expression::leaf("members"), closure]),
            Each::Names => Expression::leaf("members").method("keys", vec![]).method("all", vec![closure]),
        }
    }
}

/// The name of the function that tells whether a value follows the rules of a schema.
pub fn function_name(id: SchemaId, api: &Api) -> String {
    format!("{}_holds", rules_name(id, api).to_lowercase())
}
