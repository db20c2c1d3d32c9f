//! Whether a `serde_json::Value` follows rules: what the tables say of any [`View`], for the type that is asked about most, without a
//! view of each of its values.

use serde_json::{Map, Value};

use super::super::{Additional, Apart, Branches, Items, Keyword, Literal, Members, Rules, Types, View};
use super::{DEEPEST, keyword_holds, scalar};

/// The verdict of `holds`.
pub(super) fn value_holds(value: &Value, rules: &Rules, depth: usize) -> bool {
    depth <= DEEPEST
        && rules.types.intersects(kind(value))
        && rules.keywords.iter().all(|keyword| match value {
            Value::Object(members) => object_holds(members, value, keyword, rules, depth),
            Value::String(text) => string_holds(text, value, keyword, rules, depth),
            _ => any_holds(value, keyword, rules, depth),
        })
}

fn kind(value: &Value) -> Types {
    match value {
        Value::Null => Types::NULL,
        Value::Bool(_) => Types::BOOLEAN,
        Value::Number(number) if number.is_f64() => View::from(value).found(),
        Value::Number(_) => Types::INTEGER,
        Value::String(_) => Types::STRING,
        Value::Array(_) => Types::ARRAY,
        Value::Object(_) => Types::OBJECT,
    }
}

fn object_holds(object: &Map<String, Value>, value: &Value, keyword: &Keyword, rules: &Rules, depth: usize) -> bool {
    match keyword {
        Keyword::Members(members) => members_hold(object, members, depth),
        Keyword::MinProperties(limit) => object.len() as u64 >= *limit,
        Keyword::MaxProperties(limit) => object.len() as u64 <= *limit,
        _ => any_holds(value, keyword, rules, depth),
    }
}

fn members_hold(object: &Map<String, Value>, members: &Members, depth: usize) -> bool {
    let mut required = 0;
    for (name, value) in object {
        let property = members.property(name);
        if let Some(property) = property {
            required += usize::from(property.required);
            if !value_holds(value, property.rules, depth + 1) {
                return false;
            }
        }
        let mut evaluated = property.is_some();
        for (_, rules) in members.patterns.iter().filter(|(pattern, _)| pattern.is_match(name)) {
            evaluated = true;
            if !value_holds(value, rules, depth + 1) {
                return false;
            }
        }
        let holds = match members.additional {
            _ if evaluated => true,
            Additional::Allowed => true,
            Additional::Denied => false,
            Additional::Rules(rules) => value_holds(value, rules, depth + 1),
        };
        if !holds {
            return false;
        }
    }
    required == members.required_properties && members.required.iter().all(|name| object.contains_key(*name))
}

fn string_holds(text: &str, value: &Value, keyword: &Keyword, rules: &Rules, depth: usize) -> bool {
    match keyword {
        Keyword::MaxLength(limit) => scalar::is_short_enough(text, *limit),
        Keyword::MinLength(limit) => scalar::is_long_enough(text, *limit),
        Keyword::Pattern(pattern) => pattern.is_match(text),
        Keyword::Format(format) => format.text_holds(text),
        Keyword::Enum(listed) => {
            listed.iter().any(|literal| matches!(literal, Literal::String(other) if *other == text))
        }
        _ => any_holds(value, keyword, rules, depth),
    }
}

fn any_holds(value: &Value, keyword: &Keyword, rules: &Rules, depth: usize) -> bool {
    match keyword {
        Keyword::Items(Items { prefix: [], rest: Some(rest) }) => match value {
            Value::Array(elements) => elements.iter().all(|element| value_holds(element, rest, depth + 1)),
            _ => true,
        },
        Keyword::Ref(target) => value_holds(value, target, depth + 1),
        Keyword::AllOf(parts) => parts.iter().all(|part| value_holds(value, part, depth + 1)),
        Keyword::AnyOf(branches) => matched(value, branches, 1, depth) == 1,
        Keyword::OneOf(branches) => matched(value, branches, 2, depth) == 1,
        // Keywords of one type say nothing of others.
        Keyword::Members(_)
        | Keyword::MinLength(_)
        | Keyword::MaxLength(_)
        | Keyword::Pattern(_)
        | Keyword::MinProperties(_)
        | Keyword::MaxProperties(_)
        | Keyword::EveryMember => true,
        _ => keyword_holds(View::from(value), keyword, rules),
    }
}

/// How many branches hold, up to as many as are of interest.
fn matched(value: &Value, branches: &Branches, most: usize, depth: usize) -> usize {
    let holds = |part: &&Rules| value_holds(value, part, depth + 1);
    if let (Apart::Tag { property, values, others }, Value::Object(object)) = (&branches.apart, value)
        && let Some(tag) = object.get(*property)
    {
        return branches.of_tag(tag.as_str(), values, others).filter(holds).take(most).count();
    }
    branches.parts.iter().copied().filter(holds).take(most).count()
}
