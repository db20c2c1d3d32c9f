//! What `anyOf` and `oneOf` demand: where a member or the type tells which branch can hold, that one alone is asked.
//!
//! ```text
//! match value.get("type") {
//!     Some(Value::String(tag)) => match tag.as_str() {
//!         "card" => card_holds(value),
//!         "bank" | "cash" => bank_holds(value),
//!         _ => false,
//!     },
//!     Some(_) => false,
//!     None => json::is_one(&[card_holds(value), bank_holds(value)]),
//! }
//! ```

use indexmap::IndexMap;

use crate::emit::verdicts::code::{Code, Name, Pattern, Step, Subject};
use crate::emit::verdicts::members::add_pattern;

/// As many branches are named again, for tags that they do not list.
pub const MOST_ASKED: usize = 256;

/// What the branches demand that the value of a member tells apart; `combine` is what `anyOf` or `oneOf` makes of those that can hold together.
pub fn by_tag(
    parts: Vec<Code>,
    property: &str,
    values: &[(String, u16)],
    others: &[u16],
    combine: fn(Vec<Code>) -> Code,
) -> Code {
    let mut statements = Vec::new();
    let mut branches = Vec::new();
    for (index, part) in parts.into_iter().enumerate() {
        branches.push(if part.is_short() {
            part
        } else {
            // Asked in more than one place, and written once.
            statements.push(Step::Branch(index, part));
            Code::leaf(format!("branch_{index}(value)"), &[Name::Value])
        });
    }
    let of = |indices: &mut dyn Iterator<Item = usize>| {
        combine(indices.filter_map(|index| branches.get(index).cloned()).collect())
    };
    let mut listing: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (tag, index) in values {
        listing.entry(tag).or_default().push(usize::from(*index));
    }
    let mut arms = IndexMap::new();
    for (tag, indices) in listing {
        add_pattern(&mut arms, of(&mut indices.into_iter().chain(others.iter().copied().map(usize::from))), tag);
    }
    let mut arms: Vec<(Vec<Pattern>, Code)> = arms.into_iter().map(|(code, tags)| (tags, code)).collect();
    let untold = of(&mut others.iter().copied().map(usize::from));
    arms.push((vec![Pattern::plain("_")], untold.clone()));
    let told = Code::Match { on: Subject::Tag, arms };
    let all = of(&mut (0..branches.len()));
    let result = Code::Match {
        on: Subject::Member(property.to_owned()),
        arms: vec![
            (vec![Pattern { text: "Some(Value::String(tag))".to_owned(), binds: Some(Name::Tag) }], told),
            (vec![Pattern::plain("Some(_)")], untold),
            (vec![Pattern::plain("None")], all),
        ],
    };
    if statements.is_empty() { result } else { Code::Block { statements, result: Box::new(result) } }
}
