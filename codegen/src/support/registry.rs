//! Named schemas, for gateways, contract tests and test harnesses that know a model by its name in the document only.

use super::{Decode, Instance, Rules, Violations};

/// A named schema: its rules and its typed model.
pub struct Schema {
    name: &'static str,
    rules: &'static Rules,
    reencode: fn(&[u8], &Rules) -> Result<Vec<u8>, Violations>,
}

impl Schema {
    /// The schema of a name, its rules, and the model `T` that holds its values.
    #[must_use]
    pub const fn new<T: Decode + Instance>(name: &'static str, rules: &'static Rules) -> Self {
        Self { name, rules, reencode: super::reencode::<T> }
    }

    /// The name in the document.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The rules.
    #[must_use]
    pub const fn rules(&self) -> &'static Rules {
        self.rules
    }

    /// Checks any JSON value against the rules.
    ///
    /// # Errors
    /// All violations, in the order of the document.
    pub fn check(&self, value: &serde_json::Value) -> Result<(), Violations> {
        super::check_value(value, self.rules)
    }

    /// Decodes JSON into the typed model, checks it, and encodes the model again.
    ///
    /// # Errors
    /// Everything wrong with the text, as `from_json` reports it.
    pub fn reencode(&self, json: &[u8]) -> Result<Vec<u8>, Violations> {
        (self.reencode)(json, self.rules)
    }
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Schema").field("name", &self.name).finish_non_exhaustive()
    }
}
