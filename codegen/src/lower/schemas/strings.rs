//! Schemas that list the strings they admit: `enum`, `const`, and unions of such.
//!
//! ```yaml
//! oneOf:                             enum: [card, bank]
//!   - {const: card, title: Card}     x-enum-varnames: [Card, Bank]
//!   - {const: bank, title: Bank}
//! ```

use crate::api::{Branches, Keyword, SchemaId, Schemas, TypeSet};

use crate::lower::schemas::types::DEEPEST_COMPOSITION;

/// How deep unions of lists are followed.
const DEEPEST_LIST: usize = 4;

/// A string that a schema admits, with the name and the description that the document gives it.
pub(crate) struct ListedString {
    pub value: String,
    pub name: Option<String>,
    pub description: Option<String>,
}

impl Schemas {
    /// The strings that a schema lists, if it lists nothing else but null: `enum`, `const`, a union of such.
    pub(in crate::lower) fn listed_strings(&self, id: SchemaId) -> Option<Vec<String>> {
        self.listed_strings_within(id, 0)
    }

    fn listed_strings_within(&self, id: SchemaId, depth: usize) -> Option<Vec<String>> {
        if depth > DEEPEST_LIST {
            return None;
        }
        let listed = |part: &SchemaId| self.listed_strings_within(*part, depth + 1);
        self.get(id).keywords.iter().find_map(|keyword| match keyword {
            Keyword::Enum(values) => {
                let strings = values.iter().filter(|value| !value.is_null());
                strings.map(|value| value.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
            }
            Keyword::Ref(part) => listed(part),
            Keyword::AllOf(parts) => parts.iter().find_map(listed),
            Keyword::OneOf(Branches { parts, .. }) | Keyword::AnyOf(Branches { parts, .. }) => {
                parts.iter().map(listed).collect::<Option<Vec<Vec<String>>>>().map(|lists| lists.concat())
            }
            _ => None,
        })
    }

    /// The schema that lists the strings a schema admits: itself, or the one part of an `allOf` that does.
    pub(in crate::lower) fn string_enum(&self, id: SchemaId) -> Option<SchemaId> {
        self.string_enum_within(id, 0)
    }

    fn string_enum_within(&self, id: SchemaId, depth: usize) -> Option<SchemaId> {
        if depth > DEEPEST_COMPOSITION {
            return None;
        }
        self.get(id).keywords.iter().find_map(|keyword| match keyword {
            Keyword::Enum(values) => {
                let strings = values.iter().filter(|value| value.is_string()).count();
                let others = values.iter().filter(|value| !value.is_string() && !value.is_null()).count();
                (strings > 0 && others == 0).then_some(id)
            }
            Keyword::Ref(part) => self.string_enum_within(*part, depth + 1),
            Keyword::AllOf(parts) => parts.iter().find_map(|part| self.string_enum_within(*part, depth + 1)),
            _ => None,
        })
    }

    /// Whether a schema is a `oneOf` or `anyOf` of single strings: an `enum` with a text for each value.
    pub(in crate::lower) fn is_union_of_constants(&self, id: SchemaId) -> bool {
        self.get(id).keywords.iter().any(|keyword| match keyword {
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
        self.get(id).keywords.iter().find_map(|keyword| match keyword {
            Keyword::Enum(values) => match values.as_slice() {
                [only] => only.as_str(),
                _ => None,
            },
            _ => None,
        })
    }

    /// The strings of each list that an instance must be in, with the names and the descriptions that the document gives them.
    pub(in crate::lower) fn string_lists(&self, id: SchemaId) -> Vec<Vec<ListedString>> {
        self.string_lists_within(id, 0)
    }

    fn string_lists_within(&self, id: SchemaId, depth: usize) -> Vec<Vec<ListedString>> {
        if depth > DEEPEST_COMPOSITION {
            return Vec::new();
        }
        let schema = self.get(id);
        let mut lists = Vec::new();
        for keyword in &schema.keywords {
            match keyword {
                Keyword::Enum(values) => {
                    let strings = values.iter().enumerate().filter_map(|(index, value)| Some((index, value.as_str()?)));
                    let listed = strings.map(|(index, value)| ListedString {
                        value: value.to_owned(),
                        name: schema.annotations.enum_names.get(index).cloned(),
                        description: schema.annotations.enum_descriptions.get(index).cloned(),
                    });
                    lists.push(listed.collect());
                }
                Keyword::Ref(part) => lists.extend(self.string_lists_within(*part, depth + 1)),
                Keyword::AllOf(parts) => {
                    lists.extend(parts.iter().flat_map(|part| self.string_lists_within(*part, depth + 1)));
                }
                Keyword::OneOf(branches) | Keyword::AnyOf(branches) if self.is_union_of_constants(id) => {
                    let constants = branches.parts.iter().filter_map(|branch| {
                        let annotations = &self.get(*branch).annotations;
                        Some(ListedString {
                            value: self.constant(*branch)?.to_owned(),
                            name: annotations.title.clone(),
                            description: annotations.description.clone(),
                        })
                    });
                    lists.push(constants.collect());
                }
                _ => {}
            }
        }
        lists
    }
}
