//! Rules as static data: what a schema of the document demands, in the terms of JSON Schema 2020-12.

use super::decimal::Decimal;
use super::formats::Format;
use super::pattern::Pattern;

/// What one schema demands.
#[derive(Debug)]
pub struct Rules {
    /// JSON Pointer of the schema in the document.
    pub schema: &'static str,
    /// The instance types it admits.
    pub types: Types,
    /// Whether values must never be shown.
    pub sensitive: bool,
    /// Its assertions and applicators.
    pub keywords: &'static [Keyword],
}

impl Rules {
    /// Anything goes.
    pub const ANY: Self = Self { schema: "", types: Types::ANY, sensitive: false, keywords: &[] };
}

/// A set of JSON types. `integer` is a part of `number`: a schema that says `number` has both bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(pub u8);

impl Types {
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `boolean`.
    pub const BOOLEAN: Self = Self(2);
    /// `integer`: numbers with a zero fraction.
    pub const INTEGER: Self = Self(4);
    /// `number`, which includes the integers.
    pub const NUMBER: Self = Self(12);
    /// What a number with a fraction is: the part of `number` that is not `integer`.
    pub const FRACTION: Self = Self(8);
    /// `string`.
    pub const STRING: Self = Self(16);
    /// `array`.
    pub const ARRAY: Self = Self(32);
    /// `object`.
    pub const OBJECT: Self = Self(64);
    /// Every type.
    pub const ANY: Self = Self(127);

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether some type is in both.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::fmt::Display for Types {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut first = true;
        let names = [(2, "boolean"), (8, "number"), (16, "string"), (32, "array"), (64, "object"), (1, "null")];
        for (bit, name) in names {
            let name = match (bit, self.0 & 12) {
                (8, 4) => "integer",
                _ if self.0 & bit == 0 => continue,
                _ => name,
            };
            write!(f, "{}{name}", if first { "" } else { " or " })?;
            first = false;
        }
        if first { f.write_str("nothing") } else { Ok(()) }
    }
}

