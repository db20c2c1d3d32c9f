//! Lists of strings to enums.
//!
//! ```yaml
//! oneOf:                             enum: [card, bank]
//!   - {const: card, title: Card}     x-enum-varnames: [Card, Bank]
//!   - {const: bank, title: Bank}
//! ```
//!
//! Both become `enum { Card, Bank, Unknown(..) }`. Where several lists must hold, what one of them lacks is not admitted.

use std::collections::HashSet;

use crate::api::{Enum, EnumVariant, Keyword, SchemaId, TypeSet};

use crate::lower::Lowering;
use crate::lower::names::{self, Scope};
use crate::lower::shapes::DEEPEST_COMPOSITION;

/// A value, and the name and the text that the document gives it.
type Listed = (String, Option<String>, Option<String>);

impl Lowering<'_, '_> {
    /// The schema that lists the strings a schema admits: itself, or the one part of an `allOf` that does.
    pub(crate) fn string_enum(&self, id: SchemaId, depth: usize) -> Option<SchemaId> {
        if depth > DEEPEST_COMPOSITION {
            return None;
        }
        self.api.schemas.get(id).keywords.iter().find_map(|keyword| match keyword {
            Keyword::Enum(values) => {
                let strings = values.iter().filter(|value| value.is_string()).count();
                let others = values.iter().filter(|value| !value.is_string() && !value.is_null()).count();
                (strings > 0 && others == 0).then_some(id)
            }
            Keyword::Ref(part) => self.string_enum(*part, depth + 1),
            Keyword::AllOf(parts) => parts.iter().find_map(|part| self.string_enum(*part, depth + 1)),
            _ => None,
        })
    }

    /// Whether a schema is a `oneOf` or `anyOf` of single strings: an `enum` with a text for each value.
    pub(crate) fn is_union_of_constants(&self, id: SchemaId) -> bool {
        let schema = self.api.schemas.get(id);
        schema.keywords.iter().any(|keyword| match keyword {
            Keyword::OneOf(branches) | Keyword::AnyOf(branches) => {
                let others = |branch: &&SchemaId| self.types_of(**branch) != TypeSet::NULL;
                let mut branches = branches.parts.iter().filter(others).peekable();
                branches.peek().is_some() && branches.all(|branch| self.constant(*branch).is_some())
            }
            _ => false,
        })
    }

    /// The only string that a schema admits.
    fn constant(&self, id: SchemaId) -> Option<&str> {
        self.api.schemas.get(id).keywords.iter().find_map(|keyword| match keyword {
            Keyword::Enum(values) => match values.as_slice() {
                [only] => only.as_str(),
                _ => None,
            },
            _ => None,
        })
    }

    pub(crate) fn enumeration(&mut self, id: SchemaId, type_name: &str) -> Enum {
        let mut scope = Scope::with_taken(&["Unknown"]);
        let mut variants: Vec<EnumVariant> = Vec::new();
        let mut seen: HashSet<String> = HashSet::new();
        let mut listed: Vec<Listed> = Vec::new();
        for (index, list) in self.enum_lists(id, 0).into_iter().enumerate() {
            if index == 0 {
                listed = list;
            } else {
                // All of them hold: what one does not list is not admitted.
                let values: HashSet<&String> = list.iter().map(|(value, ..)| value).collect();
                listed.retain(|(value, ..)| values.contains(value));
            }
        }
        for (value, name, description) in listed {
            if !seen.insert(value.clone()) {
                continue;
            }
            let chosen = self.choices.variant_name(&self.names_of(id, type_name), &value).map(str::to_owned);
            let made = || names::variant_name(name.as_deref().unwrap_or(&value));
            let rust_name = scope.claim(chosen.unwrap_or_else(made));
            variants.push(EnumVariant { value, rust_name, description });
        }
        Enum { variants }
    }

    /// The strings of each `enum` that must hold, with names and texts where the document gives them.
    fn enum_lists(&self, id: SchemaId, depth: usize) -> Vec<Vec<Listed>> {
        if depth > DEEPEST_COMPOSITION {
            return Vec::new();
        }
        let schema = self.api.schemas.get(id);
        let mut lists = Vec::new();
        for keyword in &schema.keywords {
            match keyword {
                Keyword::Enum(values) => {
                    let strings = values.iter().enumerate().filter_map(|(index, value)| Some((index, value.as_str()?)));
                    let name = |index: usize| schema.annotations.enum_names.get(index).cloned();
                    let text = |index: usize| schema.annotations.enum_descriptions.get(index).cloned();
                    lists.push(strings.map(|(index, value)| (value.to_owned(), name(index), text(index))).collect());
                }
                Keyword::Ref(part) => lists.extend(self.enum_lists(*part, depth + 1)),
                Keyword::AllOf(parts) => {
                    lists.extend(parts.iter().flat_map(|part| self.enum_lists(*part, depth + 1)));
                }
                Keyword::OneOf(branches) | Keyword::AnyOf(branches) if self.is_union_of_constants(id) => {
                    let constants = branches.parts.iter().filter_map(|branch| {
                        let annotations = &self.api.schemas.get(*branch).annotations;
                        let value = self.constant(*branch)?.to_owned();
                        Some((value, annotations.title.clone(), annotations.description.clone()))
                    });
                    lists.push(constants.collect());
                }
                _ => {}
            }
        }
        lists
    }
}
