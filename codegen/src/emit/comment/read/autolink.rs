//! URLs that stand in a text become links: `see https://pay.example.` is `see <https://pay.example>.`.

use crate::emit::comment::characters::is_hidden;
use crate::emit::comment::piece::{Cutter, Frame, Piece, Text};

/// Makes links of URLs that stand in the text, as rustdoc asks for (`rustdoc::bare_urls`).
pub(crate) fn with_autolinks(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    // Whether each open frame is a link or within one.
    let mut in_link: Vec<bool> = Vec::new();
    for piece in pieces {
        let within = in_link.last().copied().unwrap_or(false);
        match &piece {
            Piece::Open(frame) => {
                in_link.push(within || matches!(frame, Frame::Link(_) | Frame::Image(_) | Frame::Autolink));
            }
            Piece::Close => drop(in_link.pop()),
            Piece::Text(text) if !within && text.visible.contains("://") => {
                cut_at_urls(text, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(piece);
    }
    out
}

fn cut_at_urls(text: &Text, out: &mut Vec<Piece>) {
    let mut cutter = Cutter::new(text);
    let mut at = 0;
    let mut parts: Vec<(bool, Text)> = Vec::new();
    while let Some(found) = text.visible.get(at..).and_then(|rest| rest.find("http")) {
        let start = at + found;
        let length = text.visible.get(start..).map_or(0, url_length);
        if length == 0 {
            at = start + 4;
            continue;
        }
        parts.push((false, cutter.until(start)));
        at = start + length;
        let url = cutter.until(at).visible;
        parts.push((true, Text { visible: url, notes: Vec::new() }));
    }
    parts.push((false, cutter.until(text.visible.len())));
    for (is_url, part) in parts {
        if is_url {
            out.extend([Piece::Open(Frame::Autolink), Piece::Text(part), Piece::Close]);
        } else if !part.visible.is_empty() {
            out.push(Piece::Text(part));
        }
    }
}

/// The length in bytes of a URL at the start of a text; 0 for none.
fn url_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return 0 };
    if !rest.starts_with(|first: char| first.is_alphanumeric()) {
        return 0;
    }
    let mut open: Vec<char> = Vec::new();
    let mut end = rest.len();
    for (at, char) in rest.char_indices() {
        let closes = match char {
            '(' | '[' | '{' => {
                open.push(char);
                false
            }
            ')' => open.pop() != Some('('),
            ']' => open.pop() != Some('['),
            '}' => open.pop() != Some('{'),
            '<' | '>' | '"' | '\'' | '`' | '|' | '\\' | '^' => true,
            char => char.is_whitespace() || is_hidden(char),
        };
        if closes {
            end = at;
            break;
        }
    }
    let url = rest.get(..end).unwrap_or_default();
    let url = url.trim_end_matches(['.', ',', ';', ':', '*', '_', '!', '?', '(', '[', '{']);
    text.len() - rest.len() + url.len()
}
