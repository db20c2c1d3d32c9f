//! Strings of a format: the text as it was sent, and the value it represents.

pub mod byte;
pub mod date;
pub mod date_time;
pub mod uuid;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use super::redacted::unless_card_number;
use super::{Decode, Fault, Instance, Reader, Rules, View};

/// A type that a format's strings represent.
pub trait FormatText: Sized {
    /// The value of a text, `None` where the text is not of the format.
    fn parse_text(text: &str) -> Option<Self>;
    /// The text of a value.
    fn render_text(&self) -> String;
}

/// A string of a format.
///
/// The text is kept exactly as it was sent, so that a round trip changes nothing, and so that a response that violates the format still
/// has a value of this type: [`Formatted::value`] is `None` then, and `validate()` reports it. The text is parsed when the value is first
/// asked for.
#[derive(Clone)]
pub struct Formatted<T> {
    text: String,
    value: OnceLock<Option<T>>,
}

impl<T: FormatText> Formatted<T> {
    /// The string of a text, whether or not the text is of the format.
    #[must_use]
    pub const fn from_text(text: String) -> Self {
        Self {
            text,
            value: OnceLock::new(),
        }
    }

    /// The value, where the text is of the format.
    pub fn value(&self) -> Option<&T> {
        self.value
            .get_or_init(|| T::parse_text(&self.text))
            .as_ref()
    }
}

impl<T> Formatted<T> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Two of one text are equal.
impl<T> PartialEq for Formatted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Formatted<T> {}

impl<T> Hash for Formatted<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Shows the text, unless it could be a card number: a text that violates its format may be anything.
impl<T> fmt::Debug for Formatted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Formatted")
            .field(&unless_card_number(&self.text))
            .finish()
    }
}

impl<T: FormatText> From<T> for Formatted<T> {
    fn from(value: T) -> Self {
        let text = value.render_text();
        Self {
            text,
            value: OnceLock::from(Some(value)),
        }
    }
}

impl<T: FormatText> From<&str> for Formatted<T> {
    fn from(text: &str) -> Self {
        Self::from_text(text.to_owned())
    }
}

impl<T> Instance for Formatted<T> {
    fn view(&self) -> View<'_> {
        View::String(&self.text)
    }

    fn holds(&self, rules: &Rules) -> bool {
        self.text.holds(rules)
    }
}

impl<T: FormatText> Decode for Formatted<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        Ok(Self::from_text(reader.string()?.into_owned()))
    }
}
