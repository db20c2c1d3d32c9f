//! CommonMark to pieces.

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::characters::{is_hidden, visible};
use super::destination::destination;
use super::piece::{Cutter, Frame, Note, Piece, Target, Text};

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
        held: String::new(),
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
    /// A code block, whose text is held back.
    Code,
    /// An HTML block, whose text is held back.
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
    held: String,
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
                Some(Open::Code | Open::Html) => self.held.push_str(&text),
                _ => self.text(&text, &range),
            },
            Event::Html(text) if matches!(self.open.last(), Some(Open::Html)) => self.held.push_str(&text),
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
                self.held.clear();
                self.open.push(Open::Code);
            }
            Tag::HtmlBlock => {
                self.end_plain();
                self.footnote_alone();
                self.safe = false;
                self.held.clear();
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

    fn block(&mut self, frame: Frame) {
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
    fn footnote_alone(&mut self) {
        if let Some(label) = self.footnote.take() {
            self.pieces.push(Piece::Open(Frame::Paragraph));
            self.pieces.push(Piece::Text(Text::foreign(label.trim_end())));
            self.pieces.push(Piece::Close);
        }
    }

    fn container(&mut self, frame: Frame) {
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

    fn inline(&mut self, frame: Frame) {
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

    fn link(&mut self, kind: LinkType, url: &str, title: &str, image: bool) {
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
                let text = std::mem::take(&mut self.held);
                self.pieces.push(Piece::CodeBlock(text));
            }
            Some(Open::Html) => {
                let text = std::mem::take(&mut self.held);
                self.html(&text);
            }
        }
    }

    /// A paragraph stands in an item: the item's list has empty lines.
    fn loosen(&mut self) {
        let mut outer = self.open.iter().rev();
        if let (Some(Open::Block(item)), Some(Open::Block(list))) = (outer.next(), outer.next())
            && matches!(self.pieces.get(*item), Some(Piece::Open(Frame::Item(_))))
            && let Some(Piece::Open(Frame::List { loose, .. })) = self.pieces.get_mut(*list)
        {
            *loose = true;
        }
    }

    /// An HTML block, as paragraphs of text.
    fn html(&mut self, text: &str) {
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
    fn words(&mut self) {
        if !self.plain && self.holders.last() != Some(&true) {
            self.plain = true;
            self.pieces.push(Piece::Open(Frame::Plain));
        }
    }

    fn end_plain(&mut self) {
        if std::mem::take(&mut self.plain) {
            self.pieces.push(Piece::Close);
        }
    }

    fn push_text(&mut self, text: &str, note: Option<Note>) {
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.push(text, note);
        } else {
            let mut first = Text::default();
            first.push(text, note);
            self.pieces.push(Piece::Text(first));
        }
    }

    /// Text that is shown as it stands.
    fn foreign(&mut self, text: &str) {
        self.words();
        for (index, line) in text.lines().enumerate() {
            if index > 0 {
                self.pieces.push(Piece::SoftBreak);
            }
            self.push_text(line, Some(Note::Foreign));
            self.push_text("", Some(Note::Native));
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
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

/// Makes links of URLs that stand in the text, as rustdoc asks for (`rustdoc::bare_urls`).
fn with_autolinks(pieces: Vec<Piece>) -> Vec<Piece> {
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

/// How many bytes of a text are a URL that it begins with; 0 for none.
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
