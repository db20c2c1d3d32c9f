//! Pieces to lines.

use crate::emit::comment::piece::{Alignment, Frame, Piece, Target};
use crate::emit::comment::spell::{self, Place, code};

/// How much is escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escapes {
    /// What must be, where the author's own spelling is kept.
    Few,
    /// Whatever can delimit something.
    Many,
}

/// A code block that nothing runs, whatever it holds.
pub fn code_block(text: &str) -> Vec<String> {
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let mut lines = vec![format!("{fence}text")];
    lines.extend(text.lines().map(|line| line.replace('\t', "    ").trim_end().to_owned()));
    lines.push(fence);
    lines
}

/// The lines of pieces.
pub fn write(pieces: &[Piece], escapes: Escapes) -> Vec<String> {
    let mut writer = Writer {
        lines: Vec::new(),
        open: vec![Container { kind: Kind::Root, parts: 0, before: None, list: None, lines: 0 }],
        frames: Vec::new(),
        inline: String::new(),
        cells: Vec::new(),
        before_head: false,
        wary: escapes == Escapes::Many,
    };
    for (index, piece) in pieces.iter().enumerate() {
        writer.piece(piece, pieces.get(index + 1));
    }
    writer.lines
}

/// A block that blocks stand in.
struct Container {
    kind: Kind,
    /// How many blocks it holds so far.
    parts: usize,
    before: Option<Part>,
    /// The mark of the list that it holds last.
    list: Option<char>,
    /// How many lines there were when it began.
    lines: usize,
}

enum Kind {
    Root,
    Quote,
    List { loose: bool, mark: char, next: Option<u64> },
    Item { marker: String, marked: bool },
}

/// What a block is to the one after it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Plain,
    List,
    Code,
    Other,
}

struct Writer<'p> {
    lines: Vec<String>,
    open: Vec<Container>,
    frames: Vec<&'p Frame>,
    inline: String,
    /// The cells of the row that is being written.
    cells: Vec<String>,
    /// Whether no row of the table was written yet.
    before_head: bool,
    wary: bool,
}

impl<'p> Writer<'p> {
    fn piece(&mut self, piece: &'p Piece, next: Option<&Piece>) {
        match piece {
            Piece::Open(frame) => {
                self.frames.push(frame);
                self.open_frame(frame);
            }
            Piece::Close => {
                if let Some(frame) = self.frames.pop() {
                    self.close_frame(frame);
                }
            }
            Piece::Text(text) if matches!(self.frames.last(), Some(Frame::Autolink)) => {
                self.inline.push_str(&text.visible);
            }
            Piece::Text(text) => {
                let before_link = matches!(next, Some(Piece::Open(Frame::Link(_))));
                let place = Place { in_cell: self.in_cell(), before_link, wary: self.wary };
                spell::words(text, place, &mut self.inline);
            }
            Piece::Code(text) => {
                let text = code(text);
                self.inline.push_str(&if self.in_cell() { text.replace('|', "\\|") } else { text });
            }
            Piece::SoftBreak if self.on_one_line() => self.inline.push(' '),
            Piece::HardBreak if self.on_one_line() => self.inline.push(' '),
            Piece::SoftBreak => self.inline.push('\n'),
            Piece::HardBreak => self.inline.push_str("\\\n"),
            Piece::CodeBlock(text) => {
                self.begin(Part::Code);
                for line in code_block(text) {
                    self.line(&line);
                }
            }
            Piece::Rule => {
                self.begin(Part::Other);
                // `- ---` is a thematic break, and not one in an item.
                self.line(if self.open.len() > 1 { "___" } else { "---" });
            }
            Piece::Task(ticked) => self.inline.push_str(if *ticked { "[x] " } else { "[ ] " }),
        }
    }

