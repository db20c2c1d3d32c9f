//! Expressions as text, laid out as `rustfmt` would: on one line where they fit, otherwise an item a line.
//!
//! Tables are most of what is emitted. As text they are written in a fraction of the time that tokens take to be parsed and
//! printed again.

use std::borrow::Cow;

/// Maximum line width.
const WIDTH: usize = 110;

/// An expression.
pub enum Tree {
    /// What stays on one line.
    Leaf(String),
    /// Numbers, as many on a line as fit.
    Numbers {
        /// The list on one line.
        text: String,
        /// How much of it comes before the first number.
        open: usize,
    },
    /// Items between brackets.
    Branch {
        /// What comes before the items: `&[`, `Rules {`.
        open: String,
        /// The items, without the commas between them.
        items: Vec<Tree>,
        /// What comes after the items.
        close: Cow<'static, str>,
        /// How wide it is on one line.
        width: usize,
    },
}

impl Tree {
    /// Text that stays on one line.
    pub fn leaf(text: impl Into<String>) -> Self {
        Self::Leaf(text.into())
    }

    /// A Rust string literal.
    pub fn string(text: &str) -> Self {
        Self::Leaf(format!("{text:?}"))
    }

    /// `&[1, 2, 3]`.
    pub fn numbers(numbers: &[usize]) -> Self {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        Self::Numbers { text: format!("&[{}]", numbers.join(", ")), open: 2 }
    }

    /// `open item, item close`; braces get spaces inside, as in a struct.
    pub fn list(open: impl Into<String>, items: Vec<Self>, close: impl Into<Cow<'static, str>>) -> Self {
        let (open, close) = (open.into(), close.into());
        let inner: usize = items.iter().map(|item| item.width() + 2).sum();
        let width = open.len() + close.len() + inner;
        Self::Branch { open, items, close, width }
    }

    /// `Name { field: value, … }`.
    pub fn fields(name: &str, fields: Vec<(&str, Self)>) -> Self {
        let items = fields.into_iter().map(|(field, value)| value.after(&format!("{field}: "))).collect();
        Self::list(format!("{name} {{"), items, "}")
    }

    /// The same with text before it.
    pub fn after(self, text: &str) -> Self {
        match self {
            Self::Leaf(leaf) => Self::Leaf(format!("{text}{leaf}")),
            Self::Numbers { text: list, open } => {
                Self::Numbers { text: format!("{text}{list}"), open: open + text.len() }
            }
            Self::Branch { open, items, close, width } => {
                Self::Branch { open: format!("{text}{open}"), items, close, width: width + text.len() }
            }
        }
    }

    /// The same with text behind it.
    pub fn then(self, text: &str) -> Self {
        match self {
            Self::Leaf(leaf) => Self::Leaf(format!("{leaf}{text}")),
            Self::Numbers { text: list, .. } => Self::Leaf(format!("{list}{text}")),
            Self::Branch { open, items, close, width } => {
                Self::Branch { open, items, close: format!("{close}{text}").into(), width: width + text.len() }
            }
        }
    }

    /// `self.method(argument)`.
    pub fn call(self, method: &str, argument: Self) -> Self {
        self.then(&format!(".{method}({})", argument.line()))
    }

    /// The expression on one line, however long.
    pub fn line(&self) -> String {
        match self {
            Self::Leaf(text) | Self::Numbers { text, .. } => text.clone(),
            Self::Branch { open, items, close, .. } => {
                let items: Vec<String> = items.iter().map(Self::line).collect();
                let space = if open.ends_with('{') && !items.is_empty() { " " } else { "" };
                format!("{open}{space}{}{space}{close}", items.join(", "))
            }
        }
    }

    fn width(&self) -> usize {
        match self {
            Self::Leaf(text) | Self::Numbers { text, .. } => text.len(),
            Self::Branch { width, .. } => *width,
        }
    }

    /// Writes the expression; `indent` is the depth of the line that it starts on, `before` how much of the line is taken.
    pub fn write(&self, indent: usize, before: usize, out: &mut String) {
        match self {
            Self::Leaf(text) => out.push_str(text),
            Self::Numbers { text, open } if before + text.len() > WIDTH => {
                let (open, numbers) = text.split_at(*open);
                out.push_str(open);
                fill(numbers.trim_end_matches(']'), indent, out);
                out.push(']');
            }
            Self::Numbers { text, .. } => out.push_str(text),
            Self::Branch { open, items, close, width } if before + width <= WIDTH || items.is_empty() => {
                let space = if open.ends_with('{') && !items.is_empty() { " " } else { "" };
                out.push_str(open);
                out.push_str(space);
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push_str(", ");
                    }
                    item.write(indent, 0, out);
                }
                out.push_str(space);
                out.push_str(close);
            }
            // A lone item that is broken itself starts on the same line: `&[Keyword::Members(&Members {`.
            Self::Branch { open, items, close, .. } if items.len() == 1 && !open.ends_with('{') => {
                out.push_str(open);
                if let Some(item) = items.first() {
                    item.write(indent, before + open.len(), out);
                }
                out.push_str(close);
            }
            Self::Branch { open, items, close, .. } => {
                out.push_str(open);
                let space = "    ".repeat(indent + 1);
                for item in items {
                    out.push('\n');
                    out.push_str(&space);
                    item.write(indent + 1, space.len() + 1, out);
                    out.push(',');
                }
                out.push('\n');
                out.push_str(&"    ".repeat(indent));
                out.push_str(close);
            }
        }
    }
}

/// Writes a list on lines of its own, as many items on each as fit.
fn fill(list: &str, indent: usize, out: &mut String) {
    let space = "    ".repeat(indent + 1);
    let mut line = WIDTH;
    for item in list.split(", ") {
        if line + item.len() + 2 > WIDTH {
            out.push('\n');
            out.push_str(&space);
            line = space.len();
        } else {
            out.push(' ');
            line += 1;
        }
        out.push_str(item);
        out.push(',');
        line += item.len() + 1;
    }
    out.push('\n');
    out.push_str(&"    ".repeat(indent));
}
