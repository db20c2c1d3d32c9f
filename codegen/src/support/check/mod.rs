//! The checker: rules and a view meet.
//!
//! A valid value costs no allocation: the place of an instance is a chain of borrowed steps on the stack, and becomes a JSON
//! Pointer only when something is wrong there.

mod array;
mod composition;
mod equality;
mod object;
mod scalar;
mod unevaluated;
mod value;

use super::Rule;
use super::violations::{Violation, Violations};
use super::{Additional, Apart, Branches, Instance, Items, Keyword, Members, Object, Property, Rules, Types, View};

/// How deep instances are followed; an honest payload of this depth does not exist.
const DEEPEST: usize = 128;

/// Checks a value against rules.
///
/// # Errors
/// All violations, up to [`Violations::CAP`], in the order of the document: the members of an object as its schema declares
/// them, then undeclared ones, then the other keywords.
pub fn check(view: View<'_>, rules: &Rules) -> Result<(), Violations> {
    let mut found = Found::default();
    apply(view, rules, &Place::ROOT, &mut found);
    match Violations::from_list(found.list) {
        Some(violations) => Err(violations),
        None => Ok(()),
    }
}

/// Checks any JSON value against rules.
///
/// # Errors
/// As [`check`].
pub fn check_value(value: &serde_json::Value, rules: &Rules) -> Result<(), Violations> {
    if value::value_holds(value, rules, 0) { Ok(()) } else { check(View::from(value), rules) }
}

/// Checks a model against its rules.
///
/// # Errors
/// As [`check`].
pub fn validate<T: Instance>(value: &T, rules: &Rules) -> Result<(), Violations> {
    if value.holds(rules) { Ok(()) } else { check(value.view(), rules) }
}

/// Whether a value follows rules: the verdict of [`check`], without a report and without memory for one.
#[must_use]
pub fn holds(view: View<'_>, rules: &Rules) -> bool {
    holds_at(view, rules, &Place::ROOT)
}

/// Whether a string follows rules.
pub(super) fn text_holds(text: &str, rules: &Rules) -> bool {
    rules.types.intersects(Types::STRING)
        && rules.keywords.iter().all(|keyword| match keyword {
            // The two that nearly all strings have, apart from the rest: two comparisons are quicker than a table of jumps.
            Keyword::MaxLength(limit) => scalar::is_short_enough(text, *limit),
            Keyword::MinLength(limit) => scalar::is_long_enough(text, *limit),
            _ => text_keyword_holds(text, keyword, rules),
        })
}

fn text_keyword_holds(text: &str, keyword: &Keyword, rules: &Rules) -> bool {
    match keyword {
        Keyword::Pattern(pattern) => pattern.is_match(text),
        Keyword::Format(format) => format.holds(View::String(text)),
        _ => keyword_holds(View::String(text), keyword, rules),
    }
}

/// Whether a number or a boolean follows rules.
pub(super) fn scalar_holds(view: View<'_>, rules: &Rules) -> bool {
    rules.types.intersects(view.found())
        && rules.keywords.iter().all(|keyword| match keyword {
            Keyword::Minimum(_)
            | Keyword::ExclusiveMinimum(_)
            | Keyword::Maximum(_)
            | Keyword::ExclusiveMaximum(_)
            | Keyword::MultipleOf(_) => scalar::number_holds(view, keyword),
            Keyword::Format(format) => format.holds(view),
            _ => keyword_holds(view, keyword, rules),
        })
}

/// Whether a value of an enum follows rules: one that the enum's own schema lists does, where the list is all there is.
pub fn enum_holds(text: &str, listed: bool, rules: &Rules, own: &'static Rules) -> bool {
    let rules = referred(rules, own, Types::STRING);
    let listed = listed && std::ptr::eq(rules, own) && matches!(rules.keywords, [Keyword::Enum(_)]);
    listed || text_holds(text, rules)
}

/// The rules that a property means by `$ref`, or by `allOf` of one, where it says no more: up to those of the value's own schema.
fn referred<'r>(rules: &'r Rules, own: &'static Rules, types: Types) -> &'r Rules {
    let mut rules = rules;
    while !std::ptr::eq(rules, own) && rules.types.intersects(types) {
        rules = match rules.keywords {
            [Keyword::Ref(target)] | [Keyword::AllOf([target])] => target,
            _ => break,
        };
    }
    rules
}

/// Whether an array of models follows rules.
pub(super) fn elements_hold<T: Instance>(elements: &[T], view: View<'_>, rules: &Rules) -> bool {
    rules.types.intersects(Types::ARRAY)
        && rules.keywords.iter().all(|keyword| match keyword {
            Keyword::Items(Items { prefix: [], rest }) => {
                rest.is_none_or(|rest| elements.iter().all(|element| element.holds(rest)))
            }
            _ => keyword_holds(view, keyword, rules),
        })
}

