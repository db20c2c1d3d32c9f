//! The keywords of schemas, in one table: since when, what each holds, and the types that it says something about.
//!
//! Reading checks values by it, walking and examples find schemas by it, and `did you mean` chooses from it.

use crate::document::version::Version;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a keyword may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A non-negative integer.
    Count,
    /// A number.
    Number,
    /// A number above zero.
    Positive,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// An array.
    Array,
    /// An object.
    Object,
    /// Arrays of strings by name.
    TextArrayMap,
    /// The names of `required`.
    Required,
    /// A Discriminator Object.
    Discriminator,
    /// A type, or types.
    Type,
    /// A regular expression.
    Pattern,
    /// Schemas by regular expression.
    PatternMap,
    /// A schema.
    Schema,
    /// A schema, or `true` or `false`.
    SchemaOrFlag,
    /// An array of schemas.
    SchemaArray,
    /// Schemas by name.
    SchemaMap,
    /// A schema, or an array of them as older drafts have it.
    Items,
    /// A flag in 3.0, a number in 3.1.
    Bound,
    /// Any value.
    Anything,
}

/// The version that first has a keyword.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Since {
    /// 3.0 (OpenAPI 3.0.4, "Schema Object"); 2.0 has no others.
    V3_0,
    /// 3.1 (JSON Schema 2020-12); a document of 3.0 that states it is read as it is meant.
    V3_1AsMeant,
    /// 3.1; it has no effect in a document of 3.0.
    V3_1,
}

/// Any type.
const ANY: Option<&[&str]> = None;
const STRING: Option<&[&str]> = Some(&["string", "file"]);
const NUMBER: Option<&[&str]> = Some(&["number", "integer"]);
const ARRAY: Option<&[&str]> = Some(&["array"]);
const OBJECT: Option<&[&str]> = Some(&["object"]);

/// It restricts values, or says how they are read or sent.
const ASSERTS: bool = true;
/// It describes, and no value can break it.
const DESCRIBES: bool = false;

