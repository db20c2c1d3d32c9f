//! The keywords of schemas, by version, and the types that they say something about.

use crate::document::Version;

/// The keywords of 3.0 (OpenAPI 3.0.4, "Schema Object"); 2.0 has no others.
const OF_3_0: &[&str] = &[
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// What 3.1 has besides (JSON Schema 2020-12, and `definitions`, which it keeps for older documents).
const SINCE_3_1: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "$vocabulary",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "definitions",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "examples",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Those of 3.1 that a document of 3.0 states in vain; the others are read as they are meant.
const IGNORED_IN_3_0: &[&str] = &[
    "$dynamicAnchor",
    "$dynamicRef",
    "$vocabulary",
    "const",
    "contentSchema",
    "unevaluatedItems",
    "unevaluatedProperties",
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

/// Keywords that describe, and that no value can break.
const ANNOTATIONS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$id",
    "$ref",
    "$schema",
    "$vocabulary",
    "default",
    "definitions",
    "deprecated",
    "description",
    "example",
    "examples",
    "externalDocs",
    "title",
    "xml",
];

/// Whether a key is a keyword of the version by which a schema restricts values, or says how they are read or sent.
pub fn asserts(key: &str, version: Version) -> bool {
    keywords(version).any(|keyword| keyword == key) && !ANNOTATIONS.contains(&key)
}

/// The types that a keyword says something about; `None` for those of any.
pub fn applies_to(keyword: &str) -> Option<&'static [&'static str]> {
    match keyword {
        "maxLength" | "minLength" | "pattern" => Some(&["string", "file"]),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Some(&["number", "integer"]),
        "items" | "minItems" | "maxItems" | "uniqueItems" | "prefixItems" | "contains" | "unevaluatedItems" => {
            Some(&["array"])
        }
        "properties"
        | "required"
        | "additionalProperties"
        | "minProperties"
        | "maxProperties"
        | "patternProperties"
        | "propertyNames"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedProperties" => Some(&["object"]),
        _ => None,
    }
}

/// How a version knows a key of a schema.
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
    let newer: &[&str] = if version == Version::V3_0 { &[] } else { SINCE_3_1 };
    OF_3_0.iter().chain(newer).copied()
}

/// How a version knows a key of a schema.
pub fn standing(key: &str, version: Version) -> Standing {
    if key.starts_with("x-") || OF_3_0.contains(&key) {
        return Standing::Known;
    }
    if SINCE_3_1.contains(&key) {
        return match version {
            Version::V3_1 => Standing::Known,
            Version::V3_0 if IGNORED_IN_3_0.contains(&key) => Standing::NewerIgnored,
            Version::V3_0 => Standing::Newer,
        };
    }
    // What it asserts is told where it is not enforced.
    if key == "$recursiveRef" {
        return Standing::Known;
    }
    OF_OLDER_DRAFTS.iter().find(|(old, _)| *old == key).map_or(Standing::Unknown, |(_, new)| Standing::Older(new))
}
