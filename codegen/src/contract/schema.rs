//! Schemas in the listing.
//!
//! What fits on a line is said on it ([`described`]); members, branches and long enums follow below, indented
//! ([`nested_lines`]). A named schema is only named where it is used, and spelled out once.

use crate::api::{AdditionalProperties, Api, Component, Keyword, Members, Schema, SchemaId, TypeSet};
use crate::contract::text;

/// Enums up to this size are said on the line of their schema.
const SHORT_ENUM: usize = 8;

/// How deep schemas are written inside each other before the listing gives their place only.
const DEEPEST: usize = 32;

pub(crate) fn component_lines(api: &Api, component: &Component, lines: &mut Vec<String>) {
    let schema = api.schemas.get(component.schema);
    // A component may be another name of one that is stated elsewhere.
    if schema.name.as_ref() != Some(&component.name) {
        lines.push(format!("schema {} = {}", text::schema(&component.name), described(api, component.schema)));
        return;
    }
    lines.push(format!("schema {}: {}", text::schema(&component.name), words(api, schema).join(", ")));
    body_lines(api, schema, 1, lines);
}

/// A schema in one line: its name where it has one, otherwise its types and rules.
pub(crate) fn described(api: &Api, id: SchemaId) -> String {
    described_within(api, id, 0)
}

fn described_within(api: &Api, id: SchemaId, depth: usize) -> String {
    if let Some(name) = component_name(api, id) {
        return text::schema(name).into_owned();
    }
    let schema = api.schemas.get(id);
    if depth > DEEPEST {
        return format!("see {}", text::name(&schema.pointer));
    }
    words_within(api, schema, depth).join(", ")
}

fn component_name(api: &Api, id: SchemaId) -> Option<&str> {
    api.schemas.get(id).name.as_deref()
}

fn words(api: &Api, schema: &Schema) -> Vec<String> {
    words_within(api, schema, 0)
}

fn words_within(api: &Api, schema: &Schema, depth: usize) -> Vec<String> {
    let types = match schema.types {
        TypeSet::ANY => "any".to_owned(),
        TypeSet::NONE => "nothing".to_owned(),
        types => types.names().join(" or "),
    };
    let mut words = vec![types];
    for keyword in &schema.keywords {
        match keyword {
            Keyword::Enum(values) if values.len() <= SHORT_ENUM => {
                let values: Vec<String> = values.iter().map(text::json).collect();
                words.push(format!("enum {}", values.join(" | ")));
            }
            Keyword::Enum(_) => words.push("enum".to_owned()),
            Keyword::MinLength(limit) => words.push(format!("minLength {limit}")),
            Keyword::MaxLength(limit) => words.push(format!("maxLength {limit}")),
            Keyword::Pattern(pattern) => words.push(format!("pattern {pattern:?}")),
            Keyword::Format(format) => words.push(format!("format {}", text::name(&format.name))),
            Keyword::Minimum(bound) => words.push(format!("minimum {bound}")),
            Keyword::ExclusiveMinimum(bound) => words.push(format!("exclusiveMinimum {bound}")),
            Keyword::Maximum(bound) => words.push(format!("maximum {bound}")),
            Keyword::ExclusiveMaximum(bound) => words.push(format!("exclusiveMaximum {bound}")),
            Keyword::MultipleOf(step) => words.push(format!("multipleOf {step}")),
            Keyword::Items { prefix, rest } => {
                if !prefix.is_empty() {
                    words.push(format!("prefixItems {}", prefix.len()));
                }
                if let Some(rest) = rest {
                    words.push(format!("of ({})", described_within(api, *rest, depth + 1)));
                }
            }
            Keyword::MinItems(limit) => words.push(format!("minItems {limit}")),
            Keyword::MaxItems(limit) => words.push(format!("maxItems {limit}")),
            Keyword::UniqueItems => words.push("uniqueItems".to_owned()),
            Keyword::Contains { schema, min, max } => {
                let max = max.map(|max| format!(" to {max}")).unwrap_or_default();
                words.push(format!("contains {min}{max} ({})", described_within(api, *schema, depth + 1)));
            }
            Keyword::Members(members) => members_words(api, members, depth, &mut words),
            Keyword::MinProperties(limit) => words.push(format!("minProperties {limit}")),
            Keyword::MaxProperties(limit) => words.push(format!("maxProperties {limit}")),
            Keyword::PropertyNames(schema) => {
                words.push(format!("propertyNames ({})", described_within(api, *schema, depth + 1)));
            }
            Keyword::DependentRequired(named) => {
                for (name, required) in named {
                    words.push(format!("{} requires {}", text::listed(name), names(required)));
                }
            }
            Keyword::DependentSchemas(named) => {
                for (name, schema) in named {
                    words.push(format!(
                        "{} demands ({})",
                        text::listed(name),
                        described_within(api, *schema, depth + 1)
                    ));
                }
            }
            Keyword::Ref(schema) => words.push(format!("and {}", described_within(api, *schema, depth + 1))),
            Keyword::AllOf(parts) => words.push(format!("allOf {}", parts.len())),
            Keyword::AnyOf(branches) => words.push(format!("anyOf {}", branches.parts.len())),
            Keyword::OneOf(branches) => words.push(format!("oneOf {}", branches.parts.len())),
            Keyword::Not(schema) => words.push(format!("not ({})", described_within(api, *schema, depth + 1))),
            Keyword::If { condition, then, otherwise } => {
                words.push(format!("if ({})", described_within(api, *condition, depth + 1)));
                for (word, schema) in [("then", then), ("else", otherwise)] {
                    if let Some(schema) = schema {
                        words.push(format!("{word} ({})", described_within(api, *schema, depth + 1)));
                    }
                }
            }
            Keyword::EveryMember => {}
            Keyword::UnevaluatedItems(schema) => {
                words.push(format!("unevaluatedItems ({})", described_within(api, *schema, depth + 1)));
            }
            Keyword::UnevaluatedProperties(schema) => {
                words.push(format!("unevaluatedProperties ({})", described_within(api, *schema, depth + 1)));
            }
        }
    }
    let annotations = &schema.annotations;
    for (said, word) in [
        (schema.sensitive, "sensitive"),
        (annotations.read_only, "readOnly"),
        (annotations.write_only, "writeOnly"),
        (annotations.deprecated, "deprecated"),
    ] {
        if said {
            words.push(word.to_owned());
        }
    }
    if let Some(default) = annotations.default.as_ref().filter(|_| !schema.sensitive) {
        words.push(format!("default {}", text::json(default)));
    }
    if let Some(discriminator) = &schema.discriminator {
        words.push(format!("discriminator {}", text::name(&discriminator.property)));
        let default = discriminator.default.and_then(|default| api.schemas.get(default).name.as_deref());
        words.extend(default.map(|name| format!("else {}", text::name(name))));
    }
    words
}

