//! One assertion or applicator of a schema: JSON Schema 2020-12.
//!
//! There is one [`Keyword`] for all uses. Its operands have a [`Form`]: static tables here ([`Tables`]); a program that builds tables may
//! have its own form.

use std::fmt::Debug;

use super::decimal::Decimal;
use super::formats::Format;
use super::pattern::Pattern;
use super::rules::{Literal, Members, Rules};

/// The representation of a keyword's operands.
pub trait Form: Debug + 'static {
    /// Another schema.
    type Schema: Debug + 'static;
    /// A name.
    type Text: Debug + 'static;
    /// A value that the document lists.
    type Literal: Debug + 'static;
    /// A number, exactly.
    type Decimal: Debug + 'static;
    /// A regular expression.
    type Pattern: Debug + 'static;
    /// A format.
    type Format: Debug + 'static;
    /// The member rules of an object.
    type Members: Debug + 'static;
    /// Several.
    type List<T: Debug + 'static>: Debug + 'static;
    /// A large operand, which is stored out of line.
    type Indirect<T: Debug + 'static>: Debug + 'static;
}

/// Static tables.
#[derive(Debug)]
pub enum Tables {}

impl Form for Tables {
    type Schema = &'static Rules;
    type Text = &'static str;
    type Literal = Literal;
    type Decimal = Decimal;
    type Pattern = &'static Pattern;
    type Format = &'static Format;
    type Members = &'static Members;
    type List<T: Debug + 'static> = &'static [T];
    type Indirect<T: Debug + 'static> = &'static T;
}

/// One assertion or applicator.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    clippy::type_complexity,
    reason = "an alias would hide from `derive` what a form has to provide"
)]
pub enum Keyword<F: Form> {
    /// `enum` (and `const`, as an enum of one).
    Enum(F::List<F::Literal>),
    /// `minLength`, `maxLength`, `minItems`, `maxItems`, `minProperties`, `maxProperties`.
    Size {
        /// What is counted.
        measure: Measure,
        /// Whether the limit is a minimum or a maximum.
        side: Side,
        /// The limit.
        limit: u64,
    },
    /// `pattern`: ECMA-262, unanchored.
    Pattern(F::Pattern),
    /// `format`.
    Format(F::Format),
    /// `minimum`, `exclusiveMinimum`, `maximum`, `exclusiveMaximum`.
    Bound {
        /// Whether the limit is a minimum or a maximum.
        side: Side,
        /// Whether it must not be the limit itself.
        exclusive: bool,
        /// The limit.
        limit: F::Decimal,
    },
    /// `multipleOf`, above zero.
    MultipleOf(F::Decimal),
    /// `prefixItems` and `items`.
    Items(F::Indirect<Items<F>>),
    /// `uniqueItems: true`.
    UniqueItems,
    /// `contains`, `minContains` (1 if not given), `maxContains`.
    Contains(F::Indirect<Contains<F>>),
    /// `properties`, `patternProperties`, `additionalProperties` and `required`, which are read together.
    Members(F::Members),
    /// `propertyNames`.
    PropertyNames(F::Schema),
    /// `dependentRequired`.
    DependentRequired(F::List<(F::Text, F::List<F::Text>)>),
    /// `dependentSchemas`.
    DependentSchemas(F::List<(F::Text, F::Schema)>),
    /// `$ref` beside other keywords.
    Ref(F::Schema),
    /// `allOf`.
    AllOf(F::List<F::Schema>),
    /// `anyOf`.
    AnyOf(F::Indirect<Branches<F>>),
    /// `oneOf`.
    OneOf(F::Indirect<Branches<F>>),
    /// `not`.
    Not(F::Schema),
    /// `if`, `then`, `else`.
    If(F::Indirect<If<F>>),
    /// `additionalProperties: true` or `{}`, which asserts nothing and leaves nothing for `unevaluatedProperties`; kept in documents that
    /// have that keyword.
    EveryMember,
    /// `unevaluatedItems`.
    UnevaluatedItems(F::Schema),
    /// `unevaluatedProperties`.
    UnevaluatedProperties(F::Schema),
}

/// A pattern for the keywords of a single value that apply no other schema.
///
/// Each keyword is in one of four such patterns. A `match` that handles some keywords individually names the other patterns instead of
/// `_`, so that the compiler points out where a new keyword is not handled yet.
macro_rules! of_value {
    () => {
        Keyword::Enum(_)
            | Keyword::Size { .. }
            | Keyword::Pattern(_)
            | Keyword::Format(_)
            | Keyword::Bound { .. }
            | Keyword::MultipleOf(_)
            | Keyword::UniqueItems
    };
}

