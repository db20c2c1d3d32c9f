//! Rules as static data: the constraints of a schema of the document, in the terms of JSON Schema 2020-12.

use super::keyword::tables::Keyword;
use super::pattern::Pattern;

/// The constraints of one schema.
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
    /// Rules that admit anything.
    pub const ANY: Self = Self::new("", Types::ANY, &[]);

    /// Nothing is valid.
    pub const NEVER: Self = Self::new("", Types::NONE, &[]);

    /// The rules of a schema at a JSON Pointer.
    #[must_use]
    pub const fn new(schema: &'static str, types: Types, keywords: &'static [Keyword]) -> Self {
        Self {
            schema,
            types,
            sensitive: false,
            keywords,
        }
    }

    /// The same, of values that must never be shown.
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    /// The rules of the declared property at an index.
    #[must_use]
    pub fn property(&self, index: usize) -> &'static Self {
        let members = self.keywords.iter().find_map(|keyword| match keyword {
            Keyword::Members(members) => Some(members),
            _ => None,
        });
        // Of what is not there, nothing holds: then the report tells.
        members
            .and_then(|members| members.properties.get(index))
            .map_or(&Self::NEVER, |property| property.rules)
    }

    /// The rules at an index of those that `$ref` and `allOf` name.
    #[must_use]
    pub fn part(&self, index: usize) -> &'static Self {
        let parts = self.keywords.iter().flat_map(|keyword| match keyword {
            Keyword::Ref(target) => std::slice::from_ref(target),
            Keyword::AllOf(parts) => parts,
            _ => &[],
        });
        parts.copied().nth(index).unwrap_or(&Self::NEVER)
    }
}

/// A set of JSON types. `integer` is a part of `number`: a schema that says `number` has both bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(pub u8);

impl Types {
    /// No type: nothing is valid.
    pub const NONE: Self = Self(0);
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

    /// The union of both sets.
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
        let names = [
            (2, "boolean"),
            (8, "number"),
            (16, "string"),
            (32, "array"),
            (64, "object"),
            (1, "null"),
        ];
        for (bit, name) in names {
            let name = match (bit, self.0 & 12) {
                (8, 4) => "integer",
                _ if self.0 & bit == 0 => continue,
                _ => name,
            };
            write!(f, "{}{name}", if first { "" } else { " or " })?;
            first = false;
        }
        if first {
            f.write_str("nothing")
        } else {
            Ok(())
        }
    }
}

/// The member rules of an object.
#[derive(Debug)]
pub struct Members {
    /// `properties`, in document order.
    pub properties: &'static [Property],
    /// A hash table of the names with open addressing: each entry is 0, or a property's index plus one. Its size is a power of two, and
    /// some entries are 0.
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
    /// Declared properties and the hash table of their names; other members are allowed.
    #[must_use]
    pub const fn new(slots: &'static [u32], properties: &'static [Property]) -> Self {
        let (mut required_properties, mut rest) = (0, properties);
        while let [property, others @ ..] = rest {
            required_properties += property.required as usize;
            rest = others;
        }
        Self {
            properties,
            slots,
            required_properties,
            required: &[],
            patterns: &[],
            additional: Additional::Allowed,
        }
    }

    /// Requires members that are not declared.
    #[must_use]
    pub const fn requiring(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    /// Members whose names match patterns follow rules.
    #[must_use]
    pub const fn matching(
        mut self,
        patterns: &'static [(&'static Pattern, &'static Rules)],
    ) -> Self {
        self.patterns = patterns;
        self
    }

    /// No other member is allowed.
    #[must_use]
    pub const fn closed(mut self) -> Self {
        self.additional = Additional::Denied;
        self
    }

    /// All other members follow rules.
    #[must_use]
    pub const fn others(mut self, rules: &'static Rules) -> Self {
        self.additional = Additional::Rules(rules);
        self
    }

    /// Whether they constrain members that are not declared.
    #[must_use]
    pub const fn asks_others(&self) -> bool {
        !(self.patterns.is_empty() && matches!(self.additional, Additional::Allowed))
    }

    /// The declared property of a name.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        self.place(name)
            .and_then(|place| self.properties.get(place))
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

/// The slot at which probing for a name begins, in a table whose size is a power of two.
#[must_use]
pub fn slot(name: &str, slots: usize) -> usize {
    let bytes = name.as_bytes();
    // Names of one object differ most often at their ends and in their lengths.
    let (head, tail) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(head), Some(tail)) => (u64::from_le_bytes(*head), u64::from_le_bytes(*tail)),
        _ => match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(head), Some(tail)) => (
                u32::from_le_bytes(*head).into(),
                u32::from_le_bytes(*tail).into(),
            ),
            _ => bytes.iter().fold((0, 0), |(head, tail), byte| {
                (head << 8 | u64::from(*byte), tail)
            }),
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
    /// Whether it is required.
    pub required: bool,
    /// Its rules.
    pub rules: &'static Rules,
}

/// A required property.
#[must_use]
pub const fn required(name: &'static str, rules: &'static Rules) -> Property {
    Property {
        name,
        required: true,
        rules,
    }
}

/// An optional property.
#[must_use]
pub const fn optional(name: &'static str, rules: &'static Rules) -> Property {
    Property {
        name,
        required: false,
        rules,
    }
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
