//! A diagnostic as text and as JSON.
//!
//! The first line is the one that editors and CI systems pick up, `path:line:column: severity[code]: message`; an
//! excerpt of the line with a caret underline and the hint follow. Long lines are clipped around the place: a document
//! may be a single line of megabytes. What could be a card number is not shown: a document may give one as an example.
//! Messages, file names and excerpts contain untrusted text, and are escaped here, once and as a whole ([`shown`]).

use std::borrow::Cow;
use std::fmt::Write;

use serde_json::{Value, json};

use crate::runtime::formats::card_number::may_show_card_number;
use crate::runtime::{Shown, shown};

use crate::diagnostic::finding::Diagnostic;
use crate::diagnostic::source::Location;

/// Maximum number of characters of a line that are shown.
const WIDTH: usize = 100;
/// Maximum number of characters shown before the place when a line is clipped.
const LEAD: usize = 40;
/// Number of bytes of a line that are examined on each side of the place: more than can be shown, so that a card number that reaches into
/// the excerpt is recognised as a whole.
const WINDOW: usize = 640;

/// The diagnostic as plain text, without colour and without a line end.
pub fn render(diagnostic: &Diagnostic) -> String {
    let code = diagnostic.code;
    let mut text = String::new();
    if let Some(at) = &diagnostic.at {
        let (line, column) = at.line_column();
        let _ = write!(text, "{}:{line}:{column}: ", shown(at.source.path()));
    }
    let _ = write!(text, "{}[{}]: {}", code.severity, code.name, shown(&diagnostic.message));
    let margin = diagnostic.at.as_ref().map_or(1, |at| {
        let (line, _) = at.line_column();
        excerpt(at, line, &mut text)
    });
    if let Some(hint) = hint(diagnostic) {
        let _ = write!(text, "\n{:margin$} = hint: {}", "", shown(hint));
    }
    text
}

/// The diagnostic for machines: `code`, `severity`, `message`, and where known `hint`, `file`, `line`, `column`, `end`.
///
/// Texts are exact; [`json_line`] writes them without a character that a terminal would act on.
pub fn to_json(diagnostic: &Diagnostic) -> Value {
    let mut value = json!({
        "code": diagnostic.code.name,
        "severity": diagnostic.code.severity.as_str(),
        "message": diagnostic.message,
    });
    if let Value::Object(members) = &mut value {
        if let Some(hint) = hint(diagnostic) {
            members.insert("hint".to_owned(), json!(hint));
        }
        if let Some(at) = &diagnostic.at {
            let (line, column) = at.line_column();
            let (end_line, end_column) = at.source.line_column(at.span.end);
            members.insert("file".to_owned(), json!(at.source.path()));
            members.insert("line".to_owned(), json!(line));
            members.insert("column".to_owned(), json!(column));
            members.insert("end".to_owned(), json!({ "line": end_line, "column": end_column }));
        }
    }
    value
}

fn hint(diagnostic: &Diagnostic) -> Option<&str> {
    diagnostic.hint.as_deref().or(Some(diagnostic.code.hint)).filter(|hint| !hint.is_empty())
}

/// Writes the line of a place with its underline; returns the width of the margin.
fn excerpt(at: &Location, line: usize, out: &mut String) -> usize {
    let line_range = at.source.line_range(at.span.start);
    let text = at.source.text();
    let start = crate::diagnostic::source::floor_char_boundary(text, at.span.start.min(line_range.end));
    let end = crate::diagnostic::source::floor_char_boundary(text, at.span.end.clamp(start, line_range.end));
    let first =
        crate::diagnostic::source::floor_char_boundary(text, start.saturating_sub(WINDOW)).max(line_range.start);
    let last = crate::diagnostic::source::floor_char_boundary(text, start.saturating_add(WINDOW)).min(line_range.end);
    let (range, end) = (first..last, end.min(last));
    let whole = without_card_numbers(text.get(range.clone()).unwrap_or(""));
    let (start, end) = (start - range.start, end - range.start);
    let before = whole.get(..start).unwrap_or("");
    let marked = whole.get(start..end).unwrap_or("");
    let after = whole.get(end..).unwrap_or("");

    let lead_count = before.chars().count();
    let total_is_long = line_range.len() > WIDTH * 4 || whole.chars().count() > WIDTH;
    let skipped = if total_is_long { lead_count.saturating_sub(LEAD) } else { 0 };
    let mut shown = String::new();
    if skipped > 0 || first > line_range.start {
        shown.push('…');
    }
    before.chars().skip(skipped).for_each(|c| push_visible(c, &mut shown));
    let caret_at = shown.chars().count();
    let mut room = WIDTH.saturating_sub(caret_at).max(1);
    let taken = marked.chars().take(room);
    taken.for_each(|c| push_visible(c, &mut shown));
    let carets = shown.chars().count() - caret_at;
    let count = marked.chars().take(room + 1).count();
    let cut = count > room;
    room = room.saturating_sub(count);
    if !cut {
        after.chars().take(room).for_each(|c| push_visible(c, &mut shown));
    }
    if cut || after.chars().nth(room).is_some() || last < line_range.end {
        shown.push('…');
    }

    let number = line.to_string();
    let margin = number.len();
    let line_text = shown.trim_end();
    let space = if line_text.is_empty() { "" } else { " " };
    let _ = write!(out, "\n{:margin$} |", "");
    let _ = write!(out, "\n{number} |{space}{line_text}");
    let _ = write!(out, "\n{:margin$} | {:caret_at$}{}", "", "", "^".repeat(carets.max(1)));
    margin
}

/// A line with an asterisk for each digit of what could be a card number, as examples hold them.
fn without_card_numbers(line: &str) -> Cow<'_, str> {
    if !may_show_card_number(line) {
        return Cow::Borrowed(line);
    }
    let runs = line.split_inclusive(|c: char| !(c.is_ascii_digit() || c == ' ' || c == '-'));
    let masked = |run: &str| run.replace(|c: char| c.is_ascii_digit(), "*");
    Cow::Owned(runs.map(|run| if may_show_card_number(run) { masked(run) } else { run.to_owned() }).collect())
}

/// Writes a tab as one blank, so that the underline stays below its place, and invisible characters as escapes.
fn push_visible(c: char, out: &mut String) {
    if c == '\t' {
        out.push(' ');
    } else if Shown::escapes(c) {
        // Writing to a string does not fail.
        let _ = Shown::write_escape(c, out);
    } else {
        out.push(c);
    }
}

/// A JSON value on one line, in which every character that [`shown`] escapes is a `\u` escape (RFC 8259, section 7).
pub fn json_line(value: &Value) -> String {
    let text = value.to_string();
    // Characters that JSON does not escape occur in strings only.
    if !text.contains(Shown::escapes) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if Shown::escapes(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// A last safeguard before an output: lines without a character that a terminal would act on.
pub fn lines_shown(text: &str) -> Cow<'_, str> {
    let escapes = |c: char| c != '\n' && Shown::escapes(c);
    if !text.contains(escapes) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if escapes(c) {
            let _ = Shown::write_escape(c, &mut out);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}
