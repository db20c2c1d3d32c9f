//! Instances judged by the schemas of a document, without emitted code.
//!
//! The judge is the one of emitted crates, `support::check`; the tables that it walks are made here, for one instance at a time
//! (`tables`).

mod tables;

use serde_json::Value;

use crate::api::{SchemaId, Schemas};
use crate::support::{self, View, Violations};

use tables::Tables;

/// Judges an instance by a schema. The tables made for it are never freed, as those of emitted crates are not: this is for programs
/// that end.
///
/// # Errors
/// All violations, as `support::check` reports them.
pub fn check(schemas: &Schemas, schema: SchemaId, instance: &Value) -> Result<(), Violations> {
    support::check(View::from(instance), Tables::new(schemas).rules(schema, instance))
}
