//! Instances judged by the schemas of a document, without emitted code: `planchet lint` holds the document's own examples and
//! defaults against it.
//!
//! The judge is the one of emitted crates, `support::check`; the tables that it walks are made here, for one instance at a time
//! (`tables`). What is wrong becomes a diagnostic at the exact value (`findings`).

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

/// Judges an instance by a schema; one that would take unreasonably long to judge follows any. The tables made for it are never freed, as
/// those of emitted crates are not: this is for programs that end.
///
/// # Errors
/// All violations, as `support::check` reports them.
pub fn check(schemas: &Schemas, schema: SchemaId, instance: &Value) -> Result<(), Violations> {
    let _shared = Reserve::open();
    let rules = Tables::new(schemas).rules(schema, instance);
    rules.map_or(Ok(()), |rules| runtime::check(View::from(instance), rules))
}

/// Whether an instance follows a schema: the verdict of [`check`], without a report.
#[must_use]
pub fn holds(schemas: &Schemas, schema: SchemaId, instance: &Value) -> bool {
    let _shared = Reserve::open();
    let rules = Tables::new(schemas).rules(schema, instance);
    rules.is_none_or(|rules| runtime::holds(View::from(instance), rules))
}
