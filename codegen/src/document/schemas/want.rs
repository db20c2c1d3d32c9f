//! What each keyword may hold, by version.

use crate::document::Version;

/// What a keyword may hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    Count,
    Number,
    Positive,
    Text,
    Flag,
    Array,
    Object,
    TextArrayMap,
    Required,
    Discriminator,
    Type,
    Pattern,
    PatternMap,
    Schema,
    SchemaOrFlag,
    SchemaArray,
    SchemaMap,
    Items,
    Bound,
    Anything,
}

pub(crate) fn want(keyword: &str, version: Version) -> Want {
    let newer = version > Version::V3_0;
    match keyword {
        "maxLength" | "minLength" | "maxItems" | "minItems" | "maxProperties" | "minProperties" => Want::Count,
        "minContains" | "maxContains" if newer => Want::Count,
        "minimum" | "maximum" => Want::Number,
        "multipleOf" => Want::Positive,
        "exclusiveMinimum" | "exclusiveMaximum" => Want::Bound,
        "title" | "description" | "format" => Want::Text,
        "$id" | "$schema" | "$anchor" | "$comment" | "contentEncoding" | "contentMediaType" if newer => Want::Text,
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems" => Want::Flag,
        "enum" => Want::Array,
        "discriminator" => Want::Discriminator,
        "xml" | "externalDocs" => Want::Object,
        "required" => Want::Required,
        "dependentRequired" if newer => Want::TextArrayMap,
        "type" => Want::Type,
        "pattern" => Want::Pattern,
        "patternProperties" if newer => Want::PatternMap,
        "properties" => Want::SchemaMap,
        "$defs" | "definitions" | "dependentSchemas" if newer => Want::SchemaMap,
        "items" => Want::Items,
        "prefixItems" if newer => Want::SchemaArray,
        "allOf" | "anyOf" | "oneOf" => Want::SchemaArray,
        "not" => Want::Schema,
        "contains" | "if" | "then" | "else" | "propertyNames" | "contentSchema" if newer => Want::Schema,
        "additionalProperties" => Want::SchemaOrFlag,
        "unevaluatedProperties" | "unevaluatedItems" if newer => Want::SchemaOrFlag,
        _ => Want::Anything,
    }
}
