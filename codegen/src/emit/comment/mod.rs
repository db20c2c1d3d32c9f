//! A document's texts as Markdown that is safe in a doc comment.
//!
//! OpenAPI's descriptions are CommonMark, and rustdoc reads doc comments as CommonMark as well: it compiles indented code as doctests,
//! passes HTML on to the page, and takes `[name]` for a link to an item. So no text of a document is copied into a doc comment. It is
//! parsed as rustdoc would parse it, reduced to what documentation needs, and written anew:
//!
//! ```text
//! -     std::process::exit(1)        →  - ```text
//!                                         std::process::exit(1)
//!                                         ```
//! <script>alert(1)</script>          →  \<script>alert(1)\</script>
//! see [Card] at https://pay.example  →  see \[Card\] at <https://pay.example>
//! ```
//!
//! | step | what it does |
//! | --- | --- |
//! | `characters` | line ends, control characters, bidirectional controls |
//! | `read` | CommonMark to `piece`s: HTML becomes text, code loses its language, links must lead somewhere sane |
//! | [`write`] | pieces to lines, with as few escapes as are needed |
//! | `judge` | the lines are parsed again: they must say the same, and hold nothing that runs |
//!
//! Where the judge is not content, the text is written with more escapes, and at last with every one (`plain`). So an oversight in the
//! writer costs the layout of one text, and not the reader's safety.

mod characters;
mod destination;
pub mod docs;
mod judge;
mod piece;
mod plain;
mod read;
mod spell;
mod transcript;
mod write;

pub use crate::emit::comment::judge::is_faithful;
pub use crate::emit::comment::spell::code;

use crate::emit::comment::piece::{Frame, Piece, Text};
use crate::emit::comment::write::Escapes;

/// Longest text that is parsed, in bytes. A longer one is shown as it stands, in a code block: the parser takes more than linear time
/// for some texts, and nobody formats that much.
pub const MAX_PARSED: usize = 256 * 1024;

/// Longest beginning of a line that is white space and markers of quotes and lists, in bytes. A text with a longer one is shown as it
/// stands, too: the parser asks every open quote and list about every line.
pub const MAX_LEADING: usize = 256;

/// The lines of a text of any length and structure; none for a text without content.
pub fn block(text: &str) -> Vec<String> {
    if is_prose(text) {
        return vec![text.to_owned()];
    }
    let text = characters::visible(text);
    if !is_parsed(&text) {
        return write::code_block(&text);
    }
    written(&text, &read::read(&text).pieces)
}

/// Whether a text is one line of words and of punctuation that means nothing in CommonMark: most are, and what is written of such a
/// text is the text itself.
fn is_prose(text: &str) -> bool {
    let means_nothing = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'.' | b',' | b';' | b'?' | b'(' | b')' | b'\'')
    };
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.len() <= MAX_PARSED
        && text.bytes().all(means_nothing)
        && !text.ends_with(' ')
        && !text.contains("  ")
}

/// Whether a text is within the limits of what is parsed: [`MAX_PARSED`] and [`MAX_LEADING`]. Controls count as what is shown of them.
#[must_use]
pub fn is_markdown(text: &str) -> bool {
    is_parsed(&characters::visible(text))
}

fn is_parsed(text: &str) -> bool {
    text.len() <= MAX_PARSED && text.lines().all(|line| leading(line) <= MAX_LEADING)
}

/// How many bytes of white space and markers of quotes and lists a line begins with.
fn leading(line: &str) -> usize {
    let mut rest = line;
    loop {
        let inner = rest.trim_start_matches(['>', ' ', '\t']);
        let bare = inner.trim_start_matches(|char: char| char.is_ascii_digit());
        let after = bare.strip_prefix(if bare.len() == inner.len() { ['-', '+', '*'] } else { ['.', ')', ')'] });
        match after {
            Some(after) if after.is_empty() || after.starts_with([' ', '\t']) => rest = after,
            // A line of nothing else is an empty one, or an empty item.
            _ if inner.is_empty() && line.trim().is_empty() => return 0,
            _ => return line.len() - inner.len(),
        }
    }
}

/// A text that follows a label in the same paragraph where it begins with one: `` `400`: The request is not valid. ``
///
/// The label is Markdown that the generator wrote.
pub fn labelled(label: &str, text: &str) -> Vec<String> {
    if is_prose(text) {
        return vec![format!("{label}: {text}")];
    }
    let text = characters::visible(text);
    let (continues, mut lines) = if is_parsed(&text) {
        let pieces = read::read(&text).pieces;
        let begins = matches!(pieces.first(), Some(Piece::Open(Frame::Paragraph | Frame::Plain)));
        (begins, written(&text, &pieces))
    } else {
        (false, write::code_block(&text))
    };
    match lines.first_mut() {
        None => vec![format!("{label}:")],
        Some(first) if continues => {
            *first = format!("{label}: {first}");
            lines
        }
        Some(_) => [format!("{label}:"), String::new()].into_iter().chain(lines).collect(),
    }
}

/// A title, a name, a summary: one line of inline Markdown. What would be a block of its own is shown as it stands.
pub fn line(text: &str) -> String {
    if is_prose(text) {
        return text.to_owned();
    }
    let text = plain_line(text);
    if text.is_empty() {
        return text;
    }
    let literal = || vec![Piece::Open(Frame::Paragraph), Piece::Text(Text::foreign(&text)), Piece::Close];
    let parsed = if is_parsed(&text) { read::read(&text).pieces } else { literal() };
    let paragraphs = parsed.iter().filter(|piece| matches!(piece, Piece::Open(Frame::Paragraph))).count();
    let is_inline = paragraphs == 1
        && matches!(parsed.first(), Some(Piece::Open(Frame::Paragraph)))
        && parsed.iter().all(|piece| !piece.is_block() || matches!(piece, Piece::Open(Frame::Paragraph)));
    let pieces = if is_inline { parsed } else { literal() };
    written(&text, &pieces).join(" ")
}

/// A title where no Markdown is read: one line, with controls made visible.
pub fn plain_line(text: &str) -> String {
    characters::visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Pieces as lines, with as few escapes as the judge allows.
fn written(text: &str, pieces: &[Piece]) -> Vec<String> {
    for escapes in [Escapes::Few, Escapes::Many] {
        let lines = write::write(pieces, escapes);
        if judge::says(&lines, pieces) {
            return lines;
        }
    }
    plain::plain(text)
}

#[cfg(test)]
mod tests;
