//! The source of choices, and which of them were used.
//!
//! `rename.types.PetDTO` is used when a type of that name is met. An unused choice names nothing in the document.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{self, Diagnostic, Location, Source};

/// The source of choices, and which of them were used.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    source: Option<Arc<Source>>,
    api: Option<usize>,
    used: RefCell<BTreeSet<String>>,
}

impl Origin {
    /// A file of choices.
    pub fn file(source: &Arc<Source>) -> Self {
        Self { source: Some(source.clone()), ..Self::default() }
    }

    /// The `choices` of an `[[api]]` of `planchet.toml`, by its number from 0.
    pub fn api(source: &Arc<Source>, number: usize) -> Self {
        Self { api: Some(number), ..Self::file(source) }
    }

    /// Notes that an entry of a table, `rename.types` for example, was used.
    pub(crate) fn note(&self, table: &str, entry: &str) {
        self.used.borrow_mut().insert(format!("{table}.{entry}"));
    }

    /// Whether an entry of a table was used.
    pub(crate) fn was_used(&self, table: &str, entry: &str) -> bool {
        self.used.borrow().contains(&format!("{table}.{entry}"))
    }

    /// A finding about an entry of a table: a key, or an element of a list.
    pub(crate) fn about_entry(&self, table: &str, entry: &str, message: String) -> Diagnostic {
        self.finding(message, |source| self.place(source, table, entry))
    }

    /// A finding about a value, by its text.
    pub(crate) fn about_text(&self, found: &str, message: String) -> Diagnostic {
        self.finding(message, |source| {
            let quoted = |quote: char| source.text().find(&format!("{quote}{found}{quote}")).map(|at| at + 1);
            let start = quoted('"').or_else(|| quoted('\'')).or_else(|| source.text().find(found))?;
            Some(start..start + found.len())
        })
    }

    fn finding(&self, message: String, place: impl FnOnce(&Source) -> Option<Range<usize>>) -> Diagnostic {
        let diagnostic = Diagnostic::new(&diagnostic::CONFIG, message);
        match &self.source {
            Some(source) => {
                let span = place(source).unwrap_or(0..0);
                diagnostic.at(Location { source: source.clone(), span })
            }
            None => diagnostic,
        }
    }

    fn place(&self, source: &Source, table: &str, entry: &str) -> Option<Range<usize>> {
        let root = DeValue::Table(DeTable::parse(source.text()).ok()?.into_inner());
        let choices = match self.api {
            Some(number) => root.get("api")?.get_ref().get(number)?.get_ref().get("choices")?.get_ref(),
            None => &root,
        };
        let found = table.split('.').try_fold(choices, |value, key| value.get(key).map(Spanned::get_ref))?;
        match found {
            DeValue::Table(members) => members.get_key_value(entry).map(|(key, _)| key.span()),
            DeValue::Array(elements) => {
                elements.iter().find(|element| element.get_ref().as_str() == Some(entry)).map(Spanned::span)
            }
            _ => None,
        }
    }
}
