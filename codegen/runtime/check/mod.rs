//! The checker of values against rules.
//!
//! [`verdict`] decides quickly and without allocation whether a value is valid; only if it is not, [`check`] walks it again for a report.
//! The place of an instance is a chain of borrowed steps on the stack, and becomes a JSON Pointer only when something is wrong there.

mod array;
mod composition;
mod depth;
mod equality;
mod found;
pub mod json;
mod object;
mod scalar;
mod typed;
mod unevaluated;
mod verdict;
mod work;

use std::collections::HashSet;

use super::Rule;
use super::keyword::{in_place, of_elements, of_members, of_value};
use super::pattern::Reserve;
use super::pointer::escaped;
use super::violations::Violations;
use super::{Instance, Keyword, Limits, Rules, Types, View};

pub use depth::Depth;
pub(super) use depth::decided;
use found::{Account, Found};
pub use scalar::length_in;
pub(super) use typed::elements_hold;
pub use typed::{count_in, enum_holds, keyword_holds, others_hold, struct_holds, union_holds};
pub(super) use verdict::verdict;
pub use work::Work;

/// Checks a value against rules.
///
/// # Errors
/// All violations, up to [`Violations::CAP`], in the order of the document: the members of an object as its schema declares
/// them, then undeclared ones, then the other keywords.
pub fn check(view: View<'_>, rules: &Rules) -> Result<(), Violations> {
    let _shared = Reserve::open();
    let (work, account) = (Work::default(), Account::default());
    let mut found = Found::new(&account);
    apply(view, rules, &Place::root(&work), &mut found);
    found.finish()
}

/// Checks a model, or any JSON value, against rules.
///
/// # Errors
/// As [`check`].
pub fn validate<T: Instance>(value: &T, rules: &Rules) -> Result<(), Violations> {
    let _shared = Reserve::open();
    if value.holds(rules) {
        Ok(())
    } else {
        check(value.view(), rules)
    }
}

/// Checks the length of binary data, the only constraint that rules have on it.
///
/// # Errors
/// Where they are too few, or too many.
pub fn check_octets(content: &[u8], rules: &Rules) -> Result<(), Violations> {
    let (work, account) = (Work::default(), Account::default());
    let mut found = Found::new(&account);
    octets(
        content,
        rules,
        &Place::root(&work),
        &mut found,
        &mut HashSet::new(),
    );
    found.finish()
}

// Recursion is bounded by the depth of compositions, which the generator bounds.
fn octets(
    content: &[u8],
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
    seen: &mut HashSet<usize>,
) {
    // A keyword without violations need not be checked twice.
    if !seen.insert(std::ptr::from_ref(rules).addr()) {
        return;
    }
    for keyword in rules.keywords {
        match keyword {
            Keyword::Ref(target) => octets(content, target, place, found, seen),
            Keyword::AllOf(parts) => parts
                .iter()
                .for_each(|part| octets(content, part, place, found, seen)),
            // A limit of the length, or nothing that is asked of bytes.
            _ => {
                if let Some(rule) = scalar::octets(content, keyword) {
                    found.push(place, rules, rule);
                }
            }
        }
    }
}

/// Whether a value is valid against rules: the verdict of [`check`], without a report.
#[must_use]
pub fn holds(view: View<'_>, rules: &Rules) -> bool {
    let _shared = Reserve::open();
    decided(|depth| verdict(view, rules, depth))
}

/// Where an instance is: a chain of steps from the root.
struct Place<'a> {
    step: Step<'a>,
    parent: Option<&'a Place<'a>>,
    depth: Depth<'a>,
    /// Whether some schema marks the value here as sensitive.
    sensitive: bool,
}

enum Step<'a> {
    Root,
    /// A member whose name is not shown.
    Hidden,
    Member(&'a str),
    Element(usize),
}

impl<'a> Place<'a> {
    const fn root(work: &'a Work) -> Self {
        Place {
            step: Step::Root,
            parent: None,
            depth: Depth::root(work),
            sensitive: false,
        }
    }

