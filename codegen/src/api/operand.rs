//! What keywords are made of in the generator: the form in which the API holds them, how they are converted to another form, and the
//! operands with which they are written.

use std::fmt::Debug;

use crate::runtime::keyword::{self, Form};

use crate::api::decimal::Decimal;
use crate::api::members::{Format, Members, SchemaId};

/// Plain data, with schemas by id.
#[derive(Clone, Debug, PartialEq)]
pub enum Owned {}

impl Form for Owned {
    type Schema = SchemaId;
    type Text = String;
    type Literal = serde_json::Value;
    type Decimal = Decimal;
    type Pattern = String;
    type Format = Format;
    type Members = Members;
    type List<T: Debug + 'static> = Vec<T>;
    type Indirect<T: Debug + 'static> = T;
}

/// What a keyword applies a schema to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Application {
    /// The instance itself.
    InPlace,
    /// The instance itself, which need not be valid against it: `not`, `if`.
    Condition,
    /// The element of an index.
    Element(usize),
    /// The elements from an index on.
    ElementsFrom(usize),
    /// Members.
    Members,
    /// The names of members.
    Names,
}

impl Application {
    /// Whether it applies to the instance itself.
    pub const fn is_in_place(self) -> bool {
        matches!(self, Self::InPlace | Self::Condition)
    }
}

/// Converts the operands of a keyword to another form. A keyword is left out if `format` returns `None`.
pub trait Transcribe<F: Form> {
    /// A schema, with its application.
    fn schema(&mut self, application: Application, schema: SchemaId) -> F::Schema;
    /// A name.
    fn text(&mut self, text: &str) -> F::Text;
    /// A listed value.
    fn literal(&mut self, value: &serde_json::Value) -> F::Literal;
    /// A number.
    fn decimal(&mut self, decimal: Decimal) -> F::Decimal;
    /// A pattern.
    fn pattern(&mut self, source: &str) -> F::Pattern;
    /// A format; `None` for one that asserts nothing.
    fn format(&mut self, format: &Format) -> Option<F::Format>;
    /// The rules of members.
    fn members(&mut self, members: &Members) -> F::Members;
    /// Branches.
    fn branches(&mut self, branches: &keyword::Branches<Owned>) -> F::Indirect<keyword::Branches<F>>;
    /// Several.
    fn list<T: Debug + 'static>(&mut self, list: Vec<T>) -> F::List<T>;
    /// What is large.
    fn indirect<T: Debug + 'static>(&mut self, value: T) -> F::Indirect<T>;
}

/// The arguments with which a keyword is written: as Rust by `emit`, as text by `contract`.
#[derive(Debug)]
pub enum Argument<'k> {
    /// A count of characters, elements or members.
    Count(u64),
    /// An optional count.
    Most(Option<u64>),
    /// An exact number.
    Decimal(&'k Decimal),
    /// Listed values.
    Literals(&'k [serde_json::Value]),
    /// A regular expression.
    Pattern(&'k str),
    /// A format.
    Format(&'k Format),
    /// A schema.
    Schema(SchemaId),
    /// A schema, or none.
    Optional(Option<SchemaId>),
    /// Schemas.
    Schemas(&'k [SchemaId]),
    /// A schema for each name.
    NamedSchemas(&'k [(String, SchemaId)]),
    /// Names for each name.
    NamedNames(&'k [(String, Vec<String>)]),
    /// The rules of members.
    Members(&'k Members),
    /// Why no two branches match.
    Exclusive(&'k keyword::Exclusive<Owned>),
    /// A struct of its own, by its name, with its fields.
    Struct(&'static str, Vec<(&'static str, Argument<'k>)>),
}

/// A part of a keyword's description in the listing.
#[derive(Debug)]
pub enum Term<'k> {
    /// Words of ours.
    Word(String),
    /// A name or a text of the document.
    Name(&'k str),
    /// Names of members.
    Names(&'k [String]),
    /// A regular expression.
    Pattern(&'k str),
    /// A schema, by name or in full.
    Schema(SchemaId),
    /// The same, in parentheses.
    Within(SchemaId),
}

/// A keyword's constraint in words.
#[derive(Debug)]
pub enum Demand<'k> {
    /// Words of ours.
    Words(String),
    /// To match a pattern.
    Pattern(&'k str),
    /// To be of a format.
    Format(&'k str),
}

/// The same form, with other schemas.
pub(super) struct Mapped<M>(pub(super) M);

impl<M: FnMut(Application, SchemaId) -> SchemaId> Transcribe<Owned> for Mapped<M> {
    fn schema(&mut self, application: Application, schema: SchemaId) -> SchemaId {
        (self.0)(application, schema)
    }

    fn text(&mut self, text: &str) -> String {
        text.to_owned()
    }

    fn literal(&mut self, value: &serde_json::Value) -> serde_json::Value {
        value.clone()
    }

    fn decimal(&mut self, decimal: Decimal) -> Decimal {
        decimal
    }

    fn pattern(&mut self, source: &str) -> String {
        source.to_owned()
    }

    fn format(&mut self, format: &Format) -> Option<Format> {
        Some(format.clone())
    }

    fn members(&mut self, members: &Members) -> Members {
        let mut members = members.clone();
        members.schemas_mut(|schema| (self.0)(Application::Members, schema));
        members
    }

    fn branches(&mut self, branches: &keyword::Branches<Owned>) -> keyword::Branches<Owned> {
        keyword::Branches::of(branches.parts.iter().map(|part| (self.0)(Application::InPlace, *part)).collect())
    }

    fn list<T: Debug + 'static>(&mut self, list: Vec<T>) -> Vec<T> {
        list
    }

    fn indirect<T: Debug + 'static>(&mut self, value: T) -> T {
        value
    }
}
