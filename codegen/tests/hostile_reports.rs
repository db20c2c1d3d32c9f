//! Instances that make reports explode: unions within unions, where each branch tells what all branches within it find wrong. What is
//! counted is memory and steps, not time.

#[path = "../../fuzz/src/recursive.rs"]
mod recursive;

use allocation_counter::measure;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{check as checked, parse_bytes};
use planchet::lint;
use planchet::runtime::{
    Additional, Apart, Branches, Contains, If, Items, Keyword, Literal, Members, Property, Rule, Rules, Types, View,
    Violation, Violations, check, holds,
};
use serde_json::{Value, json};

/// The most bytes that are held at once while a report is made and shown: its two budgets of a megabyte each, what is remembered, and
/// copies of it in text.
const MOST_BYTES: u64 = 5 << 20;

const fn members(
    properties: &'static [Property],
    slots: &'static [u32],
    required_properties: usize,
    additional: Additional,
) -> Members {
    Members { properties, slots, required_properties, required: &[], patterns: &[], additional }
}

const fn rules(types: Types, keywords: &'static [Keyword]) -> Rules {
    Rules { schema: "/x", types, sensitive: false, keywords }
}

/// `$name: anyOf [{required: [a], a: Rec}, {required: [a, b], a: Rec}, {a: Rec, c: integer, additionalProperties: false}, integer]`,
/// or any keyword that is made of the four.
macro_rules! recursive {
    ($module:ident, |$a:ident, $b:ident, $c:ident, $d:ident, $inner:ident| $($keyword:expr),+) => {
        mod $module {
            use super::*;

            static INTEGER: Rules = rules(Types::INTEGER, &[]);
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
            static THREE: Members = members(
                &[
                    Property { name: "a", required: false, rules: &REC },
                    Property { name: "c", required: false, rules: &INTEGER },
                ],
                &[1, 2],
                0,
                Additional::Denied,
            );
            static $a: Rules = rules(Types::OBJECT, &[Keyword::Members(&ONE)]);
            static $b: Rules = rules(Types::OBJECT, &[Keyword::Members(&TWO)]);
            static $c: Rules = rules(Types::OBJECT, &[Keyword::Members(&THREE)]);
            static $d: Rules = rules(Types::INTEGER, &[]);
            static $inner: Rules = rules(Types::ANY, &[]);
            pub static REC: Rules = rules(Types::ANY, &[$($keyword),+]);

            #[allow(dead_code, reason = "not every case asks each of them")]
            pub static ALL: [&Rules; 5] = [&$a, &$b, &$c, &$d, &$inner];
        }
    };
}

const fn branches(parts: &'static [&'static Rules]) -> Branches {
    Branches { parts, apart: &Apart::Unknown }
}

recursive!(any_of, |A, B, C, D, E| Keyword::AnyOf(&branches(&[&A, &B, &C, &D])));
recursive!(one_of, |A, B, C, D, E| Keyword::OneOf(&branches(&[&A, &B, &C, &D])));
recursive!(negated, |A, B, C, D, E| Keyword::Not(&A), Keyword::Not(&B), Keyword::Not(&C));
recursive!(
    condition,
    |A, B, C, D, E| Keyword::If(&If { condition: &A, then: Some(&B), otherwise: Some(&C) }),
    Keyword::If(&If { condition: &C, then: Some(&A), otherwise: Some(&B) })
);
recursive!(dependent, |A, B, C, D, E| Keyword::DependentSchemas(&[("a", &A), ("a", &B), ("a", &C)]));
recursive!(
    unevaluated,
    |A, B, C, D, E| Keyword::AnyOf(&branches(&[&A, &B, &C, &D])),
    Keyword::UnevaluatedProperties(&REC)
);
recursive!(both, |A, B, C, D, E| Keyword::AllOf(&[&A, &C]));
recursive!(
    mixed,
    |A, B, C, D, E| Keyword::OneOf(&branches(&[&A, &B])),
    Keyword::AnyOf(&branches(&[&C, &D, &A])),
    Keyword::Not(&D)
);

mod elements {
    use super::*;
    static INTEGER: Rules = rules(Types::INTEGER, &[]);
    static CONTAINS: Rules =
        rules(Types::ARRAY, &[Keyword::Contains(&Contains { schema: &REC, min: 1, max: None }), Keyword::max_items(1)]);
    static ITEMS: Rules = rules(Types::ARRAY, &[Keyword::Items(&Items { prefix: &[], rest: Some(&REC) })]);
    static SECOND: Rules = rules(
        Types::ARRAY,
        &[Keyword::Items(&Items { prefix: &[&REC, &REC], rest: None }), Keyword::min_items(2), Keyword::UniqueItems],
    );
    pub static REC: Rules = rules(
        Types::ANY,
        &[Keyword::AnyOf(&branches(&[&CONTAINS, &ITEMS, &SECOND, &INTEGER])), Keyword::UnevaluatedItems(&REC)],
    );
}

