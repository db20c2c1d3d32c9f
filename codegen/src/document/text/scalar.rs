//! What a plain YAML scalar means: the core schema of YAML 1.2.
//!
//! `~` is null, `true` a flag, `0x1F` the number 31, `yes` and `01234` strings (as every YAML 1.2 reader in use has it:
//! a code with leading zeros is no number).

use crate::document::text::node::NodeValue;

/// The value of a plain (unquoted, untagged) scalar.
pub fn resolve(text: &str) -> NodeValue {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return NodeValue::Null,
        "true" | "True" | "TRUE" => return NodeValue::Bool(true),
        "false" | "False" | "FALSE" => return NodeValue::Bool(false),
        _ => {}
    }
    match number(text) {
        Some(number) => NodeValue::Number(number),
        None => NodeValue::String(text.to_owned()),
    }
}

/// The number in JSON's grammar, exactly, if the scalar is one.
pub fn number(text: &str) -> Option<String> {
    let (sign, unsigned) = match text.as_bytes().first()? {
        b'-' => ("-", text.get(1..)?),
        b'+' => ("", text.get(1..)?),
        _ => ("", text),
    };
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)].iter().find_map(|(p, r)| Some((unsigned.strip_prefix(p)?, *r)));
    if let Some((digits, radix)) = radix {
        let valid = digits.bytes().all(|byte| char::from(byte).is_digit(radix));
        let number = u128::from_str_radix(digits, radix).ok().filter(|_| valid)?;
        return Some(format!("{sign}{number}"));
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (unsigned.get(..at)?, Some(unsigned.get(at + 1..)?)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = fraction.map(|digits| if digits.is_empty() { "0" } else { digits });
    let has_digits = !whole.is_empty() || mantissa.len() > 1;
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    if !has_digits || leading_zero || !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    if let Some(exponent) = exponent {
        let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if unsigned.is_empty() || !digits(unsigned) {
            return None;
        }
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = fraction.map(|digits| format!(".{digits}")).unwrap_or_default();
    let exponent = exponent.map(|exponent| format!("e{exponent}")).unwrap_or_default();
    Some(format!("{sign}{whole}{fraction}{exponent}"))
}
