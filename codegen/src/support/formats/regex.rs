//! `regex`: a regular expression of ECMA-262, in Unicode mode as JSON Schema recommends (2020-12, core, section 6.4).

use super::Format;

/// `regex`.
pub static REGEX: Format = Format::of_text("regex", is_regex);

/// Whether a text is a regular expression.
#[must_use]
pub fn is_regex(text: &str) -> bool {
    regress::Regex::with_flags(text, "u").is_ok()
}
