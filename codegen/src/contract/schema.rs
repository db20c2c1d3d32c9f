//! Schemas in the listing.
//!
//! A schema is described on one line as far as possible ([`described`]); members, branches and long enums follow below, indented
//! ([`nested_lines`]). A named schema is written out once, and named where it is used.

use crate::api::{AdditionalProperties, Api, Component, Items, Keyword, Schema, SchemaId, Term, TypeSet, Xml};
use crate::contract::text;

/// Maximum size of an enum that is listed on the line of its schema.
const SHORT_ENUM: usize = 8;

/// Maximum nesting of schemas that are written out; deeper ones are listed by their pointer.
const DEEPEST: usize = 32;

pub(crate) fn component_lines(api: &Api, component: &Component, lines: &mut Vec<String>) {
    let schema = api.schemas.get(component.schema);
    // A component may be an alias of another schema.
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
            // The others say it themselves.
            keyword => words.extend(keyword.terms().iter().map(|terms| phrase(api, terms, depth))),
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
    words.extend(annotations.xml.as_ref().map(xml_words));
    if let Some(discriminator) = &schema.discriminator {
        words.push(format!("discriminator {}", text::name(&discriminator.property)));
        let default = discriminator.default.and_then(|default| api.schemas.get(default).name.as_deref());
        words.extend(default.map(|name| format!("else {}", text::name(name))));
    }
    words
}

/// How a value is written in XML: `xml attribute name id`.
fn xml_words(xml: &Xml) -> String {
    let node_type = xml.node_type.map(|node_type| format!(" {}", node_type.name())).unwrap_or_default();
    let texts = [("name", &xml.name), ("prefix", &xml.prefix), ("namespace", &xml.namespace)];
    let texts = texts.iter().filter_map(|(what, text)| Some(format!(" {what} {}", text::word(text.as_ref()?))));
    format!("xml{node_type}{}", texts.collect::<String>())
}

/// The words of a phrase.
fn phrase(api: &Api, terms: &[Term<'_>], depth: usize) -> String {
    let words = terms.iter().map(|term| match term {
        Term::Word(word) => word.clone(),
        Term::Name(name) => text::name(name).into_owned(),
        Term::Names(list) => names(list),
        Term::Pattern(source) => format!("{source:?}"),
        Term::Schema(schema) => described_within(api, *schema, depth + 1),
        Term::Within(schema) => format!("({})", described_within(api, *schema, depth + 1)),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn names(names: &[String]) -> String {
    names.iter().map(|name| text::listed(name)).collect::<Vec<_>>().join(" and ")
}

/// The lines below the line of an unnamed schema.
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
            Keyword::Items(Items { prefix, rest }) => {
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
            // The schemas of all other keywords.
            keyword => keyword.children().iter().for_each(|(_, schema)| nested_lines(api, *schema, indent + 1, lines)),
        }
    }
}

fn part_lines(api: &Api, word: &str, parts: &[SchemaId], indent: usize, lines: &mut Vec<String>) {
    for part in parts {
        lines.push(format!("{}{word}: {}", "  ".repeat(indent), described(api, *part)));
        nested_lines(api, *part, indent + 1, lines);
    }
}
