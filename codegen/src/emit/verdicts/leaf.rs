//! Rules of one value of one type that lead to no other schema: what is listed, sizes, bounds, formats.
//!
//! ```yaml
//! type: string
//! maxLength: 30
//! ```
//!
//! ```text
//! length_in(text, 0..=30)
//! ```

use indexmap::IndexSet;
use serde_json::Value;

use crate::api::{Decimal, Format, FormatCheck, Keyword, Schema, TypeSet, formats};
use crate::runtime::{Measure, Side};

use crate::emit::models::validity::whole;
use crate::emit::tables::rules::{decimal, literal};
use crate::emit::verdicts::code::Code;
use crate::emit::verdicts::demand::Kind;

/// `enum`, of the values of one type.
pub fn listed(values: &[Value], kind: &Kind) -> Code {
    let of_type: Vec<&Value> = values.iter().filter(|value| kind.types.contains(TypeSet::of(value))).collect();
    match (kind.content, of_type.as_slice()) {
        (_, []) => Code::Never,
        ("flag", [Value::Bool(true)]) => Code::leaf("*flag"),
        ("flag", [Value::Bool(false)]) => Code::leaf("*flag").not(),
        ("" | "flag", _) => Code::Always,
        ("text", texts) => {
            let texts: IndexSet<&str> = texts.iter().filter_map(|text| text.as_str()).collect();
            Code::Listed(texts.into_iter().map(|text| format!("{text:?}")).collect())
        }
        (_, values) => {
            let items = values.iter().map(|value| Code::leaf(literal(value).line())).collect();
            Code::Within { open: "json::is_listed(value, &[".to_owned(), items, close: "])".to_owned() }
        }
    }
}

/// A format of strings; of numbers it says nothing here.
pub fn text_format(Format { name, check }: &Format) -> Code {
    match check {
        FormatCheck::Function(path) => Code::leaf(format!("{}(text)", path.strip_prefix("support::").unwrap_or(path))),
        FormatCheck::Assert => match formats::built_in(name) {
            Some(path) if formats::format(name).is_some_and(|format| format.is_of_text()) => {
                Code::leaf(format!("formats::{path}.text_holds(text)"))
            }
            Some(_) | None => Code::Always,
        },
        FormatCheck::Annotate => Code::Always,
    }
}

/// A format of numbers; of strings it says nothing here, and a function of the user's is of strings.
pub fn number_format(Format { name, check }: &Format) -> Code {
    match check {
        FormatCheck::Assert => match formats::built_in(name) {
            Some(path) if formats::format(name).is_some_and(|format| format.is_of_number()) => {
                Code::leaf(format!("formats::{path}.holds(View::from(value))"))
            }
            Some(_) | None => Code::Always,
        },
        FormatCheck::Function(_) | FormatCheck::Annotate => Code::Always,
    }
}

/// A bound of numbers, as the tables have it.
pub fn bounded(keyword: &Keyword, limit: &Decimal) -> Code {
    let (constructor, _) = keyword.constructor();
    Code::leaf(format!("json::is_bounded(value, &Keyword::{constructor}({}))", decimal(limit)))
}

/// How a number and its limit are ordered.
pub fn order(side: Side, exclusive: bool) -> &'static str {
    match (side, exclusive) {
        (Side::Min, false) => "is_ge",
        (Side::Min, true) => "is_gt",
        (Side::Max, false) => "is_le",
        (Side::Max, true) => "is_lt",
    }
}

/// A bound of numbers, as a comparison where it is whole.
pub fn compared(keyword: &Keyword, limit: &Decimal, order: &str) -> Code {
    match whole(limit) {
        Some(limit) => Code::leaf(format!("json::compare(number, {limit}).{order}()")),
        None => bounded(keyword, limit),
    }
}

/// That there are no elements but the first ones.
pub fn at_most(elements: usize) -> Code {
    match elements {
        0 => Code::leaf("elements.is_empty()"),
        most => Code::leaf(format!("elements.get({most}).is_none()")),
    }
}

/// What the content of a value is called whose size is counted so ([`Kind::content`]).
fn content(measure: Measure) -> &'static str {
    match measure {
        Measure::Length => "text",
        Measure::Items => "elements",
        Measure::Properties => "members",
    }
}

/// Both limits of a size.
pub fn size(schema: &Schema, content: &str) -> Code {
    let (mut least, mut most) = (0, None);
    for keyword in &schema.keywords {
        match keyword {
            Keyword::Size { measure, side: Side::Min, limit } if self::content(*measure) == content => least = *limit,
            Keyword::Size { measure, side: Side::Max, limit } if self::content(*measure) == content => {
                most = Some(*limit);
            }
            _ => {}
        }
    }
    match (least, most) {
        (0, None) => Code::Always,
        (1, None) => Code::leaf(format!("{content}.is_empty()")).not(),
        (0, Some(0)) => Code::leaf(format!("{content}.is_empty()")),
        (least, Some(most)) if most < least => Code::Never,
        (least, most) => {
            let most = most.map_or_else(|| "u64::MAX".to_owned(), |most| most.to_string());
            Code::leaf(match content {
                "text" => format!("length_in(text, {least}..={most})"),
                _ => format!("({least}..={most}).contains(&({content}.len() as u64))"),
            })
        }
    }
}
