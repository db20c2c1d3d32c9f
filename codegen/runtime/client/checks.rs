//! The check of a whole request: parameters and body, everything at once.

use super::super::pointer::escaped;
use super::super::reader::Duplicates;
use super::super::{Instance, Reader, Rules, View, Violations, check, check_octets};

/// Collects what is wrong with a request.
#[derive(Debug, Default)]
pub struct Checks(Option<Violations>);

impl Checks {
    /// Checks a parameter; its violations are at `/path/token`, `/query/limit` and so on.
    pub fn parameter(&mut self, location: &'static str, name: &str, view: View<'_>, rules: &Rules) {
        if let Err(violations) = check(view, rules) {
            self.add(violations.under(&format!("/{location}/{}", escaped(name))));
        }
    }

    /// Checks the body; its violations are at their places in the body.
    pub fn body(&mut self, body: &dyn Instance, rules: &Rules) {
        if !body.holds(rules) {
            self.view(body.view(), rules);
        }
    }

    /// Checks a body of text, which is a string.
    pub fn text(&mut self, body: &str, rules: &Rules) {
        self.view(View::String(body), rules);
    }

    /// Checks a body of text that spells a number, `true`, `false` or `null`.
    pub fn scalar(&mut self, body: &str, rules: &Rules) {
        let mut reader = Reader::lenient(body.as_bytes());
        match reader.tree(&mut Duplicates::default()).and_then(|tree| reader.end().map(|()| tree)) {
            Ok(spelled) => self.view(spelled.view(), rules),
            Err(_) => self.text(body, rules),
        }
    }

    /// Checks the length of a body of bytes.
    pub fn octets(&mut self, body: &[u8], rules: &Rules) {
        if let Err(violations) = check_octets(body, rules) {
            self.add(violations);
        }
    }

    fn view(&mut self, view: View<'_>, rules: &Rules) {
        if let Err(violations) = check(view, rules) {
            self.add(violations);
        }
    }

    fn add(&mut self, violations: Violations) {
        self.0 = Some(match self.0.take() {
            Some(found) => found.and(violations),
            None => violations,
        });
    }

    /// Ends the check.
    ///
    /// # Errors
    /// Everything that was wrong.
    pub fn finish(self) -> Result<(), Violations> {
        self.0.map_or(Ok(()), Err)
    }
}
