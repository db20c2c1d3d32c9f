//! Whole values: read, and skipped.

use serde_json::Number;

use super::super::Types;
use super::super::numeral::is_held;
use super::fault::Reason;
use super::{Fault, Reader};

impl Reader<'_> {
    /// Any value.
    ///
    /// # Errors
    /// Where the text is not JSON, nested too deep, or (when strict) has a member twice.
    pub fn value(&mut self) -> Result<serde_json::Value, Fault> {
        use serde_json::Value;
        match self.peek()? {
            Types::NULL => self.null().map(|()| Value::Null),
            Types::BOOLEAN => self.boolean().map(Value::Bool),
            Types::STRING => self.string().map(|text| Value::String(text.into_owned())),
            Types::ARRAY => {
                let mut elements = Vec::new();
                self.array()?;
                while self.element()? {
                    let index = elements.len();
                    elements.push(
                        self.value()
                            .map_err(|fault| fault.under(index.to_string()))?,
                    );
                }
                Ok(Value::Array(elements))
            }
            Types::OBJECT => {
                let mut members = serde_json::Map::new();
                self.object()?;
                while let Some(name) = self.name()? {
                    let value = self
                        .value()
                        .map_err(|fault| fault.under(name.to_string()))?;
                    if self.strict && members.contains_key(&*name) {
                        return Err(Fault::new(Reason::Duplicate).under(name.into_owned()));
                    }
                    members.insert(name.into_owned(), value);
                }
                Ok(Value::Object(members))
            }
            _ => {
                let text = self.number_text()?;
                // A number that fits 64 bits stays exact; any other becomes the nearest float.
                let whole = text
                    .parse::<i64>()
                    .map(Number::from)
                    .or_else(|_| text.parse::<u64>().map(Number::from));
                let number = whole
                    .ok()
                    .filter(|_| text != "-0")
                    .map_or_else(|| self.float(text), Ok)?;
                Ok(Value::Number(number))
            }
        }
    }

    /// A number beyond 64 bits, or with a fraction. A strict reader accepts only what a float represents.
    fn float(&self, text: &str) -> Result<Number, Fault> {
        let number = text
            .parse::<f64>()
            .ok()
            .filter(|number| !self.strict || is_held(text, *number));
        number
            .and_then(Number::from_f64)
            .ok_or_else(|| Fault::new(Reason::Range))
    }

    /// Skips a value.
    ///
    /// # Errors
    /// Where the text is not JSON, or nested too deep.
    pub fn skip(&mut self) -> Result<(), Fault> {
        match self.peek()? {
            Types::NULL => self.null(),
            Types::BOOLEAN => self.boolean().map(|_| ()),
            Types::STRING => self.string().map(|_| ()),
            Types::ARRAY => {
                self.array()?;
                while self.element()? {
                    self.skip()?;
                }
                Ok(())
            }
            Types::OBJECT => {
                self.object()?;
                while self.name()?.is_some() {
                    self.skip()?;
                }
                Ok(())
            }
            _ => self.number_text().map(|_| ()),
        }
    }
}