/// A pattern for the keywords of an array's elements.
macro_rules! of_elements {
    () => {
        Keyword::Items(_) | Keyword::Contains(_) | Keyword::UnevaluatedItems(_)
    };
}

/// A pattern for the keywords of an object's members.
macro_rules! of_members {
    () => {
        Keyword::Members(_)
            | Keyword::PropertyNames(_)
            | Keyword::DependentRequired(_)
            | Keyword::DependentSchemas(_)
            | Keyword::EveryMember
            | Keyword::UnevaluatedProperties(_)
    };
}

/// A pattern for the keywords that apply schemas to the value itself.
macro_rules! in_place {
    () => {
        Keyword::Ref(_)
            | Keyword::AllOf(_)
            | Keyword::AnyOf(_)
            | Keyword::OneOf(_)
            | Keyword::Not(_)
            | Keyword::If(_)
    };
}

pub(crate) use {in_place, of_elements, of_members, of_value};

/// What the size of a value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The code points of a string, or the bytes of binary data.
    Length,
    /// The elements of an array.
    Items,
    /// The members of an object.
    Properties,
}

/// The end of a range that a keyword limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At least.
    Min,
    /// At most.
    Max,
}

impl Side {
    /// Whether a count is within a limit.
    #[must_use]
    pub const fn admits(self, actual: u64, limit: u64) -> bool {
        match self {
            Self::Min => actual >= limit,
            Self::Max => actual <= limit,
        }
    }
}

/// `prefixItems` and `items`.
#[derive(Clone, Debug, PartialEq)]
pub struct Items<F: Form> {
    /// One schema for each of the first elements.
    pub prefix: F::List<F::Schema>,
    /// The schema of all further elements.
    pub rest: Option<F::Schema>,
}

impl Items<Tables> {
    /// The rules of the element at an index.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&'static Rules> {
        self.prefix.get(index).copied().or(self.rest)
    }
}

/// `contains`, `minContains`, `maxContains`.
#[derive(Clone, Debug, PartialEq)]
pub struct Contains<F: Form> {
    /// What is counted.
    pub schema: F::Schema,
    /// The minimum count.
    pub min: u64,
    /// The maximum count.
    pub max: Option<u64>,
}

impl Contains<Tables> {
    /// Whether so many elements may match.
    #[must_use]
    pub fn admits(&self, matched: u64) -> bool {
        matched >= self.min && self.max.is_none_or(|max| matched <= max)
    }
}

/// The branches of `anyOf` or `oneOf`.
#[derive(Clone, Debug, PartialEq)]
pub struct Branches<F: Form> {
    /// Their schemas.
    pub parts: F::List<F::Schema>,
    /// Why no two of them match one instance.
    pub exclusive: F::Indirect<Exclusive<F>>,
}

impl Branches<Tables> {
    /// The branches that can match an object with a tag; `tag` is `None` where the member is no string.
    pub fn of_tag<'a>(
        &self,
        tag: Option<&'a str>,
        values: &'static [(&'static str, u16)],
        others: &'static [u16],
    ) -> impl Iterator<Item = &'static Rules> + use<'a> {
        let parts = self.parts;
        let listing = values
            .iter()
            .filter(move |(value, _)| tag == Some(*value))
            .map(|(_, index)| index);
        listing
            .chain(others)
            .filter_map(move |index| parts.get(usize::from(*index)).copied())
    }
}

/// Why no two branches match one instance.
#[derive(Clone, Debug, PartialEq)]
pub enum Exclusive<F: Form> {
    /// Nothing is known: all of them are tried.
    Unknown,
    /// They admit instances of different types.
    Types,
    /// They list strings for a member: an instance with that member matches no branch that lists other strings.
    Tag {
        /// The member.
        property: F::Text,
        /// The strings, each with the index of a branch that lists it.
        values: F::List<(F::Text, u16)>,
        /// The branches that list none.
        others: F::List<u16>,
    },
}

/// `if`, `then`, `else`.
#[derive(Clone, Debug, PartialEq)]
pub struct If<F: Form> {
    /// The condition.
    pub condition: F::Schema,
    /// Where it holds.
    pub then: Option<F::Schema>,
    /// Where it does not.
    pub otherwise: Option<F::Schema>,
}

