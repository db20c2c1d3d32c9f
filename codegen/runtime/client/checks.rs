//! The check of a whole request: parameters and body, everything at once.

use super::super::pointer::escaped;
use super::super::reader::Duplicates;
use super::super::{Instance, Reader, Rules, View, Violations, check, check_octets};

/// Collects the violations of a request.
#[derive(Debug, Default)]
pub struct Checks {
    parameters: Option<Violations>,
    /// The violations of the body, which another body replaces.
    body: Option<Violations>,
}

impl Checks {
    /// Checks a parameter; its violations are at `/path/token`, `/query/limit` and so on.
    pub fn parameter(&mut self, location: &'static str, name: &str, view: View<'_>, rules: &Rules) {
        if let Err(violations) = check(view, rules) {
            let violations = violations.under(&format!("/{location}/{}", escaped(name)));
            self.parameters = joined(self.parameters.take(), Some(violations));
        }
    }

    /// Checks the body; its violations are at their places in the body.
    pub fn body(&mut self, body: &dyn Instance, rules: &Rules) {
        self.body = if body.holds(rules) {
            None
        } else {
            check(body.view(), rules).err()
        };
    }

    /// Checks a body of text, which is a string.
    pub fn text(&mut self, body: &str, rules: &Rules) {
        self.body = check(View::String(body), rules).err();
    }

    /// Checks a body of text that spells a number, `true`, `false` or `null`.
    pub fn scalar(&mut self, body: &str, rules: &Rules) {
        let mut reader = Reader::lenient(body.as_bytes());
        match reader
            .tree(&mut Duplicates::default())
            .and_then(|tree| reader.end().map(|()| tree))
        {
            Ok(spelled) => self.body = check(spelled.view(), rules).err(),
            Err(_) => self.text(body, rules),
        }
    }

    /// Checks the length of a body of bytes.
    pub fn octets(&mut self, body: &[u8], rules: &Rules) {
        self.body = check_octets(body, rules).err();
    }

    /// Ends the check.
    ///
    /// # Errors
    /// All violations.
    pub fn finish(self) -> Result<(), Violations> {
        joined(self.parameters, self.body).map_or(Ok(()), Err)
    }
}

fn joined(found: Option<Violations>, more: Option<Violations>) -> Option<Violations> {
    match (found, more) {
        (Some(found), Some(more)) => Some(found.and(more)),
        (found, more) => found.or(more),
    }
}
