//! One JSON view of typed models, builders and `serde_json::Value`: what the checker walks and the encoder writes.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Binary, Declared, Numeral, Rules, Types, check};

/// A value as JSON sees it, borrowed.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// An integer beyond `i64`.
    Unsigned(u64),
    /// Any other number.
    Number(f64),
    /// A number of a text that neither 64 bits nor a float represents.
    Numeral(Numeral<'a>),
    /// A string.
    String(&'a str),
    /// Binary data: a part of a multipart body.
    Binary(&'a Binary),
    /// An array.
    Array(&'a dyn Array),
    /// An object.
    Object(&'a dyn Object),
}

impl View<'_> {
    /// The type, by its most specific bit: `1.0` is an integer.
    #[must_use]
    pub fn found(&self) -> Types {
        match self {
            Self::Null => Types::NULL,
            Self::Boolean(_) => Types::BOOLEAN,
            Self::Integer(_) | Self::Unsigned(_) => Types::INTEGER,
            Self::Number(value) if value.fract() == 0.0 => Types::INTEGER,
            Self::Number(_) => Types::FRACTION,
            Self::Numeral(value) if value.is_whole() => Types::INTEGER,
            Self::Numeral(_) => Types::FRACTION,
            Self::String(_) | Self::Binary(_) => Types::STRING,
            Self::Array(_) => Types::ARRAY,
            Self::Object(_) => Types::OBJECT,
        }
    }
}

impl std::fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "View({})", self.found())
    }
}

/// The elements of an array.
pub trait Array {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The element at an index below `len`.
    fn element(&self, index: usize) -> Option<View<'_>>;
}

/// The members of an object: declared ones by index, all others by name.
pub trait Object {
    /// The names of the declared members, in document order.
    fn declared(&self) -> Declared {
        Declared::NONE
    }
    /// The declared member at an index, `None` where it is absent.
    fn member(&self, _index: usize) -> Option<View<'_>> {
        None
    }
    /// The members beyond the declared ones, `None` where the type cannot have any.
    fn additional(&self) -> Option<&dyn Entries> {
        None
    }
}

// Compiled once, and not once for each model.
impl dyn Object + '_ {
    /// The member of a name.
    pub fn get(&self, name: &str) -> Option<View<'_>> {
        match self.declared().index(name) {
            Some(index) => self.member(index),
            None => self.additional().and_then(|entries| entries.get(name)),
        }
    }

    /// How many members there are.
    pub fn count(&self) -> usize {
        let declared = (0..self.declared().len())
            .filter(|index| self.member(*index).is_some())
            .count();
        declared + self.additional().map_or(0, Entries::len)
    }

    /// Whether all members pass a test, declared ones first, up to the first that does not.
    pub fn all<'a>(&'a self, test: &mut dyn FnMut(&'a str, View<'a>) -> bool) -> bool {
        let declared = self.declared();
        let mut members = (0..declared.len())
            .filter_map(|index| Some((declared.name(index)?, self.member(index)?)));
        members.all(|(name, view)| test(name, view))
            && self.additional().is_none_or(|entries| entries.all(test))
    }

    /// Visits every member, declared ones first.
    pub fn visit<'a>(&'a self, visitor: &mut dyn FnMut(&'a str, View<'a>)) {
        self.all(&mut |name, view| {
            visitor(name, view);
            true
        });
    }
}

/// A map from names to values.
pub trait Entries {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The value of a name.
    fn get(&self, name: &str) -> Option<View<'_>>;
    /// Whether all entries pass a test, up to the first that does not.
    fn all<'a>(&'a self, test: &mut dyn FnMut(&'a str, View<'a>) -> bool) -> bool;
}

/// A value with a JSON view.
pub trait Instance {
    /// The value.
    fn view(&self) -> View<'_>;
    /// The value as a member of an object: `None` where it is left out.
    fn member(&self) -> Option<View<'_>> {
        Some(self.view())
    }
    /// Whether the value is valid against rules: the verdict alone, without a report.
    fn holds(&self, rules: &Rules) -> bool {
        check::holds(self.view(), rules)
    }
    /// Whether the value is valid as a member of an object: an absent one is.
    fn member_holds(&self, rules: &Rules) -> bool {
        self.holds(rules)
    }
}

impl Instance for bool {
    fn view(&self) -> View<'_> {
        View::Boolean(*self)
    }
}

