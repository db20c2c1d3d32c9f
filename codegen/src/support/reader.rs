//! A pull reader over JSON text (RFC 8259): strict for what is sent, lenient for what was received.
//!
//! Our own, because unions need to go back to a mark, and numbers their exact text, which no library offers together.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use super::{Decode, Types};

/// How deep texts are followed.
const DEEPEST: usize = 128;

/// A pull reader. Every method reads the value that comes next, white space before it included.
pub struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
    depth: usize,
    strict: bool,
    /// Whether the object or array just opened has had no member or element yet.
    fresh: bool,
    /// How many branches of unions may still be tried.
    attempts: usize,
    /// Member names that occurred twice in the values read by [`Reader::value`], by pointer; kept when recording.
    duplicates: Option<Vec<String>>,
}

/// A position to go back to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    position: usize,
    depth: usize,
    fresh: bool,
}

/// Why a text could not be decoded, and where. It never shows the text.
pub struct Fault(Box<Inner>);

struct Inner {
    /// Steps from the inside out.
    steps: Vec<String>,
    reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    Syntax(usize),
    Type(Types),
    Missing(&'static str),
    Undeclared,
    Duplicate,
    Depth,
    Range,
    NoBranch,
    Attempts,
}

impl Fault {
    fn new(reason: Reason) -> Self {
        Self(Box::new(Inner { steps: Vec::new(), reason }))
    }

    fn under(mut self, step: String) -> Self {
        self.0.steps.push(step);
        self
    }

    pub(super) fn no_branch() -> Self {
        Self::new(Reason::NoBranch)
    }

    /// The byte offset, where the text is not JSON.
    #[must_use]
    pub fn syntax_offset(&self) -> Option<usize> {
        match self.0.reason {
            Reason::Syntax(offset) => Some(offset),
            _ => None,
        }
    }

    /// Whether the text is nested too deep.
    pub(super) fn is_depth(&self) -> bool {
        self.0.reason == Reason::Depth
    }

    /// JSON Pointer of the value at fault.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut out = String::new();
        for step in self.0.steps.iter().rev() {
            out.push('/');
            out.push_str(&step.replace('~', "~0").replace('/', "~1"));
        }
        out
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = self.pointer();
        let place = if pointer.is_empty() { "(root)" } else { &pointer };
        match &self.0.reason {
            Reason::Syntax(offset) => write!(f, "not JSON (byte {offset})"),
            Reason::Type(expected) => write!(f, "{place}: not {expected}"),
            Reason::Missing(name) => write!(f, "{place}: lacks `{name}`"),
            Reason::Undeclared => write!(f, "{place}: not a declared member"),
            Reason::Duplicate => write!(f, "{place}: occurs more than once"),
            Reason::Depth => write!(f, "{place}: nested deeper than {DEEPEST} levels"),
            Reason::Range => write!(f, "{place}: a number beyond what the model can hold"),
            Reason::NoBranch => write!(f, "{place}: fits none of the alternatives"),
            Reason::Attempts => write!(f, "{place}: too many alternatives within alternatives"),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({self})")
    }
}

impl std::error::Error for Fault {}

impl<'a> Reader<'a> {
    /// A reader that accepts what the document allows, and nothing else.
    #[must_use]
    pub const fn strict(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0, depth: 0, strict: true, fresh: false, attempts: attempts(bytes), duplicates: None }
    }

