//! JSON (RFC 8259), with positions.
//!
//! Comments and a comma before a closing bracket, which many tools accept, are warnings; `{"a" 1}` is an error at the `1`. The reader is
//! our own because the maintained libraries lose positions or the exact text of numbers, or recurse without a bound. Members are read in
//! one pass over the bytes; every duplicate key is reported, and
//! the first syntax error ends the reading.

use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::diagnostic::{self as codes, Code, Diagnostic, Location, Report, Source};

use crate::document::limits::{MAX_DEPTH, MAX_VALUES};
use crate::document::text::node::{Member, Node, NodeValue};

/// Parses a whole source.
pub fn parse(source: &Arc<Source>, report: &mut Report) -> Option<Node> {
    let mut parser = Parser { source, text: source.text(), at: 0, values: 0, report };
    match parser.document() {
        Ok(node) => Some(node),
        Err(fault) => {
            let at = Location { source: source.clone(), span: fault.span };
            report.push(Diagnostic::new(fault.code, fault.message).at(at));
            None
        }
    }
}

struct Fault {
    code: &'static Code,
    message: String,
    span: Range<usize>,
}

struct Parser<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    at: usize,
    /// Values and member names so far.
    values: usize,
    report: &'a mut Report,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<Node, Fault> {
        let node = self.value(0)?;
        self.skip_space();
        match self.peek() {
            None => Ok(node),
            Some(_) => Err(self.expected("the end of the file after the document")),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        self.skip_space();
        let start = self.at;
        self.values += 1;
        if self.values > MAX_VALUES {
            let message = format!("the file holds more than {MAX_VALUES} values");
            return Err(Fault { code: &codes::TOO_LARGE, message, span: start..start + 1 });
        }
        let value = match self.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                let message = format!("the document is nested deeper than {MAX_DEPTH} levels");
                return Err(Fault { code: &codes::TOO_DEEP, message, span: start..start + 1 });
            }
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => NodeValue::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => NodeValue::Number(self.number()?),
            Some(b'a'..=b'z' | b'A'..=b'Z') => self.word()?,
            _ => return Err(self.expected("a value")),
        };
        Ok(Node { value, location: self.location(start..self.at) })
    }

    fn object(&mut self, depth: usize) -> Result<NodeValue, Fault> {
        self.at += 1;
        let mut members = IndexMap::new();
        self.skip_space();
        if self.eat(b'}') {
            return Ok(NodeValue::Object(members));
        }
        loop {
            self.skip_space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.expected("a member name in double quotes"));
            }
            let name = self.string()?;
            self.values += 1;
            let key = self.location(start..self.at);
            self.skip_space();
            if !self.eat(b':') {
                return Err(self.expected("`:` after the member name"));
            }
            let node = self.value(depth + 1)?;
            match members.entry(name) {
                Entry::Vacant(entry) => {
                    entry.insert(Member { key, node });
                }
                Entry::Occupied(mut entry) => {
                    let first: &Member = entry.get();
                    self.report.push(duplicate_key(entry.key(), &first.key, &key));
                    entry.insert(Member { key, node });
                }
            }
            self.skip_space();
            if self.eat(b'}') {
                return Ok(NodeValue::Object(members));
            }
            let comma = self.at;
            if !self.eat(b',') {
                return Err(self.expected("`,` or `}` after a member"));
            }
            self.skip_space();
            if self.eat(b'}') {
                self.sloppy("no comma stands before a `}` in JSON", comma..comma + 1);
                return Ok(NodeValue::Object(members));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<NodeValue, Fault> {
        self.at += 1;
        let mut elements = Vec::new();
        self.skip_space();
        if self.eat(b']') {
            return Ok(NodeValue::Array(elements));
        }
        loop {
            elements.push(self.value(depth + 1)?);
            self.skip_space();
            if self.eat(b']') {
                return Ok(NodeValue::Array(elements));
            }
            let comma = self.at;
            if !self.eat(b',') {
                return Err(self.expected("`,` or `]` after an element"));
            }
            self.skip_space();
            if self.eat(b']') {
                self.sloppy("no comma stands before a `]` in JSON", comma..comma + 1);
                return Ok(NodeValue::Array(elements));
            }
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        let opening = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let start = self.at;
            while self.peek().is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)) {
                self.at += 1;
            }
            text.push_str(self.text.get(start..self.at).unwrap_or(""));
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.push(self.escape()?),
                Some(_) => return Err(self.expected("an escape: control characters do not stand in strings")),
                None => {
                    return Err(syntax("the string that begins here does not end".to_owned(), opening..opening + 1));
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        self.at += 1;
        let escaped = self.peek();
        self.at += 1;
        let simple = match escaped {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => return Err(syntax("no such escape in a string".to_owned(), start..start + 1)),
        };
        Ok(simple)
    }

    /// After `\u`. A surrogate without its other half becomes U+FFFD.
    fn unicode_escape(&mut self, start: usize) -> Result<char, Fault> {
        let high = self.hex(start)?;
        if !(0xd800..0xdc00).contains(&high) || !self.rest().starts_with("\\u") {
            return Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let before = self.at;
        self.at += 2;
        let low = self.hex(before)?;
        if !(0xdc00..0xe000).contains(&low) {
            self.at = before;
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self, start: usize) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(syntax("`\\u` needs four hexadecimal digits".to_owned(), start..start + 2));
        };
        self.at += 4;
        Ok(code)
    }

    fn number(&mut self) -> Result<String, Fault> {
        let start = self.at;
        self.eat(b'-');
        if self.eat(b'0') {
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(syntax("a number does not begin with `0`".to_owned(), start..self.at));
            }
        } else {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or("").to_owned())
    }

    fn digits(&mut self) -> Result<(), Fault> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.expected("a digit"));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self) -> Result<NodeValue, Fault> {
        let length = self.rest().bytes().take_while(u8::is_ascii_alphanumeric).count();
        let word = self.rest().get(..length).unwrap_or("");
        let value = match word {
            "null" => NodeValue::Null,
            "true" => NodeValue::Bool(true),
            "false" => NodeValue::Bool(false),
            _ => {
                let shown: String = word.chars().take(40).collect();
                return Err(syntax(format!("`{shown}` is no JSON value"), self.at..self.at + length));
            }
        };
        self.at += length;
        Ok(value)
    }

    fn skip_space(&mut self) {
        while self.skip_blanks_and_comment() {}
    }

    /// Whether there was a comment.
    fn skip_blanks_and_comment(&mut self) -> bool {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        // One comment at a time, and the space behind it.
        let end = match self.rest().as_bytes() {
            [b'/', b'/', ..] => self.rest().find('\n'),
            [b'/', b'*', ..] => self.rest().find("*/").map(|end| end + 2),
            _ => return false,
        };
        let start = self.at;
        self.at = end.map_or(self.text.len(), |end| start + end);
        self.sloppy("JSON has no comments", start..start + 2);
        true
    }

    fn sloppy(&mut self, message: &str, span: Range<usize>) {
        let at = self.location(span);
        self.report.push(Diagnostic::new(&codes::SLOPPY_SYNTAX, message).at(at));
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn location(&self, span: Range<usize>) -> Location {
        Location { source: self.source.clone(), span }
    }

    fn expected(&self, what: &str) -> Fault {
        let found = match self.rest().chars().next() {
            None => "the end of the file".to_owned(),
            Some(c) if c.is_control() => format!("U+{:04X}", u32::from(c)),
            Some(c) => format!("`{c}`"),
        };
        let end = self.at + self.rest().chars().next().map_or(0, char::len_utf8);
        syntax(format!("expected {what}, found {found}"), self.at..end)
    }
}

fn syntax(message: String, span: Range<usize>) -> Fault {
    Fault { code: &codes::JSON_SYNTAX, message, span }
}

/// The diagnostic for a key that stands twice in an object.
pub(crate) fn duplicate_key(name: &str, first: &Location, second: &Location) -> Diagnostic {
    let (line, column) = first.line_column();
    let message = format!("the key `{name}` is already in this object, at {line}:{column}; this one counts");
    Diagnostic::new(&codes::DUPLICATE_KEY, message).at(second)
}
