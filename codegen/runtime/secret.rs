//! Secrets: scrubbed from memory on drop, redacted wherever they could be printed.

use std::fmt;
use std::hint::black_box;

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

/// Compares in constant time: the duration does not depend on where two values of one length differ, which would reveal a token byte by
/// byte to anyone who can measure it. It may depend on lengths, counts of elements and names of members.
impl<T: Scrub> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
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

/// Whether two byte strings are equal, looking at all bytes where they have one length. These few lines save every emitted crate a
/// dependency; like the crate `subtle`, they keep the compiler from short-circuiting the comparison.
fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    let differing = one.iter().zip(other).fold(0, |differing, (one, other)| {
        black_box(differing | (one ^ other))
    });
    one.len() == other.len() && black_box(differing) == 0
}

/// A value that can be overwritten in memory, and compared without revealing where two values differ.
pub trait Scrub {
    /// Overwrites the value.
    fn scrub(&mut self);

    /// Whether two values are equal, in constant time where they have one length.
    fn is_same(&self, other: &Self) -> bool;
}

impl Scrub for String {
    fn scrub(&mut self) {
        self.zeroize();
    }

    fn is_same(&self, other: &Self) -> bool {
        same_bytes(self.as_bytes(), other.as_bytes())
    }
}

impl Scrub for i64 {
    fn scrub(&mut self) {
        self.zeroize();
    }

    fn is_same(&self, other: &Self) -> bool {
        same_bytes(&self.to_ne_bytes(), &other.to_ne_bytes())
    }
}

impl Scrub for u64 {
    fn scrub(&mut self) {
        self.zeroize();
    }

    fn is_same(&self, other: &Self) -> bool {
        same_bytes(&self.to_ne_bytes(), &other.to_ne_bytes())
    }
}

impl Scrub for f64 {
    fn scrub(&mut self) {
        self.zeroize();
    }

    fn is_same(&self, other: &Self) -> bool {
        // One instruction, and both zeros are one number.
        self == other
    }
}

impl<T: Scrub> Scrub for Vec<T> {
    fn scrub(&mut self) {
        self.iter_mut().for_each(Scrub::scrub);
    }

    fn is_same(&self, other: &Self) -> bool {
        // `&` compares all elements, where `&&` would stop at the first difference.
        self.iter()
            .zip(other)
            .fold(self.len() == other.len(), |same, (one, other)| {
                same & one.is_same(other)
            })
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

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::String(one), Self::String(other)) => one.is_same(other),
            (Self::Array(one), Self::Array(other)) => one.is_same(other),
            (Self::Object(one), Self::Object(other)) => {
                let lengths = one.len() == other.len();
                one.iter().fold(lengths, |same, (name, value)| {
                    same & other.get(name).is_some_and(|other| value.is_same(other))
                })
            }
            // As text: a number may be a card's.
            (Self::Number(one), Self::Number(other)) => one.to_string().is_same(&other.to_string()),
            (Self::Bool(one), Self::Bool(other)) => one == other,
            (Self::Null, Self::Null) => true,
            // Types differ, which is no secret.
            _ => false,
        }
    }
}
