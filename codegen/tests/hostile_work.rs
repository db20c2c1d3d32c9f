//! Instances and schemas that make the checker work: what is long is asked about often, what is short is asked much, and schemas that lead
//! to one another multiply. What is counted is how often something is read, not time.

use std::cell::Cell;

use planchet::runtime::pattern::{LARGEST_BUDGET, Reserve};
use planchet::runtime::{
    Additional, Array, Branches, Entries, Exclusive, Format, Items, Keyword, Members, Object, Pattern, Property, Rule,
    Rules, Types, View, check, check_octets, holds, json,
};
use serde_json::{Value, json};

const fn rules(types: Types, keywords: &'static [Keyword]) -> Rules {
    Rules { schema: "/x", types, sensitive: false, keywords }
}

const fn members(
    properties: &'static [Property],
    slots: &'static [u32],
    required_properties: usize,
    additional: Additional,
) -> Members {
    Members { properties, slots, required_properties, required: &[], patterns: &[], additional }
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// `Rec: anyOf [{required: [a], a: Rec}, {required: [a, b], a: Rec}, {a: Rec, additionalProperties: false}, leaf]`
macro_rules! recursive {
    ($module:ident, $leaf:expr) => {
        mod $module {
            use super::*;

            static ONE: Members =
                members(&[Property { name: "a", required: true, rules: &REC }], &[1], 1, Additional::Allowed);
            static TWO: Members = members(
                &[
                    Property { name: "a", required: true, rules: &REC },
                    Property { name: "b", required: true, rules: &Rules::ANY },
                ],
                &[1, 2],
                2,
                Additional::Allowed,
            );
            static THREE: Members =
                members(&[Property { name: "a", required: false, rules: &REC }], &[1], 0, Additional::Denied);
            static A: Rules = rules(Types::OBJECT, &[Keyword::Members(&ONE)]);
            static B: Rules = rules(Types::OBJECT, &[Keyword::Members(&TWO)]);
            static C: Rules = rules(Types::OBJECT, &[Keyword::Members(&THREE)]);
            static LEAF: Rules = $leaf;
            pub static REC: Rules = rules(
                Types::ANY,
                &[Keyword::AnyOf(&Branches { parts: &[&A, &B, &C, &LEAF], exclusive: &Exclusive::Unknown })],
            );
        }
    };
}

thread_local! {
    static READ: Cell<u64> = const { Cell::new(0) };
}

fn reads(_: &str) -> bool {
    READ.set(READ.get() + 1);
    false
}

static COUNTED: Format = Format::of_text("counted", reads);

recursive!(long_text, rules(Types::STRING, &[Keyword::Format(&COUNTED)]));
recursive!(many_elements, rules(Types::ARRAY, &[Keyword::UniqueItems, Keyword::max_items(1)]));

fn nested(levels: usize, innermost: Value) -> Value {
    (0..levels).fold(innermost, |inner, _| json!({ "a": inner }))
}

#[test]
fn a_long_text_is_not_read_for_each_way_that_leads_to_it() {
    for levels in [2, 7, 13, 60] {
        let value = nested(levels, json!("x".repeat(1 << 16)));
        let before = READ.get();
        assert!(!holds(View::from(&value), &long_text::REC));
        let verdict = READ.get() - before;
        assert!(verdict < 16, "{levels} levels: read {verdict} times for the verdict");
        let report = check(View::from(&value), &long_text::REC).unwrap_err();
        let told = READ.get() - before - verdict;
        assert!(told < 400, "{levels} levels: read {told} times for the report");
        assert!(report.len() == 1 && report.is_truncated() == (levels > 2), "{levels} levels: {report}");
    }
}

/// An array that counts how often an element is looked at, in objects.
struct Counting {
    levels: usize,
    elements: i64,
    looks: Cell<u64>,
}

struct Level<'c>(&'c Counting, Option<Box<Level<'c>>>);

impl Counting {
    fn tree(&self) -> Level<'_> {
        (0..self.levels).fold(Level(self, None), |inner, _| Level(self, Some(Box::new(inner))))
    }
}

impl Array for Counting {
    fn len(&self) -> usize {
        usize::try_from(self.elements).unwrap()
    }

    fn element(&self, index: usize) -> Option<View<'_>> {
        self.looks.set(self.looks.get() + 1);
        Some(View::Integer(i64::try_from(index).unwrap()))
    }
}

impl Level<'_> {
    fn view(&self) -> View<'_> {
        if self.1.is_some() { View::Object(self) } else { View::Array(self.0) }
    }
}

impl Object for Level<'_> {
    fn additional(&self) -> Option<&dyn Entries> {
        Some(self)
    }
}

