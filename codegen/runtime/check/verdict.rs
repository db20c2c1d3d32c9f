//! The verdict: whether a value is valid, without a report and without allocation.
//!
//! It is generic over the value: a [`View`], whose parts are views made on the way, a `serde_json::Value`, or a string. Checks of more
//! than one value (equality, decimals, unevaluated members) are shared with the report.

use serde_json::Value;

use super::super::keyword::{in_place, of_elements, of_members, of_value};
use super::super::{
    Additional, Array, Branches, Exclusive, Keyword, Members, Object, Rules, Types, View,
};
use super::work::{Key, Undecided};
use super::{Depth, array, composition, json, object, scalar};

/// A value to decide about.
pub(in super::super) trait Judged<'a>: Copy {
    /// A view of the value.
    fn view(self) -> View<'a>;

    /// Its type.
    fn kind(self) -> Types {
        self.view().found()
    }

    /// The text of a string.
    fn text(self) -> Option<&'a str>;

    /// The whole array.
    fn elements(self) -> Option<&'a dyn Array> {
        if let View::Array(elements) = self.view() {
            Some(elements)
        } else {
            None
        }
    }

    /// The whole object.
    fn object(self) -> Option<&'a dyn Object> {
        if let View::Object(object) = self.view() {
            Some(object)
        } else {
            None
        }
    }

    /// A member of an object.
    fn get(self, name: &str) -> Option<Self>;

    /// Whether all members of an object pass a test, in any order, up to the first that does not; true if the value is no object.
    fn all_members(self, test: impl FnMut(&'a str, Self) -> bool) -> bool;

    /// Whether all elements of an array pass a test; true if the value is no array.
    fn all_elements(self, test: impl FnMut(usize, Self) -> bool) -> bool;
}

impl<'a> Judged<'a> for View<'a> {
    fn view(self) -> View<'a> {
        self
    }

    fn text(self) -> Option<&'a str> {
        match self {
            View::String(text) => Some(text),
            View::Binary(binary) => binary.text(),
            View::Null
            | View::Boolean(_)
            | View::Integer(_)
            | View::Unsigned(_)
            | View::Number(_)
            | View::Numeral(_)
            | View::Array(_)
            | View::Object(_) => None,
        }
    }

    fn get(self, name: &str) -> Option<Self> {
        self.object()?.get(name)
    }

    fn all_members(self, mut test: impl FnMut(&'a str, Self) -> bool) -> bool {
        self.object().is_none_or(|object| object.all(&mut test))
    }

    fn all_elements(self, mut test: impl FnMut(usize, Self) -> bool) -> bool {
        self.elements().is_none_or(|elements| {
            (0..elements.len()).all(|index| {
                elements
                    .element(index)
                    .is_none_or(|element| test(index, element))
            })
        })
    }
}

impl<'a> Judged<'a> for &'a Value {
    fn view(self) -> View<'a> {
        View::from(self)
    }

    fn kind(self) -> Types {
        match self {
            Value::Null => Types::NULL,
            Value::Bool(_) => Types::BOOLEAN,
            Value::Number(number) if json::is_integer(number) => Types::INTEGER,
            Value::Number(_) => Types::FRACTION,
            Value::String(_) => Types::STRING,
            Value::Array(_) => Types::ARRAY,
            Value::Object(_) => Types::OBJECT,
        }
    }

    fn text(self) -> Option<&'a str> {
        self.as_str()
    }

    fn get(self, name: &str) -> Option<Self> {
        self.as_object()?.get(name)
    }

    fn all_members(self, mut test: impl FnMut(&'a str, Self) -> bool) -> bool {
        self.as_object()
            .is_none_or(|members| members.iter().all(|(name, value)| test(name, value)))
    }

    fn all_elements(self, mut test: impl FnMut(usize, Self) -> bool) -> bool {
        self.as_array().is_none_or(|elements| {
            elements
                .iter()
                .enumerate()
                .all(|(index, value)| test(index, value))
        })
    }
}

impl<'a> Judged<'a> for &'a str {
    fn view(self) -> View<'a> {
        View::String(self)
    }

    fn kind(self) -> Types {
        Types::STRING
    }

    fn text(self) -> Option<&'a str> {
        Some(self)
    }

    fn get(self, _name: &str) -> Option<Self> {
        None
    }

    fn all_members(self, _test: impl FnMut(&'a str, Self) -> bool) -> bool {
        true
    }

    fn all_elements(self, _test: impl FnMut(usize, Self) -> bool) -> bool {
        true
    }
}

/// Whether a value is valid against rules, at a depth.
#[inline]
pub(in super::super) fn verdict<'a>(
    value: impl Judged<'a>,
    rules: &Rules,
    depth: Depth<'_>,
) -> bool {
    let kind = value.kind();
    if depth.work().step() {
        return remembered(value, kind, rules, depth);
    }
    if !depth.admits(kind) {
        depth.work().refuse(Undecided::Depth);
        return false;
    }
    rules.types.intersects(kind)
        && (rules.keywords.is_empty() || keywords_hold(value, rules.keywords, rules, depth))
}

