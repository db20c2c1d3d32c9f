//! Numbers have one meaning, whether they come as text, as a value or in a model; what a model cannot hold is said, and never changed.

use std::cmp::Ordering;

use planchet::runtime::{Decimal, Instance, Keyword, Literal, Rule, Rules, Schema, Types, View, check};
use serde_json::Value;

const fn rules(types: Types, keywords: &'static [Keyword]) -> Rules {
    Rules { schema: "/n", types, sensitive: false, keywords }
}

const fn dec(negative: bool, digits: u128, exponent: i32) -> Decimal {
    Decimal::new(negative, digits, exponent)
}

static ANY: Rules = rules(Types::NUMBER, &[]);
static HALVES: Rules = rules(Types::NUMBER, &[Keyword::MultipleOf(dec(false, 25, -1))]);
static TENTHS: Rules = rules(Types::NUMBER, &[Keyword::MultipleOf(dec(false, 3, -1))]);
static CENTS: Rules = rules(Types::NUMBER, &[Keyword::MultipleOf(dec(false, 1, -2))]);
static SMALL: Rules = rules(Types::NUMBER, &[Keyword::maximum(dec(false, 9_007_199_254_740_992, 0))]);
static HUGE: Rules = rules(Types::NUMBER, &[Keyword::maximum(dec(false, 18_446_744_073_709_551_616, 0))]);
static THREES: Rules = rules(Types::NUMBER, &[Keyword::MultipleOf(dec(false, 3, 0))]);
static POSITIVE: Rules = rules(Types::NUMBER, &[Keyword::exclusive_minimum(dec(false, 0, 0))]);
static WHOLE: Rules = rules(Types::INTEGER, &[]);

const TEXTS: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "0.0",
    "1",
    "1.0",
    "1e0",
    "10e-1",
    "1e2",
    "0.1",
    "0.3",
    "0.30",
    "-1.5",
    "2.5",
    "0.01",
    "19.99",
    "0.30000000000000004",
    "0.10000000000000001",
    "0.1000000000000000055511151231257827021181583404541015625",
    "0.1000000000000000055511151231257827",
    "12345678901234567.89",
    "1234567890123456.78",
    "123456789012.34",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "9007199254740993.0",
    "9007199254740993e0",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "9223372036854776000",
    "9.223372036854776e18",
    "18446744073709551614",
    "18446744073709551615",
    "18446744073709551616",
    "18446744073709551617",
    "18446744073709551618",
    "18446744073709552000",
    "1.8446744073709551615e19",
    "98249283749234923498293171823948729348710298301928331",
    "1e19",
    "1e22",
    "1e23",
    "123e20",
    "1e300",
    "1e308",
    "1.7976931348623157e308",
    "1e309",
    "1e400",
    "-1e400",
    "5e-324",
    "4.9e-324",
    "1e-400",
    "2.2250738585072014e-308",
    "1e999999999",
    "1e-999999999",
    "1e99999999999999999999",
    "0e99999999999999999999",
    "0.000000000000000000000000001",
    "100000000000000000000000000000000000000000",
    "99.999999999999999999999999999999",
    "1.00000000000000000001",
];

/// A number's text as digits and an exponent, without limits: the judge.
fn exact(text: &str) -> (bool, String, i128) {
    let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let negative = mantissa.starts_with('-');
    let mantissa = mantissa.trim_start_matches('-');
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let trimmed = digits.trim_end_matches('0');
    if trimmed.is_empty() {
        return (false, String::new(), 0);
    }
    let zeros = (digits.len() - trimmed.len()) as i128;
    (negative, trimmed.to_owned(), power.parse::<i128>().unwrap() - fraction.len() as i128 + zeros)
}

fn is_whole(text: &str) -> bool {
    exact(text).2 >= 0
}

/// The order of two numbers, by their digits.
fn compare(text: &str, other: &str) -> Ordering {
    let ((negative, a, a_power), (other_negative, b, b_power)) = (exact(text), exact(other));
    let sign = |digits: &str, negative: bool| if digits.is_empty() { 0 } else { 1 - 2 * i32::from(negative) };
    let (sign, other_sign) = (sign(&a, negative), sign(&b, other_negative));
    let length = a.len().max(b.len());
    let filled = |digits: &str| format!("{digits:0<length$}");
    let size = |digits: &str, power: i128| power + digits.len() as i128;
    let magnitudes = size(&a, a_power).cmp(&size(&b, b_power)).then_with(|| filled(&a).cmp(&filled(&b)));
    sign.cmp(&other_sign).then(if sign < 0 { magnitudes.reverse() } else { magnitudes })
}