/// One assertion or applicator.
#[derive(Debug)]
pub enum Keyword {
    /// `enum`.
    Enum(&'static [Literal]),
    /// `minLength`, in code points.
    MinLength(u64),
    /// `maxLength`, in code points.
    MaxLength(u64),
    /// `pattern`.
    Pattern(&'static Pattern),
    /// `format`.
    Format(&'static Format),
    /// `minimum`.
    Minimum(Decimal),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(Decimal),
    /// `maximum`.
    Maximum(Decimal),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(Decimal),
    /// `multipleOf`.
    MultipleOf(Decimal),
    /// `prefixItems`, `items`.
    Items(&'static Items),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `contains`.
    Contains(&'static Contains),
    /// `properties`, `patternProperties`, `additionalProperties`, `required`.
    Members(&'static Members),
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `propertyNames`.
    PropertyNames(&'static Rules),
    /// `dependentRequired`.
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    /// `dependentSchemas`.
    DependentSchemas(&'static [(&'static str, &'static Rules)]),
    /// `$ref` beside other keywords.
    Ref(&'static Rules),
    /// `allOf`.
    AllOf(&'static [&'static Rules]),
    /// `anyOf`.
    AnyOf(&'static Branches),
    /// `oneOf`.
    OneOf(&'static Branches),
    /// `not`.
    Not(&'static Rules),
    /// `if`, `then`, `else`.
    If(&'static If),
    /// `additionalProperties: true`, which asserts nothing and leaves nothing for `unevaluatedProperties`.
    EveryMember,
    /// `unevaluatedItems`.
    UnevaluatedItems(&'static Rules),
    /// `unevaluatedProperties`.
    UnevaluatedProperties(&'static Rules),
}

/// The branches of `oneOf` or `anyOf`.
#[derive(Debug)]
pub struct Branches {
    /// Their rules.
    pub parts: &'static [&'static Rules],
    /// What is known to keep them from holding for one instance.
    pub apart: Apart,
}

impl Branches {
    /// The branches that can hold for an object with a tag; `tag` is `None` where the member is no string.
    pub fn of_tag<'a>(
        &self,
        tag: Option<&'a str>,
        values: &'static [(&'static str, u16)],
        others: &'static [u16],
    ) -> impl Iterator<Item = &'static Rules> + use<'a> {
        let parts = self.parts;
        let listing = values.iter().filter(move |(value, _)| tag == Some(*value)).map(|(_, index)| index);
        listing.chain(others).filter_map(move |index| parts.get(usize::from(*index)).copied())
    }
}

/// Why branches cannot hold for one instance.
#[derive(Debug)]
pub enum Apart {
    /// Nothing is known: all of them are asked.
    Unknown,
    /// No two of them admit instances of one type.
    Types,
    /// Branches list values for a member: an instance that has it follows none that lists others.
    Tag {
        /// The member.
        property: &'static str,
        /// The values, each with the index of a branch that lists it.
        values: &'static [(&'static str, u16)],
        /// The branches that list none.
        others: &'static [u16],
    },
}

/// `prefixItems` and `items`.
#[derive(Debug)]
pub struct Items {
    /// The rules of the first elements, one each.
    pub prefix: &'static [&'static Rules],
    /// The rules of all further elements.
    pub rest: Option<&'static Rules>,
}

impl Items {
    /// The rules of the element at an index.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&'static Rules> {
        self.prefix.get(index).copied().or(self.rest)
    }
}

/// `contains`, `minContains`, `maxContains`.
#[derive(Debug)]
pub struct Contains {
    /// What is counted.
    pub rules: &'static Rules,
    /// At least so many.
    pub min: u64,
    /// At most so many.
    pub max: Option<u64>,
}

impl Contains {
    /// Whether so many elements may match.
    #[must_use]
    pub fn admits(&self, matched: u64) -> bool {
        matched >= self.min && self.max.is_none_or(|max| matched <= max)
    }
}

/// The member rules of an object.
#[derive(Debug)]
pub struct Members {
    /// `properties`, in document order.
    pub properties: &'static [Property],
    /// A hash table of the names with open addressing: 0, or the index of a property and 1. A power of two, of which some are 0.
    pub slots: &'static [u32],
    /// How many of the properties are required.
    pub required_properties: usize,
    /// Names in `required` that `properties` does not declare.
    pub required: &'static [&'static str],
    /// `patternProperties`.
    pub patterns: &'static [(&'static Pattern, &'static Rules)],
    /// `additionalProperties`.
    pub additional: Additional,
}

impl Members {
    /// Whether they say anything of members that are not declared.
    #[must_use]
    pub const fn asks_others(&self) -> bool {
        !(self.patterns.is_empty() && matches!(self.additional, Additional::Allowed))
    }

    /// The declared property of a name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        self.place(name).and_then(|place| self.properties.get(place))
    }

    /// The index of the declared property of a name.
    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        let mut slot = slot(name, self.slots.len());
        for _ in self.slots {
            let place = self.slots.get(slot)?.checked_sub(1)? as usize;
            if self.properties.get(place)?.name == name {
                return Some(place);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        None
    }
}

/// The slot at which the search for a name begins, in a table of so many, a power of two.
#[must_use]
pub fn slot(name: &str, slots: usize) -> usize {
    let bytes = name.as_bytes();
    // Where names of one object are told apart most often: at their ends and in their lengths.
    let (head, tail) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(head), Some(tail)) => (u32::from_le_bytes(*head).into(), u32::from_le_bytes(*tail).into()),
            _ => bytes.iter().fold((0, 0), |(head, tail), byte| (head << 8 | u64::from(*byte), tail)),
        },
    };
    // A multiplication by 2^64 divided by the golden ratio spreads what differs into the upper bits (Knuth, 6.4).
    const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = (head ^ tail.rotate_left(23) ^ bytes.len() as u64).wrapping_mul(SPREAD);
    (mixed >> 40) as usize & slots.wrapping_sub(1)
}

/// A declared property.
#[derive(Debug)]
pub struct Property {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Its rules.
    pub rules: &'static Rules,
}

/// `additionalProperties`.
#[derive(Debug)]
pub enum Additional {
    /// Anything.
    Allowed,
    /// None.
    Denied,
    /// Members that follow these rules.
    Rules(&'static Rules),
}

/// `if`, `then`, `else`.
#[derive(Debug)]
pub struct If {
    /// The condition.
    pub condition: &'static Rules,
    /// Where it holds.
    pub then: Option<&'static Rules>,
    /// Where it does not.
    pub otherwise: Option<&'static Rules>,
}

/// A value of the document: what `enum` lists.
#[derive(Debug)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// An integer beyond `i64`.
    Unsigned(u64),
    /// Any other number.
    Number(f64),
    /// A string.
    String(&'static str),
    /// An array.
    Array(&'static [Literal]),
    /// An object.
    Object(&'static [(&'static str, Literal)]),
}
