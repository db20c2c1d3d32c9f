//! Where an expression stands in its file, and how much room it has.

/// Maximum line width.
pub const WIDTH: usize = 100;

/// Columns of one level.
pub(super) const TAB: usize = 4;

/// A line with fewer columns left has room for nothing.
const HOPELESS: usize = 16;

/// Where an expression begins, and how far its first line may go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Of the line that it begins on.
    pub(super) indent: usize,
    /// Where it begins.
    pub(super) column: usize,
    /// The first column that is not its own.
    pub(super) edge: usize,
    /// Whether a chain may not be broken before its links: it is the only argument of a call.
    pub(super) joined: bool,
}

impl Shape {
    /// On a line of its own, with so many columns behind it that are taken.
    pub(super) fn of_line(indent: usize, reserved: usize) -> Self {
        Self { indent, column: indent, edge: WIDTH - reserved, joined: false }
    }

    /// Whether nested expressions have used up the line: no layout fits, and rustfmt leaves what it finds.
    pub(super) fn is_hopeless(self) -> bool {
        self.indent + TAB > WIDTH - HOPELESS
    }

    /// The columns that are left.
    pub(super) fn room(self) -> usize {
        self.edge.saturating_sub(self.column)
    }

    /// The same behind so many columns.
    pub(super) fn after(self, width: usize) -> Self {
        Self { column: self.column + width, ..self }
    }

    /// The same with so many columns behind it that are taken.
    pub(super) fn before(self, width: usize) -> Self {
        Self { edge: self.edge.saturating_sub(width), ..self }
    }
}

/// The columns of a text of one line.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// The first line of a text.
pub(super) fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// The last line of a text.
pub(super) fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or_default()
}

/// Ends the line, and indents the next one: by no more than a line has columns.
pub(super) fn break_line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent.min(WIDTH)));
}
