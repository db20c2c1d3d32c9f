//! Formats: one file per family, each by the standard that JSON Schema names for it (2020-12, validation, section 7.3).
//!
//! A format is data: its name, and its checks of strings and of numbers. Custom formats are paths to a `fn(&str) -> bool`, named in the
//! choices.

pub mod byte;
pub mod card_number;
pub mod date_time;
pub mod email;
pub mod hostname;
pub mod idn;
pub mod ip;
pub mod json_pointer;
pub mod number;
pub mod regex;
pub mod uri;
pub mod uri_template;
pub mod uuid;

use super::View;

/// A format that is asserted.
pub struct Format {
    name: &'static str,
    text: Option<fn(&str) -> bool>,
    number: Option<fn(View<'_>) -> bool>,
}

impl Format {
    /// A format of strings, given a check; it does not apply to other types.
    #[must_use]
    pub const fn of_text(name: &'static str, holds: fn(&str) -> bool) -> Self {
        Self {
            name,
            text: Some(holds),
            number: None,
        }
    }

    /// A format of numbers, given a check; it does not apply to other types.
    #[must_use]
    pub const fn of_number(name: &'static str, holds: fn(View<'_>) -> bool) -> Self {
        Self {
            name,
            text: None,
            number: Some(holds),
        }
    }

    /// The name in the document.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether it applies to strings.
    #[must_use]
    pub const fn is_of_text(&self) -> bool {
        self.text.is_some()
    }

    /// Whether it applies to numbers.
    #[must_use]
    pub const fn is_of_number(&self) -> bool {
        self.number.is_some()
    }

    /// Whether a string is of the format.
    #[must_use]
    pub fn text_holds(&self, text: &str) -> bool {
        self.text.is_none_or(|holds| holds(text))
    }

    /// Whether a value is of the format.
    #[must_use]
    pub fn holds(&self, view: View<'_>) -> bool {
        match view {
            View::String(text) => self.text_holds(text),
            View::Integer(_) | View::Unsigned(_) | View::Number(_) | View::Numeral(_) => {
                self.number.is_none_or(|holds| holds(view))
            }
            View::Null | View::Boolean(_) | View::Binary(_) | View::Array(_) | View::Object(_) => {
                true
            }
        }
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Format({})", super::shown(self.name))
    }
}
