//! Untrusted text, made safe to show: names of documents and of instances on one line, in a log or in a terminal.
//!
//! A name with a line break is shown as `a\nb`, one with a right-to-left override as `a\u{202e}b`. Letters of every
//! script stay as they are. No two texts look the same: a backslash is doubled where it could be taken for the beginning
//! of an escape, as in `a\\nb` for the four characters `a`, `\`, `n`, `b`, and nowhere else, so that `^\d+$` stays legible.

use std::fmt::{self, Write as _};

/// Characters that are escaped besides `char::is_control`: formatting characters, invisible ones, and those that look like a space.
///
/// The general categories Cf, Zl and Zp, Zs without the space, `Default_Ignorable_Code_Point`, and what Unicode sets aside for
/// no character (Unicode 16, `PropList.txt`, `DerivedCoreProperties.txt`). In ascending order.
const ESCAPED: &[(char, char)] = &[
    ('\u{a0}', '\u{a0}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{890}', '\u{891}'),
    ('\u{8e2}', '\u{8e2}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{2000}', '\u{200f}'),
    ('\u{2028}', '\u{202f}'),
    ('\u{205f}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fdd0}', '\u{fdef}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{fffe}', '\u{ffff}'),
    ('\u{110bd}', '\u{110bd}'),
    ('\u{110cd}', '\u{110cd}'),
    ('\u{13430}', '\u{1343f}'),
    ('\u{1bca0}', '\u{1bca3}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{1fffe}', '\u{1ffff}'),
    ('\u{e0000}', '\u{10ffff}'),
];

/// A text of a document, an instance or a service, as [`shown`] writes it.
#[derive(Clone, Copy)]
pub struct Shown<'a>(&'a str);

/// An untrusted text on one line, in which no character can break the line, hide or reorder text.
#[must_use]
pub const fn shown(text: &str) -> Shown<'_> {
    Shown(text)
}

impl Shown<'_> {
    /// Whether a character is shown as an escape.
    #[must_use]
    pub fn escapes(c: char) -> bool {
        if c.is_ascii() {
            return c.is_ascii_control();
        }
        let at = ESCAPED.partition_point(|(_, last)| *last < c);
        c.is_control() || ESCAPED.get(at).is_some_and(|(first, _)| *first <= c)
    }

    /// Writes the escape of one character.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write_escape(c: char, out: &mut impl fmt::Write) -> fmt::Result {
        match c {
            '\n' => out.write_str("\\n"),
            '\r' => out.write_str("\\r"),
            '\t' => out.write_str("\\t"),
            c => write!(out, "\\u{{{:x}}}", u32::from(c)),
        }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(|c| c == '\\' || Self::escapes(c)) {
            let (before, from) = rest.split_at(at);
            f.write_str(before)?;
            let after = from.trim_start_matches('\\');
            let backslashes = from.len() - after.len();
            let next = after.chars().next();
            let as_escape = next.is_some_and(Self::escapes);
            let ambiguous =
                as_escape || after.starts_with(['n', 'r', 't']) || after.starts_with("u{");
            for _ in 0..backslashes {
                f.write_str(if ambiguous { "\\\\" } else { "\\" })?;
            }
            rest = after;
            if let Some(c) = next.filter(|_| as_escape) {
                Self::write_escape(c, f)?;
                rest = after.get(c.len_utf8()..).unwrap_or_default();
            }
        }
        f.write_str(rest)
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        fmt::Display::fmt(self, f)?;
        f.write_char('"')
    }
}
