//! A pull reader over JSON text (RFC 8259): strict for what is sent, lenient for what was received.
//!
//! It is our own because unions need to rewind and numbers need their exact text; no library offers both.

mod choices;
mod fault;
mod outline;
mod scalar;
mod tree;
mod value;

pub(super) use choices::Choice;
pub use fault::Fault;
pub use tree::Duplicates;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::{Decode, Limits, Nullable, Types};
use choices::Choices;
use fault::Reason;

/// A pull reader. Every method reads the value that comes next, white space before it included.
pub struct Reader<'a> {
    /// The text up to the first byte that is not valid UTF-8.
    text: &'a str,
    /// Whether that is all of it.
    whole: bool,
    position: usize,
    depth: usize,
    deepest: usize,
    strict: bool,
    /// Whether the object or array just opened has had no member or element yet.
    fresh: bool,
    /// What is known about unions.
    choices: Choices,
}

/// Reads the value of a member, given its name.
pub type ReadMember<'m, 'a> = dyn FnMut(&mut Reader<'a>, &str) -> Result<(), Fault> + 'm;

/// A position to go back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    position: usize,
    depth: usize,
    fresh: bool,
}

impl<'a> Reader<'a> {
    /// A reader that accepts what the document allows, and nothing else.
    #[must_use]
    pub const fn strict(bytes: &'a [u8]) -> Self {
        Self::new(bytes, true)
    }

    /// A reader that skips unknown members.
    #[must_use]
    pub const fn lenient(bytes: &'a [u8]) -> Self {
        Self::new(bytes, false)
    }

