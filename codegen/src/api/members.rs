//! The operands of keywords: member rules, formats, other schemas by id.

use crate::runtime;

/// Identifies a schema in `Schemas`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub usize);

/// `format`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Its name in the document.
    pub name: String,
    /// How it is treated.
    pub check: FormatCheck,
}

/// How a format is treated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatCheck {
    /// It is asserted, where its meaning is known here.
    Assert,
    /// It describes the value, and asserts nothing.
    Annotate,
    /// It is asserted by a function of this path, a `fn(&str) -> bool`.
    Function(String),
}

/// The member rules of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    /// `properties`, in document order.
    pub properties: Vec<Property>,
    /// Names in `required` that `properties` does not declare.
    pub required: Vec<String>,
    /// `patternProperties`.
    pub patterns: Vec<(String, SchemaId)>,
    /// `additionalProperties`.
    pub additional: AdditionalProperties,
}

impl Members {
    /// The schemas of members.
    pub fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        let Self { properties, required: _, patterns, additional } = self;
        let others = match additional {
            AdditionalProperties::Schema(schema) => Some(*schema),
            AdditionalProperties::Allowed | AdditionalProperties::Denied => None,
        };
        let declared = properties.iter().map(|property| property.schema);
        declared.chain(patterns.iter().map(|(_, schema)| *schema)).chain(others)
    }

    /// Removes some names from the required members. Where additional members are allowed, such a member need not be declared either;
    /// elsewhere types leave it out.
    pub fn release(&mut self, is_released: impl Fn(&str) -> bool) {
        let is_open = self.patterns.is_empty() && self.additional == AdditionalProperties::Allowed;
        self.properties.retain(|property| !(is_open && is_released(&property.name)));
        for property in &mut self.properties {
            property.held = !is_released(&property.name);
            property.required &= property.held;
        }
        self.required.retain(|name| !is_released(name));
    }

    /// Replaces them.
    pub fn schemas_mut(&mut self, mut map: impl FnMut(SchemaId) -> SchemaId) {
        let Self { properties, required: _, patterns, additional } = self;
        properties.iter_mut().for_each(|property| property.schema = map(property.schema));
        patterns.iter_mut().for_each(|(_, schema)| *schema = map(*schema));
        match additional {
            AdditionalProperties::Schema(schema) => *schema = map(*schema),
            AdditionalProperties::Allowed | AdditionalProperties::Denied => {}
        }
    }
}

/// The hash table for looking up property names (`support::Members`): open addressing with linear probing, an entry is the property's
/// index plus one, and 0 is free.
pub fn slots(names: &[&str]) -> Vec<usize> {
    if names.is_empty() {
        return Vec::new();
    }
    let mut slots = vec![0; (names.len() + names.len() / 2 + 1).next_power_of_two()];
    for (index, name) in names.iter().enumerate() {
        let start = runtime::slot(name, slots.len());
        let (before, from) = slots.split_at_mut(start);
        if let Some(free) = from.iter_mut().chain(before).find(|slot| **slot == 0) {
            *free = index + 1;
        }
    }
    slots
}

/// A declared property.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its name in the document.
    pub name: String,
    /// Whether `required` lists it.
    pub required: bool,
    /// Whether types have a field for it: not where it occurs in the other direction only (`readOnly`, `writeOnly`).
    pub held: bool,
    /// Its schema.
    pub schema: SchemaId,
}

/// `additionalProperties`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AdditionalProperties {
    /// Not given, `true` or `{}`.
    #[default]
    Allowed,
    /// `false`.
    Denied,
    /// A schema.
    Schema(SchemaId),
}
