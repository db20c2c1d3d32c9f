//! One finding: its kind, what is wrong, and where.

use std::fmt;

use crate::diagnostic::source::Location;

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document cannot be used as it is.
    Error,
    /// Questionable: the generator went on under an assumption.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// Its name as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// One kind of diagnostic, an entry of the [`CATALOGUE`](crate::diagnostic::CATALOGUE).
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// The stable name, in kebab case: `dangling-ref`.
    pub name: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What the code stands for, in one sentence.
    pub summary: &'static str,
    /// What to do about it; empty where there is nothing general to say.
    pub hint: &'static str,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// What is wrong, for this place.
    pub message: String,
    /// What to do about it here; replaces the hint of the code.
    pub hint: Option<String>,
    /// Where it is.
    pub at: Option<Location>,
}

impl Diagnostic {
    /// A finding without a place.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Diagnostic { code, message: message.into(), hint: None, at: None }
    }

    /// The same finding at a place: a [`Location`], or a reference to whatever has one.
    #[must_use]
    pub fn at(mut self, place: impl Into<Location>) -> Self {
        self.at = Some(place.into());
        self
    }

    /// The same finding with a hint of its own.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
