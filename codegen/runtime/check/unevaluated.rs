//! `unevaluatedProperties`, `unevaluatedItems`: JSON Schema 2020-12, core, section 11.
//!
//! Members and elements evaluated by the other keywords of a schema, and by in-place subschemas that are valid, are marked; the rest is
//! checked against the keyword's own schema.

use std::collections::HashSet;

use super::super::keyword::{of_elements, of_members, of_value};
use super::super::{Additional, Array, Keyword, Object, Rules, View};
use super::Depth;
use super::verdict::verdict;

/// Number of schemas that are visited before visited ones are remembered.
const MANY: u32 = 64;

/// Which members or elements are evaluated, by their position in visiting order.
struct Marks {
    bits: Bits,
    /// Number of visited schemas.
    asked: u32,
    /// Visited schemas by address, once there are many: chains of schemas that each apply the next one twice would otherwise take
    /// exponential time.
    seen: HashSet<usize>,
}

enum Bits {
    /// Up to 128 of them, without allocation.
    Few(u128),
    Many(Vec<bool>),
}

impl Marks {
    fn new(count: usize) -> Self {
        let bits = if count <= 128 {
            Bits::Few(0)
        } else {
            Bits::Many(vec![false; count])
        };
        Self {
            bits,
            asked: 0,
            seen: HashSet::new(),
        }
    }

    /// Whether a schema has not been visited yet.
    fn begins(&mut self, rules: &Rules) -> bool {
        self.asked = self.asked.saturating_add(1);
        self.asked <= MANY || self.seen.insert(std::ptr::from_ref(rules).addr())
    }
}

impl Bits {
    fn mark(&mut self, index: usize) {
        match self {
            Self::Few(bits) => {
                *bits |= 1u128
                    .checked_shl(u32::try_from(index).unwrap_or(u32::MAX))
                    .unwrap_or(0)
            }
            Self::Many(list) => list
                .iter_mut()
                .skip(index)
                .take(1)
                .for_each(|mark| *mark = true),
        }
    }

    fn mark_all(&mut self) {
        match self {
            Self::Few(bits) => *bits = u128::MAX,
            Self::Many(list) => list.fill(true),
        }
    }

    fn has(&self, index: usize) -> bool {
        match self {
            Self::Few(bits) => u32::try_from(index)
                .is_ok_and(|index| bits.checked_shr(index).unwrap_or(0) & 1 == 1),
            Self::Many(list) => list.get(index).copied().unwrap_or(false),
        }
    }
}

/// Whether all members that no keyword of `rules` evaluates pass a test.
pub(super) fn properties<'a>(
    object: &'a dyn Object,
    rules: &Rules,
    depth: Depth<'_>,
    test: &mut dyn FnMut(&'a str, View<'a>) -> bool,
) -> bool {
    let mut marks = Marks::new(object.count());
    depth.work().charge(object.count());
    mark_members(object, rules, depth, &mut marks);
    if !depth.work().is_decided() {
        return false;
    }
    let mut index = 0;
    object.all(&mut |name, view| {
        index += 1;
        marks.bits.has(index - 1) || test(name, view)
    })
}

fn mark_members(object: &dyn Object, rules: &Rules, depth: Depth<'_>, marks: &mut Marks) {
    depth.work().reach(depth);
    if !depth.admits_all() || !marks.begins(rules) {
        return;
    }
    for keyword in rules.keywords {
        match keyword {
            Keyword::Members(members) => {
                depth.work().charge(object.count());
                let mut index = 0;
                object.visit(&mut |name, _| {
                    let declared = members.property(name).is_some();
                    let matched = || {
                        members
                            .patterns
                            .iter()
                            .any(|(pattern, _)| depth.work().matches(pattern, name))
                    };
                    if !matches!(members.additional, Additional::Allowed) || declared || matched() {
                        marks.bits.mark(index);
                    }
                    index += 1;
                });
            }
            Keyword::EveryMember => marks.bits.mark_all(),
            Keyword::DependentSchemas(named) => {
                for (_, part) in named.iter().filter(|(name, _)| object.get(name).is_some()) {
                    mark_members_in_place(object, part, depth, marks);
                }
            }
            _ => in_place(View::Object(object), keyword, depth, &mut |part| {
                mark_members_in_place(object, part, depth, marks);
            }),
        }
    }
}

/// Marks what a subschema evaluates; its own `unevaluatedProperties` evaluates the rest.
fn mark_members_in_place(object: &dyn Object, rules: &Rules, depth: Depth<'_>, marks: &mut Marks) {
    if rules
        .keywords
        .iter()
        .any(|keyword| matches!(keyword, Keyword::UnevaluatedProperties(_)))
    {
        marks.bits.mark_all();
    } else {
        mark_members(object, rules, depth.same(), marks);
    }
}

/// Whether all elements that no keyword of `rules` evaluates pass a test.
pub(super) fn items<'a>(
    elements: &'a dyn Array,
    rules: &Rules,
    depth: Depth<'_>,
    test: &mut dyn FnMut(usize, View<'a>) -> bool,
) -> bool {
    let mut marks = Marks::new(elements.len());
    depth.work().charge(elements.len());
    mark_elements(elements, rules, depth, &mut marks);
    if !depth.work().is_decided() {
        return false;
    }
    (0..elements.len())
        .filter(|index| !marks.bits.has(*index))
        .all(|index| elements.element(index).is_none_or(|view| test(index, view)))
}

fn mark_elements(elements: &dyn Array, rules: &Rules, depth: Depth<'_>, marks: &mut Marks) {
    depth.work().reach(depth);
    if !depth.admits_all() || !marks.begins(rules) {
        return;
    }
    for keyword in rules.keywords {
        match keyword {
            Keyword::Items(items) if items.rest.is_some() => marks.bits.mark_all(),
            Keyword::Items(items) => {
                (0..items.prefix.len().min(elements.len())).for_each(|index| marks.bits.mark(index))
            }
            Keyword::Contains(contains) => {
                for index in 0..elements.len() {
                    if elements
                        .element(index)
                        .is_some_and(|view| verdict(view, contains.schema, depth.inside()))
                    {
                        marks.bits.mark(index);
                    }
                }
            }
            _ => in_place(View::Array(elements), keyword, depth, &mut |part| {
                if part
                    .keywords
                    .iter()
                    .any(|keyword| matches!(keyword, Keyword::UnevaluatedItems(_)))
                {
                    marks.bits.mark_all();
                } else {
                    mark_elements(elements, part, depth.same(), marks);
                }
            }),
        }
    }
}

/// The subschemas of a keyword that hold for the same instance.
fn in_place(view: View<'_>, keyword: &Keyword, depth: Depth<'_>, each: &mut dyn FnMut(&Rules)) {
    match keyword {
        Keyword::Ref(target) => each(target),
        Keyword::AllOf(parts) => parts.iter().for_each(|part| each(part)),
        Keyword::AnyOf(branches) | Keyword::OneOf(branches) => {
            branches
                .parts
                .iter()
                .filter(|part| verdict(view, part, depth.same()))
                .for_each(|part| each(part));
        }
        Keyword::If(test) => {
            let branch = if verdict(view, test.condition, depth.same()) {
                each(test.condition);
                test.then
            } else {
                test.otherwise
            };
            if let Some(branch) = branch {
                each(branch);
            }
        }
        // What a value breaks says nothing of its parts (JSON Schema 2020-12, core, section 11.1).
        Keyword::Not(_) => {}
        of_value!() | of_elements!() | of_members!() => {}
    }
}
