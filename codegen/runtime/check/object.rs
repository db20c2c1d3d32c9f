//! Objects: JSON Schema 2020-12, validation, section 6.5; core, section 10.3.2.

use std::borrow::Cow;

use super::super::formats::card_number::may_show_card_number;
use super::super::keyword::{in_place, of_elements, of_value};
use super::super::{Additional, Keyword, Members, Object, Rule, Types, View};
use super::verdict::{Judged, members_hold};
use super::{Depth, Found, Place, Rules, apply, unevaluated, verdict};

pub(super) fn members(
    object: &dyn Object,
    keyword: &Keyword,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    match keyword {
        Keyword::Members(members) => {
            let parted = Parted::of(object, members);
            declared(&parted, members, rules, place, found);
            undeclared(&parted, members, rules, place, found);
        }
        Keyword::PropertyNames(names) => object.visit(&mut |name, _| {
            let holds = verdict(name, names, place.depth.same());
            match place.depth.work().take_undecided() {
                Some(why) => report_at_name(name, rules, place, why.rule(), found),
                None if !holds => report_at_name(name, rules, place, Rule::PropertyNames, found),
                None => {}
            }
        }),
        Keyword::DependentRequired(named) => {
            for (because_of, required) in
                named.iter().filter(|(name, _)| object.get(name).is_some())
            {
                for name in required.iter().filter(|name| object.get(name).is_none()) {
                    found.push(place, rules, Rule::DependentRequired { name, because_of });
                }
            }
        }
        Keyword::DependentSchemas(named) => {
            for (_, rules) in named.iter().filter(|(name, _)| object.get(name).is_some()) {
                apply(View::Object(object), rules, &place.same(), found);
            }
        }
        Keyword::UnevaluatedProperties(unevaluated) => {
            unevaluated::properties(object, rules, place.depth, &mut |name, view| {
                if unevaluated.types == Types(0) {
                    report_at_name(
                        name,
                        rules,
                        place,
                        Rule::Unevaluated {
                            keyword: "unevaluatedProperties",
                        },
                        found,
                    );
                } else {
                    apply(view, unevaluated, &place.chosen(name), found);
                }
                true
            });
        }
        Keyword::EveryMember => {}
        of_value!() | of_elements!() | in_place!() => {}
    }
}

/// Whether a value is valid against a keyword of members; a value that is no object is.
#[inline]
pub(super) fn hold<'a>(
    value: impl Judged<'a>,
    keyword: &Keyword,
    rules: &Rules,
    depth: Depth<'_>,
) -> bool {
    match keyword {
        Keyword::Members(members) => members_hold(value, members, depth),
        Keyword::PropertyNames(names) => {
            value.all_members(|name, _| verdict(name, names, depth.same()))
        }
        Keyword::DependentRequired(named) => named.iter().all(|(because_of, required)| {
            value.get(because_of).is_none() || required.iter().all(|name| value.get(name).is_some())
        }),
        Keyword::DependentSchemas(named) => named
            .iter()
            .all(|(name, rules)| value.get(name).is_none() || verdict(value, rules, depth.same())),
        Keyword::EveryMember => true,
        Keyword::UnevaluatedProperties(rest) => value.object().is_none_or(|object| {
            unevaluated::properties(object, rules, depth, &mut |_, member| {
                verdict(member, rest, depth.inside())
            })
        }),
        of_value!() | of_elements!() | in_place!() => true,
    }
}

/// The members of an object, each looked up once, whatever their number.
struct Parted<'a> {
    object: &'a dyn Object,
    /// Those that are declared, in the order of the rules; empty where that is the order of the object itself.
    declared: Vec<Option<View<'a>>>,
    /// The others, where the rules constrain them by `additionalProperties` alone; patterns apply to declared members as well.
    others: Vec<(&'a str, View<'a>)>,
}