    /// A reader that skips what it does not know.
    #[must_use]
    pub const fn lenient(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0, depth: 0, strict: false, fresh: false, attempts: attempts(bytes), duplicates: None }
    }

    /// Notes duplicate member names instead of failing on them.
    pub(super) fn recording(bytes: &'a [u8]) -> Self {
        Self { duplicates: Some(Vec::new()), ..Self::lenient(bytes) }
    }

    /// The pointers of the duplicate members noted so far.
    pub(super) fn into_duplicates(self) -> Vec<String> {
        self.duplicates.unwrap_or_default()
    }

    /// Whether it accepts only what the document allows.
    #[must_use]
    pub const fn is_strict(&self) -> bool {
        self.strict
    }

    /// Counts one more branch of a union that is tried.
    pub(super) fn count_attempt(&mut self) -> Result<(), Fault> {
        match self.attempts.checked_sub(1) {
            Some(left) => {
                self.attempts = left;
                Ok(())
            }
            None => Err(Fault::new(Reason::Attempts)),
        }
    }

    /// The position, to go back to.
    #[must_use]
    pub const fn mark(&self) -> Mark {
        Mark { position: self.position, depth: self.depth, fresh: self.fresh }
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
        while let Some(byte) = self.bytes.get(self.position) {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.position += 1,
                _ => return Some(*byte),
            }
        }
        None
    }

    fn open(&mut self, bracket: u8, expected: Types) -> Result<(), Fault> {
        match self.space() {
            Some(byte) if byte == bracket => {
                if self.depth >= DEEPEST {
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

    /// The name of the next member, `None` at the end of the object.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn name(&mut self) -> Result<Option<Cow<'a, str>>, Fault> {
        if !self.next_item(b'}')? {
            return Ok(None);
        }
        if self.space() != Some(b'"') {
            return Err(self.syntax());
        }
        let name = self.string()?;
        if self.space() != Some(b':') {
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

    /// Decodes a member into its slot. A second member of the name is a fault when strict; when lenient, the last one wins.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn assign<T: Decode>(&mut self, slot: &mut Option<T>, name: &str) -> Result<(), Fault> {
        if slot.is_some() && self.strict {
            return Err(Fault::new(Reason::Duplicate).under(name.to_owned()));
        }
        *slot = Some(T::decode(self).map_err(|fault| fault.under(name.to_owned()))?);
        Ok(())
    }

    /// As [`Reader::assign`], for a property that may be absent and not null: when lenient, null is absence.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn assign_optional<T: Decode>(&mut self, slot: &mut Option<T>, name: &str) -> Result<(), Fault> {
        if !self.strict && self.space() == Some(b'n') {
            return self.null();
        }
        self.assign(slot, name)
    }

    /// A member that a closed object does not declare: a fault when strict, skipped when lenient.
    ///
    /// # Errors
    /// When strict, and where the text is not JSON.
    pub fn undeclared(&mut self, name: &str) -> Result<(), Fault> {
        if self.strict {
            return Err(Fault::new(Reason::Undeclared).under(name.to_owned()));
        }
        self.skip()
    }

    /// A member that an open object does not declare.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn additional<T: Decode>(
        &mut self,
        members: &mut BTreeMap<String, T>,
        name: Cow<'a, str>,
    ) -> Result<(), Fault> {
        if self.strict && members.contains_key(&*name) {
            return Err(Fault::new(Reason::Duplicate).under(name.into_owned()));
        }
        match T::decode(self) {
            Ok(value) => {
                members.insert(name.into_owned(), value);
                Ok(())
            }
            Err(fault) => Err(fault.under(name.into_owned())),
        }
    }

    /// The value of a slot that must have been filled.
    ///
    /// # Errors
    /// Where it was not.
    pub fn required<T>(&self, slot: Option<T>, name: &'static str) -> Result<T, Fault> {
        slot.ok_or_else(|| Fault::new(Reason::Missing(name)))
    }

    /// Decodes the element at an index.
    ///
    /// # Errors
    /// Where the value does not decode.
    pub fn decode_element<T: Decode>(&mut self, index: usize) -> Result<T, Fault> {
        T::decode(self).map_err(|fault| fault.under(index.to_string()))
    }

    /// The type of the next value, by the bit that names it most closely.
    ///
    /// # Errors
    /// Where no value follows.
    pub fn peek(&mut self) -> Result<Types, Fault> {
        Ok(match self.space() {
            Some(b'n') => Types::NULL,
            Some(b't' | b'f') => Types::BOOLEAN,
            Some(b'"') => Types::STRING,
            Some(b'[') => Types::ARRAY,
            Some(b'{') => Types::OBJECT,
            Some(b'-' | b'0'..=b'9') => {
                let mark = self.mark();
                let text = self.number_text()?;
                self.reset(mark);
                let whole = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
                if whole || text.parse::<f64>().is_ok_and(|number| number.fract() == 0.0) {
                    Types::INTEGER
                } else {
                    Types::FRACTION
                }
            }
            _ => return Err(self.syntax()),
        })
    }

    /// A string.
    ///
    /// # Errors
    /// Where the next value is none.
    pub fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        if self.space() != Some(b'"') {
            return Err(self.mismatch(Types::STRING));
        }
        let start = self.position;
        let mut end = start + 1;
        let mut escaped = false;
        loop {
            match self.bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    end += 2;
                }
                Some(0..=0x1f) | None => {
                    self.position = end.min(self.bytes.len());
                    return Err(self.syntax());
                }
                Some(_) => end += 1,
            }
        }
        let token = self.bytes.get(start..=end).unwrap_or_default();
        if escaped {
            // Escapes are rare and their rules are many (surrogates): serde_json knows them.
            let text: String = serde_json::from_slice(token).map_err(|_| self.syntax())?;
            self.position = end + 1;
            return Ok(Cow::Owned(text));
        }
        let text = std::str::from_utf8(token.get(1..token.len() - 1).unwrap_or_default()).map_err(|_| self.syntax())?;
        self.position = end + 1;
        Ok(Cow::Borrowed(text))
    }

    /// The text of a number.
    fn number_text(&mut self) -> Result<&'a str, Fault> {
        let start = self.position;
        let mut at = start;
        let digits = |at: &mut usize| {
            let first = *at;
            while self.bytes.get(*at).is_some_and(u8::is_ascii_digit) {
                *at += 1;
            }
            *at > first
        };
        if self.bytes.get(at) == Some(&b'-') {
            at += 1;
        }
        let leading_zero = self.bytes.get(at) == Some(&b'0');
        let first_digit = at;
        let mut legal = digits(&mut at) && !(leading_zero && at > first_digit + 1);
        if legal && self.bytes.get(at) == Some(&b'.') {
            at += 1;
            legal = digits(&mut at);
        }
        if legal && matches!(self.bytes.get(at), Some(b'e' | b'E')) {
            at += 1;
            if matches!(self.bytes.get(at), Some(b'+' | b'-')) {
                at += 1;
            }
            legal = digits(&mut at);
        }
        let text = self.bytes.get(start..at).and_then(|bytes| std::str::from_utf8(bytes).ok());
        match text {
            Some(text) if legal => {
                self.position = at;
                Ok(text)
            }
            _ => Err(self.syntax()),
        }
    }

    fn number_token(&mut self, expected: Types) -> Result<&'a str, Fault> {
        match self.space() {
            Some(b'-' | b'0'..=b'9') => self.number_text(),
            _ => Err(self.mismatch(expected)),
        }
    }

    /// An integer: `1`, and `1.0` and `1e2` as well.
    ///
    /// # Errors
    /// Where the next value is none, or beyond `i64`.
    pub fn integer(&mut self) -> Result<i64, Fault> {
        let text = self.number_token(Types::INTEGER)?;
        text.parse().or_else(|_| {
            let number = integral(text)?;
            // -2^63 and 2^63 are exact as floats.
            if (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&number) && is_exact(text) {
                Ok(number as i64)
            } else {
                Err(Fault::new(Reason::Range))
            }
        })
    }

    /// An integer from zero.
    ///
    /// # Errors
    /// Where the next value is none, or beyond `u64`.
    pub fn unsigned(&mut self) -> Result<u64, Fault> {
        let text = self.number_token(Types::INTEGER)?;
        text.parse().or_else(|_| {
            let number = integral(text)?;
            if (0.0..18_446_744_073_709_551_616.0).contains(&number) && is_exact(text) {
                Ok(number as u64)
            } else {
                Err(Fault::new(Reason::Range))
            }
        })
    }

    /// A number.
    ///
    /// # Errors
    /// Where the next value is none, or beyond `f64`.
    pub fn number(&mut self) -> Result<f64, Fault> {
        let text = self.number_token(Types::NUMBER)?;
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(Fault::new(Reason::Range)),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        let end = self.position + word.len();
        if self.bytes.get(self.position..end) == Some(word.as_bytes()) {
            self.position = end;
            Ok(())
        } else {
            Err(self.syntax())
        }
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// Where the next value is neither.
    pub fn boolean(&mut self) -> Result<bool, Fault> {
        match self.space() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            _ => Err(self.mismatch(Types::BOOLEAN)),
        }
    }

    /// `null`.
    ///
    /// # Errors
    /// Where the next value is something else.
    pub fn null(&mut self) -> Result<(), Fault> {
        match self.space() {
            Some(b'n') => self.word("null"),
            _ => Err(self.mismatch(Types::NULL)),
        }
    }

    /// Whether the next value is null, which is consumed.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn is_null(&mut self) -> Result<bool, Fault> {
        if self.space() == Some(b'n') { self.null().map(|()| true) } else { Ok(false) }
    }

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
                    let noted = self.duplicates.as_ref().map_or(0, Vec::len);
                    elements.push(self.value().map_err(|fault| fault.under(index.to_string()))?);
                    self.nest_duplicates(noted, &index.to_string());
                }
                Ok(Value::Array(elements))
            }
            Types::OBJECT => {
                let mut members = serde_json::Map::new();
                self.object()?;
                while let Some(name) = self.name()? {
                    let noted = self.duplicates.as_ref().map_or(0, Vec::len);
                    let value = self.value().map_err(|fault| fault.under(name.to_string()))?;
                    if members.contains_key(&*name) {
                        if self.strict {
                            return Err(Fault::new(Reason::Duplicate).under(name.into_owned()));
                        }
                        if let Some(duplicates) = &mut self.duplicates {
                            duplicates.push(String::new());
                        }
                    }
                    self.nest_duplicates(noted, &name);
                    members.insert(name.into_owned(), value);
                }
                Ok(Value::Object(members))
            }
            _ => {
                let text = self.number_text()?;
                // Whatever fits 64 bits stays exact; anything else is the nearest float.
                let number = serde_json::from_str::<serde_json::Number>(text).map_err(|_| Fault::new(Reason::Range))?;
                Ok(Value::Number(number))
            }
        }
    }

    /// Puts the duplicates noted since under a step.
    fn nest_duplicates(&mut self, since: usize, step: &str) {
        for pointer in self.duplicates.iter_mut().flat_map(|list| list.iter_mut().skip(since)) {
            pointer.insert_str(0, &format!("/{}", step.replace('~', "~0").replace('/', "~1")));
        }
    }

    /// Passes over a value.
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

    /// Looks ahead for a string member of the object that comes next.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn find_member(&mut self, name: &str) -> Result<Option<Cow<'a, str>>, Fault> {
        self.look_ahead(name, |reader| match reader.peek()? {
            Types::STRING => reader.string().map(Some),
            _ => Ok(None),
        })
    }

    /// Looks ahead for a member of the object that comes next.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn has_member(&mut self, name: &str) -> Result<bool, Fault> {
        Ok(self.look_ahead(name, |_| Ok(Some(())))?.is_some())
    }

    /// Looks ahead for one of some members of the object that comes next.
    ///
    /// # Errors
    /// Where the text is not JSON.
    pub fn has_any_member(&mut self, names: &[&str]) -> Result<bool, Fault> {
        let is_one = |name: &str| names.contains(&name);
        Ok(self.look_ahead_for(&is_one, |_| Ok(Some(())))?.is_some())
    }

    fn look_ahead<T>(
        &mut self,
        name: &str,
        read: impl Fn(&mut Self) -> Result<Option<T>, Fault>,
    ) -> Result<Option<T>, Fault> {
        self.look_ahead_for(&|member| member == name, read)
    }

    fn look_ahead_for<T>(
        &mut self,
        wanted: &dyn Fn(&str) -> bool,
        read: impl Fn(&mut Self) -> Result<Option<T>, Fault>,
    ) -> Result<Option<T>, Fault> {
        let mark = self.mark();
        if self.peek()? != Types::OBJECT {
            return Ok(None);
        }
        self.object()?;
        let mut found = None;
        while let Some(member) = self.name()? {
            if wanted(&member) {
                found = read(self)?;
                break;
            }
            self.skip()?;
        }
        self.reset(mark);
        Ok(found)
    }

    /// Makes sure that nothing but white space is left.
    ///
    /// # Errors
    /// Where something is.
    pub fn end(&mut self) -> Result<(), Fault> {
        if self.space().is_some() { Err(self.syntax()) } else { Ok(()) }
    }
}

/// How many branches of unions may be tried in a text: far more than an honest one needs.
const fn attempts(bytes: &[u8]) -> usize {
    bytes.len().saturating_mul(16).saturating_add(1024)
}

/// The value of a number's text, where it is an integer.
fn integral(text: &str) -> Result<f64, Fault> {
    match text.parse::<f64>() {
        Ok(number) if number.fract() != 0.0 => Err(Fault::new(Reason::Type(Types::INTEGER))),
        Ok(number) => Ok(number),
        Err(_) => Err(Fault::new(Reason::Range)),
    }
}

/// Whether a float keeps a number's text: up to 15 significant digits always do (IEEE 754 binary64).
fn is_exact(text: &str) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    mantissa.trim_matches(|c: char| c == '-' || c == '0' || c == '.').bytes().filter(u8::is_ascii_digit).count() <= 15
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("position", &self.position).finish_non_exhaustive()
    }
}
