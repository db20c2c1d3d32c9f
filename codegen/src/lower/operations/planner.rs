//! The state of a plan: names given out to operations, and the roots listed so far.

use crate::api::SchemaId;
use crate::api::reserved::CLIENT_METHODS;

use crate::lower::context::Context;
use crate::lower::names::Scope;
use crate::lower::roots::Root;
use crate::lower::schemas::Builder;

/// Plans operations, one after the other.
pub(crate) struct Planner<'b, 'c> {
    /// The schemas, to which the plan adds those that operations name.
    pub schemas: &'b mut Builder<'c>,
    /// Names of the client's methods; it has some of its own.
    pub method_names: Scope,
    pub webhook_names: Scope,
    pub type_stems: Scope,
    /// The roots of each operation that was planned.
    pub roots: Vec<Vec<Root>>,
    open: Vec<Root>,
}

impl<'b, 'c> Planner<'b, 'c> {
    /// A planner that has planned nothing.
    pub(crate) fn new(schemas: &'b mut Builder<'c>) -> Self {
        Self {
            schemas,
            method_names: Scope::with_taken(CLIENT_METHODS),
            webhook_names: Scope::default(),
            type_stems: Scope::default(),
            roots: Vec::new(),
            open: Vec::new(),
        }
    }

    /// The document, and the report.
    pub(crate) fn context(&self) -> &'c Context<'c> {
        self.schemas.context()
    }

    /// Lists a schema of the operation at hand. `stem` names its type, if it gets one.
    pub(crate) fn root(&mut self, schema: SchemaId, stem: Option<String>) {
        if stem.is_some() {
            self.schemas.outline(schema);
        }
        self.open.push(Root { schema, stem });
    }

    /// Ends the list of the operation at hand.
    pub(crate) fn complete(&mut self) {
        self.schemas.complete();
        self.roots.push(std::mem::take(&mut self.open));
    }
}
