//! Validation of instances against the schemas of a document, without emitted code: `planchet lint` validates the document's own
//! examples and defaults.
//!
//! The checker is that of emitted crates, `support::check`; its tables are made here, for one instance at a time (`tables`). A violation
//! becomes a diagnostic at the exact value (`findings`).

mod findings;
mod tables;
#[cfg(test)]
mod tests;

use serde_json::Value;

use crate::api::{SchemaId, Schemas};
use crate::runtime::pattern::Reserve;
use crate::runtime::{self, View, Violations};

pub use crate::lint::findings::examples;
use crate::lint::tables::Tables;

/// Validates an instance against a schema; one that would take too long to check counts as valid. The tables made for it are never freed,
/// as those of emitted crates are not: this is for programs that end.
///
/// # Errors
/// All violations, as `support::check` reports them.
pub fn check(schemas: &Schemas, schema: SchemaId, instance: &Value) -> Result<(), Violations> {
    let _shared = Reserve::open();
    let rules = Tables::new(schemas).rules(schema, instance);
    rules.map_or(Ok(()), |rules| runtime::check(View::from(instance), rules))
}

/// Whether an instance is valid against a schema: the verdict of [`check`], without a report.
#[must_use]
pub fn holds(schemas: &Schemas, schema: SchemaId, instance: &Value) -> bool {
    let _shared = Reserve::open();
    let rules = Tables::new(schemas).rules(schema, instance);
    rules.is_none_or(|rules| runtime::holds(View::from(instance), rules))
}
