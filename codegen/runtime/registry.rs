//! Named schemas, for gateways, contract tests and test harnesses that know a model by its name in the document only.

use serde_json::Value;

use super::model::Text;
use super::pattern::Reserve;
use super::{Decode, Fault, Instance, Limits, Reader, Rule, Rules, View, Violation, Violations};

/// A named schema: its rules and its typed model.
pub struct Schema {
    name: &'static str,
    rules: &'static Rules,
    follows: fn(&Value) -> bool,
    decode: fn(&mut Reader<'_>) -> Result<Box<dyn Instance>, Fault>,
}

fn decode<T: Decode + Instance + 'static>(
    reader: &mut Reader<'_>,
) -> Result<Box<dyn Instance>, Fault> {
    T::decode(reader).map(|value| Box::new(value) as Box<dyn Instance>)
}

impl Schema {
    /// The schema of a name, its rules, whether a value follows them, and the model `T` that holds its values.
    #[must_use]
    pub const fn new<T: Decode + Instance + 'static>(
        name: &'static str,
        rules: &'static Rules,
        follows: fn(&Value) -> bool,
    ) -> Self {
        Self {
            name,
            rules,
            follows,
            decode: decode::<T>,
        }
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
    pub fn check(&self, value: &Value) -> Result<(), Violations> {
        let _shared = Reserve::open();
        if (self.follows)(value) {
            Ok(())
        } else {
            super::check(View::from(value), self.rules)
        }
    }

    /// Decodes JSON into the typed model, checks it, and encodes the model again.
    ///
    /// # Errors
    /// Everything wrong with the text, as `from_json` reports it.
    pub fn reencode(&self, json: &[u8]) -> Result<Vec<u8>, Violations> {
        let value = self.from_json(json)?;
        serde_json::to_vec(&value.view()).map_err(|_| {
            Violations::one(Violation {
                pointer: String::new(),
                rule: Rule::Representation,
                schema: self.rules.schema,
            })
        })
    }

    /// Decodes JSON into the typed model and checks it: what the model's own `from_json` does.
    ///
    /// # Errors
    /// Everything wrong with the text.
    pub fn from_json(&self, json: &[u8]) -> Result<Box<dyn Instance>, Violations> {
        Text {
            json,
            rules: self.rules,
            limits: &Limits::default(),
        }
        .read(self.decode)
    }

    /// Decodes JSON into the typed model, and then checks the model alone: what its own `validate` does.
    ///
    /// # Errors
    /// Where the text does not decode, the first reason; else all violations of the model.
    pub fn validate(&self, json: &[u8]) -> Result<(), Violations> {
        let mut reader = Reader::strict(json);
        match (self.decode)(&mut reader).and_then(|value| reader.end().map(|()| value)) {
            Ok(value) => super::validate(&value, self.rules),
            Err(fault) => Err(Violations::one(super::model::unreadable(
                &fault,
                self.rules,
                Limits::DEEPEST,
            ))),
        }
    }
}

impl std::fmt::Debug for Schema {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Schema")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
