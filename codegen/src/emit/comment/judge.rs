//! Whether lines say what they should, and nothing that runs.

use crate::emit::comment::characters::visible;
use crate::emit::comment::piece::{Frame, Piece, Text};
use crate::emit::comment::read::{read, read_as_rustdoc};
use crate::emit::comment::transcript::transcript;

/// A paragraph after a text, which the text must leave alone.
const FOLLOWING: &str = "following";

/// Whether lines, read as rustdoc reads them, are safe, say what the pieces say, and end before a paragraph that follows.
pub fn says(lines: &[String], pieces: &[Piece]) -> bool {
    let mut expected = pieces.to_vec();
    expected.push(Piece::Open(Frame::Paragraph));
    expected.push(Piece::Text(Text { visible: FOLLOWING.to_owned(), notes: Vec::new() }));
    expected.push(Piece::Close);
    let text = format!("{}\n\n{FOLLOWING}\n", lines.join("\n"));
    let found = read_as_rustdoc(&text);
    found.safe && transcript(&found.pieces) == transcript(&expected)
}

/// Whether lines say what a text says and are safe: for tests, which do not trust the fallback either.
#[must_use]
pub fn is_faithful(text: &str, lines: &[String]) -> bool {
    says(lines, &read(&visible(text)).pieces)
}
