//! Sets of JSON Schema types.

/// A set of JSON Schema types. `integer` is a subset of `number`; a schema that says `number` has both bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeSet(pub u8);

impl TypeSet {
    /// No type: nothing is valid.
    pub const NONE: Self = Self(0);
    /// `null`.
    pub const NULL: Self = Self(1);
    /// `boolean`.
    pub const BOOLEAN: Self = Self(2);
    /// `integer`: numbers with a zero fraction.
    pub const INTEGER: Self = Self(4);
    /// `number`, which includes the integers.
    pub const NUMBER: Self = Self(4 | 8);
    /// `string`.
    pub const STRING: Self = Self(16);
    /// `array`.
    pub const ARRAY: Self = Self(32);
    /// `object`.
    pub const OBJECT: Self = Self(64);
    /// No restriction.
    pub const ANY: Self = Self(127);

    /// The types that a value has: an integer is a number as well.
    pub fn of(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::NULL,
            serde_json::Value::Bool(_) => Self::BOOLEAN,
            serde_json::Value::Number(number) if number.as_f64().is_some_and(|number| number.fract() != 0.0) => {
                Self::NUMBER
            }
            serde_json::Value::Number(_) => Self::INTEGER,
            serde_json::Value::String(_) => Self::STRING,
            serde_json::Value::Array(_) => Self::ARRAY,
            serde_json::Value::Object(_) => Self::OBJECT,
        }
    }

    /// The types that one of some values has.
    pub fn of_any(values: &[serde_json::Value]) -> Self {
        values.iter().fold(Self::NONE, |types, value| types.union(Self::of(value)))
    }

    /// Whether every type of `other` is in the set.
    pub fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether some type is in both.
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What both have.
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The set without the types of `other`.
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a value must be null or absent from the set.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The types in a sentence: `a string`, `an object or null`.
    pub fn article(self) -> String {
        let named = |name: &str| match name {
            "null" => "null".to_owned(),
            "integer" | "array" | "object" => format!("an {name}"),
            _ => format!("a {name}"),
        };
        self.names().into_iter().map(named).collect::<Vec<_>>().join(" or ")
    }

    /// The names of the standard, in its order: `["string", "null"]`; `number` stands for both number bits.
    pub fn names(self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for (set, name) in [
            (Self::BOOLEAN, "boolean"),
            (Self::NUMBER, "number"),
            (Self::STRING, "string"),
            (Self::ARRAY, "array"),
            (Self::OBJECT, "object"),
        ] {
            if self.contains(set) {
                names.push(name);
            } else if name == "number" && self.contains(Self::INTEGER) {
                names.push("integer");
            }
        }
        if self.contains(Self::NULL) {
            names.push("null");
        }
        names
    }
}

impl Default for TypeSet {
    fn default() -> Self {
        Self::ANY
    }
}
