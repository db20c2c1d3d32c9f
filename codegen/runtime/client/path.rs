//! The path of a request: its text, and whether it leads where its template says.
//!
//! | template | value | path | |
//! | --- | --- | --- | --- |
//! | `/tokens/{token}` | `a/..` | `/tokens/a%2F..` | sent |
//! | `/tokens/{token}` | `..` | `/tokens/..`, which is `/` | refused |
//! | `/tokens/{token}` | (empty) | `/tokens/` | refused |
//! | `/{a}{b}` | `.`, `.` | `/..` | refused |
//! | `/%2e{a}` | `.` | `/%2e.`, which is `/..` | refused |
//! | `/{a}.json` | `..` | `/...json` | sent |

use std::ops::Range;

use super::super::View;
use super::super::pointer::escaped;
use super::encoding::{self, Style};
use super::refused::{Refused, RefusedReason};

/// A path that is being built.
#[derive(Default)]
pub(super) struct Path {
    text: String,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: String,
    place: Range<usize>,
    /// Whether its value leaves nothing but what its style adds.
    empty: bool,
}

impl Path {
    /// Appends text of the template. What cannot stand in a path (RFC 3986, section 3.3) is percent-encoded: a space, a backslash,
    /// which URL parsers read as a slash, a `#`, which would end the path.
    pub fn literal(&mut self, text: &str) {
        encoding::encode_path(text, &mut self.text);
    }

    /// Appends a parameter.
    pub fn parameter(&mut self, name: &str, style: Style, explode: bool, value: View<'_>) {
        let written = encoding::path(name, style, explode, value);
        let empty = match style {
            Style::Matrix => written.split(';').all(|pair| {
                pair.split_once('=')
                    .is_none_or(|(_, value)| value.is_empty())
            }),
            Style::Label => written.chars().all(|c| c == '.'),
            _ => written.is_empty(),
        };
        let start = self.text.len();
        self.text.push_str(&written);
        self.parameters.push(Parameter {
            name: name.to_owned(),
            place: start..self.text.len(),
            empty,
        });
    }

    /// The path, with the query that a template may have.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Checks the finished segments.
    ///
    /// # Errors
    /// Where the path would lead elsewhere than its template.
    pub fn judge(&self) -> Result<(), Refused> {
        let path = self.text.split('?').next().unwrap_or_default();
        if !path.is_empty() && !path.starts_with('/') {
            return Err(Refused::new("/path".to_owned(), RefusedReason::Url));
        }
        let mut start = 0;
        for segment in path.split('/') {
            let end = start + segment.len();
            let mut within = self
                .parameters
                .iter()
                .filter(|parameter| parameter.place.start >= start && parameter.place.end <= end);
            let written: usize = within.clone().map(|parameter| parameter.place.len()).sum();
            let is_empty =
                written == segment.len() && within.clone().all(|parameter| parameter.empty);
            let reason = if is_dots(segment) {
                Some(RefusedReason::DotSegment)
            } else {
                (is_empty && within.clone().next().is_some()).then_some(RefusedReason::EmptySegment)
            };
            if let Some(reason) = reason {
                let name = within
                    .next()
                    .map(|parameter| format!("/{}", escaped(&parameter.name)));
                return Err(Refused::new(
                    format!("/path{}", name.unwrap_or_default()),
                    reason,
                ));
            }
            start = end + 1;
        }
        Ok(())
    }
}

/// Whether some parser reads a segment as `.` or `..`: with dots as triples (WHATWG URL, section 4.1), and without the matrix parameters
/// that servers cut off before they resolve it (`..;a=1`).
pub(super) fn is_dots(segment: &str) -> bool {
    let name = segment.split(';').next().unwrap_or_default();
    let name = name.replace("%2e", ".").replace("%2E", ".");
    name == "." || name == ".."
}