impl<F: Form> Keyword<F> {
    /// Its name in the document: the first name, where several are one variant.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        use Measure::{Items, Length, Properties};
        match self {
            Self::Enum(_) => "enum",
            Self::Size {
                measure: Length,
                side: Side::Min,
                ..
            } => "minLength",
            Self::Size {
                measure: Length,
                side: Side::Max,
                ..
            } => "maxLength",
            Self::Size {
                measure: Items,
                side: Side::Min,
                ..
            } => "minItems",
            Self::Size {
                measure: Items,
                side: Side::Max,
                ..
            } => "maxItems",
            Self::Size {
                measure: Properties,
                side: Side::Min,
                ..
            } => "minProperties",
            Self::Size {
                measure: Properties,
                side: Side::Max,
                ..
            } => "maxProperties",
            Self::Pattern(_) => "pattern",
            Self::Format(_) => "format",
            Self::Bound {
                side: Side::Min,
                exclusive: false,
                ..
            } => "minimum",
            Self::Bound {
                side: Side::Min,
                exclusive: true,
                ..
            } => "exclusiveMinimum",
            Self::Bound {
                side: Side::Max,
                exclusive: false,
                ..
            } => "maximum",
            Self::Bound {
                side: Side::Max,
                exclusive: true,
                ..
            } => "exclusiveMaximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::Items(_) => "items",
            Self::UniqueItems => "uniqueItems",
            Self::Contains(_) => "contains",
            Self::Members(_) => "properties",
            Self::PropertyNames(_) => "propertyNames",
            Self::DependentRequired(_) => "dependentRequired",
            Self::DependentSchemas(_) => "dependentSchemas",
            Self::Ref(_) => "$ref",
            Self::AllOf(_) => "allOf",
            Self::AnyOf(_) => "anyOf",
            Self::OneOf(_) => "oneOf",
            Self::Not(_) => "not",
            Self::If(_) => "if",
            Self::EveryMember => "additionalProperties",
            Self::UnevaluatedItems(_) => "unevaluatedItems",
            Self::UnevaluatedProperties(_) => "unevaluatedProperties",
        }
    }

    /// `minLength`, in code points.
    #[must_use]
    pub const fn min_length(limit: u64) -> Self {
        Self::Size {
            measure: Measure::Length,
            side: Side::Min,
            limit,
        }
    }

    /// `maxLength`, in code points.
    #[must_use]
    pub const fn max_length(limit: u64) -> Self {
        Self::Size {
            measure: Measure::Length,
            side: Side::Max,
            limit,
        }
    }

    /// `minItems`.
    #[must_use]
    pub const fn min_items(limit: u64) -> Self {
        Self::Size {
            measure: Measure::Items,
            side: Side::Min,
            limit,
        }
    }

    /// `maxItems`.
    #[must_use]
    pub const fn max_items(limit: u64) -> Self {
        Self::Size {
            measure: Measure::Items,
            side: Side::Max,
            limit,
        }
    }

    /// `minProperties`.
    #[must_use]
    pub const fn min_properties(limit: u64) -> Self {
        Self::Size {
            measure: Measure::Properties,
            side: Side::Min,
            limit,
        }
    }

    /// `maxProperties`.
    #[must_use]
    pub const fn max_properties(limit: u64) -> Self {
        Self::Size {
            measure: Measure::Properties,
            side: Side::Max,
            limit,
        }
    }
}

impl Keyword<Tables> {
    /// `minimum`.
    #[must_use]
    pub const fn minimum(limit: Decimal) -> Self {
        Self::Bound {
            side: Side::Min,
            exclusive: false,
            limit,
        }
    }

    /// `exclusiveMinimum`.
    #[must_use]
    pub const fn exclusive_minimum(limit: Decimal) -> Self {
        Self::Bound {
            side: Side::Min,
            exclusive: true,
            limit,
        }
    }

    /// `maximum`.
    #[must_use]
    pub const fn maximum(limit: Decimal) -> Self {
        Self::Bound {
            side: Side::Max,
            exclusive: false,
            limit,
        }
    }

    /// `exclusiveMaximum`.
    #[must_use]
    pub const fn exclusive_maximum(limit: Decimal) -> Self {
        Self::Bound {
            side: Side::Max,
            exclusive: true,
            limit,
        }
    }
}

/// The names of what static tables hold.
pub mod tables {
    use super::Tables;

    /// An assertion or applicator.
    pub type Keyword = super::Keyword<Tables>;
    /// `prefixItems` and `items`.
    pub type Items = super::Items<Tables>;
    /// `contains`, `minContains`, `maxContains`.
    pub type Contains = super::Contains<Tables>;
    /// The branches of `oneOf` or `anyOf`.
    pub type Branches = super::Branches<Tables>;
    /// Why no two branches match one instance.
    pub type Exclusive = super::Exclusive<Tables>;
    /// `if`, `then`, `else`.
    pub type If = super::If<Tables>;
}
