//! Rust names for what the document names.
//!
//! | document | type | field | variant |
//! | --- | --- | --- | --- |
//! | `clientIPAddress` | `ClientIpAddress` | `client_ip_address` | `ClientIpAddress` |
//! | `type` | `Type` | `r#type` | `Type` |
//! | `self` | `SelfModel` | `self_` | `SelfValue` |
//! | `1` | `Model1` | `n1` | `Value1` |
//! | `+1` | `Plus1` | `plus1` | `Plus1` |
//! | `String` | `StringModel` | `string` | `String` |

pub(crate) mod inline;

use std::collections::{HashMap, HashSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use crate::api::reserved::CLIENT_TYPES;

/// Names that emitted modules use without a path, and traits of the prelude whose methods they call; a model of that name
/// gets the suffix `Model`.
const RESERVED_TYPES: &[&str] = &[
    "Array",
    "AsRef",
    "Binary",
    "Box",
    "BTreeMap",
    "Clone",
    "Cow",
    "Decode",
    "Default",
    "Entries",
    "Err",
    "Fault",
    "From",
    "Formatted",
    "Instance",
    "Into",
    "IntoIterator",
    "Iterator",
    "Mapped",
    "None",
    "Nullable",
    "Object",
    "Ok",
    "Option",
    "Reader",
    "Result",
    "Secret",
    "Self",
    "Some",
    "String",
    "ToString",
    "ToOwned",
    "Types",
    "Vec",
    "View",
    "Violations",
];

/// Keywords that cannot be raw identifiers (The Rust Reference, "Identifiers").
const NEVER_RAW: &[&str] = &["self", "super", "crate", "_"];

/// Rust 2024's strict and reserved keywords.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Longest Rust name made; longer ones are cut, and told apart by number where that makes two alike.
const LONGEST: usize = 80;

/// A set of names in which each is given out once.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
    /// The lowest number that can be free, by what stands before it: numbers are never given back.
    next: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub fn with_taken(names: &[impl AsRef<str>]) -> Self {
        Self { taken: names.iter().map(|name| name.as_ref().to_owned()).collect(), next: HashMap::new() }
    }

    /// Whether a name was given out.
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// The name itself, or with the lowest number behind it (from 2) that makes it unique.
    pub fn claim(&mut self, name: String) -> String {
        if self.taken.insert(name.clone()) {
            return name;
        }
        // A name that ends in a digit gets a separator, so that `Item1` + 2 is not read as `Item12`.
        let separator = if name.ends_with(|last: char| last.is_ascii_digit()) || name.contains('_') { "_" } else { "" };
        let stem = format!("{}{separator}", name.trim_end_matches('_'));
        let next = self.next.entry(stem.clone()).or_insert(2);
        loop {
            let candidate = format!("{stem}{next}");
            *next += 1;
            if self.taken.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// A type name in `UpperCamelCase`.
pub fn type_name(name: &str) -> String {
    let camel = cut(spelled(name).to_upper_camel_case());
    let camel = if camel.is_empty() { "Empty".to_owned() } else { camel };
    if camel.starts_with(|first: char| first.is_ascii_digit()) {
        format!("Model{camel}")
    } else if RESERVED_TYPES.contains(&camel.as_str()) {
        format!("{camel}Model")
    } else {
        camel
    }
}

/// What the types of an operation begin with: none of them is a type that the client's files import.
pub fn type_stem(operation_id: &str) -> String {
    let stem = type_name(operation_id);
    let taken = ["Call", "Error", "Response"].map(|suffix| format!("{stem}{suffix}"));
    if taken.iter().any(|name| CLIENT_TYPES.contains(&name.as_str())) { format!("{stem}Operation") } else { stem }
}

/// An enum variant's name in `UpperCamelCase`. `Unknown` is kept for the variant that every emitted enum has.
pub fn variant_name(name: &str) -> String {
    let camel = cut(spelled(name).to_upper_camel_case());
    match camel.as_str() {
        "" => "Empty".to_owned(),
        "Self" | "Unknown" => format!("{camel}Value"),
        _ if camel.starts_with(|first: char| first.is_ascii_digit()) => format!("Value{camel}"),
        _ => camel,
    }
}

/// A field's, parameter's or function's name in `snake_case`, without the `r#` that [`escape`] adds.
pub fn value_name(name: &str) -> String {
    let snake = cut(spelled(name).to_snake_case());
    if snake.is_empty() {
        "empty".to_owned()
    } else if snake.starts_with(|first: char| first.is_ascii_digit()) {
        format!("n{snake}")
    } else if NEVER_RAW.contains(&snake.as_str()) {
        format!("{snake}_")
    } else {
        snake
    }
}

/// A static's name in `SCREAMING_SNAKE_CASE`, from the type name that it belongs to.
pub fn static_name(type_name: &str) -> String {
    type_name.to_shouty_snake_case()
}

/// Whether a word is a keyword, one that cannot be a raw identifier among them.
pub fn is_keyword(word: &str) -> bool {
    word == "Self" || KEYWORDS.contains(&word) || NEVER_RAW.contains(&word)
}

/// Makes a keyword a raw identifier.
pub fn escape(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name }
}

fn cut(mut name: String) -> String {
    if let Some((position, _)) = name.char_indices().nth(LONGEST) {
        name.truncate(position);
    }
    name
}

/// Spells out what Rust names cannot hold: everything where nothing else is there, signs that tell names apart (`+1`, `-1`) always.
fn spelled(name: &str) -> String {
    let plain = name.chars().any(|c| c.is_ascii_alphanumeric());
    let mut out = String::with_capacity(name.len());
    for (position, c) in name.chars().enumerate() {
        let word = match c {
            c if c.is_ascii_alphanumeric() || c == '_' => {
                out.push(c);
                continue;
            }
            '+' if !plain || position == 0 => "plus",
            '-' if !plain
                || (position == 0 && name.len() > 1 && name[1..].starts_with(|d: char| d.is_ascii_digit())) =>
            {
                "minus"
            }
            '<' => "less_than",
            '>' => "greater_than",
            '=' if !plain => "equals",
            '!' if !plain => "not",
            '*' if !plain => "star",
            '/' if !plain => "slash",
            '.' if !plain => "dot",
            '%' if !plain => "percent",
            '$' if !plain => "dollar",
            '#' if !plain => "hash",
            '@' if !plain => "at",
            '&' if !plain => "and",
            '|' if !plain => "or",
            '~' if !plain => "tilde",
            '^' if !plain => "caret",
            '?' if !plain => "question",
            ':' if !plain => "colon",
            ',' if !plain => "comma",
            c if c.is_alphanumeric() => {
                // Letters outside ASCII are legal in identifiers, but not linked by everyone's keyboard: by code point.
                out.push_str(&format!("_u{:x}_", u32::from(c)));
                continue;
            }
            c if !plain && !c.is_whitespace() && !c.is_ascii() => {
                out.push_str(&format!("_u{:x}_", u32::from(c)));
                continue;
            }
            _ => {
                out.push('_');
                continue;
            }
        };
        out.push('_');
        out.push_str(word);
        out.push('_');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn the_lowest_free_number_tells_names_apart() {
        let mut scope = Scope::with_taken(&["Pet3", "new"]);
        let claims = ["Pet", "Pet", "Pet", "Pet5", "Pet", "Pet", "Pet5", "new_", "new_", "new", "a_b", "a_b"];
        let given = claims.map(|name| scope.claim(name.to_owned()));
        assert_eq!(
            given,
            ["Pet", "Pet2", "Pet4", "Pet5", "Pet6", "Pet7", "Pet5_2", "new_", "new_2", "new2", "a_b", "a_b_2"]
        );
    }
}