impl Entries for Level<'_> {
    fn len(&self) -> usize {
        1
    }

    fn get(&self, name: &str) -> Option<View<'_>> {
        self.1.as_ref().filter(|_| name == "a").map(|inner| inner.view())
    }

    fn all<'a>(&'a self, test: &mut dyn FnMut(&'a str, View<'a>) -> bool) -> bool {
        self.1.as_ref().is_none_or(|inner| test("a", inner.view()))
    }
}

#[test]
fn unique_items_are_not_compared_for_each_way_that_leads_to_them() {
    for levels in [9, 13, 60] {
        let counting = Counting { levels, elements: 4_000, looks: Cell::new(0) };
        let tree = counting.tree();
        assert!(!holds(tree.view(), &many_elements::REC));
        let verdict = counting.looks.replace(0);
        assert!(verdict < 10 * 4_000, "{levels} levels: {verdict} looks");
        assert!(check(tree.view(), &many_elements::REC).is_err());
        let told = counting.looks.get();
        assert!(told < 200 * 4_000, "{levels} levels: {told} looks for the report");
    }
}

/// What code is emitted of `Rec`.
fn follows_at(value: &Value, depth: json::Depth<'_>) -> bool {
    if !depth.further(1, 2).admits_code(value, &long_text::REC) {
        return json::follows(value, &long_text::REC, depth);
    }
    match value {
        Value::Object(members) => {
            (0..3).any(|_| members.get("a").is_some_and(|value| follows_at(value, depth.further(1, 2))))
        }
        Value::String(text) => reads(text),
        _ => false,
    }
}

#[test]
fn emitted_code_leaves_what_it_asks_again_and_again_to_the_tables() {
    for levels in [8, 13, 40] {
        let before = READ.get();
        assert!(!json::is_followed(&nested(levels, json!("short")), follows_at));
        let read = READ.get() - before;
        assert!(read < 2_000, "{levels} levels: read {read} times");
    }
}

#[test]
fn many_short_texts_share_what_a_hard_pattern_may_take() {
    static HARD: Pattern = Pattern::new("^(a*)*\\1b$");
    static EITHER: Rules = rules(
        Types::ANY,
        &[Keyword::AnyOf(&Branches {
            parts: &[&rules(Types::STRING, &[Keyword::Pattern(&HARD)]), &rules(Types::STRING, &[])],
            exclusive: &Exclusive::Unknown,
        })],
    );
    static LIST: Rules = rules(Types::ARRAY, &[Keyword::Items(&Items { prefix: &[], rest: Some(&EITHER) })]);
    static NAMES: Rules = rules(
        Types::OBJECT,
        &[Keyword::Members(&Members {
            properties: &[],
            slots: &[0],
            required_properties: 0,
            required: &[],
            patterns: &[(&HARD, &Rules::ANY)],
            additional: Additional::Allowed,
        })],
    );
    let texts = || (0..1_000).map(|index| format!("{}{index}", "a".repeat(60)));
    let list = Value::Array(texts().map(Value::from).collect());
    let names = Value::Object(texts().map(|text| (text, json!(1))).collect());
    for (value, rules, valid) in [(&list, &LIST, true), (&names, &NAMES, false)] {
        let opened = Reserve::open();
        assert_eq!(check(View::from(value), rules).is_ok(), valid);
        // Of the reserve, and of each text, in looks of four steps.
        let most = (LARGEST_BUDGET + 1_000 * 66 * 100) / 4 + 1;
        let looks = Reserve::looks() as u64;
        assert!((1_000_000..most).contains(&looks), "{looks} of {most}");
        drop(opened);
        assert_eq!(Reserve::looks(), 0);
    }
    // The account of one value is not that of the next.
    assert!(check(View::from(&json!(["aab", "a"])), &LIST).is_ok());
    assert_eq!(HARD.try_match("aaaaaaaaaab"), Some(true));
}

/// Forty schemas, of which each leads to the next one twice.
fn twice(innermost: &'static Rules, keyword: fn(&'static [&'static Rules]) -> Keyword) -> &'static Rules {
    (0..40).fold(innermost, |inner, _| leak(rules(Types::ANY, leak(vec![keyword(leak(vec![inner, inner]))]))))
}

#[test]
fn schemas_that_lead_to_the_same_twice_are_asked_once() {
    let all = |parts: &'static [&'static Rules]| Keyword::AllOf(parts);
    let any =
        |parts: &'static [&'static Rules]| Keyword::AnyOf(leak(Branches { parts, exclusive: &Exclusive::Unknown }));
    static DECLARED: Members =
        members(&[Property { name: "a", required: false, rules: &Rules::ANY }], &[1], 0, Additional::Allowed);
    static OBJECT: Rules = rules(Types::ANY, &[Keyword::Members(&DECLARED)]);
    static FIRST: Rules = rules(Types::ANY, &[Keyword::Items(&Items { prefix: &[&Rules::ANY], rest: None })]);
    static NEVER: Rules = rules(Types(0), &[]);
    for keyword in [all, any] {
        let object = leak(rules(
            Types::ANY,
            leak(vec![keyword(leak(vec![twice(&OBJECT, keyword)])), Keyword::UnevaluatedProperties(&NEVER)]),
        ));
        assert!(check(View::from(&json!({ "a": 1 })), object).is_ok());
        assert_eq!(check(View::from(&json!({ "a": 1, "b": 2 })), object).unwrap_err().len(), 1);
        let array = leak(rules(
            Types::ANY,
            leak(vec![keyword(leak(vec![twice(&FIRST, keyword)])), Keyword::UnevaluatedItems(&NEVER)]),
        ));
        assert!(check(View::from(&json!([1])), array).is_ok());
        assert_eq!(check(View::from(&json!([1, 2])), array).unwrap_err().len(), 1);
    }
    static SHORT: Rules = rules(Types::STRING, &[Keyword::max_length(2)]);
    assert!(check_octets(b"12", twice(&SHORT, all)).is_ok());
    assert!(check_octets(b"123", twice(&SHORT, all)).is_err());
}

