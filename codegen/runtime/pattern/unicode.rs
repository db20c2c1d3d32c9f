//! Properties of Unicode and simple case folding, from the tables of `regex-syntax`.

use regex_syntax::hir::{Class as Known, ClassUnicode, ClassUnicodeRange, HirKind};

use super::class::Class;

/// The class of `\p{name}`, where ECMA-262 knows it by this name (section 22.2.1.9); else `None`.
pub fn property(name: &str) -> Option<Class> {
    let words_are_names = |text: &str| {
        matches!(
            text,
            "punct" | "digit" | "cntrl" | "space" | "gc" | "sc" | "scx"
        ) || text
            .split('_')
            .all(|word| word.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit()))
    };
    let (key, value) = name.split_once('=').unwrap_or(("", name));
    let known_key = matches!(
        key,
        "" | "gc" | "General_Category" | "sc" | "Script" | "scx" | "Script_Extensions"
    );
    // A script goes by its name alone in other dialects.
    let script_alone = key.is_empty() && similar_property(&format!("sc={name}")).is_some();
    let prefixed = value
        .strip_prefix("Is")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()));
    // `punct` is a name, `Punct` is one of Java.
    let similar = matches!(value, "Punct" | "Digit" | "Cntrl" | "Space");
    if similar || !known_key || !words_are_names(value) || script_alone || prefixed {
        return None;
    }
    similar_property(name)
}

/// The class of `\p{name}`, where a name is meant so in some dialect: `letter`, `Greek`, `IsAlphabetic`.
pub fn similar_property(name: &str) -> Option<Class> {
    if !name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'='))
        || name.is_empty()
    {
        return None;
    }
    let hir = regex_syntax::parse(&format!("\\p{{{name}}}")).ok()?;
    match hir.into_kind() {
        HirKind::Class(Known::Unicode(class)) => Some(Class::new(
            class
                .ranges()
                .iter()
                .map(|range| (range.start().into(), range.end().into()))
                .collect(),
        )),
        // A class of one character.
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            Some(Class::new(
                text.chars()
                    .map(|character| (character.into(), character.into()))
                    .collect(),
            ))
        }
        _ => None,
    }
}

/// All code points that fold to what a code point of the class folds to (ECMA-262, Canonicalize, section 22.2.2.7.3).
pub fn folded(class: &Class) -> Option<Class> {
    // A `char` is no surrogate, and surrogates do not fold.
    let scalar = |(from, to): &(u32, u32)| {
        let from = if (0xd800..0xe000).contains(from) {
            0xe000
        } else {
            *from
        };
        let to = if (0xd800..0xe000).contains(to) {
            0xd7ff
        } else {
            *to
        };
        let (from, to) = (char::from_u32(from)?, char::from_u32(to)?);
        (from <= to).then(|| ClassUnicodeRange::new(from, to))
    };
    let mut known = ClassUnicode::new(class.ranges().iter().filter_map(scalar));
    known.try_case_fold_simple().ok()?;
    Some(Class::new(
        known
            .ranges()
            .iter()
            .map(|range| (range.start().into(), range.end().into()))
            .collect(),
    ))
}
