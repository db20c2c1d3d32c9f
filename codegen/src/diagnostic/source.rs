//! A file of the input and places in it.
//!
//! `Source { path: "openapi/x.json", text }` and byte offset 1234 make line 88, column 27.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A file that was read: its path for display and its text, without a byte order mark.
pub struct Source {
    path: String,
    text: String,
    line_starts: OnceLock<Vec<usize>>,
    /// How many characters begin before each block of [`BLOCK`] bytes: a document may be one line of megabytes, and every
    /// finding in it has a column.
    block_starts: OnceLock<Vec<usize>>,
}

/// Size of a block in bytes, which bounds the work of finding a column.
const BLOCK: usize = 1024;

impl Source {
    /// A source with the path under which it is shown.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Source {
            path: path.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            block_starts: OnceLock::new(),
        })
    }

    /// The path as it is shown, with forward slashes.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset, both from 1; the column counts characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = floor_char_boundary(&self.text, offset);
        let line = self.line_index(offset);
        let start = self.line_starts().get(line).copied().unwrap_or(0);
        let column = self.characters_before(offset).saturating_sub(self.characters_before(start));
        (line + 1, column + 1)
    }

    /// How many characters begin before an offset.
    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let blocks = self.block_starts.get_or_init(|| {
            let mut before = 0;
            let starts = bytes.chunks(BLOCK).map(|block| {
                let start = before;
                before += characters(block);
                start
            });
            starts.collect()
        });
        let block = (offset / BLOCK).min(blocks.len().saturating_sub(1));
        let rest = bytes.get(block * BLOCK..offset).unwrap_or_default();
        blocks.get(block).copied().unwrap_or(0) + characters(rest)
    }

    /// The byte range of the line in which an offset lies, without its line end.
    pub fn line_range(&self, offset: usize) -> Range<usize> {
        let line = self.line_index(floor_char_boundary(&self.text, offset));
        let starts = self.line_starts();
        let start = starts.get(line).copied().unwrap_or(0);
        let end = starts.get(line + 1).copied().unwrap_or(self.text.len());
        let kept = self.text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        start..start + kept.len()
    }

    fn line_index(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let bytes = self.text.bytes().enumerate();
            std::iter::once(0).chain(bytes.filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1)).collect()
        })
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Source").field(&self.path).finish()
    }
}

/// A place in a source: a range of bytes.
#[derive(Clone)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes of its text.
    pub span: Range<usize>,
}

impl Location {
    /// Line and column of the start, both from 1.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.span.start)
    }
}

impl From<&Location> for Location {
    fn from(location: &Location) -> Self {
        location.clone()
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(formatter, "{}:{line}:{column}", self.source.path())
    }
}

/// How many characters begin in a part of a UTF-8 text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// The nearest character boundary at or before an offset.
pub(crate) fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Source};

    #[test]
    fn columns_count_characters_across_blocks() {
        let text = format!("a\n{}x\n\u{20ac}y", "\u{e9}".repeat(3 * BLOCK));
        let source = Source::new("x", text.clone());
        for (offset, c) in text.char_indices() {
            let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let line = text[..offset].matches('\n').count() + 1;
            let column = text[line_start..offset].chars().count() + 1;
            assert_eq!(source.line_column(offset), (line, column), "{c:?} at {offset}");
        }
        assert_eq!(source.line_column(text.len() + 9), (3, 3));
        assert_eq!(Source::new("x", "").line_column(0), (1, 1));
    }
}
