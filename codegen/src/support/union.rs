//! Branches of unions: how the reader tries them, and what becomes of a value that fits none.

use super::{Decode, Fault, Instance, Reader, Rules, Secret, check};

impl Reader<'_> {
    /// Decodes the branch that was chosen. When lenient, a value that does not decode is kept as it is.
    ///
    /// # Errors
    /// When strict, where the value does not decode.
    pub fn branch<T: Decode, U>(
        &mut self,
        variant: fn(T) -> U,
        unknown: fn(Secret<serde_json::Value>) -> U,
    ) -> Result<U, Fault> {
        let mark = self.mark();
        match T::decode(self) {
            Err(_) if !self.is_strict() => {
                self.reset(mark);
                self.no_branch(unknown)
            }
            decoded => decoded.map(variant),
        }
    }

    /// A value that fits no branch: a fault when strict, kept as it is when lenient.
    ///
    /// # Errors
    /// When strict, and where the text is not JSON.
    pub fn no_branch<U>(&mut self, unknown: fn(Secret<serde_json::Value>) -> U) -> Result<U, Fault> {
        if self.is_strict() {
            return Err(Fault::no_branch());
        }
        Ok(unknown(Secret::new(self.value()?)))
    }

    /// Tries a branch: the value, if it decodes and follows the rules; otherwise the reader is where it was.
    pub fn try_branch<T: Decode + Instance>(&mut self, rules: Option<&Rules>) -> Option<T> {
        let mark = self.mark();
        let fits = |value: &T| rules.is_none_or(|rules| check(value.view(), rules).is_ok());
        match T::decode(self) {
            Ok(value) if fits(&value) => Some(value),
            _ => {
                self.reset(mark);
                None
            }
        }
    }
}
