//! Expressions and statements of Rust as data. What they look like is decided when they are written ([`crate::emit::text::layout`]).

use std::borrow::Cow;

use crate::emit::text::shape::width;

/// Widest list of arguments, of elements, or chain of calls on one line (rustfmt: `fn_call_width`, `array_width`, `chain_width`).
pub const LIST_WIDTH: usize = 60;

/// Widest list of fields on one line (rustfmt: `struct_lit_width`).
const FIELDS_WIDTH: usize = 18;

/// Widest `if` with `else` on one line (rustfmt: `single_line_if_else_max_width`).
const IF_WIDTH: usize = 50;

/// An expression, and how wide it is on one line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Expression {
    /// What it is.
    pub kind: Kind,
    /// Its width on one line; `None` where rustfmt writes it on several, whatever its length.
    pub flat: Option<usize>,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A path, a literal, or what else is never broken.
    Leaf(Cow<'static, str>),
    /// `&a`, `&mut a`, `!a`.
    Prefix(Cow<'static, str>, Box<Expression>),
    /// `callee(a, b)`, `[a, b]`, `(a, b)`, `name!(a, b)`: items between brackets.
    List {
        /// What comes before the items, with the bracket: `Some(`, `[`.
        open: String,
        /// The items.
        items: Vec<Expression>,
        /// The bracket after them.
        close: &'static str,
    },
    /// `root.field.method(a)?`.
    Chain {
        /// The condition.
        root: Box<Expression>,
        /// The fields and methods.
        links: Vec<Link>,
    },
    /// `Name { field: a, short }`.
    Struct {
        /// The type.
        name: String,
        /// Its fields; one without a value is a local variable of that name.
        fields: Vec<(String, Option<Expression>)>,
    },
    /// `a && b && c`: operands of one operator.
    Binary(&'static str, Vec<Expression>),
    /// `(a)`.
    Parentheses(Box<Expression>),
    /// `|a, b| body`.
    Closure(String, Box<Expression>),
    /// `match on { patterns => body }`.
    Match(Box<Expression>, Vec<Arm>),
    /// `if condition { then } else { otherwise }`.
    If(Box<[Expression; 3]>),
    /// `{ statements result }`.
    Block(Vec<Statement>, Option<Box<Expression>>),
}

/// A link of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The name of the field or method, with what follows a type's name: `collect::<Vec<_>>`.
    pub name: String,
    /// The arguments of a method; `None` for a field.
    pub arguments: Option<Vec<Expression>>,
    /// Whether a `?` follows.
    pub is_tried: bool,
}

/// An arm of a `match`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arm {
    /// The alternatives.
    pub patterns: Vec<String>,
    /// What they lead to.
    pub body: Expression,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Statement {
    /// `let pattern = value;`, or with `else { otherwise }`.
    Let {
        /// What is bound.
        pattern: Expression,
        /// The value.
        value: Expression,
        /// What is returned where the pattern does not match.
        otherwise: Option<Expression>,
    },
    /// `place = value;`.
    Assign(Expression, Expression),
    /// `value;`.
    Does(Expression),
    /// `if condition { statements }`.
    If(Expression, Vec<Statement>),
    /// `if !condition { return value; }`.
    Unless(Expression, Expression),
}

/// Whether an item is a call of a function or a macro.
pub fn is_call(item: &Expression) -> bool {
    match &item.kind {
        Kind::List { open, .. } => open.len() > 1,
        Kind::Prefix(_, inner) => is_call(inner),
        _ => false,
    }
}

/// Maximum width of a list of one item: the width of the line, except for a call within a call.
fn most_of(items: &[Expression]) -> Option<usize> {
    match items {
        [only] if is_call(only) => Some(LIST_WIDTH),
        [_] => Some(usize::MAX),
        _ => None,
    }
}

/// The width of items with commas between them; `None` where one is not on one line.
pub fn items_width<'e>(items: impl IntoIterator<Item = &'e Expression>) -> Option<usize> {
    items.into_iter().try_fold(0, |total: usize, item| Some(total + item.flat? + if total > 0 { 2 } else { 0 }))
}

impl Expression {
    fn of(kind: Kind, flat: Option<usize>) -> Self {
        Self { kind, flat }
    }

    /// What is never broken: a path, a literal.
    pub fn leaf(text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        let width = width(&text);
        Self::of(Kind::Leaf(text), Some(width))
    }

    /// A string literal.
    pub fn string(text: &str) -> Self {
        Self::leaf(format!("{text:?}"))
    }

    /// `&[1, 2, 3]`.
    pub fn numbers(numbers: &[usize]) -> Self {
        Self::slice(numbers.iter().map(|number| Self::leaf(number.to_string())).collect())
    }