fn nested(levels: usize, innermost: Value) -> Value {
    (0..levels).fold(innermost, |inner, _| json!({ "a": inner }))
}

/// All that is said of a value, as every way in says it; the most bytes that this held at once.
fn judged(value: &Value, rules: &'static Rules) -> (Option<Violations>, u64) {
    let mut report = None;
    let text = value.to_string().len();
    let info = measure(|| {
        report = check(View::from(value), rules).err();
        assert_eq!(report.is_none(), holds(View::from(value), rules), "verdict and report differ");
        if let Some(report) = &report {
            assert!(report.len() > 0);
            let shown = report.to_string().len() + format!("{report:?}").len() + format!("{:#?}", report.clone()).len();
            let sent = serde_json::to_string(report).unwrap().len() + report.problem().to_string().len();
            assert!(shown + sent <= MOST_BYTES as usize + 8 * text, "{shown} {sent} of {text}");
        }
    });
    (report, info.bytes_max)
}

#[test]
fn unions_within_unions_are_bounded() {
    let cases: [(&str, &'static Rules); 9] = [
        ("anyOf", &any_of::REC),
        ("oneOf", &one_of::REC),
        ("not", &negated::REC),
        ("if", &condition::REC),
        ("dependentSchemas", &dependent::REC),
        ("unevaluatedProperties", &unevaluated::REC),
        ("allOf", &both::REC),
        ("mixed", &mixed::REC),
        ("items", &elements::REC),
    ];
    for (name, rules) in cases {
        for levels in [1, 5, 13, 30, 120] {
            for innermost in [json!(1), json!({}), json!({ "b": [], "c": "" })] {
                let value = nested(levels, innermost.clone());
                let (_, bytes) = judged(&value, rules);
                assert!(bytes < MOST_BYTES, "{name} {levels} {innermost}: {bytes} bytes");
                let array = (0..levels).fold(innermost, |inner, _| json!([inner]));
                let (_, bytes) = judged(&array, rules);
                assert!(bytes < MOST_BYTES, "{name} {levels} arrays: {bytes} bytes");
            }
        }
    }
}

#[test]
fn a_shortened_report_says_so_and_holds_what_is_true() {
    let (report, _) = judged(&nested(13, json!("x")), &any_of::REC);
    let report = report.unwrap();
    assert!(report.is_truncated());
    assert_eq!(report.iter().next().unwrap().pointer, "");
    assert!(report.to_string().contains("… and more"));
    // What is told of the innermost values is not cut: the first branch is followed to its end.
    let mut violation: &Violation = report.iter().next().unwrap();
    let mut levels = 0;
    while let Rule::AnyOf { branches, .. } = &violation.rule
        && let Some(first) = branches.first().and_then(|branch| branch.first())
    {
        violation = first;
        levels += 1;
    }
    assert_eq!((levels, violation.pointer.as_str()), (14, "/a".repeat(13).as_str()));
    let (short, _) = judged(&nested(2, json!("x")), &any_of::REC);
    assert!(!short.unwrap().is_truncated());
}

#[test]
fn wide_unions_of_large_arrays_are_bounded() {
    let branch = |index: usize| -> &'static Rules {
        let name: &'static str = format!("p{index}").leak();
        let properties: &'static [Property] = vec![Property { name, required: true, rules: &Rules::ANY }].leak();
        let own: &'static Members = Box::leak(Box::new(members(properties, &[1], 1, Additional::Denied)));
        Box::leak(Box::new(rules(Types::OBJECT, vec![Keyword::Members(own)].leak())))
    };
    let parts: &'static [&'static Rules] = (0..200).map(branch).collect::<Vec<_>>().leak();
    let union: &'static Branches = Box::leak(Box::new(branches(parts)));
    let element: &'static Rules = Box::leak(Box::new(rules(Types::ANY, vec![Keyword::AnyOf(union)].leak())));
    let items: &'static Items = Box::leak(Box::new(Items { prefix: &[], rest: Some(element) }));
    let rules: &'static Rules = Box::leak(Box::new(rules(Types::ARRAY, vec![Keyword::Items(items)].leak())));
    let value = Value::Array(vec![json!({ "x": 1, "y": 2 }); 20_000]);
    let (report, bytes) = judged(&value, rules);
    assert!(report.unwrap().is_truncated());
    assert!(bytes < MOST_BYTES, "{bytes}");
}

