//! What pieces say, without how it is laid out.

use crate::emit::comment::piece::{Frame, Piece};

/// Marks that no text has, since controls are made visible before.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';

/// What is said: the frames, the words with all white space as one space, the code.
pub fn transcript(pieces: &[Piece]) -> String {
    let mut out = String::new();
    let mut blocks: Vec<bool> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Open(frame) => {
                blocks.push(frame.is_block());
                trim(frame.is_block(), &mut out);
                open(frame, &mut out);
            }
            Piece::Close => {
                trim(blocks.pop().unwrap_or_default(), &mut out);
                out.push(CLOSE);
            }
            Piece::Text(text) => words(&text.visible, &mut out),
            Piece::Code(text) => {
                mark("code ", &mut out);
                words(text, &mut out);
                out.push(CLOSE);
            }
            Piece::SoftBreak | Piece::HardBreak => words(" ", &mut out),
            Piece::CodeBlock(text) => {
                mark("block ", &mut out);
                for line in text.replace('\t', "    ").lines() {
                    out.push_str(line.trim_end());
                    out.push('\n');
                }
                out.push(CLOSE);
            }
            Piece::Rule => mark("rule", &mut out),
            Piece::Task(ticked) => mark(if *ticked { "ticked " } else { "unticked " }, &mut out),
        }
    }
    out
}

fn mark(name: &str, out: &mut String) {
    out.push(OPEN);
    out.push_str(name);
}

fn trim(block: bool, out: &mut String) {
    if block {
        out.truncate(out.trim_end_matches(' ').len());
    }
}

fn open(frame: &Frame, out: &mut String) {
    out.push(OPEN);
    match frame {
        // An empty line between items makes paragraphs of their words, and changes nothing else.
        Frame::Paragraph | Frame::Plain => out.push_str("paragraph "),
        Frame::Heading(level) => out.push_str(&format!("heading{level} ")),
        Frame::Quote => out.push_str("quote "),
        Frame::List { start: None, .. } => out.push_str("list "),
        Frame::List { start: Some(start), .. } => out.push_str(&format!("list{start} ")),
        Frame::Item(_) => out.push_str("item "),
        Frame::Table(alignments) => out.push_str(&format!("table{alignments:?} ")),
        Frame::Row => out.push_str("row "),
        Frame::Cell => out.push_str("cell "),
        Frame::Emphasis(_) => out.push_str("emphasis|"),
        Frame::Strong(_) => out.push_str("strong|"),
        Frame::Strikethrough(_) => out.push_str("struck|"),
        Frame::Autolink => out.push_str("autolink|"),
        Frame::Link(target) => out.push_str(&format!("link {} {}|", target.destination, target.title)),
        Frame::Image(target) => out.push_str(&format!("image {} {}|", target.destination, target.title)),
    }
}

/// Words with one space for any white space, and with plain quotes, dashes and dots, which rustdoc replaces.
fn words(text: &str, out: &mut String) {
    for char in text.chars() {
        match char {
            '\u{201c}' | '\u{201d}' => out.push('"'),
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{2013}' => out.push_str("--"),
            '\u{2014}' => out.push_str("---"),
            '\u{2026}' => out.push_str("..."),
            // Spaces that CommonMark strips; others are text.
            ' ' | '\t' | '\n' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            char => out.push(char),
        }
    }
}
