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

use crate::api::{Enum, EnumVariant, SchemaId};

use crate::lower::names::{self, Scope};
use crate::lower::schemas::strings::ListedString;
use crate::lower::shapes::namer::Namer;

/// The enum of the strings that a schema lists.
pub(crate) fn enumeration(namer: &Namer<'_>, id: SchemaId, type_name: &str) -> Enum {
    let mut scope = Scope::with_taken(&["Unknown"]);
    let mut variants: Vec<EnumVariant> = Vec::new();
    let mut lists = namer.schemas.rules().string_lists(id).into_iter();
    let mut listed = lists.next().unwrap_or_default();
    for list in lists {
        // All of them hold: what one does not list is not admitted.
        let values: HashSet<&String> = list.iter().map(|other| &other.value).collect();
        listed.retain(|own| values.contains(&own.value));
    }
    let mut seen: HashSet<String> = HashSet::new();
    for ListedString { value, name, description } in listed {
        if !seen.insert(value.clone()) {
            continue;
        }
        let chosen = namer.context.choices.variant_name(&namer.names_of(id, type_name), &value).map(str::to_owned);
        let made = || names::variant_name(name.as_deref().unwrap_or(&value));
        let rust_name = scope.claim(chosen.unwrap_or_else(made));
        variants.push(EnumVariant { value, rust_name, description });
    }
    Enum { variants }
}