type Entry = (&'static str, Since, Holds, Option<&'static [&'static str]>, bool);

/// All keywords.
#[rustfmt::skip]
const KEYWORDS: &[Entry] = &[
    ("$ref", Since::V3_0, Holds::Anything, ANY, DESCRIBES),
    ("additionalProperties", Since::V3_0, Holds::SchemaOrFlag, OBJECT, ASSERTS),
    ("allOf", Since::V3_0, Holds::SchemaArray, ANY, ASSERTS),
    ("anyOf", Since::V3_0, Holds::SchemaArray, ANY, ASSERTS),
    ("default", Since::V3_0, Holds::Anything, ANY, DESCRIBES),
    ("deprecated", Since::V3_0, Holds::Flag, ANY, DESCRIBES),
    ("description", Since::V3_0, Holds::Text, ANY, DESCRIBES),
    ("discriminator", Since::V3_0, Holds::Discriminator, ANY, ASSERTS),
    ("enum", Since::V3_0, Holds::Array, ANY, ASSERTS),
    ("example", Since::V3_0, Holds::Anything, ANY, DESCRIBES),
    ("exclusiveMaximum", Since::V3_0, Holds::Bound, NUMBER, ASSERTS),
    ("exclusiveMinimum", Since::V3_0, Holds::Bound, NUMBER, ASSERTS),
    ("externalDocs", Since::V3_0, Holds::Object, ANY, DESCRIBES),
    ("format", Since::V3_0, Holds::Text, ANY, ASSERTS),
    ("items", Since::V3_0, Holds::Items, ARRAY, ASSERTS),
    ("maxItems", Since::V3_0, Holds::Count, ARRAY, ASSERTS),
    ("maxLength", Since::V3_0, Holds::Count, STRING, ASSERTS),
    ("maxProperties", Since::V3_0, Holds::Count, OBJECT, ASSERTS),
    ("maximum", Since::V3_0, Holds::Number, NUMBER, ASSERTS),
    ("minItems", Since::V3_0, Holds::Count, ARRAY, ASSERTS),
    ("minLength", Since::V3_0, Holds::Count, STRING, ASSERTS),
    ("minProperties", Since::V3_0, Holds::Count, OBJECT, ASSERTS),
    ("minimum", Since::V3_0, Holds::Number, NUMBER, ASSERTS),
    ("multipleOf", Since::V3_0, Holds::Positive, NUMBER, ASSERTS),
    ("not", Since::V3_0, Holds::Schema, ANY, ASSERTS),
    ("nullable", Since::V3_0, Holds::Flag, ANY, ASSERTS),
    ("oneOf", Since::V3_0, Holds::SchemaArray, ANY, ASSERTS),
    ("pattern", Since::V3_0, Holds::Pattern, STRING, ASSERTS),
    ("properties", Since::V3_0, Holds::SchemaMap, OBJECT, ASSERTS),
    ("readOnly", Since::V3_0, Holds::Flag, ANY, ASSERTS),
    ("required", Since::V3_0, Holds::Required, OBJECT, ASSERTS),
    ("title", Since::V3_0, Holds::Text, ANY, DESCRIBES),
    ("type", Since::V3_0, Holds::Type, ANY, ASSERTS),
    ("uniqueItems", Since::V3_0, Holds::Flag, ARRAY, ASSERTS),
    ("writeOnly", Since::V3_0, Holds::Flag, ANY, ASSERTS),
    ("xml", Since::V3_0, Holds::Object, ANY, DESCRIBES),
    ("$anchor", Since::V3_1AsMeant, Holds::Text, ANY, DESCRIBES),
    ("$comment", Since::V3_1AsMeant, Holds::Text, ANY, DESCRIBES),
    ("$defs", Since::V3_1AsMeant, Holds::SchemaMap, ANY, DESCRIBES),
    ("$dynamicAnchor", Since::V3_1, Holds::Anything, ANY, ASSERTS),
    ("$dynamicRef", Since::V3_1, Holds::Anything, ANY, ASSERTS),
    ("$id", Since::V3_1AsMeant, Holds::Text, ANY, DESCRIBES),
    ("$schema", Since::V3_1AsMeant, Holds::Text, ANY, DESCRIBES),
    ("$vocabulary", Since::V3_1, Holds::Anything, ANY, DESCRIBES),
    ("const", Since::V3_1, Holds::Anything, ANY, ASSERTS),
    ("contains", Since::V3_1AsMeant, Holds::Schema, ARRAY, ASSERTS),
    ("contentEncoding", Since::V3_1AsMeant, Holds::Text, ANY, ASSERTS),
    ("contentMediaType", Since::V3_1AsMeant, Holds::Text, ANY, ASSERTS),
    ("contentSchema", Since::V3_1, Holds::Schema, ANY, ASSERTS),
    ("definitions", Since::V3_1AsMeant, Holds::SchemaMap, ANY, DESCRIBES),
    ("dependentRequired", Since::V3_1AsMeant, Holds::TextArrayMap, OBJECT, ASSERTS),
    ("dependentSchemas", Since::V3_1AsMeant, Holds::SchemaMap, OBJECT, ASSERTS),
    ("else", Since::V3_1AsMeant, Holds::Schema, ANY, ASSERTS),
    ("examples", Since::V3_1AsMeant, Holds::Anything, ANY, DESCRIBES),
    ("if", Since::V3_1AsMeant, Holds::Schema, ANY, ASSERTS),
    ("maxContains", Since::V3_1AsMeant, Holds::Count, ANY, ASSERTS),
    ("minContains", Since::V3_1AsMeant, Holds::Count, ANY, ASSERTS),
    ("patternProperties", Since::V3_1AsMeant, Holds::PatternMap, OBJECT, ASSERTS),
    ("prefixItems", Since::V3_1AsMeant, Holds::SchemaArray, ARRAY, ASSERTS),
    ("propertyNames", Since::V3_1AsMeant, Holds::Schema, OBJECT, ASSERTS),
    ("then", Since::V3_1AsMeant, Holds::Schema, ANY, ASSERTS),
    ("unevaluatedItems", Since::V3_1, Holds::SchemaOrFlag, ARRAY, ASSERTS),
    ("unevaluatedProperties", Since::V3_1, Holds::SchemaOrFlag, OBJECT, ASSERTS),
];

/// Keywords of older drafts of JSON Schema, which 2020-12 has replaced.
const OF_OLDER_DRAFTS: &[(&str, &str)] = &[
    ("$recursiveAnchor", "$dynamicAnchor"),
    ("additionalItems", "items"),
    ("dependencies", "dependentRequired` or `dependentSchemas"),
    ("divisibleBy", "multipleOf"),
    ("extends", "allOf"),
    ("disallow", "not"),
];

/// [`KEYWORDS`] by name: a document asks for each of its keys, several times.
static BY_NAME: LazyLock<HashMap<&str, &Entry>> =
    LazyLock::new(|| KEYWORDS.iter().map(|entry| (entry.0, entry)).collect());

fn entry(key: &str) -> Option<&'static Entry> {
    BY_NAME.get(key).copied()
}

/// Whether a key is a keyword of the version by which a schema restricts values, or says how they are read or sent.
pub fn asserts(key: &str, version: Version) -> bool {
    entry(key).is_some_and(|(_, since, .., asserts)| *asserts && (version > Version::V3_0 || *since == Since::V3_0))
}

/// The types that a keyword says something about; `None` for those of any.
pub fn applies_to(key: &str) -> Option<&'static [&'static str]> {
    entry(key).and_then(|(.., types, _)| *types)
}

