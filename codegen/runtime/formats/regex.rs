//! `regex`: a regular expression of ECMA-262, in Unicode mode as JSON Schema recommends (2020-12, core, section 6.4).

use super::super::Pattern;
use super::Format;

/// `regex`.
pub static REGEX: Format = Format::of_text("regex", is_regex);

/// Whether a text is a regular expression, and within the size that is matched.
#[must_use]
pub fn is_regex(text: &str) -> bool {
    Pattern::is_ecma(text)
}