    fn in_cell(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame, Frame::Cell))
    }

    fn on_one_line(&self) -> bool {
        self.frames.iter().any(|frame| matches!(frame, Frame::Cell | Frame::Heading(_)))
    }

    fn open_frame(&mut self, frame: &Frame) {
        match frame {
            Frame::Paragraph | Frame::Heading(_) => self.begin(Part::Other),
            Frame::Table(_) => {
                self.begin(Part::Other);
                self.before_head = true;
            }
            Frame::Plain => self.begin(Part::Plain),
            Frame::Quote => {
                self.begin(Part::Other);
                self.container(Kind::Quote);
            }
            Frame::List { start, mark, loose } => {
                let before = self.open.last().and_then(|container| container.list);
                self.begin(Part::List);
                // The same mark as that of a list before it would make one list of both.
                let mark = match (*mark, before) {
                    (mark, Some(before)) if mark == before => match mark {
                        '-' => '*',
                        '.' => ')',
                        ')' => '.',
                        _ => '-',
                    },
                    (mark, _) => mark,
                };
                if let Some(container) = self.open.last_mut() {
                    container.list = Some(mark);
                }
                self.container(Kind::List { loose: *loose, mark, next: *start });
            }
            Frame::Item(number) => {
                let mut marker = String::new();
                let mut separate = false;
                if let Some(Container { kind: Kind::List { loose, mark, next }, parts, .. }) = self.open.last_mut() {
                    separate = *loose && *parts > 0;
                    *parts += 1;
                    marker = match next {
                        None => format!("{mark} "),
                        // The author's numbers stay, where there are any: only the first counts.
                        Some(next) => {
                            let number = if *parts == 1 { *next } else { number.unwrap_or(*next) };
                            *next = number.saturating_add(1).min(999_999_999);
                            format!("{number}{mark} ")
                        }
                    };
                }
                if separate {
                    self.line("");
                }
                self.container(Kind::Item { marker, marked: false });
            }
            Frame::Row | Frame::Cell => {}
            Frame::Emphasis(delimiter) => self.inline.push(*delimiter),
            Frame::Strong(delimiter) => self.inline.extend([delimiter, delimiter]),
            Frame::Strikethrough(tildes) => self.inline.push_str(&"~".repeat(*tildes)),
            Frame::Autolink => self.inline.push('<'),
            Frame::Link(_) => self.inline.push('['),
            Frame::Image(_) => self.inline.push_str("!["),
        }
    }

    fn close_frame(&mut self, frame: &Frame) {
        match frame {
            Frame::Paragraph | Frame::Plain => {
                let text = std::mem::take(&mut self.inline);
                for line in text.lines() {
                    let line = line.trim_matches([' ', '\t']);
                    match spell::block_start(line) {
                        Some(at) => {
                            let (before, after) = line.split_at_checked(at).unwrap_or((line, ""));
                            self.line(&format!("{before}\\{after}"));
                        }
                        None => self.line(line),
                    }
                }
            }
            Frame::Heading(level) => {
                let text = std::mem::take(&mut self.inline);
                let text = text.trim_matches([' ', '\t']);
                let marks = "#".repeat(*level);
                // A run of `#` at the end closes a heading, and is not shown.
                let text = match text.strip_suffix('#') {
                    Some(rest) if !rest.ends_with('\\') => format!("{rest}\\#"),
                    _ => text.to_owned(),
                };
                self.line(format!("{marks} {text}").trim_end_matches(' '));
            }
            Frame::Cell => {
                let text = std::mem::take(&mut self.inline);
                self.cells.push(text.trim_matches([' ', '\t']).to_owned());
            }
            Frame::Row => {
                let cells = std::mem::take(&mut self.cells);
                self.line(&row(&cells));
                if let Some(Frame::Table(alignments)) = self.frames.last()
                    && std::mem::take(&mut self.before_head)
                {
                    let marks = alignments.iter().map(|alignment| match alignment {
                        Alignment::None => "---".to_owned(),
                        Alignment::Left => ":--".to_owned(),
                        Alignment::Center => ":-:".to_owned(),
                        Alignment::Right => "--:".to_owned(),
                    });
                    self.line(&row(&marks.collect::<Vec<_>>()));
                }
            }
            Frame::Table(_) => {}
            Frame::Quote | Frame::List { .. } | Frame::Item(_) => {
                let empty = self.open.last().is_some_and(|container| {
                    container.lines == self.lines.len() && !matches!(container.kind, Kind::List { .. })
                });
                if empty {
                    self.line("");
                }
                self.open.pop();
            }
            Frame::Emphasis(delimiter) => self.inline.push(*delimiter),
            Frame::Strong(delimiter) => self.inline.extend([delimiter, delimiter]),
            Frame::Strikethrough(tildes) => self.inline.push_str(&"~".repeat(*tildes)),
            Frame::Autolink => self.inline.push('>'),
            Frame::Link(target) | Frame::Image(target) => self.inline.push_str(&link_end(target)),
        }
    }

    fn container(&mut self, kind: Kind) {
        self.open.push(Container { kind, parts: 0, before: None, list: None, lines: self.lines.len() });
    }

    /// A block begins: an empty line before it, unless it is the first, or may follow without one in a list.
    fn begin(&mut self, part: Part) {
        let Some(container) = self.open.last_mut() else { return };
        let (first, before) = (container.parts == 0, container.before);
        container.parts += 1;
        container.before = Some(part);
        if part != Part::List {
            container.list = None;
        }
        let close =
            matches!((before, part), (Some(Part::Plain), Part::List | Part::Code) | (Some(Part::Code), Part::Plain));
        if !first && !close {
            self.line("");
        }
    }

    /// A line, with what its containers put before it.
    fn line(&mut self, text: &str) {
        let mut line = String::with_capacity(text.len() + 8);
        for container in &mut self.open {
            match &mut container.kind {
                Kind::Root | Kind::List { .. } => {}
                Kind::Quote => line.push_str("> "),
                Kind::Item { marker, marked } => {
                    if std::mem::replace(marked, true) {
                        line.push_str(&" ".repeat(marker.len()));
                    } else {
                        line.push_str(marker);
                    }
                }
            }
        }
        line.push_str(text);
        line.truncate(line.trim_end_matches([' ', '\t']).len());
        self.lines.push(line);
    }
}

fn row(cells: &[String]) -> String {
    let mut out = "|".to_owned();
    for cell in cells {
        out.push_str(&format!(" {cell} |"));
    }
    out
}

/// `](destination "title")`
fn link_end(target: &Target) -> String {
    let Target { destination, title } = target;
    // An entity in a destination is read as one, and parentheses end it.
    let has_entity = destination.contains('&') && destination.contains(';');
    let escaped = if has_entity { destination.replace('&', "\\&") } else { destination.clone() };
    let shown = if destination.contains(['(', ')']) { format!("<{escaped}>") } else { escaped };
    if title.is_empty() {
        return format!("]({shown})");
    }
    let mut quoted = String::new();
    for char in title.chars() {
        if matches!(char, '"' | '\\' | '`' | '<' | '&' | '|' | '[' | ']') {
            quoted.push('\\');
        }
        quoted.push(char);
    }
    format!("]({shown} \"{quoted}\")")
}
