//! What stands within a block: text, emphasis, links, images.

use std::ops::Range;

use pulldown_cmark::LinkType;

use crate::emit::comment::characters::{is_hidden, visible};
use crate::emit::comment::destination::destination;
use crate::emit::comment::piece::{Frame, Note, Piece, Target, Text};
use crate::emit::comment::read::{MAX_NESTING, Open, Reader};

impl Reader<'_> {
    pub(crate) fn inline(&mut self, frame: Frame) {
        self.words();
        if self.inlines >= MAX_NESTING {
            self.safe = false;
            self.open.push(Open::Words);
        } else {
            self.inlines += 1;
            self.open.push(Open::Inline);
            self.pieces.push(Piece::Open(frame));
        }
    }

    pub(crate) fn link(&mut self, kind: LinkType, url: &str, title: &str, image: bool) {
        self.words();
        let in_place = matches!(kind, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        self.safe &= in_place;
        let mail = kind == LinkType::Email;
        let sane = if mail { Some(url.to_owned()) } else { destination(url) };
        match sane {
            Some(destination) if self.inlines < MAX_NESTING => {
                let title = visible(title).split_whitespace().collect::<Vec<_>>().join(" ");
                let target = Target { destination, title };
                let frame = match kind {
                    _ if image => Frame::Image(target),
                    LinkType::Autolink | LinkType::Email if mail || target.destination == url => Frame::Autolink,
                    LinkType::Autolink
                    | LinkType::Email
                    | LinkType::Inline
                    | LinkType::Reference
                    | LinkType::ReferenceUnknown
                    | LinkType::Collapsed
                    | LinkType::CollapsedUnknown
                    | LinkType::Shortcut
                    | LinkType::ShortcutUnknown
                    | LinkType::WikiLink { .. } => Frame::Link(target),
                };
                self.inlines += 1;
                self.open.push(Open::Inline);
                self.pieces.push(Piece::Open(frame));
            }
            _ => {
                self.safe = false;
                let shown = if kind == LinkType::Autolink { String::new() } else { visible(url).replace('\n', " ") };
                self.open.push(Open::Unlinked(shown));
            }
        }
    }

    pub(crate) fn push_text(&mut self, text: &str, note: Option<Note>) {
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.push(text, note);
        } else {
            let mut first = Text::default();
            first.push(text, note);
            self.pieces.push(Piece::Text(first));
        }
    }

    /// Text that is shown as it stands.
    pub(crate) fn foreign(&mut self, text: &str) {
        self.words();
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                self.pieces.push(Piece::SoftBreak);
            }
            self.push_text(line, Some(Note::Foreign));
            self.push_text("", Some(Note::Native));
        }
    }

    pub(crate) fn text(&mut self, text: &str, range: &Range<usize>) {
        self.words();
        let spelled = self.source.get(range.clone()).unwrap_or_default();
        let clean = visible(text).replace('\n', " ");
        let hidden = text.contains(is_hidden);
        let before = range.start.checked_sub(1).and_then(|at| self.source.as_bytes().get(at));
        let note = if spelled == text {
            let escaped = before == Some(&b'\\') && text.starts_with(|first: char| first.is_ascii_punctuation());
            escaped.then_some(Note::Escaped)
        } else {
            let is_entity =
                spelled.starts_with('&') && spelled.ends_with(';') && !spelled.contains(char::is_whitespace);
            (is_entity && !hidden).then(|| Note::Entity(spelled.to_owned(), clean.len()))
        };
        self.push_text(&clean, note);
    }
}
