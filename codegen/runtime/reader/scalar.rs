//! Strings, numbers and words (RFC 8259, sections 3, 6 and 7).

use std::borrow::Cow;

use super::super::numeral::is_held;
use super::super::{Decimal, Types};
use super::fault::Reason;
use super::{Fault, Reader};

impl<'a> Reader<'a> {
    /// The type of the next value, by its most specific bit.
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
                let whole = text
                    .bytes()
                    .all(|byte| byte == b'-' || byte.is_ascii_digit());
                if whole
                    || text
                        .parse::<f64>()
                        .is_ok_and(|number| number.fract() == 0.0)
                {
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
        self.string_here()
    }

    /// A string whose quote is the next byte.
    #[inline]
    pub(super) fn string_here(&mut self) -> Result<Cow<'a, str>, Fault> {
        match self.plain_string() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped_string(self.position + 1),
        }
    }

    /// A string without escapes whose quote is the next byte; `None` for any other, which is not consumed.
    fn plain_string(&mut self) -> Option<&'a str> {
        let start = self.position + 1;
        let end = self.plain_end(start);
        if self.byte(end) != Some(b'"') {
            return None;
        }
        let text = self.text.get(start..end)?;
        self.position = end + 1;
        Some(text)
    }

    /// A string with escapes, whose characters start at a place. They are rare and have intricate rules (surrogates), so serde_json
    /// decodes them.
    fn escaped_string(&mut self, start: usize) -> Result<Cow<'a, str>, Fault> {
        let end = self.closing_quote(start)?;
        let token = self.text.get(start - 1..=end).unwrap_or_default();
        let text = serde_json::from_str(token).map_err(|_| self.syntax())?;
        self.position = end + 1;
        Ok(Cow::Owned(text))
    }

    /// Where the string ends whose characters start at a place.
    pub(super) fn closing_quote(&mut self, start: usize) -> Result<usize, Fault> {
        let mut end = self.plain_end(start);
        while self.byte(end) == Some(b'\\') {
            end = self.plain_end(end + 2);
        }
        if self.byte(end) == Some(b'"') {
            return Ok(end);
        }
        self.position = end.min(self.text.len());
        Err(self.syntax())
    }

    /// The end of a string's literal characters: at a quote, a backslash, a control character, or the end of the text.
    fn plain_end(&self, from: usize) -> usize {
        const ONES: u64 = 0x0101_0101_0101_0101;
        const HIGHS: u64 = 0x8080_8080_8080_8080;
        // In the lowest byte that is below a limit, and perhaps in some above it, the highest bit is set.
        let below = |eight: u64, limit: u64| eight.wrapping_sub(ONES * limit) & !eight;
        let mut rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let mut at = from;
        while let Some((eight, behind)) = rest.split_first_chunk() {
            let eight = u64::from_le_bytes(*eight);
            let quote = below(eight ^ (ONES * u64::from(b'"')), 1);
            let backslash = below(eight ^ (ONES * u64::from(b'\\')), 1);
            let found = (quote | backslash | below(eight, 0x20)) & HIGHS;
            if found != 0 {
                return at + (found.trailing_zeros() / 8) as usize;
            }
            at += 8;
            rest = behind;
        }
        at + rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))
            .unwrap_or(rest.len())
    }

    /// The text of a number.
    pub(super) fn number_text(&mut self) -> Result<&'a str, Fault> {
        let start = self.position;
        let mut at = start;
        let digits = |at: &mut usize| {
            let first = *at;
            while self.byte(*at).is_some_and(|byte| byte.is_ascii_digit()) {
                *at += 1;
            }
            *at > first
        };
        if self.byte(at) == Some(b'-') {
            at += 1;
        }
        let leading_zero = self.byte(at) == Some(b'0');
        let first_digit = at;
        let mut legal = digits(&mut at) && !(leading_zero && at > first_digit + 1);
        if legal && self.byte(at) == Some(b'.') {
            at += 1;
            legal = digits(&mut at);
        }
        if legal && matches!(self.byte(at), Some(b'e' | b'E')) {
            at += 1;
            if matches!(self.byte(at), Some(b'+' | b'-')) {
                at += 1;
            }
            legal = digits(&mut at);
        }
        match self.text.get(start..at) {
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
        text.parse()
            .or_else(|_| i64::try_from(integral(text)?).map_err(|_| Fault::new(Reason::Range)))
    }

    /// An integer from zero.
    ///
    /// # Errors
    /// Where the next value is none, or beyond `u64`.
    pub fn unsigned(&mut self) -> Result<u64, Fault> {
        let text = self.number_token(Types::INTEGER)?;
        text.parse()
            .or_else(|_| u64::try_from(integral(text)?).map_err(|_| Fault::new(Reason::Range)))
    }

    /// A number: the nearest float. A strict reader accepts only numbers that a float represents (`is_held`), so that the checked and
    /// re-encoded value is the one that was sent.
    ///
    /// # Errors
    /// Where the next value is none, or beyond what `f64` holds.
    pub fn number(&mut self) -> Result<f64, Fault> {
        let text = self.number_token(Types::NUMBER)?;
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() && (!self.strict || is_held(text, number)) => {
                Ok(number)
            }
            _ => Err(Fault::new(Reason::Range)),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        let end = self.position + word.len();
        if self.text.get(self.position..end) == Some(word) {
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
        if self.space() == Some(b'n') {
            self.null().map(|()| true)
        } else {
            Ok(false)
        }
    }
}

/// The value of a number's text, where it is an integer.
fn integral(text: &str) -> Result<i128, Fault> {
    let range = Fault::new(Reason::Range);
    let Some(number) = Decimal::parse(text) else {
        return Err(range);
    };
    if !number.is_multiple_of(Decimal::from_integer(1)) {
        return Err(Fault::new(Reason::Type(Types::INTEGER)));
    }
    number.to_integer().ok_or(range)
}