fn members_words(api: &Api, members: &Members, depth: usize, words: &mut Vec<String>) {
    if !members.required.is_empty() {
        words.push(format!("requires {}", names(&members.required)));
    }
    match members.additional {
        AdditionalProperties::Allowed => {}
        AdditionalProperties::Denied => words.push("closed".to_owned()),
        AdditionalProperties::Schema(schema) => {
            words.push(format!("others ({})", described_within(api, schema, depth + 1)));
        }
    }
}

fn names(names: &[String]) -> String {
    names.iter().map(|name| text::listed(name)).collect::<Vec<_>>().join(" and ")
}

/// What does not fit on the line of an unnamed schema.
pub(crate) fn nested_lines(api: &Api, id: SchemaId, indent: usize, lines: &mut Vec<String>) {
    if component_name(api, id).is_none() && indent < DEEPEST {
        body_lines(api, api.schemas.get(id), indent, lines);
    }
}

fn body_lines(api: &Api, schema: &Schema, indent: usize, lines: &mut Vec<String>) {
    let space = "  ".repeat(indent);
    for keyword in &schema.keywords {
        match keyword {
            Keyword::Enum(values) if values.len() > SHORT_ENUM => {
                lines.extend(values.iter().map(|value| format!("{space}| {}", text::json(value))));
            }
            Keyword::Items { prefix, rest } => {
                for (index, part) in prefix.iter().enumerate() {
                    lines.push(format!("{space}{index}: {}", described(api, *part)));
                    nested_lines(api, *part, indent + 1, lines);
                }
                rest.iter().for_each(|rest| nested_lines(api, *rest, indent + 1, lines));
            }
            Keyword::Members(members) => {
                for property in &members.properties {
                    let required = if property.required { ", required" } else { "" };
                    lines.push(format!(
                        "{space}{}: {}{required}",
                        text::member(&property.name),
                        described(api, property.schema)
                    ));
                    nested_lines(api, property.schema, indent + 1, lines);
                }
                for (pattern, schema) in &members.patterns {
                    lines.push(format!("{space}{pattern:?}: {}", described(api, *schema)));
                    nested_lines(api, *schema, indent + 1, lines);
                }
                if let AdditionalProperties::Schema(schema) = members.additional {
                    nested_lines(api, schema, indent + 1, lines);
                }
            }
            Keyword::AllOf(parts) => part_lines(api, "allOf", parts, indent, lines),
            Keyword::AnyOf(branches) => part_lines(api, "anyOf", &branches.parts, indent, lines),
            Keyword::OneOf(branches) => part_lines(api, "oneOf", &branches.parts, indent, lines),
            Keyword::Contains { schema, .. }
            | Keyword::PropertyNames(schema)
            | Keyword::Not(schema)
            | Keyword::Ref(schema)
            | Keyword::UnevaluatedItems(schema)
            | Keyword::UnevaluatedProperties(schema) => nested_lines(api, *schema, indent + 1, lines),
            Keyword::DependentSchemas(named) => {
                named.iter().for_each(|(_, schema)| nested_lines(api, *schema, indent + 1, lines));
            }
            Keyword::If { condition, then, otherwise } => {
                for schema in std::iter::once(condition).chain(then).chain(otherwise) {
                    nested_lines(api, *schema, indent + 1, lines);
                }
            }
            Keyword::Enum(_)
            | Keyword::MinLength(_)
            | Keyword::MaxLength(_)
            | Keyword::Pattern(_)
            | Keyword::Format(_)
            | Keyword::Minimum(_)
            | Keyword::ExclusiveMinimum(_)
            | Keyword::Maximum(_)
            | Keyword::ExclusiveMaximum(_)
            | Keyword::MultipleOf(_)
            | Keyword::MinItems(_)
            | Keyword::MaxItems(_)
            | Keyword::UniqueItems
            | Keyword::EveryMember
            | Keyword::MinProperties(_)
            | Keyword::MaxProperties(_)
            | Keyword::DependentRequired(_) => {}
        }
    }
}

fn part_lines(api: &Api, word: &str, parts: &[SchemaId], indent: usize, lines: &mut Vec<String>) {
    for part in parts {
        lines.push(format!("{}{word}: {}", "  ".repeat(indent), described(api, *part)));
        nested_lines(api, *part, indent + 1, lines);
    }
}
