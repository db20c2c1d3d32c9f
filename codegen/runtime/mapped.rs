//! Values of types that users chose for formats and schemas: the JSON as it was sent, and the value it represents.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::redacted::Redacted;
use super::{Decode, Fault, Instance, Reader, View};

/// A value of a type that has serde's traits.
///
/// The JSON is kept exactly as it was sent, so that a round trip changes nothing, and so that a response that the type cannot decode still
/// has a value of this type: [`Mapped::value`] is `None` then.
#[derive(Clone, PartialEq)]
pub struct Mapped<T> {
    json: serde_json::Value,
    value: Option<T>,
}

/// Shows the value as its type does. JSON that the type cannot decode may be anything, and is not shown.
impl<T: fmt::Debug> fmt::Debug for Mapped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value: &dyn fmt::Debug = match &self.value {
            Some(value) => value,
            None => &Redacted,
        };
        f.debug_tuple("Mapped").field(value).finish()
    }
}

impl<T: DeserializeOwned> Mapped<T> {
    /// The value of some JSON.
    #[must_use]
    pub fn from_value(json: serde_json::Value) -> Self {
        let value = serde_json::from_value(json.clone()).ok();
        Self { json, value }
    }

    /// The value, where the JSON is one.
    pub const fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

/// A value whose `Serialize` fails becomes null, which the rules then reject.
impl<T: Serialize> From<T> for Mapped<T> {
    fn from(value: T) -> Self {
        Self {
            json: serde_json::to_value(&value).unwrap_or_default(),
            value: Some(value),
        }
    }
}

impl<T> Instance for Mapped<T> {
    fn view(&self) -> View<'_> {
        self.json.view()
    }
}

impl<T: DeserializeOwned> Decode for Mapped<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        reader.value().map(Self::from_value)
    }
}
