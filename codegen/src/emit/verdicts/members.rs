//! What a schema demands of the members of an object.
//!
//! ```yaml
//! required: [number]
//! properties:
//!   number: { type: string, maxLength: 30 }
//!   holder: { type: string }
//! additionalProperties: false
//! ```
//!
//! ```text
//! let mut required = 0;
//! json::all_members(members, |name, value| match name {
//!     "number" => { required += 1; matches!(value, Value::String(text) if length_in(text, 0..=30)) }
//!     "holder" => value.is_string(),
//!     _ => false,
//! }) && required == 1
//! ```
//!
//! The members are gone through once, whatever the number of schemas in `allOf` that have a word about them.

use indexmap::{IndexMap, IndexSet};

use crate::emit::text::expression::Expression;
use crate::emit::verdicts::code::{Code, Each, Name, Pattern, Step, Subject};

/// What one schema demands of members by their names: `properties`, `required`, `patternProperties`, `additionalProperties`.
#[derive(Clone)]
pub struct ByName {
    /// What is demanded of declared members.
    pub properties: IndexMap<String, Code>,
    /// Names of members that must be there.
    pub required: IndexSet<String>,
    /// Whether a name matches, and what is demanded of its member then.
    pub patterns: Vec<(Code, Code)>,
    /// What is demanded of members that are neither declared nor matched.
    pub others: Code,
}

/// `dependentRequired`.
pub fn dependent_required(named: &[(String, Vec<String>)]) -> Code {
    Code::all(named.iter().map(|(because_of, required)| {
        Code::any([is_there(because_of).not(), Code::all(required.iter().map(|name| is_there(name)))])
    }))
}

/// What several schemas demand of the same members.
pub fn together(demands: Vec<ByName>) -> Code {
    // Patterns say something of declared members as well, and what is demanded of all others is written at each member that another
    // schema declares: where there is much of that, a schema has a pass of its own.
    let (alone, shared): (Vec<ByName>, Vec<ByName>) =
        demands.into_iter().partition(|demand| !(demand.patterns.is_empty() && demand.others.is_short()));
    Code::all(shared.into_iter().reduce(ByName::and).into_iter().chain(alone).map(ByName::code))
}

impl ByName {
    /// Both, where neither has patterns.
    fn and(mut self, other: Self) -> Self {
        for (name, code) in &mut self.properties {
            if !other.properties.contains_key(name) {
                *code = Code::all([std::mem::replace(code, Code::Always), other.others.clone()]);
            }
        }
        for (name, code) in other.properties {
            let own = self.properties.entry(name).or_insert_with(|| self.others.clone());
            *own = Code::all([std::mem::replace(own, Code::Always), code]);
        }
        self.required.extend(other.required);
        self.others = Code::all([self.others, other.others]);
        self
    }

    /// As a condition of `members`.
    fn code(mut self) -> Code {
        let only_presence = self.others == Code::Always
            && self.patterns.is_empty()
            && self.properties.values().all(|code| *code == Code::Always);
        if only_presence {
            return Code::all(self.required.iter().map(|name| is_there(name)));
        }
        let matched = self.patterns.iter().map(|(matches, _)| matches.clone());
        let others = Code::any(matched.chain([self.others]));
        // What is required is counted in passing, and what nothing else is said of looked for.
        let (counted, absent): (Vec<String>, Vec<String>) =
            self.required.into_iter().partition(|name| self.properties.contains_key(name));
        for name in &counted {
            if let Some(code) = self.properties.get_mut(name) {
                let result = Box::new(std::mem::replace(code, Code::Always));
                *code = Code::Block { statements: vec![Step::Count], result };
            }
        }
        let mut arms = IndexMap::new();
        for (name, code) in self.properties.into_iter().filter(|(_, code)| *code != others) {
            add_pattern(&mut arms, code, &name);
        }
        let by_name = match arms.is_empty() {
            true => others,
            false => {
                let last = (others, vec![Pattern::plain("_")]);
                let arms = arms.into_iter().chain([last]).map(|(code, names)| (names, code)).collect();
                Code::Match { on: Subject::MemberName, arms }
            }
        };
        let by_pattern = self.patterns.into_iter().map(|(matches, code)| Code::any([matches.not(), code]));
        let test = Code::all([by_name].into_iter().chain(by_pattern));
        let all = test.of_each(Each::Members);
        let all = match counted.len() {
            0 => all,
            counted => Code::Block {
                statements: vec![Step::StartCount],
                result: Box::new(Code::all([all, Code::leaf(format!("required == {counted}"), &[])])),
            },
        };
        Code::all([all].into_iter().chain(absent.iter().map(|name| is_there(name))))
    }
}

/// Adds a text to the patterns of an arm.
pub fn add_pattern(arms: &mut IndexMap<Code, Vec<Pattern>>, code: Code, text: &str) {
    arms.entry(code).or_default().push(Pattern::plain(format!("{text:?}")));
}

/// That there is a member of this name.
pub fn is_there(name: &str) -> Code {
    Code::test(Expression::leaf("members").method("contains_key", vec![Expression::string(name)]), &[Name::Members])
}
