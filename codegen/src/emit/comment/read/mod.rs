//! CommonMark to pieces.

mod autolink;
mod block;
mod inline;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use crate::emit::comment::characters::visible;
use crate::emit::comment::piece::{Frame, Note, Piece};
use crate::emit::comment::read::autolink::with_autolinks;

/// Deepest nesting of quotes and lists, and of inline frames in a paragraph. What is deeper is carried without its frame: each level
/// stands at the beginning of each line, and so nesting multiplies what is written.
pub const MAX_NESTING: usize = 16;

/// The extensions of rustdoc (`main_body_opts` in `librustdoc/html/markdown.rs`), but for smart punctuation: the author's quotes stay
/// as they are, and rustdoc replaces them.
pub const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// What was read.
pub struct Reading {
    /// The text.
    pub pieces: Vec<Piece>,
    /// Whether all of it was safe as it stood: no HTML, no code but `text`, no link that leads astray or has its target elsewhere.
    pub safe: bool,
}

/// Reads a text whose characters are [`visible`].
pub fn read(source: &str) -> Reading {
    finish(source, Parser::new_ext(source, EXTENSIONS).into_offset_iter())
}

/// Reads a text as rustdoc does, which asks of every `[name]` whether it is an item.
pub fn read_as_rustdoc(source: &str) -> Reading {
    let resolve = |_: BrokenLink<'_>| Some((CowStr::Borrowed("item"), CowStr::Borrowed("")));
    let extensions = EXTENSIONS.union(Options::ENABLE_SMART_PUNCTUATION);
    finish(source, Parser::new_with_broken_link_callback(source, extensions, Some(resolve)).into_offset_iter())
}

fn finish<'s>(source: &'s str, events: impl Iterator<Item = (Event<'s>, Range<usize>)>) -> Reading {
    let mut reader = Reader {
        source,
        pieces: Vec::new(),
        open: Vec::new(),
        plain: false,
        holders: Vec::new(),
        containers: 0,
        inlines: 0,
        text_so_far: String::new(),
        footnote: None,
        safe: true,
    };
    for (event, range) in events {
        reader.event(event, range);
    }
    reader.end_plain();
    Reading { pieces: with_autolinks(reader.pieces), safe: reader.safe }
}

/// What became of a tag of the parser, until it ends.
enum Open {
    /// A block that is carried, at its place among the pieces.
    Block(usize),
    /// An inline frame that is carried.
    Inline,
    /// A quote, a list or an item whose content alone is carried.
    Content,
    /// An inline frame whose content alone is carried.
    Words,
    /// A footnote, whose content is carried.
    Footnote,
    /// A link that is shown as text: what comes after it.
    Unlinked(String),
    /// A code block, whose text is buffered.
    Code,
    /// An HTML block, whose text is buffered.
    Html,
}

struct Reader<'s> {
    source: &'s str,
    pieces: Vec<Piece>,
    open: Vec<Open>,
    /// Whether a [`Frame::Plain`] is open, for which the parser has no tag.
    plain: bool,
    /// For each open block, whether words may stand in it.
    holders: Vec<bool>,
    /// How many quotes, lists and items are open, carried or not.
    containers: usize,
    inlines: usize,
    text_so_far: String,
    /// The label of a footnote that begins.
    footnote: Option<String>,
    safe: bool,
}