/// Whether a struct follows rules. Where they are the rules of its own schema, its declared members are asked by `members`, each by
/// its type, and what remains by the tables.
#[inline]
pub fn struct_holds(
    object: &dyn Object,
    rules: &Rules,
    own: &'static Rules,
    members: impl FnOnce(&[Property]) -> bool,
) -> bool {
    match own_members(rules, own) {
        Some((declared, rest)) => members(declared.properties) && rest_holds(object, declared, rest, own),
        None => holds(View::Object(object), rules),
    }
}

/// Whether a value of a union follows rules. Where they are the union's own, and no two of its branches can hold, the branch that it was
/// decoded as decides; a value that does not follow that one, and any other rules, are left to the tables.
#[inline]
pub fn union_holds(
    view: View<'_>,
    rules: &Rules,
    own: &'static Rules,
    branch: &'static Rules,
    holds_as: impl FnOnce(&Rules) -> bool,
) -> bool {
    (decides(view, rules, own, branch) && holds_as(branch)) || holds(view, rules)
}

/// Whether a branch decides about a value of a union.
fn decides(view: View<'_>, rules: &Rules, own: &'static Rules, branch: &'static Rules) -> bool {
    let branches = match own.keywords {
        [Keyword::AnyOf(branches)] => branches,
        [Keyword::OneOf(branches)] if is_alone(view, branches) => branches,
        _ => return false,
    };
    own.types.intersects(view.found())
        && std::ptr::eq(referred(rules, own, Types::ANY), own)
        && branches.parts.iter().any(|part| std::ptr::eq(*part, branch))
}

/// Whether one branch at most can hold for a value.
fn is_alone(view: View<'_>, branches: &Branches) -> bool {
    match (&branches.apart, view) {
        (Apart::Types, _) => true,
        (Apart::Tag { property, values, others }, View::Object(object)) => match object.get(property) {
            Some(View::String(tag)) => branches.of_tag(Some(tag), values, others).take(2).count() == 1,
            _ => false,
        },
        _ => false,
    }
}

/// The member rules that a struct's own schema begins with, and its other keywords; `None` where other rules are asked for.
#[inline]
fn own_members(rules: &Rules, own: &'static Rules) -> Option<(&'static Members, &'static [Keyword])> {
    if !std::ptr::eq(rules, own) && !std::ptr::eq(referred(rules, own, Types::OBJECT), own) {
        return None;
    }
    match own.keywords {
        [Keyword::Members(declared), rest @ ..] => Some((declared, rest)),
        _ => None,
    }
}

#[inline]
fn rest_holds(object: &dyn Object, declared: &Members, rest: &[Keyword], rules: &Rules) -> bool {
    let closed_by_type = matches!(declared.additional, Additional::Allowed) || object.additional().is_none();
    (declared.required.is_empty() && closed_by_type || others_hold(object, declared))
        && rest.iter().all(|keyword| keyword_holds(View::Object(object), keyword, rules))
}

fn others_hold(object: &dyn Object, declared: &Members) -> bool {
    declared.required.iter().all(|name| object.get(name).is_some()) && object::undeclared_hold(object, declared)
}

/// Whether the length of a text, in code points, is in a range.
#[inline]
#[must_use]
pub fn length_in(text: &str, range: std::ops::RangeInclusive<u64>) -> bool {
    // A code point takes one to four bytes: most texts are decided by their size alone.
    let (bytes, least, most) = (text.len() as u64, *range.start(), *range.end());
    if bytes < least {
        return false;
    }
    (bytes <= most && bytes / 4 >= least) || range.contains(&count(text))
}

/// How many code points a text has.
fn count(text: &str) -> u64 {
    // All bytes of a code point but the first are 0b10xxxxxx (RFC 3629, section 3).
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count() as u64
}

fn keyword_holds(view: View<'_>, keyword: &Keyword, rules: &Rules) -> bool {
    let mut found = Found::quiet();
    apply_keyword(view, keyword, rules, &Place::ROOT, &mut found);
    !found.failed
}

/// The violations found so far: one more than is reported, so that a cut is noticed. Or, where no one asks for a report, whether there
/// is any.
#[derive(Default)]
struct Found {
    list: Vec<Violation>,
    quiet: bool,
    failed: bool,
}

impl Found {
    fn quiet() -> Self {
        Self { quiet: true, ..Self::default() }
    }

    fn push(&mut self, place: &Place<'_>, rules: &Rules, rule: Rule) {
        self.failed = true;
        if !self.quiet && self.list.len() <= Violations::CAP {
            self.list.push(Violation { pointer: place.pointer(), rule, schema: rules.schema });
        }
    }

    /// Whether more would be of no use.
    fn is_full(&self) -> bool {
        if self.quiet { self.failed } else { self.list.len() > Violations::CAP }
    }
}