#[test]
fn values_too_deep_to_be_compared_are_neither_equal_nor_different() {
    static UNIQUE: Rules = rules(Types::ARRAY, &[Keyword::UniqueItems]);
    static REPEATED: Rules = rules(Types::ARRAY, &[Keyword::Not(&UNIQUE)]);
    for count in [2, 40] {
        let deep = |_| (0..500).fold(json!(1), |inner, _| json!([inner]));
        let value = Value::Array((0..count).map(deep).collect());
        for rules in [&UNIQUE, &REPEATED] {
            let report = check(View::from(&value), rules).unwrap_err();
            assert!(report.iter().all(|found| matches!(found.rule, Rule::Depth { .. })), "{report}");
            assert!(!holds(View::from(&value), rules));
        }
    }
}

#[test]
fn long_texts_of_a_document_are_not_repeated_without_bound() {
    let pattern: &'static Pattern = leak(Pattern::new(leak("^[0-9]+$|".to_owned() + &"x".repeat(40_000))));
    let element = leak(rules(Types::STRING, leak(vec![Keyword::Pattern(pattern)])));
    let union = leak(Branches { parts: leak(vec![element; 20]), exclusive: &Exclusive::Unknown });
    let either = leak(rules(Types::ANY, leak(vec![Keyword::AnyOf(union)])));
    for rest in [element, either] {
        let items = leak(Items { prefix: &[], rest: Some(rest) });
        let list = leak(rules(Types::ARRAY, leak(vec![Keyword::Items(items)])));
        let report = check(View::from(&Value::Array(vec![json!("y"); 1_000])), list).unwrap_err();
        assert!(report.len() > 0 && report.is_truncated());
        let shown = report.to_string().len() + serde_json::to_string(&report).unwrap().len();
        assert!(shown < 8 << 20, "{shown}");
    }
}

#[test]
fn a_pattern_that_has_no_answer_is_told_on_one_line() {
    let rule = Rule::Undecided { pattern: "^(a*)*\\1\u{1b}[2J\n\u{202e}$" };
    assert_eq!(rule.to_string(), "cannot be judged: to match `^(a*)*\\1\\u{1b}[2J\\n\\u{202e}$` takes too many steps");
}

#[test]
fn the_names_of_a_sensitive_map_are_as_sensitive() {
    static NUMBER: Rules = rules(Types::INTEGER, &[]);
    static INNER: Members = members(&[], &[0], 0, Additional::Rules(&NUMBER));
    static CLOSED: Members = members(&[], &[0], 0, Additional::Denied);
    static LETTERS: Pattern = Pattern::new("^[a-z-]+$");
    static BY_PATTERN: Members = Members {
        properties: &[],
        slots: &[0],
        required_properties: 0,
        required: &[],
        patterns: &[(&LETTERS, &NUMBER)],
        additional: Additional::Allowed,
    };
    static NEVER: Rules = rules(Types(0), &[]);
    const fn secret(keywords: &'static [Keyword]) -> Rules {
        Rules { schema: "/x", types: Types::OBJECT, sensitive: true, keywords }
    }
    static CASES: [Rules; 5] = [
        secret(&[Keyword::Members(&INNER)]),
        secret(&[Keyword::Members(&CLOSED)]),
        secret(&[Keyword::Members(&BY_PATTERN)]),
        secret(&[Keyword::UnevaluatedProperties(&NUMBER)]),
        secret(&[Keyword::PropertyNames(&NEVER)]),
    ];
    for rules in &CASES {
        let report = check(View::from(&json!({ "token-of-a-customer": "x" })), rules).unwrap_err();
        let told = format!("{report} {report:?} {}", serde_json::to_string(&report).unwrap());
        assert!(!told.contains("customer"), "{told}");
    }
}
