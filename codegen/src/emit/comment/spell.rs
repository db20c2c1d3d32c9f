//! Words as Markdown.

use crate::emit::comment::characters::visible;
use crate::emit::comment::piece::{Note, Text};

/// Where words stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// In a cell of a table, where a bar ends it.
    pub in_cell: bool,
    /// Before a link, which an exclamation mark would make an image.
    pub before_link: bool,
    /// Whether everything that can delimit is escaped, rather than what the author did not use so.
    pub wary: bool,
}

/// Text as inline code, whatever it holds (CommonMark 0.31, "Code spans"): on one line, controls made visible.
pub fn code(text: &str) -> String {
    let text = visible(text).replace(['\n', '\t'], " ");
    if text.is_empty() {
        // There is no empty code span.
        return "`\"\"`".to_owned();
    }
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = if longest == 0 { "`".to_owned() } else { "`".repeat(longest + 1) };
    // One space is stripped from both sides, where there is one on both and something between them.
    let stripped = text.starts_with(' ') && text.ends_with(' ') && text.contains(|char| char != ' ');
    let space = if stripped || text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Words, with backslashes where something would be taken for Markdown otherwise.
pub fn words(text: &Text, place: Place, out: &mut String) {
    let mut notes = text.notes.iter().peekable();
    let mut foreign = false;
    let mut skipped = 0;
    let mut before = None;
    for (at, char) in text.visible.char_indices() {
        let mut escaped = false;
        while let Some((_, note)) = notes.next_if(|(noted, _)| *noted <= at) {
            match note {
                Note::Foreign => foreign = true,
                Note::Native => foreign = false,
                Note::Escaped => escaped = true,
                Note::Entity(spelled, length) => {
                    out.push_str(spelled);
                    skipped = at + length;
                }
            }
        }
        if at >= skipped {
            let rest = text.visible.get(at + char.len_utf8()..).unwrap_or_default();
            let noted = notes.peek().is_some_and(|(noted, _)| *noted == at + char.len_utf8());
            let wary = place.wary || foreign;
            if (escaped && char.is_ascii_punctuation()) || must_escape(char, before, rest, noted, wary, place) {
                out.push('\\');
            }
            out.push(if char == '\t' { ' ' } else { char });
        }
        before = Some(char);
    }
}

/// Whether a character needs a backslash; `before` and `rest` are what stands around it in the same text, `noted` whether what follows
/// is spelled in a way of its own.
fn must_escape(char: char, before: Option<char>, rest: &str, noted: bool, wary: bool, place: Place) -> bool {
    let after = rest.chars().next();
    match char {
        // Links, references to items, footnotes, boxes of tasks, code.
        '[' | ']' | '`' => true,
        // HTML and autolinks.
        '<' => after.is_none_or(|after| after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?')),
        '&' => is_entity(rest),
        '\\' => noted || after.is_none_or(|after| after.is_ascii_punctuation()),
        '!' => after.is_none() && place.before_link,
        '|' => place.in_cell || wary,
        // Between spaces they delimit nothing, nor does an underscore within a word (CommonMark 0.31, "Emphasis").
        '*' | '~' => wary && !(before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace)),
        '_' => wary && !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
        _ => false,
    }
}

/// Whether what follows an ampersand makes it an entity, or looks like one.
fn is_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.bytes().position(|byte| !byte.is_ascii_alphanumeric());
    end.is_some_and(|end| end > 0 && name.as_bytes().get(end) == Some(&b';'))
}

/// Whether a line of a paragraph would be taken for a block of its own, and where it needs a backslash then.
pub fn block_start(line: &str) -> Option<usize> {
    let blank = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let first = line.chars().next()?;
    let rest = line.get(first.len_utf8()..).unwrap_or_default();
    let ruled = |set: &[char]| line.chars().all(|char| set.contains(&char));
    let found = match first {
        '>' => true,
        '#' => {
            let rest = line.trim_start_matches('#');
            line.len() - rest.len() <= 6 && blank(rest)
        }
        '-' | '+' | '*' if blank(rest) => true,
        // Thematic breaks, underlines of headings, the second line of a table.
        '-' | ':' | '|' => ruled(&['-', ':', '|', ' ', '\t']),
        '*' => ruled(&['*', ' ', '\t']),
        '_' => ruled(&['_', ' ', '\t']),
        '=' => ruled(&['=', ' ', '\t']),
        '~' => line.starts_with("~~~"),
        '0'..='9' => {
            let rest = line.trim_start_matches(|char: char| char.is_ascii_digit());
            let digits = line.len() - rest.len();
            let marked = rest.starts_with(['.', ')']) && blank(rest.get(1..).unwrap_or_default());
            return (digits <= 9 && marked).then_some(digits);
        }
        _ => false,
    };
    found.then_some(0)
}