impl<'a> Parted<'a> {
    fn of(object: &'a dyn Object, members: &'static Members) -> Self {
        let mut parted = Self {
            object,
            declared: Vec::new(),
            others: Vec::new(),
        };
        let asks_others = members.asks_others() && members.patterns.is_empty();
        if object.declared().are_of(members) {
            if let Some(entries) = object.additional().filter(|_| asks_others) {
                entries.all(&mut |name, view| {
                    parted.others.push((name, view));
                    true
                });
            }
        } else {
            parted.declared.resize(members.properties.len(), None);
            object.all(&mut |name, view| {
                match members
                    .place(name)
                    .and_then(|place| parted.declared.get_mut(place))
                {
                    Some(member) => *member = Some(view),
                    None if asks_others => parted.others.push((name, view)),
                    None => {}
                }
                true
            });
        }
        parted
    }

    /// The declared member of an index.
    fn member(&self, index: usize) -> Option<View<'a>> {
        self.declared
            .get(index)
            .copied()
            .unwrap_or_else(|| self.object.member(index))
    }
}

/// `properties` and `required`.
fn declared(
    parted: &Parted<'_>,
    members: &Members,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    let work = place.depth.work();
    for (index, property) in members.properties.iter().enumerate() {
        match parted.member(index) {
            // Most members are valid; containers are walked once.
            Some(view)
                if !matches!(view, View::Array(_) | View::Object(_))
                    && verdict(view, property.rules, place.depth.inside())
                    && work.is_decided() => {}
            Some(view) => {
                // The same question as just before.
                work.take_undecided();
                apply(view, property.rules, &place.member(property.name), found);
            }
            None if property.required => {
                found.push(
                    place,
                    rules,
                    Rule::Required {
                        name: Cow::Borrowed(property.name),
                    },
                );
            }
            None => {}
        }
    }
    for name in members
        .required
        .iter()
        .filter(|name| parted.object.get(name).is_none())
    {
        found.push(
            place,
            rules,
            Rule::Required {
                name: Cow::Borrowed(name),
            },
        );
    }
}

/// `patternProperties` and `additionalProperties`.
fn undeclared(
    parted: &Parted<'_>,
    members: &Members,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    if members.patterns.is_empty() {
        for (name, view) in &parted.others {
            additional(name, *view, members, rules, place, found);
        }
        return;
    }
    // Patterns apply to declared members as well.
    parted.object.visit(&mut |name, view| {
        let (mut evaluated, mut undecided) = (members.property(name).is_some(), None);
        let inside = if evaluated {
            place.member(name)
        } else {
            place.chosen(name)
        };
        for (pattern, rules) in members.patterns {
            let matches = place.depth.work().matches(pattern, name);
            // The violation is one of the name, not of the member.
            undecided = undecided.or(place.depth.work().take_undecided());
            if matches {
                evaluated = true;
                apply(view, rules, &inside, found);
            }
        }
        if let Some(why) = undecided {
            report_at_name(name, rules, place, why.rule(), found);
        } else if !evaluated {
            additional(name, view, members, rules, place, found);
        }
    });
}

/// `additionalProperties`, of one member.
fn additional(
    name: &str,
    view: View<'_>,
    members: &Members,
    rules: &Rules,
    place: &Place<'_>,
    found: &mut Found<'_>,
) {
    match members.additional {
        Additional::Allowed => {}
        Additional::Denied => report_at_name(name, rules, place, Rule::AdditionalProperties, found),
        Additional::Rules(rules) => apply(view, rules, &place.chosen(name), found),
    }
}

/// Reports at a member with a name of the instance's choice: at the object instead, if the name could be a card number or is sensitive.
fn report_at_name(name: &str, rules: &Rules, place: &Place<'_>, rule: Rule, found: &mut Found<'_>) {
    if place.sensitive || may_show_card_number(name) {
        found.push(place, rules, rule);
    } else {
        found.push(&place.member(name), rules, rule);
    }
}