/// What a key may hold in a version: anything, where the version does not know it.
pub(crate) fn holds(key: &str, version: Version) -> Holds {
    match entry(key) {
        Some((_, since, holds, ..)) if version > Version::V3_0 || *since == Since::V3_0 => *holds,
        _ => Holds::Anything,
    }
}

/// Where the schemas are that a keyword contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Schemas {
    /// It holds one.
    One,
    /// Its elements are.
    Listed,
    /// Its members are.
    Named,
    /// It holds one, or its elements are.
    OneOrListed,
}

/// Where the schemas are that a key holds, in any version.
pub(crate) fn schemas(key: &str) -> Option<Schemas> {
    match entry(key)?.2 {
        Holds::Schema | Holds::SchemaOrFlag => Some(Schemas::One),
        Holds::SchemaArray => Some(Schemas::Listed),
        Holds::SchemaMap | Holds::PatternMap => Some(Schemas::Named),
        Holds::Items => Some(Schemas::OneOrListed),
        Holds::Count
        | Holds::Number
        | Holds::Positive
        | Holds::Text
        | Holds::Flag
        | Holds::Array
        | Holds::Object
        | Holds::TextArrayMap
        | Holds::Required
        | Holds::Discriminator
        | Holds::Type
        | Holds::Pattern
        | Holds::Bound
        | Holds::Anything => None,
    }
}

/// The standing of a schema's key in a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A keyword of the version, or an extension.
    Known,
    /// A keyword of 3.1 in a document of 3.0, which counts all the same.
    Newer,
    /// A keyword of 3.1 in a document of 3.0, which is ignored.
    NewerIgnored,
    /// A keyword of an older draft; what took its place.
    Older(&'static str),
    /// No keyword.
    Unknown,
}

/// The keywords of a version.
pub fn keywords(version: Version) -> impl Iterator<Item = &'static str> {
    let known = move |(_, since, ..): &&Entry| version > Version::V3_0 || *since == Since::V3_0;
    KEYWORDS.iter().filter(known).map(|(keyword, ..)| *keyword)
}

/// The standing of a schema's key in a version.
pub fn standing(key: &str, version: Version) -> Standing {
    match entry(key) {
        _ if key.starts_with("x-") => Standing::Known,
        Some((_, Since::V3_1AsMeant, ..)) if version == Version::V3_0 => Standing::Newer,
        Some((_, Since::V3_1, ..)) if version == Version::V3_0 => Standing::NewerIgnored,
        Some(_) => Standing::Known,
        // Keywords that are not enforced are reported elsewhere.
        None if key == "$recursiveRef" => Standing::Known,
        None => OF_OLDER_DRAFTS
            .iter()
            .find(|(old, _)| *old == key)
            .map_or(Standing::Unknown, |(_, new)| Standing::Older(new)),
    }
}