/// The same, once verdicts are remembered.
#[cold]
#[inline(never)]
fn remembered<'a>(value: impl Judged<'a>, kind: Types, rules: &Rules, depth: Depth<'_>) -> bool {
    let work = depth.work();
    work.reach(depth);
    if !depth.admits(kind) {
        work.refuse(Undecided::Depth);
    }
    // An undecided question makes the verdict false, whatever the rest says.
    if !work.is_decided() || !rules.types.intersects(kind) {
        return false;
    }
    if rules.keywords.is_empty() {
        return true;
    }
    let key = Key::new(value.view(), rules, depth);
    if let Some(holds) = work.recall(&key, depth) {
        return holds;
    }
    let question = work.ask(depth);
    let holds = keywords_hold(value, rules.keywords, rules, depth);
    work.answer(&question, key, depth, holds);
    holds && work.is_decided()
}

/// Whether a value is valid against some keywords of `rules`.
pub(super) fn keywords_hold<'a>(
    value: impl Judged<'a>,
    keywords: &[Keyword],
    rules: &Rules,
    depth: Depth<'_>,
) -> bool {
    keywords
        .iter()
        .all(|keyword| keyword_holds(value, keyword, rules, depth))
}

/// Whether a value is valid against one keyword. A keyword of one type does not apply to others.
#[inline(always)]
fn keyword_holds<'a>(
    value: impl Judged<'a>,
    keyword: &Keyword,
    rules: &Rules,
    depth: Depth<'_>,
) -> bool {
    match keyword {
        of_value!() => scalar::broken(value, keyword, depth).is_none(),
        of_elements!() => array::hold(value, keyword, rules, depth),
        of_members!() => object::hold(value, keyword, rules, depth),
        in_place!() => composition::hold(value, keyword, depth),
    }
}

/// `properties`, `required`, `patternProperties`, `additionalProperties`: by the members of the object, each looked up once.
pub(super) fn members_hold<'a>(
    value: impl Judged<'a>,
    members: &Members,
    depth: Depth<'_>,
) -> bool {
    if !value.kind().intersects(Types::OBJECT) {
        return true;
    }
    let mut required = 0;
    let (asks_others, asks_all) = (members.asks_others(), !members.patterns.is_empty());
    let member_holds = |name: &str, member| match members.property(name) {
        Some(property) => {
            required += usize::from(property.required);
            verdict(member, property.rules, depth.inside())
                && (!asks_all || undeclared_holds(name, member, true, members, depth))
        }
        None => {
            // Skipping a member takes time as well.
            depth.work().charge(1);
            !asks_others || undeclared_holds(name, member, false, members, depth)
        }
    };
    let silent = members.properties.is_empty() && !asks_others;
    (silent || value.all_members(member_holds))
        && required == members.required_properties
        && members
            .required
            .iter()
            .all(|name| value.get(name).is_some())
}

/// `patternProperties` and `additionalProperties` for one member.
pub(super) fn undeclared_holds<'a>(
    name: &str,
    member: impl Judged<'a>,
    declared: bool,
    members: &Members,
    depth: Depth<'_>,
) -> bool {
    let mut evaluated = declared;
    for (pattern, rules) in members.patterns {
        if depth.work().matches(pattern, name) {
            evaluated = true;
            if !verdict(member, rules, depth.inside()) {
                return false;
            }
        }
    }
    evaluated
        || match members.additional {
            Additional::Allowed => true,
            Additional::Denied => false,
            Additional::Rules(rules) => verdict(member, rules, depth.inside()),
        }
}

/// The number of matching branches, up to a limit.
pub(super) fn matched<'a>(
    value: impl Judged<'a>,
    branches: &Branches,
    most: usize,
    depth: Depth<'_>,
) -> usize {
    if let Exclusive::Tag {
        property,
        values,
        others,
    } = &branches.exclusive
        && let Some(tag) = value.get(property)
    {
        return matched_of(
            value,
            branches.of_tag(tag.text(), values, others),
            most,
            depth,
        );
    }
    let most = if matches!(branches.exclusive, Exclusive::Types) {
        1
    } else {
        most
    };
    matched_of(value, branches.parts.iter().copied(), most, depth)
}

fn matched_of<'a, 'r>(
    value: impl Judged<'a>,
    parts: impl Iterator<Item = &'r Rules>,
    most: usize,
    depth: Depth<'_>,
) -> usize {
    let (work, mut matched) = (depth.work(), 0);
    let (before, mut undecided) = (work.take_undecided(), None);
    for part in parts {
        matched += usize::from(verdict(value, part, depth.same()) && work.is_decided());
        if matched == most {
            break;
        }
        // If one branch is enough, another branch may match.
        if most == 1 && !work.is_decided() {
            undecided = undecided.or(work.take_undecided());
        }
    }
    if let Some(why) = before.or(undecided.filter(|_| matched == 0)) {
        work.refuse(why);
    }
    matched
}
