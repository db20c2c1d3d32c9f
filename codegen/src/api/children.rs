//! The schemas that a keyword leads to, and how it applies each: asked here alone, so that a keyword that is added is forgotten nowhere.
//!
//! | keyword | applies its schemas |
//! | --- | --- |
//! | `$ref`, `allOf`, `anyOf`, `oneOf`, `then`, `else`, `dependentSchemas` | to the instance itself |
//! | `not`, `if` | to the instance itself, as a question |
//! | `items`, `contains`, `properties`, `propertyNames`, `unevaluatedItems`, … | to elements, members, names |
//!
//! JSON Schema 2020-12, core, sections 10.2 and 10.3.

use crate::api::{AdditionalProperties, Branches, Keyword, Members, Schema, SchemaId};

/// What a keyword applies a schema to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Application {
    /// The instance itself.
    InPlace,
    /// The instance itself, which need not follow it: `not`, `if`.
    Condition,
    /// An element, a member, or the name of one.
    Within,
}

impl Schema {
    /// The schemas that its keywords lead to.
    pub fn children(&self) -> Vec<SchemaId> {
        self.keywords.iter().flat_map(Keyword::children).map(|(_, schema)| schema).collect()
    }
}

impl Keyword {
    /// Its schemas, with what it applies each to.
    pub fn children(&self) -> Vec<(Application, SchemaId)> {
        use Application::{Condition, InPlace, Within};
        match self {
            Self::Ref(schema) => vec![(InPlace, *schema)],
            Self::AllOf(parts) | Self::AnyOf(Branches { parts, .. }) | Self::OneOf(Branches { parts, .. }) => {
                parts.iter().map(|part| (InPlace, *part)).collect()
            }
            Self::DependentSchemas(named) => named.iter().map(|(_, schema)| (InPlace, *schema)).collect(),
            Self::Not(schema) => vec![(Condition, *schema)],
            Self::If { condition, then, otherwise } => {
                let branches = [then, otherwise].into_iter().flatten().map(|branch| (InPlace, *branch));
                [(Condition, *condition)].into_iter().chain(branches).collect()
            }
            Self::Items { prefix, rest } => prefix.iter().chain(rest).map(|schema| (Within, *schema)).collect(),
            Self::Members(Members { properties, required: _, patterns, additional }) => {
                let declared = properties.iter().map(|property| property.schema);
                let matched = patterns.iter().map(|(_, schema)| *schema);
                let others = match additional {
                    AdditionalProperties::Schema(schema) => Some(*schema),
                    AdditionalProperties::Allowed | AdditionalProperties::Denied => None,
                };
                declared.chain(matched).chain(others).map(|schema| (Within, schema)).collect()
            }
            Self::Contains { schema, .. }
            | Self::PropertyNames(schema)
            | Self::UnevaluatedItems(schema)
            | Self::UnevaluatedProperties(schema) => vec![(Within, *schema)],
            Self::Enum(_)
            | Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::Minimum(_)
            | Self::ExclusiveMinimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::DependentRequired(_)
            | Self::EveryMember => Vec::new(),
        }
    }

    /// The same keyword with other schemas. What keeps branches apart is to be found out again.
    pub fn map_children(self, mut map: impl FnMut(Application, SchemaId) -> SchemaId) -> Self {
        use Application::{Condition, InPlace, Within};
        match self {
            Self::Ref(schema) => Self::Ref(map(InPlace, schema)),
            Self::AllOf(parts) => Self::AllOf(parts.into_iter().map(|part| map(InPlace, part)).collect()),
            Self::AnyOf(Branches { parts, .. }) => {
                Self::AnyOf(Branches::of(parts.into_iter().map(|part| map(InPlace, part)).collect()))
            }
            Self::OneOf(Branches { parts, .. }) => {
                Self::OneOf(Branches::of(parts.into_iter().map(|part| map(InPlace, part)).collect()))
            }
            Self::DependentSchemas(named) => {
                Self::DependentSchemas(named.into_iter().map(|(name, schema)| (name, map(InPlace, schema))).collect())
            }
            Self::Not(schema) => Self::Not(map(Condition, schema)),
            Self::If { condition, then, otherwise } => Self::If {
                condition: map(Condition, condition),
                then: then.map(|branch| map(InPlace, branch)),
                otherwise: otherwise.map(|branch| map(InPlace, branch)),
            },
            Self::Items { prefix, rest } => Self::Items {
                prefix: prefix.into_iter().map(|schema| map(Within, schema)).collect(),
                rest: rest.map(|schema| map(Within, schema)),
            },
            Self::Members(Members { mut properties, required, mut patterns, additional }) => {
                properties.iter_mut().for_each(|property| property.schema = map(Within, property.schema));
                patterns.iter_mut().for_each(|(_, schema)| *schema = map(Within, *schema));
                let additional = match additional {
                    AdditionalProperties::Schema(schema) => AdditionalProperties::Schema(map(Within, schema)),
                    AdditionalProperties::Allowed => AdditionalProperties::Allowed,
                    AdditionalProperties::Denied => AdditionalProperties::Denied,
                };
                Self::Members(Members { properties, required, patterns, additional })
            }
            Self::Contains { schema, min, max } => Self::Contains { schema: map(Within, schema), min, max },
            Self::PropertyNames(schema) => Self::PropertyNames(map(Within, schema)),
            Self::UnevaluatedItems(schema) => Self::UnevaluatedItems(map(Within, schema)),
            Self::UnevaluatedProperties(schema) => Self::UnevaluatedProperties(map(Within, schema)),
            Self::Enum(_)
            | Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::Minimum(_)
            | Self::ExclusiveMinimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::DependentRequired(_)
            | Self::EveryMember => self,
        }
    }

    /// The schemas that it applies to the instance itself.
    pub fn in_place(&self) -> Vec<SchemaId> {
        let children = self.children().into_iter();
        children.filter(|(application, _)| *application != Application::Within).map(|(_, schema)| schema).collect()
    }

    /// Its patterns, of texts and of names of members.
    pub fn patterns(&self) -> Vec<&str> {
        match self {
            Self::Pattern(source) => vec![source],
            Self::Members(members) => members.patterns.iter().map(|(source, _)| source.as_str()).collect(),
            Self::Enum(_)
            | Self::MinLength(_)
            | Self::MaxLength(_)
            | Self::Format(_)
            | Self::Minimum(_)
            | Self::ExclusiveMinimum(_)
            | Self::Maximum(_)
            | Self::ExclusiveMaximum(_)
            | Self::MultipleOf(_)
            | Self::Items { .. }
            | Self::MinItems(_)
            | Self::MaxItems(_)
            | Self::UniqueItems
            | Self::Contains { .. }
            | Self::MinProperties(_)
            | Self::MaxProperties(_)
            | Self::PropertyNames(_)
            | Self::DependentRequired(_)
            | Self::DependentSchemas(_)
            | Self::Ref(_)
            | Self::AllOf(_)
            | Self::AnyOf(_)
            | Self::OneOf(_)
            | Self::Not(_)
            | Self::If { .. }
            | Self::EveryMember
            | Self::UnevaluatedItems(_)
            | Self::UnevaluatedProperties(_) => Vec::new(),
        }
    }
}
