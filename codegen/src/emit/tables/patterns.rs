//! Names of the statics of patterns: of what they are patterns of.
//!
//! ```yaml
//! Card:
//!   properties:
//!     cvv: { type: string, pattern: '^[0-9]{3,4}$' }
//! ```
//!
//! ```text
//! pub(super) static CVV_PATTERN: Pattern = Pattern::new("^[0-9]{3,4}$");
//! ```
//!
//! A pattern that several schemas have is named after the first of them, so that one more pattern renames no other.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToShoutySnakeCase as _;
use indexmap::IndexMap;

use crate::api::{Api, Keyword, Schema};

/// Longest part of a static's name that is taken of a document, in characters.
const LONGEST_STEM: usize = 60;

/// The names of the statics of all patterns, by source, in the order of the schemas.
pub fn pattern_names(api: &Api) -> IndexMap<&str, String> {
    let mut names: IndexMap<&str, String> = IndexMap::new();
    let mut free = FreeNames {
        taken: api.schemas.0.iter().filter_map(|schema| schema.anchor.clone()).collect(),
        used: BTreeMap::new(),
    };
    for schema in &api.schemas.0 {
        for source in schema.keywords.iter().flat_map(Keyword::patterns) {
            if !names.contains_key(source) {
                names.insert(source, free.take(&stem(schema)));
            }
        }
    }
    names
}

struct FreeNames {
    taken: BTreeSet<String>,
    /// How often a name was asked for: a search from the first number each time would be quadratic.
    used: BTreeMap<String, usize>,
}

impl FreeNames {
    /// `CVV_PATTERN`, or with the first number that makes it a name of its own.
    fn take(&mut self, stem: &str) -> String {
        let first = if stem.is_empty() { "PATTERN".to_owned() } else { format!("{stem}_PATTERN") };
        let used = self.used.entry(first.clone()).or_default();
        loop {
            *used += 1;
            let name = if *used == 1 { first.clone() } else { format!("{first}_{used}") };
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// What a schema is called: by its static, or by the property or the definition that it belongs to.
fn stem(schema: &Schema) -> String {
    if let Some(anchor) = &schema.anchor {
        return anchor.clone();
    }
    let tokens: Vec<&str> = schema.pointer.split('/').collect();
    let named = tokens.windows(2).rev().find_map(|pair| match pair {
        [key, name] if ["properties", "schemas", "$defs", "definitions"].contains(key) => Some(*name),
        _ => None,
    });
    let ascii = |char: char| if char.is_ascii_alphanumeric() { char } else { '_' };
    let name: String = named.unwrap_or_default().chars().map(ascii).take(LONGEST_STEM).collect();
    let name = name.to_shouty_snake_case();
    if name.starts_with(|first: char| first.is_ascii_uppercase()) { name } else { String::new() }
}
