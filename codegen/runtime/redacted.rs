//! `Debug` output for values that must not be shown.
#![allow(dead_code, reason = "a document without secrets needs none of it")]

use std::fmt;

use super::formats::card_number::may_show_card_number;
use super::shown::shown;

/// Prints `[redacted]`.
#[derive(Clone, Copy)]
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A text of an instance, redacted if it could contain a card number.
pub fn unless_card_number(text: &str) -> impl fmt::Debug + '_ {
    UnlessCardNumber(text)
}

struct UnlessCardNumber<'t>(&'t str);

impl fmt::Debug for UnlessCardNumber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if may_show_card_number(self.0) {
            Redacted.fmt(f)
        } else {
            shown(self.0).fmt(f)
        }
    }
}

/// Prints how many members there are, and neither their names nor their values: both may be card numbers.
#[derive(Clone, Copy)]
pub struct RedactedMembers(pub usize);

impl fmt::Debug for RedactedMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("{}"),
            1 => f.write_str("{1 member, redacted}"),
            count => write!(f, "{{{count} members, redacted}}"),
        }
    }
}