/// Where an instance is: a chain of steps from the root.
struct Place<'a> {
    step: Step<'a>,
    parent: Option<&'a Place<'a>>,
    depth: usize,
    /// Whether some schema says that what is here must not be shown.
    sensitive: bool,
}

enum Step<'a> {
    Root,
    Member(&'a str),
    Element(usize),
}

impl<'a> Place<'a> {
    const ROOT: Place<'static> = Place { step: Step::Root, parent: None, depth: 0, sensitive: false };

    fn member(&'a self, name: &'a str) -> Place<'a> {
        Place { step: Step::Member(name), parent: Some(self), depth: self.depth + 1, sensitive: self.sensitive }
    }

    fn element(&'a self, index: usize) -> Place<'a> {
        Place { step: Step::Element(index), parent: Some(self), depth: self.depth + 1, sensitive: self.sensitive }
    }

    /// The same instance, seen by a deeper schema: bounds recursion through schemas that lead to themselves.
    fn same(&'a self) -> Place<'a> {
        Place { step: Step::Root, parent: Some(self), depth: self.depth + 1, sensitive: self.sensitive }
    }

    /// The JSON Pointer (RFC 6901).
    fn pointer(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    // As deep as places are, which `DEEPEST` bounds.
    fn write(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(out);
        }
        match self.step {
            Step::Root => {}
            Step::Member(name) => {
                out.push('/');
                if name.contains(['~', '/']) {
                    out.push_str(&name.replace('~', "~0").replace('/', "~1"));
                } else {
                    out.push_str(name);
                }
            }
            Step::Element(index) => {
                out.push('/');
                out.push_str(&index.to_string());
            }
        }
    }
}

fn apply(view: View<'_>, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    if place.depth > DEEPEST {
        found.push(place, rules, Rule::Depth { limit: DEEPEST });
        return;
    }
    if found.is_full() {
        return;
    }
    let hidden;
    let place = if rules.sensitive && !place.sensitive {
        hidden = Place { step: Step::Root, parent: Some(place), depth: place.depth, sensitive: true };
        &hidden
    } else {
        place
    };
    let kind = view.found();
    if !rules.types.intersects(kind) {
        let rule =
            if rules.types == Types(0) { Rule::Never } else { Rule::Type { expected: rules.types, found: kind } };
        found.push(place, rules, rule);
        return;
    }
    for keyword in rules.keywords {
        apply_keyword(view, keyword, rules, place, found);
    }
}

fn apply_keyword(view: View<'_>, keyword: &Keyword, rules: &Rules, place: &Place<'_>, found: &mut Found) {
    match keyword {
        Keyword::Enum(listed) => {
            if !listed.iter().any(|literal| equality::equals_literal(view, literal)) {
                found.push(place, rules, Rule::Enum { listed: listed.len() });
            }
        }
        Keyword::MinLength(_) | Keyword::MaxLength(_) | Keyword::Pattern(_) => {
            if let View::String(text) = view {
                scalar::text(text, keyword, rules, place, found);
            }
        }
        Keyword::Format(format) => {
            if !format.holds(view) {
                found.push(place, rules, Rule::Format { format: format.name() });
            }
        }
        Keyword::Minimum(limit)
        | Keyword::ExclusiveMinimum(limit)
        | Keyword::Maximum(limit)
        | Keyword::ExclusiveMaximum(limit)
        | Keyword::MultipleOf(limit) => scalar::number(view, keyword, *limit, rules, place, found),
        Keyword::Items(_)
        | Keyword::MinItems(_)
        | Keyword::MaxItems(_)
        | Keyword::UniqueItems
        | Keyword::Contains(_) => {
            if let View::Array(elements) = view {
                array::elements(elements, keyword, rules, place, found);
            }
        }
        Keyword::Members(_)
        | Keyword::MinProperties(_)
        | Keyword::MaxProperties(_)
        | Keyword::PropertyNames(_)
        | Keyword::DependentRequired(_)
        | Keyword::DependentSchemas(_) => {
            if let View::Object(members) = view {
                object::members(members, keyword, rules, place, found);
            }
        }
        Keyword::Ref(_)
        | Keyword::AllOf(_)
        | Keyword::AnyOf(_)
        | Keyword::OneOf(_)
        | Keyword::Not(_)
        | Keyword::If(_) => composition::branches(view, keyword, rules, place, found),
        Keyword::EveryMember => {}
        Keyword::UnevaluatedItems(unevaluated) => {
            if let View::Array(elements) = view {
                unevaluated::items(elements, unevaluated, rules, place, found);
            }
        }
        Keyword::UnevaluatedProperties(unevaluated) => {
            if let View::Object(members) = view {
                unevaluated::properties(members, unevaluated, rules, place, found);
            }
        }
    }
}

/// Whether a value follows rules, at a place.
fn holds_at(view: View<'_>, rules: &Rules, place: &Place<'_>) -> bool {
    let mut found = Found::quiet();
    apply(view, rules, &place.same(), &mut found);
    !found.failed
}