    fn prefixed(prefix: impl Into<Cow<'static, str>>, inner: Self) -> Self {
        let prefix = prefix.into();
        let flat = inner.flat.map(|inner| inner + width(&prefix));
        Self::of(Kind::Prefix(prefix, Box::new(inner)), flat)
    }

    /// `&self`.
    #[must_use]
    pub fn reference(self) -> Self {
        Self::prefixed("&", self)
    }

    /// `&mut self`.
    #[must_use]
    pub fn exclusive(self) -> Self {
        Self::prefixed("&mut ", self)
    }

    /// `before self`: what a condition binds, `let Some(name) = `.
    #[must_use]
    pub fn after(self, before: String) -> Self {
        Self::prefixed(before, self)
    }

    /// `return self`.
    #[must_use]
    pub fn returned(self) -> Self {
        Self::prefixed("return ", self)
    }

    /// `*self`.
    #[must_use]
    pub fn dereferenced(self) -> Self {
        Self::prefixed("*", self)
    }

    /// `!self`.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::prefixed("!", self)
    }

    fn list(open: String, items: Vec<Self>, close: &'static str, most: usize) -> Self {
        let most = most_of(&items).unwrap_or(most);
        let flat = items_width(&items).filter(|items| *items <= most).map(|items| width(&open) + items + close.len());
        Self::of(Kind::List { open, items, close }, flat)
    }

    /// `callee(items)`.
    pub fn call(callee: &str, items: Vec<Self>) -> Self {
        Self::list(format!("{callee}("), items, ")", LIST_WIDTH)
    }

    /// `name!(items)`.
    pub fn macro_call(name: &str, items: Vec<Self>) -> Self {
        Self::list(format!("{name}!("), items, ")", LIST_WIDTH)
    }

    /// `[items]`.
    pub fn array(items: Vec<Self>) -> Self {
        Self::list("[".to_owned(), items, "]", LIST_WIDTH)
    }

    /// `&[items]`.
    pub fn slice(items: Vec<Self>) -> Self {
        Self::array(items).reference()
    }

    /// `(items)`; the item itself where there is one.
    pub fn tuple(mut items: Vec<Self>) -> Self {
        match (items.len(), items.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                items.extend(last);
                Self::list("(".to_owned(), items, ")", LIST_WIDTH)
            }
        }
    }

    /// The same as a pattern, which may be as wide as a line.
    pub fn tuple_pattern(items: Vec<Self>) -> Self {
        let mut pattern = Self::tuple(items);
        if let Kind::List { open, items, close } = &pattern.kind {
            pattern.flat = items_width(items).map(|items| width(open) + items + close.len());
        }
        pattern
    }

    /// `[items]` as a pattern, which is no wider than an array.
    pub fn slice_pattern(items: Vec<Self>) -> Self {
        Self::array(items)
    }

    /// `name { fields }`.
    pub fn structure(name: &str, fields: Vec<(String, Option<Self>)>) -> Self {
        let inner = fields.iter().try_fold(0, |total: usize, (field, value)| {
            let value = match value {
                Some(value) => value.flat? + 2,
                None => 0,
            };
            Some(total + width(field) + value + if total > 0 { 2 } else { 0 })
        });
        let flat = match inner {
            Some(0) => Some(width(name) + 3),
            inner => inner.filter(|inner| *inner <= FIELDS_WIDTH).map(|inner| width(name) + inner + 5),
        };
        Self::of(Kind::Struct { name: name.to_owned(), fields }, flat)
    }

    fn link(self, link: Link) -> Self {
        let (root, mut links) = match self.kind {
            Kind::Chain { root, links } => (root, links),
            kind => (Box::new(Self { kind, flat: self.flat }), Vec::new()),
        };
        links.push(link);
        let inner = links.iter().try_fold(root.flat, |total, link| Some(Some(total? + link.flat()?))).flatten();
        let flat = inner.filter(|inner| links.len() == 1 || *inner <= LIST_WIDTH);
        Self::of(Kind::Chain { root, links }, flat)
    }

    /// `self.name`.
    #[must_use]
    pub fn field(self, name: &str) -> Self {
        self.link(Link { name: name.to_owned(), arguments: None, is_tried: false })
    }

    /// `self.name(arguments)`.
    #[must_use]
    pub fn method(self, name: &str, arguments: Vec<Self>) -> Self {
        self.link(Link { name: name.to_owned(), arguments: Some(arguments), is_tried: false })
    }

    /// `self?`.
    #[must_use]
    pub fn tried(mut self) -> Self {
        if let Kind::Chain { links, .. } = &mut self.kind
            && let Some(last) = links.last_mut()
        {
            last.is_tried = true;
            self.flat = self.flat.map(|flat| flat + 1);
            return self;
        }
        let flat = self.flat.map(|flat| flat + 1);
        let last = Link { name: String::new(), arguments: None, is_tried: true };
        Self::of(Kind::Chain { root: Box::new(self), links: vec![last] }, flat)
    }

    /// `a && b`, with operands in parentheses where they need them; one operand alone.
    pub fn binary(operator: &'static str, mut operands: Vec<Self>) -> Self {
        if operands.len() < 2 {
            return operands.pop().unwrap_or_else(|| Self::leaf(if operator == "||" { "false" } else { "true" }));
        }
        let between = operator.len() + 2;
        let flat = operands
            .iter()
            .try_fold(0, |total: usize, operand| Some(total + operand.flat? + if total > 0 { between } else { 0 }));
        Self::of(Kind::Binary(operator, operands), flat)
    }

    /// `(self)`.
    #[must_use]
    pub fn in_parentheses(self) -> Self {
        let flat = match &self.kind {
            Kind::If(parts) => parts.iter().try_fold(0, |total, part| Some(total + part.flat?)).map(|parts| parts + 21),
            _ => self.flat.map(|width| width + 2),
        };
        let flat = flat.filter(|width| !matches!(self.kind, Kind::If(_)) || *width <= IF_WIDTH + 2);
        Self::of(Kind::Parentheses(Box::new(self)), flat)
    }

    /// `|parameters| body`.
    pub fn closure(parameters: &str, body: Self) -> Self {
        let flat = body.flat.map(|body| width(parameters) + body + 3);
        Self::of(Kind::Closure(parameters.to_owned(), Box::new(body)), flat)
    }

    /// `match on { arms }`.
    pub fn matching(on: Self, arms: Vec<Arm>) -> Self {
        Self::of(Kind::Match(Box::new(on), arms), None)
    }

    /// `if condition { then } else { otherwise }`.
    pub fn either(condition: Self, then: Self, otherwise: Self) -> Self {
        Self::of(Kind::If(Box::new([condition, then, otherwise])), None)
    }

    /// `{ statements; result }`.
    pub fn block(statements: Vec<Statement>, result: Option<Self>) -> Self {
        Self::of(Kind::Block(statements, result.map(Box::new)), None)
    }
}

