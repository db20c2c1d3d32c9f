//! Blocks: paragraphs, headings, lists, quotes, tables, HTML that stands alone.

use crate::emit::comment::piece::{Frame, Piece, Text};
use crate::emit::comment::read::{MAX_NESTING, Open, Reader};

impl Reader<'_> {
    pub(crate) fn block(&mut self, frame: Frame) {
        self.end_plain();
        if frame != Frame::Paragraph {
            self.footnote_alone();
        }
        self.holders.push(matches!(frame, Frame::Paragraph | Frame::Heading(_) | Frame::Cell));
        self.open.push(Open::Block(self.pieces.len()));
        let is_paragraph = frame == Frame::Paragraph;
        self.pieces.push(Piece::Open(frame));
        if is_paragraph && let Some(label) = self.footnote.take() {
            self.foreign(&label);
        }
    }

    /// The label of a footnote that does not begin with a paragraph.
    pub(crate) fn footnote_alone(&mut self) {
        if let Some(label) = self.footnote.take() {
            self.pieces.push(Piece::Open(Frame::Paragraph));
            self.pieces.push(Piece::Text(Text::foreign(label.trim_end())));
            self.pieces.push(Piece::Close);
        }
    }

    pub(crate) fn container(&mut self, frame: Frame) {
        self.containers += 1;
        // Where there is no room for an item, there is none for its list.
        let deepest = if matches!(frame, Frame::List { .. }) { MAX_NESTING - 1 } else { MAX_NESTING };
        if self.containers > deepest {
            self.safe = false;
            self.end_plain();
            self.footnote_alone();
            self.holders.push(false);
            self.open.push(Open::Content);
        } else {
            self.block(frame);
        }
    }

    /// A paragraph stands in an item: the item's list has empty lines.
    pub(crate) fn loosen(&mut self) {
        let mut outer = self.open.iter().rev();
        if let (Some(Open::Block(item)), Some(Open::Block(list))) = (outer.next(), outer.next())
            && matches!(self.pieces.get(*item), Some(Piece::Open(Frame::Item(_))))
            && let Some(Piece::Open(Frame::List { loose, .. })) = self.pieces.get_mut(*list)
        {
            *loose = true;
        }
    }

    /// An HTML block, as paragraphs of text.
    pub(crate) fn html(&mut self, text: &str) {
        let mut open = false;
        for line in text.lines().map(str::trim) {
            if line.is_empty() && open {
                self.pieces.push(Piece::Close);
                open = false;
            } else if !line.is_empty() {
                self.pieces.push(if open { Piece::SoftBreak } else { Piece::Open(Frame::Paragraph) });
                self.pieces.push(Piece::Text(Text::foreign(line)));
                open = true;
            }
        }
        if open {
            self.pieces.push(Piece::Close);
        }
    }

    /// Words follow: where no paragraph, heading or cell is open for them, one is opened.
    pub(crate) fn words(&mut self) {
        if !self.plain && self.holders.last() != Some(&true) {
            self.plain = true;
            self.pieces.push(Piece::Open(Frame::Plain));
        }
    }

    pub(crate) fn end_plain(&mut self) {
        if std::mem::take(&mut self.plain) {
            self.pieces.push(Piece::Close);
        }
    }
}
