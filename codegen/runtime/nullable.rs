//! Three states of an optional, nullable property: absent, null, a value.

use super::{Decode, Fault, Instance, Reader, Rules, Secret, View, check};

/// A property that may be absent, null, or a value; a round trip keeps which it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The property is left out.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if there is one.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The property, or another one where it is left out.
    #[must_use]
    pub fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self.is_absent() { other() } else { self }
    }

    /// Whether the property is left out.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    /// `None` leaves the property out.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl From<&str> for Nullable<Secret<String>> {
    fn from(value: &str) -> Self {
        Self::Value(Secret::from(value))
    }
}

impl From<String> for Nullable<Secret<String>> {
    fn from(value: String) -> Self {
        Self::Value(Secret::from(value))
    }
}

impl<T: Instance> Instance for Nullable<T> {
    fn view(&self) -> View<'_> {
        self.as_option().map_or(View::Null, Instance::view)
    }

    fn member(&self) -> Option<View<'_>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(View::Null),
            Self::Value(value) => Some(value.view()),
        }
    }

    fn holds(&self, rules: &Rules) -> bool {
        match self {
            Self::Value(value) => value.holds(rules),
            Self::Absent | Self::Null => check::holds(View::Null, rules),
        }
    }

    fn member_holds(&self, rules: &Rules) -> bool {
        self.is_absent() || self.holds(rules)
    }
}

impl<T: Decode> Decode for Nullable<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Ok(Option::decode(reader)?.map_or(Self::Null, Self::Value))
    }
}