/// Whether a number is a multiple of a short one, by long division.
fn is_multiple(text: &str, step: &str) -> bool {
    let ((_, digits, power), (_, step, step_power)) = (exact(text), exact(step));
    let step: u64 = step.parse().unwrap();
    let zeros = power - step_power;
    if digits.is_empty() || zeros < 0 {
        return digits.is_empty();
    }
    let mut left = digits.bytes().fold(0, |left, digit| (left * 10 + u64::from(digit - b'0')) % step);
    for _ in 0..zeros {
        // From there on it stays so.
        if left == 0 {
            break;
        }
        let next = left * 10 % step;
        if next == left {
            break;
        }
        left = next;
    }
    left == 0
}

/// Whether a rule is broken that a report names.
fn is_broken(text: &str, rule: &Rule) -> bool {
    match rule {
        Rule::Bound { keyword, limit, .. } => {
            let limit = limit.to_string();
            match *keyword {
                "minimum" => compare(text, &limit) == Ordering::Less,
                "exclusiveMinimum" => compare(text, &limit) != Ordering::Greater,
                "maximum" => compare(text, &limit) == Ordering::Greater,
                "exclusiveMaximum" => compare(text, &limit) != Ordering::Less,
                _ => !is_multiple(text, &limit),
            }
        }
        Rule::Type { .. } => !is_whole(text),
        _ => true,
    }
}

/// Whether a schema's three ways agree about a text, as far as each can see it.
fn agree<T: planchet::runtime::Decode + Instance + 'static>(text: &str, rules: &'static Rules) {
    fn follows<const N: usize>(_: &Value) -> bool {
        false
    }
    let schema = Schema::new::<T>("N", rules, follows::<0>);
    let held = schema.from_json(text.as_bytes());
    let value: Option<Value> = serde_json::from_str(text).ok();
    let checked = value.as_ref().map(|value| check(View::from(value), rules).is_ok());
    let refused = |rule: &Rule| matches!(rule, Rule::Representation);
    match &held {
        Ok(model) => {
            assert_eq!(checked, Some(true), "{text}: the model holds what `check` refuses");
            assert!(check(model.view(), rules).is_ok(), "{text}: the model is refused");
            let written = String::from_utf8(schema.reencode(text.as_bytes()).unwrap()).unwrap();
            // What is written again is the same number; one with a fraction may be written with fewer digits that read as the same float.
            let same = exact(&written) == exact(text);
            let same_float = !is_whole(text) && written.parse::<f64>() == text.parse::<f64>();
            assert!(same || same_float, "{text} became {written}");
            let digits = exact(text).1.len();
            // 602156060776834.2 and 602156060776834.3 are as near to one float, which is written as one of them.
            assert!(same || digits >= 17, "{text} became {written}");
            if !same {
                let float: f64 = text.parse().unwrap();
                assert_eq!(exact(&format!("{float:.0$e}", digits - 1)).1, exact(text).1, "{text} is no float");
            }
        }
        // Where a value keeps the number, it is refused for the same reason, or the model cannot hold it. What a value does not keep is
        // judged by its text.
        Err(broken) => {
            let representation = broken.iter().any(|violation| refused(&violation.rule));
            let kept = value.is_some_and(|value| exact(&value.to_string()) == exact(text));
            assert!(
                representation || !kept || checked == Some(false),
                "{text}: {broken}, and `check` has nothing against it"
            );
            for violation in broken {
                assert!(is_broken(text, &violation.rule), "{text}: {broken}, which is not true");
            }
        }
    }
}

#[test]
fn three_ways_have_one_meaning() {
    for text in TEXTS {
        for rules in [&ANY, &HALVES, &TENTHS, &CENTS, &SMALL, &HUGE, &THREES, &POSITIVE] {
            agree::<f64>(text, rules);
            agree::<Value>(text, rules);
        }
        agree::<i64>(text, &WHOLE);
        agree::<u64>(text, &WHOLE);
        agree::<Value>(text, &WHOLE);
    }
}

#[test]
fn made_numbers_have_one_meaning() {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    for _ in 0..20_000 {
        let mut text = String::from(if next(4) == 0 { "-" } else { "" });
        let whole = next(22);
        text.push(char::from(b'1' + next(9) as u8));
        (0..whole).for_each(|_| text.push(char::from(b'0' + if next(3) == 0 { 0 } else { next(10) as u8 })));
        if next(2) == 0 {
            text.push('.');
            (0..=next(20)).for_each(|_| text.push(char::from(b'0' + next(10) as u8)));
        }
        if next(3) == 0 {
            text.push_str(&format!("e{}", next(60) as i64 - 30));
        }
        for rules in [&ANY, &HALVES, &TENTHS, &CENTS, &HUGE, &THREES] {
            agree::<f64>(&text, rules);
        }
        agree::<Value>(&text, &CENTS);
        agree::<i64>(&text, &WHOLE);
        agree::<u64>(&text, &WHOLE);
    }
}

