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

use crate::emit::models::scalar::whole;
use crate::emit::tables::rules::{decimal, literal};
use crate::emit::text::expression::Expression;
use crate::emit::verdicts::code::{Code, Name};
use crate::emit::verdicts::demand::Kind;

/// `enum`, of the values of one type.
pub fn listed(values: &[Value], kind: &Kind) -> Code {
    let of_type: Vec<&Value> = values.iter().filter(|value| kind.types.contains(TypeSet::of(value))).collect();
    match (kind.content, of_type.as_slice()) {
        (_, []) => Code::Never,
        (Some(Name::Flag), [Value::Bool(true)]) => Code::leaf("*flag", &[Name::Flag]),
        (Some(Name::Flag), [Value::Bool(false)]) => Code::leaf("*flag", &[Name::Flag]).not(),
        (None | Some(Name::Flag), _) => Code::Always,
        (Some(Name::Text), texts) => {
            let texts: IndexSet<&str> = texts.iter().filter_map(|text| text.as_str()).collect();
            Code::Listed(texts.into_iter().map(str::to_owned).collect())
        }
        (_, values) => {
            let items = values.iter().map(|value| literal(value, "support::Literal")).collect();
            let arguments = vec![Expression::leaf("value"), Expression::slice(items)];
            Code::test(Expression::call("support::json::is_listed", arguments), &[Name::Value, Name::Support])
        }
    }
}

/// A format of strings; of numbers it says nothing here.
pub fn text_format(Format { name, check }: &Format) -> Code {
    match check {
        FormatCheck::Function(path) => Code::leaf(format!("{path}(text)"), names_of_function(path)),
        FormatCheck::Assert => match formats::built_in(name) {
            Some(path) if formats::format(name).is_some_and(|format| format.is_of_text()) => {
                asked_format(path, "text_holds", Expression::leaf("text"), &[Name::Text, Name::Support])
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
                let view = Expression::call("support::View::from", vec![Expression::leaf("value")]);
                asked_format(path, "holds", view, &[Name::Value, Name::Support])
            }
            Some(_) | None => Code::Always,
        },
        FormatCheck::Function(_) | FormatCheck::Annotate => Code::Always,
    }
}

/// A bound of numbers, as the tables have it.
pub fn bounded(keyword: &Keyword, limit: &Decimal) -> Code {
    let (constructor, _) = keyword.constructor();
    let limit = decimal(limit, "support::Decimal");
    let keyword = Expression::call(&format!("support::Keyword::{constructor}"), vec![limit]).reference();
    let arguments = vec![Expression::leaf("value"), keyword];
    Code::test(Expression::call("support::json::is_bounded", arguments), &[Name::Value, Name::Support])
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
        Some(limit) => {
            let arguments = vec![Expression::leaf("number"), Expression::leaf(limit.to_string())];
            let compared = Expression::call("support::json::compare", arguments).method(order, vec![]);
            Code::test(compared, &[Name::Number, Name::Support])
        }
        None => bounded(keyword, limit),
    }
}

/// That there are no elements but the first ones.
pub fn at_most(elements: usize) -> Code {
    match elements {
        0 => is_empty(Name::Elements),
        most => Code::leaf(format!("elements.get({most}).is_none()"), &[Name::Elements]),
    }
}

/// What the content of a value is called whose size is counted so ([`Kind::content`]).
fn content(measure: Measure) -> Name {
    match measure {
        Measure::Length => Name::Text,
        Measure::Items => Name::Elements,
        Measure::Properties => Name::Members,
    }
}

/// Both limits of a size.
pub fn size(schema: &Schema, content: Option<Name>) -> Code {
    let Some(content) = content else { return Code::Always };
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
        (1, None) => is_empty(content).not(),
        (0, Some(0)) => is_empty(content),
        (least, Some(most)) if most < least => Code::Never,
        (least, most) => {
            let most = most.map_or_else(|| "u64::MAX".to_owned(), |most| most.to_string());
            match content {
                Name::Text => {
                    Code::leaf(format!("support::length_in(text, {least}..={most})"), &[Name::Text, Name::Support])
                }
                content => Code::leaf(
                    format!("({least}..={most}).contains(&({}.len() as u64))", content.text()),
                    only(content),
                ),
            }
        }
    }
}

/// A name alone, as what a condition names.
fn only(name: Name) -> &'static [Name] {
    match name {
        Name::Elements => &[Name::Elements],
        Name::Members => &[Name::Members],
        Name::Text => &[Name::Text],
        // Nothing else has a size.
        Name::Value | Name::Number | Name::Flag | Name::OfMember | Name::Tag | Name::Support | Name::Rules => &[],
    }
}

fn is_empty(content: Name) -> Code {
    Code::leaf(format!("{}.is_empty()", content.text()), only(content))
}

/// A built-in format, checked by a method.
fn asked_format(path: &str, method: &str, argument: Expression, names: &'static [Name]) -> Code {
    Code::test(Expression::leaf(format!("support::formats::{path}")).method(method, vec![argument]), names)
}

/// What a call of the user's function names: its path may begin in the run-time code.
fn names_of_function(path: &str) -> &'static [Name] {
    if path.starts_with("support::") { &[Name::Text, Name::Support] } else { &[Name::Text] }
}
