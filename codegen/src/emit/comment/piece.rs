//! A text between reading and writing: what of CommonMark is carried.

/// The alignment of a table's column.
pub use pulldown_cmark::Alignment;

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A frame opens around what follows, up to its [`Piece::Close`].
    Open(Frame),
    /// The innermost frame closes.
    Close,
    /// Words.
    Text(Text),
    /// Inline code.
    Code(String),
    /// A line ends; the paragraph goes on.
    SoftBreak,
    /// A line must end here.
    HardBreak,
    /// A code block.
    CodeBlock(String),
    /// A thematic break.
    Rule,
    /// The box of a task, ticked or not.
    Task(bool),
}

impl Piece {
    /// Whether it stands on lines of its own.
    pub fn is_block(&self) -> bool {
        match self {
            Self::Open(frame) => frame.is_block(),
            Self::CodeBlock(_) | Self::Rule => true,
            Self::Close | Self::Text(_) | Self::Code(_) | Self::SoftBreak | Self::HardBreak | Self::Task(_) => false,
        }
    }
}

/// What stands around pieces.
#[derive(Clone, Debug, PartialEq)]
pub enum Frame {
    /// A paragraph.
    Paragraph,
    /// The words of a list item without empty lines between its parts.
    Plain,
    /// A heading of a level, 1 to 6.
    Heading(usize),
    /// A block quote.
    Quote,
    /// A list.
    List {
        /// The number of the first item, for an ordered list.
        start: Option<u64>,
        /// What marks an item, or follows its number.
        mark: char,
        /// Whether empty lines stand between items.
        loose: bool,
    },
    /// An item of a list, with the number that the author gave it.
    Item(Option<u64>),
    /// A table.
    Table(Vec<Alignment>),
    /// A row of a table; the first is its head.
    Row,
    /// A cell of a row.
    Cell,
    /// Emphasis, and its delimiter.
    Emphasis(char),
    /// Strong emphasis, and its delimiter.
    Strong(char),
    /// Text that is struck through, and how many tildes mark it.
    Strikethrough(usize),
    /// A link that shows its own destination, or an e-mail address.
    Autolink,
    /// A link.
    Link(Target),
    /// An image.
    Image(Target),
}

impl Frame {
    /// Whether it stands on lines of its own.
    pub fn is_block(&self) -> bool {
        match self {
            Self::Paragraph
            | Self::Plain
            | Self::Heading(_)
            | Self::Quote
            | Self::List { .. }
            | Self::Item(_)
            | Self::Table(_)
            | Self::Row
            | Self::Cell => true,
            Self::Emphasis(_)
            | Self::Strong(_)
            | Self::Strikethrough(_)
            | Self::Autolink
            | Self::Link(_)
            | Self::Image(_) => false,
        }
    }
}

/// Where a link or an image leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The destination, percent-encoded.
    pub destination: String,
    /// The text beside it; empty for none.
    pub title: String,
}

/// Words, and how the author spelled them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// What is seen.
    pub visible: String,
    /// Notes, by the place in `visible` that they are about, in its order.
    pub notes: Vec<(usize, Note)>,
}

/// How a character was spelled.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// With a backslash before it.
    Escaped,
    /// As an entity, which stands for so many bytes of what is seen.
    Entity(String, usize),
    /// Not as Markdown: what follows was HTML, or something else that is shown as it stands.
    Foreign,
    /// As Markdown again.
    Native,
}

impl Text {
    /// Words that are no Markdown.
    pub fn foreign(text: &str) -> Self {
        Self { visible: text.to_owned(), notes: vec![(0, Note::Foreign)] }
    }

    /// Appends what was spelled in some way.
    pub fn push(&mut self, text: &str, note: Option<Note>) {
        self.notes.extend(note.map(|note| (self.visible.len(), note)));
        self.visible.push_str(text);
    }
}

/// Cuts a text into parts, from its beginning to its end.
pub struct Cutter<'t> {
    text: &'t Text,
    at: usize,
    notes: std::slice::Iter<'t, (usize, Note)>,
    foreign: bool,
}

impl<'t> Cutter<'t> {
    /// Starts at the beginning.
    pub fn new(text: &'t Text) -> Self {
        Self { text, at: 0, notes: text.notes.iter(), foreign: false }
    }

    /// What comes before a place, and after the last cut.
    pub fn until(&mut self, to: usize) -> Text {
        let mut part =
            Text { visible: self.text.visible.get(self.at..to).unwrap_or_default().to_owned(), notes: vec![] };
        if self.foreign {
            part.notes.push((0, Note::Foreign));
        }
        while let Some((at, note)) = self.notes.as_slice().first()
            && *at < to
        {
            self.notes.next();
            match note {
                Note::Foreign => self.foreign = true,
                Note::Native => self.foreign = false,
                Note::Escaped | Note::Entity(..) => {}
            }
            part.notes.push((at - self.at, note.clone()));
        }
        self.at = to;
        part
    }
}