#[test]
fn what_a_model_holds() {
    let held = |text: &str| Schema::new::<f64>("N", &ANY, |_| false).from_json(text.as_bytes()).is_ok();
    for text in ["19.99", "0.1", "0.30000000000000004", "0.10000000000000001", "1e300", "9223372036854776000", "5e-324"]
    {
        assert!(held(text), "{text}");
    }
    for text in
        ["9223372036854775807", "18446744073709551617", "12345678901234567.89", "1e400", "1e-400", "602156060776834.30"]
    {
        assert!(!held(text), "{text}");
    }
    // An integer is exact however it is written.
    let whole = |text: &str| Schema::new::<u64>("N", &WHOLE, |_| false).reencode(text.as_bytes()).unwrap();
    for text in
        ["18446744073709551615", "1.8446744073709551615e19", "18446744073709551615.000", "184467440737095516150e-1"]
    {
        assert_eq!(whole(text), b"18446744073709551615", "{text}");
    }
    let violations = Schema::new::<f64>("N", &HALVES, |_| false).reencode(b"9223372036854775807").unwrap_err();
    assert_eq!(violations.iter().next().unwrap().rule.name(), "multipleOf");
    let violations = Schema::new::<f64>("N", &TENTHS, |_| false).reencode(b"18446744073709551615").unwrap_err();
    assert_eq!(violations.iter().next().unwrap().rule, Rule::Representation);
}

#[test]
fn a_report_judges_what_no_model_holds_by_its_text() {
    static LISTED: Rules = rules(Types::ANY, &[Keyword::Enum(&[Literal::Integer(9_007_199_254_740_993)])]);
    static UNIQUE: Rules = rules(Types::ARRAY, &[Keyword::UniqueItems, Keyword::max_items(1)]);
    let report = |rules: &'static Rules, text: &str| -> Vec<&'static str> {
        let broken = Schema::new::<Value>("N", rules, |_| false).from_json(text.as_bytes()).err().unwrap();
        broken.iter().map(|violation| violation.rule.name()).collect()
    };
    // 18446744073709551618 is a multiple of 3, the nearest float is not.
    assert_eq!(report(&THREES, "18446744073709551618"), ["representation"]);
    assert_eq!(report(&THREES, "18446744073709551617"), ["multipleOf"]);
    assert_eq!(report(&SMALL, "9007199254740992.00000000000000000000000000000000000000000000001"), ["maximum"]);
    // Beyond all floats.
    assert_eq!(report(&SMALL, "1e400"), ["maximum"]);
    assert_eq!(report(&ANY, "1e400"), ["representation"]);
    assert_eq!(report(&ANY, "1e99999999999999999999"), ["representation"]);
    assert_eq!(report(&WHOLE, "1e-400"), ["type"]);
    // However it is written.
    assert_eq!(report(&LISTED, "9007199254740993.0"), ["representation"]);
    assert_eq!(report(&LISTED, "9007199254740993.1"), ["enum"]);
    for (elements, equal) in [
        ("9007199254740993, 9007199254740993.0", true),
        ("9007199254740993.0, 90071992547409930e-1", true),
        ("9007199254740993.0, 9007199254740992.0", false),
        ("1e400, 10e399", true),
        ("1e400, 1e401", false),
        ("0.1234567890123456789012345678901234567890, 12345678901234567890123456789012345678900e-41", true),
        ("0.1234567890123456789012345678901234567890, 0.1234567890123456789012345678901234567891", false),
    ] {
        let said = report(&UNIQUE, &format!("[{elements}]"));
        assert_eq!(said.contains(&"uniqueItems"), equal, "{elements}: {said:?}");
    }
}

#[test]
fn a_float_is_judged_as_it_is_written() {
    let agrees = |value: f64| {
        let written = serde_json::to_string(&value).unwrap();
        assert_eq!(Decimal::from_float(value), Decimal::parse(&written), "{written}");
    };
    let mut state = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..40_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        agrees(f64::from_bits(state & !(1 << 62)));
        // Few bits behind the point: halfway between two short numbers.
        agrees((state >> 12) as f64 / f64::from(1u32 << (state % 24)));
        agrees((state >> 12) as f64 * f64::from(1u32 << (state % 24)));
    }
    (1..2047u64).for_each(|power| agrees(f64::from_bits(power << 52)));
    assert_eq!(Decimal::from_float(2_408_624_243_107_337.0 / 4.0), Decimal::parse("602156060776834.2"));
}
