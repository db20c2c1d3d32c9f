//! Patterns: ECMA-262 regular expressions, unanchored, compiled once.

mod simple;
mod size;

use std::sync::OnceLock;

/// A pattern of the document (JSON Schema 2020-12, validation, section 6.3.3).
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Compiled>,
}

enum Compiled {
    Simple(simple::Simple),
    Regex(Box<regress::Regex>),
    /// No regular expression, or one too large: the generator refuses such documents.
    Illegal,
}

impl Pattern {
    /// A pattern; it is compiled when it is first used.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// The pattern as the document writes it.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Whether a pattern needs no engine: a sequence of character classes, anchored, or several to choose from.
    #[must_use]
    pub fn is_simple(source: &str) -> bool {
        simple::Simple::parse(source).is_some()
    }

    /// What a pattern that is not simple has too much of to be searched for on an ordinary stack: `more than 500 alternatives`.
    #[must_use]
    pub fn excess(source: &str) -> Option<String> {
        size::excess(source)
    }

    /// Whether some part of the text matches.
    ///
    /// Unicode mode first, as JSON Schema recommends; a pattern that is only legal without it is taken without. One that
    /// is no regular expression at all, or too large ([`Pattern::excess`]), matches everything.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| match simple::Simple::parse(self.source) {
            Some(simple) => Compiled::Simple(simple),
            None if Self::excess(self.source).is_some() => Compiled::Illegal,
            None => {
                let unicode = regress::Regex::with_flags(self.source, "u");
                let regex = unicode.or_else(|_| regress::Regex::new(self.source));
                regex.map_or(Compiled::Illegal, |regex| Compiled::Regex(Box::new(regex)))
            }
        });
        match compiled {
            Compiled::Simple(simple) => simple.is_match(text),
            Compiled::Regex(regex) => regex.find(text).is_some(),
            Compiled::Illegal => true,
        }
    }
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pattern({:?})", self.source)
    }
}
