//! Secrets: scrubbed from memory on drop, redacted wherever they could be printed.

use std::fmt;

use zeroize::Zeroize;

use super::{Decode, Fault, Instance, Reader, Rules, View};

/// A value that must never be shown: a card number, a key, a token.
///
/// `Debug` prints `[redacted]`, there is no `Display`, and the memory is zeroed on drop. [`Secret::expose`] is the one way to
/// the value.
#[derive(Clone)]
pub struct Secret<T: Scrub>(T);

impl<T: Scrub> Secret<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value. Where it goes from here is the caller's responsibility.
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Scrub> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.scrub();
    }
}

impl<T: Scrub> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T: Scrub + PartialEq> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Scrub + Eq> Eq for Secret<T> {}

impl<T: Scrub> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<&str> for Secret<serde_json::Value> {
    fn from(value: &str) -> Self {
        Self(value.into())
    }
}

impl<T: Scrub + Instance> Instance for Secret<T> {
    fn view(&self) -> View<'_> {
        self.0.view()
    }

    fn holds(&self, rules: &Rules) -> bool {
        self.0.holds(rules)
    }
}

impl<T: Scrub + Decode> Decode for Secret<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        T::decode(reader).map(Self)
    }
}

/// What can be overwritten in memory.
pub trait Scrub {
    /// Overwrites the value.
    fn scrub(&mut self);
}

impl Scrub for String {
    fn scrub(&mut self) {
        self.zeroize();
    }
}

impl Scrub for i64 {
    fn scrub(&mut self) {
        self.zeroize();
    }
}

impl Scrub for u64 {
    fn scrub(&mut self) {
        self.zeroize();
    }
}

impl Scrub for f64 {
    fn scrub(&mut self) {
        self.zeroize();
    }
}

impl<T: Scrub> Scrub for Vec<T> {
    fn scrub(&mut self) {
        self.iter_mut().for_each(Scrub::scrub);
    }
}

impl Scrub for serde_json::Value {
    /// Strings are overwritten at every depth; member names are not, as they are the document's more often than the payload's.
    fn scrub(&mut self) {
        match self {
            Self::String(text) => text.zeroize(),
            Self::Array(elements) => elements.iter_mut().for_each(Scrub::scrub),
            Self::Object(members) => members.values_mut().for_each(Scrub::scrub),
            Self::Null | Self::Bool(_) | Self::Number(_) => *self = Self::Null,
        }
    }
}