    fn member(&'a self, name: &'a str) -> Place<'a> {
        Place {
            step: Step::Member(name),
            parent: Some(self),
            depth: self.depth.inside(),
            sensitive: self.sensitive,
        }
    }

    /// A member with a name of the instance's choice; the names of a sensitive object are sensitive too.
    fn chosen(&'a self, name: &'a str) -> Place<'a> {
        let step = if self.sensitive {
            Step::Hidden
        } else {
            Step::Member(name)
        };
        Place {
            step,
            ..self.member(name)
        }
    }

    fn element(&'a self, index: usize) -> Place<'a> {
        Place {
            step: Step::Element(index),
            parent: Some(self),
            depth: self.depth.inside(),
            sensitive: self.sensitive,
        }
    }

    /// The same instance, for a part of the schema.
    fn same(&'a self) -> Place<'a> {
        Place {
            step: Step::Root,
            parent: Some(self),
            depth: self.depth.same(),
            sensitive: self.sensitive,
        }
    }

    /// The JSON Pointer (RFC 6901).
    fn pointer(&self) -> String {
        let mut out = String::with_capacity(16 * self.depth.levels());
        self.write(&mut out);
        out
    }

    /// The approximate size of the pointer in bytes.
    fn length(&self) -> usize {
        let own = match self.step {
            Step::Root => 0,
            Step::Member(name) => name.len() + 1,
            Step::Element(_) | Step::Hidden => 8,
        };
        self.parent.map_or(own, |parent| own + parent.length())
    }

    // Recursion is bounded by the depth of places, which `Depth` bounds.
    fn write(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(out);
        }
        match self.step {
            Step::Root => {}
            Step::Member(name) => {
                out.push('/');
                out.push_str(&escaped(name));
            }
            Step::Hidden => out.push_str("/[redacted]"),
            Step::Element(index) => {
                out.push('/');
                out.push_str(&index.to_string());
            }
        }
    }
}

fn apply(view: View<'_>, rules: &Rules, place: &Place<'_>, found: &mut Found<'_>) {
    let view = match view {
        View::Binary(binary) => binary.text().map_or(view, View::String),
        _ => view,
    };
    let kind = view.found();
    if !place.depth.admits(kind) {
        found.push(
            place,
            rules,
            Rule::Depth {
                limit: Limits::DEEPEST,
            },
        );
        return;
    }
    if found.is_full() {
        return;
    }
    let work = place.depth.work();
    if work.step() {
        // From here on, only invalid values are visited.
        if verdict(view, rules, place.depth) && work.is_decided() {
            return;
        }
        work.take_undecided();
    }
    let hidden;
    let place = if rules.sensitive && !place.sensitive {
        hidden = Place {
            step: Step::Root,
            parent: Some(place),
            depth: place.depth,
            sensitive: true,
        };
        &hidden
    } else {
        place
    };
    if !rules.types.intersects(kind) {
        let rule = if rules.types == Types(0) {
            Rule::Never
        } else {
            Rule::Type {
                expected: rules.types,
                found: kind,
            }
        };
        found.push(place, rules, rule);
        return;
    }
    for keyword in rules.keywords {
        apply_keyword(view, keyword, rules, place, found);
        // A question of a keyword without an answer is neither valid nor invalid.
        if let Some(why) = work.take_undecided() {
            found.push(place, rules, why.rule());
        }
    }
}

fn apply_keyword(
    view: View<'_>,
    keyword: &Keyword,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    match keyword {
        of_value!() => scalar::report(view, keyword, rules, place, found),
        of_elements!() => {
            if let View::Array(elements) = view {
                array::elements(elements, keyword, rules, place, found);
            }
        }
        of_members!() => {
            if let View::Object(members) = view {
                object::members(members, keyword, rules, place, found);
            }
        }
        in_place!() => composition::branches(view, keyword, rules, place, found),
    }
}