/// How many parts something has.
pub trait Parts {
    /// Itself, and all within it.
    fn parts(&self) -> usize;
}

impl Parts for Expression {
    fn parts(&self) -> usize {
        1 + match &self.kind {
            Kind::Leaf(_) => 0,
            Kind::Prefix(_, inner) | Kind::Parentheses(inner) | Kind::Closure(_, inner) => inner.parts(),
            Kind::List { items, .. } | Kind::Binary(_, items) => items.parts(),
            Kind::Chain { root, links } => {
                root.parts() + links.iter().flat_map(|link| &link.arguments).map(|items| items.parts()).sum::<usize>()
            }
            Kind::Struct { fields, .. } => fields.iter().filter_map(|(_, value)| value.as_ref()).map(Self::parts).sum(),
            Kind::Match(on, arms) => on.parts() + arms.parts(),
            Kind::If(parts) => parts.parts(),
            Kind::Block(statements, result) => statements.parts() + result.as_ref().map_or(0, |result| result.parts()),
        }
    }
}

impl Parts for Arm {
    fn parts(&self) -> usize {
        self.patterns.len() + self.body.parts()
    }
}

impl Parts for Statement {
    fn parts(&self) -> usize {
        match self {
            Self::Let { pattern, value, otherwise } => {
                pattern.parts() + value.parts() + otherwise.as_ref().map_or(0, Expression::parts)
            }
            Self::Assign(one, other) | Self::Unless(one, other) => one.parts() + other.parts(),
            Self::Does(value) => value.parts(),
            Self::If(condition, statements) => condition.parts() + statements.parts(),
        }
    }
}

impl<P: Parts> Parts for [P] {
    fn parts(&self) -> usize {
        self.iter().map(P::parts).sum()
    }
}

impl Link {
    /// Its width on one line.
    pub fn flat(&self) -> Option<usize> {
        let arguments = match &self.arguments {
            None => 0,
            Some(arguments) => {
                let most = most_of(arguments).unwrap_or(LIST_WIDTH);
                2 + items_width(arguments).filter(|arguments| *arguments <= most)?
            }
        };
        let dot = usize::from(!self.name.is_empty());
        Some(dot + width(&self.name) + arguments + usize::from(self.is_tried))
    }
}