    const fn new(bytes: &'a [u8], strict: bool) -> Self {
        let (text, whole) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, true),
            Err(error) => match std::str::from_utf8(bytes.split_at(error.valid_up_to()).0) {
                Ok(text) => (text, false),
                Err(_) => ("", false),
            },
        };
        Self {
            text,
            whole,
            position: 0,
            depth: 0,
            deepest: Limits::DEEPEST,
            strict,
            fresh: false,
            choices: Choices::new(),
        }
    }

    /// The same reader with a limit on nesting.
    #[must_use]
    pub const fn within(mut self, depth: usize) -> Self {
        self.deepest = if depth < Limits::DEEPEST {
            depth
        } else {
            Limits::DEEPEST
        };
        self
    }

    /// A lenient reader of the same text from its beginning, which is known to be UTF-8 or not already.
    pub(super) fn afresh(&self) -> Self {
        Self {
            text: self.text,
            whole: self.whole,
            position: 0,
            depth: 0,
            deepest: self.deepest,
            strict: false,
            fresh: false,
            choices: Choices::new(),
        }
    }

    /// Whether it accepts only what the document allows.
    #[must_use]
    pub const fn is_strict(&self) -> bool {
        self.strict
    }

    /// The position, to go back to.
    #[must_use]
    pub const fn mark(&self) -> Mark {
        Mark {
            position: self.position,
            depth: self.depth,
            fresh: self.fresh,
        }
    }

    /// Goes back to a position.
    pub const fn reset(&mut self, mark: Mark) {
        self.position = mark.position;
        self.depth = mark.depth;
        self.fresh = mark.fresh;
    }

    fn syntax(&self) -> Fault {
        Fault::new(Reason::Syntax(self.position))
    }

    fn space(&mut self) -> Option<u8> {
        while let Some(byte) = self.byte(self.position) {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.position += 1,
                _ => return Some(byte),
            }
        }
        None
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn open(&mut self, bracket: u8, expected: Types) -> Result<(), Fault> {
        match self.space() {
            Some(byte) if byte == bracket => {
                if self.depth >= self.deepest {
                    return Err(Fault::new(Reason::Depth));
                }
                self.position += 1;
                self.depth += 1;
                self.fresh = true;
                Ok(())
            }
            _ => Err(self.mismatch(expected)),
        }
    }

    /// The fault of a value of another type, or of none.
    fn mismatch(&mut self, expected: Types) -> Fault {
        match self.peek() {
            Ok(_) => Fault::new(Reason::Type(expected)),
            Err(fault) => fault,
        }
    }

    /// Opens an object.
    ///
    /// # Errors
    /// Where the next value is no object, or nested too deep.
    pub fn object(&mut self) -> Result<(), Fault> {
        self.open(b'{', Types::OBJECT)
    }

    /// Reads an object; `member` reads the value of each of its members.
    ///
    /// # Errors
    /// Where the next value is no object, or nested too deep, and what `member` finds.
    pub fn each_member(&mut self, member: &mut ReadMember<'_, 'a>) -> Result<(), Fault> {
        self.object()?;
        while let Some(name) = self.name()? {
            if let Err(fault) = member(self, &name) {
                return Err(fault.under(name.into_owned()));
            }
        }
        Ok(())
    }

    /// The name of the next member, `None` at the end of the object.
    ///
    /// # Errors
    /// Where the text is not JSON.
    // Inlined, a name stays in registers.
    #[inline(always)]
    pub fn name(&mut self) -> Result<Option<Cow<'a, str>>, Fault> {
        if !self.next_item(b'}')? {
            return Ok(None);
        }
        // White space has been skipped already, and is rare before the colon.
        if self.byte(self.position) != Some(b'"') {
            return Err(self.syntax());
        }
        let name = self.string_here()?;
        if self.byte(self.position) != Some(b':') && self.space() != Some(b':') {
            return Err(self.syntax());
        }
        self.position += 1;
        Ok(Some(name))
    }

    /// Opens an array.
    ///
    /// # Errors
    /// Where the next value is no array, or nested too deep.
    pub fn array(&mut self) -> Result<(), Fault> {
        self.open(b'[', Types::ARRAY)
    }

    /// Whether another element follows.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn element(&mut self) -> Result<bool, Fault> {
        self.next_item(b']')
    }

    fn next_item(&mut self, end: u8) -> Result<bool, Fault> {
        let fresh = std::mem::replace(&mut self.fresh, false);
        match self.space() {
            Some(byte) if byte == end => {
                self.position += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(b',') if !fresh => {
                self.position += 1;
                // What follows a comma is a member or an element, not the end.
                match self.space() {
                    Some(byte) if byte != end => Ok(true),
                    _ => Err(self.syntax()),
                }
            }
            Some(_) if fresh => Ok(true),
            _ => Err(self.syntax()),
        }
    }

    /// Reads the value of a declared member. A second member of the name is a fault when strict; when lenient, the last one wins.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn assign<T: Decode>(&mut self, field: &mut Option<T>) -> Result<(), Fault> {
        if field.is_some() && self.strict {
            return Err(Fault::new(Reason::Duplicate));
        }
        *field = Some(T::decode(self)?);
        Ok(())
    }

    /// As [`Reader::assign`], for a property that may be absent and not null: when lenient, null is absence.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn assign_optional<T: Decode>(&mut self, field: &mut Option<T>) -> Result<(), Fault> {
        if !self.strict && self.space() == Some(b'n') {
            return self.null();
        }
        self.assign(field)
    }

    /// As [`Reader::assign`], for a property that may be absent and may be null.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn assign_nullable<T: Decode>(&mut self, field: &mut Nullable<T>) -> Result<(), Fault> {
        if !field.is_absent() && self.strict {
            return Err(Fault::new(Reason::Duplicate));
        }
        *field = Nullable::decode(self)?;
        Ok(())
    }

    /// A member that a closed object does not declare: a fault when strict, skipped when lenient.
    ///
    /// # Errors
    /// When strict, and where the text is not JSON.
    pub fn undeclared(&mut self) -> Result<(), Fault> {
        if self.strict {
            Err(Fault::new(Reason::Undeclared))
        } else {
            self.skip()
        }
    }

    /// A member that an open object does not declare.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn additional<T: Decode>(
        &mut self,
        members: &mut BTreeMap<String, T>,
        name: &str,
    ) -> Result<(), Fault> {
        if self.strict && members.contains_key(name) {
            return Err(Fault::new(Reason::Duplicate));
        }
        let value = T::decode(self)?;
        members.insert(name.to_owned(), value);
        Ok(())
    }

    /// Reads a value of a type.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn decode<T: Decode>(&mut self) -> Result<T, Fault> {
        T::decode(self)
    }

    /// Makes sure that nothing but white space is left.
    ///
    /// # Errors
    /// Where something is.
    pub fn end(&mut self) -> Result<(), Fault> {
        if self.space().is_some() || !self.whole {
            Err(self.syntax())
        } else {
            Ok(())
        }
    }
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