impl Instance for i64 {
    fn view(&self) -> View<'_> {
        View::Integer(*self)
    }
}

impl Instance for u64 {
    fn view(&self) -> View<'_> {
        View::Unsigned(*self)
    }
}

impl Instance for f64 {
    fn view(&self) -> View<'_> {
        View::Number(*self)
    }
}

impl Instance for String {
    fn view(&self) -> View<'_> {
        View::String(self)
    }

    fn holds(&self, rules: &Rules) -> bool {
        check::decided(|depth| check::verdict(self.as_str(), rules, depth))
    }
}

impl<T: Instance> Instance for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Null, Instance::view)
    }

    fn holds(&self, rules: &Rules) -> bool {
        match self {
            Some(value) => value.holds(rules),
            None => check::holds(View::Null, rules),
        }
    }
}

impl<T: Instance + ?Sized> Instance for Box<T> {
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn holds(&self, rules: &Rules) -> bool {
        (**self).holds(rules)
    }
}

impl<T: Instance> Instance for Vec<T> {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }

    fn holds(&self, rules: &Rules) -> bool {
        check::elements_hold(self, self.view(), rules)
    }
}

impl<T: Instance> Array for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn element(&self, index: usize) -> Option<View<'_>> {
        self.get(index).map(Instance::view)
    }
}

impl<T: Instance> Instance for BTreeMap<String, T> {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<T: Instance> Object for BTreeMap<String, T> {
    fn additional(&self) -> Option<&dyn Entries> {
        Some(self)
    }
}

impl<T: Instance> Entries for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, name: &str) -> Option<View<'_>> {
        self.get(name).map(Instance::view)
    }

    fn all<'a>(&'a self, test: &mut dyn FnMut(&'a str, View<'a>) -> bool) -> bool {
        self.iter().all(|(name, value)| test(name, value.view()))
    }
}

impl Instance for serde_json::Value {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(value) => View::Boolean(*value),
            Self::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => View::Integer(value),
                (None, Some(value)) => View::Unsigned(value),
                (None, None) => View::Number(float(number)),
            },
            Self::String(value) => View::String(value),
            Self::Array(elements) => View::Array(elements),
            Self::Object(members) => View::Object(members),
        }
    }

    fn holds(&self, rules: &Rules) -> bool {
        check::decided(|depth| check::verdict(self, rules, depth))
    }
}

/// The nearest float; the greatest where `serde_json` keeps a number, by its feature `arbitrary_precision`, that is beyond all of them.
pub(super) fn float(number: &serde_json::Number) -> f64 {
    let beyond = || {
        if number.to_string().starts_with('-') {
            f64::MIN
        } else {
            f64::MAX
        }
    };
    number.as_f64().unwrap_or_else(beyond)
}

impl<'a> From<&'a serde_json::Value> for View<'a> {
    fn from(value: &'a serde_json::Value) -> Self {
        value.view()
    }
}

impl Object for serde_json::Map<String, serde_json::Value> {
    fn additional(&self) -> Option<&dyn Entries> {
        Some(self)
    }
}

impl Entries for serde_json::Map<String, serde_json::Value> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, name: &str) -> Option<View<'_>> {
        self.get(name).map(Instance::view)
    }

    fn all<'a>(&'a self, test: &mut dyn FnMut(&'a str, View<'a>) -> bool) -> bool {
        self.iter().all(|(name, value)| test(name, value.view()))
    }
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Unsigned(value) => serializer.serialize_u64(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Numeral(_) => Err(serde::ser::Error::custom("a number that no type holds")),
            Self::String(value) => serializer.serialize_str(value),
            Self::Binary(binary) => match std::str::from_utf8(binary.content()) {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => Err(serde::ser::Error::custom(
                    "bytes that are no text have no form in JSON",
                )),
            },
            Self::Array(elements) => {
                let mut sequence = serializer.serialize_seq(Some(elements.len()))?;
                for index in 0..elements.len() {
                    if let Some(element) = elements.element(index) {
                        sequence.serialize_element(&element)?;
                    }
                }
                sequence.end()
            }
            Self::Object(members) => {
                let mut map = serializer.serialize_map(None)?;
                let mut outcome = Ok(());
                members.all(&mut |name, view| {
                    outcome = map.serialize_entry(name, &view);
                    outcome.is_ok()
                });
                outcome?;
                map.end()
            }
        }
    }
}
