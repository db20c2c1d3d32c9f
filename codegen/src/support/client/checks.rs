//! The check of a whole request: parameters and body, everything at once.

use super::super::{Rules, View, Violations, check};

/// Collects what is wrong with a request.
#[derive(Debug, Default)]
pub struct Checks(Option<Violations>);

impl Checks {
    /// Checks a parameter; its violations are at `/path/token`, `/query/limit` and so on.
    pub fn parameter(&mut self, location: &'static str, name: &str, view: View<'_>, rules: &Rules) {
        if let Err(violations) = check(view, rules) {
            let name = name.replace('~', "~0").replace('/', "~1");
            self.add(violations.under(&format!("/{location}/{name}")));
        }
    }

    /// Checks the body; its violations are at their places in the body.
    pub fn body(&mut self, view: View<'_>, rules: &Rules) {
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