impl<'s> Reader<'s> {
    fn event(&mut self, event: Event<'s>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(_) => self.end(),
            Event::Text(text) => match self.open.last() {
                Some(Open::Code | Open::Html) => self.text_so_far.push_str(&text),
                _ => self.text(&text, &range),
            },
            Event::Html(text) if matches!(self.open.last(), Some(Open::Html)) => self.text_so_far.push_str(&text),
            Event::Html(text) | Event::InlineHtml(text) => {
                self.safe = false;
                self.foreign(&text);
            }
            Event::Code(text) => {
                self.words();
                self.pieces.push(Piece::Code(visible(&text).replace('\n', " ")));
            }
            // Extensions that are not enabled; their text is not lost if they ever are.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.foreign(&text),
            Event::FootnoteReference(name) => {
                self.safe = false;
                self.foreign(&format!("[^{name}]"));
            }
            Event::SoftBreak => {
                self.words();
                self.pieces.push(Piece::SoftBreak);
            }
            Event::HardBreak => {
                self.words();
                self.pieces.push(Piece::HardBreak);
            }
            Event::Rule => {
                self.end_plain();
                self.footnote_alone();
                self.pieces.push(Piece::Rule);
            }
            Event::TaskListMarker(ticked) => {
                self.words();
                self.pieces.push(Piece::Task(ticked));
            }
        }
    }

    fn start(&mut self, tag: Tag<'s>, range: &Range<usize>) {
        let delimiter = self.source.get(range.clone()).unwrap_or_default().trim_start_matches([' ', '\t']);
        let first = delimiter.chars().next().unwrap_or('*');
        match tag {
            Tag::Paragraph => self.block(Frame::Paragraph),
            Tag::Heading { level, .. } => self.block(Frame::Heading(level as usize)),
            Tag::BlockQuote(_) => self.container(Frame::Quote),
            Tag::List(start) => {
                let mark = match start {
                    None => first,
                    Some(_) => {
                        delimiter.trim_start_matches(|char: char| char.is_ascii_digit()).chars().next().unwrap_or('.')
                    }
                };
                self.container(Frame::List { start, mark, loose: false });
            }
            Tag::Item => {
                let digits = delimiter.bytes().take_while(u8::is_ascii_digit).count();
                self.container(Frame::Item(delimiter.get(..digits).and_then(|digits| digits.parse().ok())));
            }
            Tag::CodeBlock(kind) => {
                self.end_plain();
                self.footnote_alone();
                self.safe &= matches!(&kind, CodeBlockKind::Fenced(language) if &**language == "text");
                self.text_so_far.clear();
                self.open.push(Open::Code);
            }
            Tag::HtmlBlock => {
                self.end_plain();
                self.footnote_alone();
                self.safe = false;
                self.text_so_far.clear();
                self.open.push(Open::Html);
            }
            Tag::Table(alignments) => self.block(Frame::Table(alignments)),
            Tag::TableHead | Tag::TableRow => self.block(Frame::Row),
            Tag::TableCell => self.block(Frame::Cell),
            Tag::FootnoteDefinition(name) => {
                self.safe = false;
                self.end_plain();
                self.holders.push(false);
                self.open.push(Open::Footnote);
                self.footnote = Some(format!("[^{name}]: "));
            }
            Tag::Emphasis => self.inline(Frame::Emphasis(first)),
            Tag::Strong => self.inline(Frame::Strong(first)),
            Tag::Strikethrough => self.inline(Frame::Strikethrough(if delimiter.starts_with("~~") { 2 } else { 1 })),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title, false),
            Tag::Image { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title, true),
            // Extensions that are not enabled.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => self.open.push(Open::Words),
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Block(at)) => {
                self.end_plain();
                self.holders.pop();
                let container =
                    |piece| matches!(piece, &Piece::Open(Frame::Quote | Frame::List { .. } | Frame::Item(_)));
                self.containers -= usize::from(self.pieces.get(at).is_some_and(container));
                if matches!(self.pieces.get(at), Some(Piece::Open(Frame::Paragraph))) {
                    self.loosen();
                }
                self.pieces.push(Piece::Close);
            }
            Some(Open::Inline) => {
                self.inlines -= 1;
                self.pieces.push(Piece::Close);
            }
            Some(Open::Content) => {
                self.end_plain();
                self.holders.pop();
                self.containers -= 1;
            }
            Some(Open::Footnote) => {
                self.footnote_alone();
                self.end_plain();
                self.holders.pop();
            }
            Some(Open::Words) | None => {}
            Some(Open::Unlinked(shown)) => {
                if !shown.is_empty() {
                    self.push_text(" (", Some(Note::Foreign));
                    self.push_text("", Some(Note::Native));
                    self.pieces.push(Piece::Code(shown));
                    self.push_text(")", None);
                }
            }
            Some(Open::Code) => {
                let text = std::mem::take(&mut self.text_so_far);
                self.pieces.push(Piece::CodeBlock(text));
            }
            Some(Open::Html) => {
                let text = std::mem::take(&mut self.text_so_far);
                self.html(&text);
            }
        }
    }
}
