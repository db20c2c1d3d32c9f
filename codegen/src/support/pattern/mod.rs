//! Patterns: ECMA-262 regular expressions, unanchored, compiled once.

mod simple;

use std::sync::OnceLock;

/// A pattern of the document (JSON Schema 2020-12, validation, section 6.3.3).
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Compiled>,
}

enum Compiled {
    Simple(simple::Simple),
    Regex(Box<regress::Regex>),
    /// No regular expression: the generator refuses such documents.
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

    /// Whether some part of the text matches.
    ///
    /// Unicode mode first, as JSON Schema recommends; a pattern that is only legal without it is taken without. One that
    /// is no regular expression at all matches everything.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| match simple::Simple::parse(self.source) {
            Some(simple) => Compiled::Simple(simple),
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
