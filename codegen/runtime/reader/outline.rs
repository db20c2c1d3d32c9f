//! The members of an object before it is read: where the value of each begins.

use std::borrow::Cow;

use super::{Fault, Mark, Reader};

/// The members of the next object, as far as they have been looked up.
pub struct Outline<'a> {
    start: Mark,
    members: Vec<(Cow<'a, str>, Mark)>,
    /// Behind the last of them, `None` at the end of the object.
    rest: Option<Mark>,
}

impl<'a> Reader<'a> {
    /// The outline of the object that comes next.
    ///
    /// # Errors
    /// Where the next value is none.
    pub fn outline(&mut self) -> Result<Outline<'a>, Fault> {
        let start = self.mark();
        self.object()?;
        let outline = Outline {
            start,
            members: Vec::new(),
            rest: Some(self.mark()),
        };
        self.reset(start);
        Ok(outline)
    }

    /// Skips a value that is read later on, matching only its brackets and quotes.
    fn pass(&mut self) -> Result<(), Fault> {
        let mut open = 0usize;
        loop {
            match self.space() {
                Some(b'"') => self.position = self.closing_quote(self.position + 1)? + 1,
                Some(b'{' | b'[') => {
                    open += 1;
                    self.position += 1;
                }
                Some(b'}' | b']') if open > 0 => {
                    open -= 1;
                    self.position += 1;
                }
                Some(b',' | b':') if open > 0 => self.position += 1,
                Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') => {
                    while self.byte(self.position).is_some_and(|byte| {
                        !matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t')
                    }) {
                        self.position += 1;
                    }
                }
                _ => return Err(self.syntax()),
            }
            // Follows an opened bracket to its end.
            if open == 0 {
                return Ok(());
            }
        }
    }
}

impl<'a> Outline<'a> {
    /// Whether some member has one of these names; the reader stays where the object begins.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn has(&mut self, reader: &mut Reader<'a>, names: &[&str]) -> Result<bool, Fault> {
        Ok(self.find(reader, names)?.is_some())
    }

    /// The text of a member, where it is a string; the reader stays where the object begins.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn text(
        &mut self,
        reader: &mut Reader<'a>,
        name: &str,
    ) -> Result<Option<Cow<'a, str>>, Fault> {
        let Some(value) = self.find(reader, &[name])? else {
            return Ok(None);
        };
        reader.reset(value);
        let text = if reader.space() == Some(b'"') {
            reader.string().map(Some)
        } else {
            Ok(None)
        };
        reader.reset(self.start);
        text
    }

    /// Where the value of the first member of these names begins.
    fn find(&mut self, reader: &mut Reader<'a>, names: &[&str]) -> Result<Option<Mark>, Fault> {
        let found = self
            .members
            .iter()
            .find(|(name, _)| names.contains(&&**name));
        if let Some((_, value)) = found {
            return Ok(Some(*value));
        }
        while let Some(rest) = self.rest.take() {
            reader.reset(rest);
            let Some(name) = reader.name()? else { break };
            let value = reader.mark();
            reader.pass()?;
            self.rest = Some(reader.mark());
            let found = names.contains(&&*name);
            self.members.push((name, value));
            if found {
                reader.reset(self.start);
                return Ok(Some(value));
            }
        }
        reader.reset(self.start);
        Ok(None)
    }
}