#[test]
fn long_names_are_not_repeated_without_bound() {
    static STRING: Rules = rules(Types::STRING, &[]);
    static INNER: Rules = rules(Types::OBJECT, &[Keyword::Members(&members(&[], &[], 0, Additional::Rules(&STRING)))]);
    static OUTER: Rules = rules(Types::OBJECT, &[Keyword::Members(&members(&[], &[], 0, Additional::Rules(&INNER)))]);
    let many: serde_json::Map<String, Value> = (0..200).map(|index| (format!("m{index}"), json!(1))).collect();
    let value = json!({ "n".repeat(1 << 20): many });
    let (report, bytes) = judged(&value, &OUTER);
    let report = report.unwrap();
    assert!(report.is_truncated() && report.len() >= 1);
    assert!(value.pointer(&report.iter().next().unwrap().pointer).is_some());
    assert!(bytes < 32 << 20, "{bytes}");
}

#[test]
fn unique_items_and_enums_of_many_take_no_squares() {
    static UNIQUE: Rules = rules(Types::ARRAY, &[Keyword::UniqueItems]);
    let many: Vec<Value> = (0..100_000).map(|index| json!({ "a": index, "b": [index] })).collect();
    assert!(judged(&Value::Array(many.clone()), &UNIQUE).0.is_none());
    let mut repeated = many;
    repeated.push(json!({ "b": [17], "a": 17.0 }));
    let report = judged(&Value::Array(repeated), &UNIQUE).0.unwrap();
    assert_eq!(report.iter().next().unwrap().rule, Rule::UniqueItems { first: 17, second: 100_000 });
    let listed: &'static [Literal] =
        (0..3_000).map(|_| Literal::Array(&[Literal::Integer(1)])).collect::<Vec<_>>().leak();
    let element: &'static Rules = Box::leak(Box::new(rules(Types::ANY, vec![Keyword::Enum(listed)].leak())));
    let items: &'static Items = Box::leak(Box::new(Items { prefix: &[], rest: Some(element) }));
    let rules: &'static Rules = Box::leak(Box::new(rules(Types::ARRAY, vec![Keyword::Items(items)].leak())));
    assert!(judged(&Value::Array(vec![json!([2]); 2_000]), rules).0.is_some());
}

#[test]
fn a_limit_of_depth_is_no_answer() {
    // Two levels of schemas for each of the instance, by `not`, by `oneOf`, by `if`: 300 levels are deeper than is followed.
    let deep = nested(300, json!(1));
    for rules in [&negated::REC, &one_of::REC, &condition::REC, &any_of::REC, &unevaluated::REC, &dependent::REC] {
        assert!(!holds(View::from(&deep), rules));
        let report = check(View::from(&deep), rules).unwrap_err();
        assert!(report.len() > 0);
    }
    let report = check(View::from(&deep), &negated::REC).unwrap_err();
    assert!(report.iter().all(|found| matches!(found.rule, Rule::Depth { .. })), "{report}");
}

/// What the fuzz target `reports` does, of bytes that are always the same.
#[test]
fn any_schema_and_any_instance_make_a_bounded_report() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let (mut wrong, mut right) = (0, 0);
    for _ in 0..400 {
        let bytes: Vec<u8> = (0..160)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 32) as u8
            })
            .collect();
        let mut made = recursive::Recursive::new(&bytes);
        let (schemas, instance) = (made.schemas(), made.instance());
        let document = json!({
            "openapi": "3.1.0",
            "info": { "title": "", "version": "" },
            "paths": {},
            "components": { "schemas": schemas.clone() },
        });
        let mut report = Report::default();
        let root = parse_bytes("x.json", document.to_string().into_bytes(), &mut report);
        let Some(document) = root.and_then(|root| checked(root, &mut report)) else { continue };
        let api = planchet::lower::lower(&document, &Choices::default(), &mut report);
        let schema = api.components[0].schema;
        let mut said = None;
        let bytes = measure(|| said = lint::check(&api.schemas, schema, &instance).err()).bytes_max;
        assert!(bytes < 64 << 20, "{bytes} bytes of a report on {instance} by {schemas}");
        assert_eq!(said.is_none(), lint::holds(&api.schemas, schema, &instance), "verdict and report differ");
        match said {
            Some(said) => {
                wrong += 1;
                let shown = said.to_string().len() + serde_json::to_string(&said).unwrap().len();
                assert!(shown <= MOST_BYTES as usize, "{shown}");
                assert!(said.iter().all(|found| instance.pointer(&found.pointer).is_some()), "{said}");
            }
            None => right += 1,
        }
    }
    assert!(wrong > 40 && right > 40, "{wrong} wrong, {right} right");
}
