//! The outside judge of the checker: the JSON Schema test suite (draft 2020-12), transcribed into rules at run time.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::path::{Path, PathBuf};

use planchet::support::{
    Additional, Contains, Decimal, Format, If, Items, Keyword, Literal, Members, Pattern, Property, Rules, Types,
    check_value,
};
use serde_json::{Map, Value};

/// Files about what documents do not carry into rules, or (`format`) about a mode in which formats assert nothing.
const NOT_CARRIED: &[&str] = &["anchor", "dynamicRef", "format", "refRemote", "vocabulary"];

/// The same among the optional files: identifiers, other drafts.
const NOT_CARRIED_OPTIONAL: &[&str] = &[
    "anchor",
    "cross-draft",
    "dependencies-compatibility",
    "dynamicRef",
    "format-assertion",
    "id",
    "no-schema",
    "refOfUnknownKeyword",
    "unknownKeyword",
];

/// Formats without a meaning of their own.
const NO_FORMAT: &[&str] = &[
    "ecmascript-regex",
    "idn-email",
    "idn-hostname",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "uri-template",
];

/// Host names are those of RFC 1123: what stands behind the punycode of `xn--` (RFC 5890) is not judged.
const NO_GROUP: &[&str] = &["validation of A-label (punycode) host names"];

/// Keywords that are not carried.
const REFUSED: &[&str] =
    &["$id", "$anchor", "$dynamicRef", "$dynamicAnchor", "unevaluatedItems", "unevaluatedProperties"];

/// The exact number of a text, as the generator reads it.
fn decimal(text: &str) -> Option<Decimal> {
    planchet::api::Decimal::parse(text).map(|parsed| Decimal::new(parsed.negative, parsed.digits, parsed.exponent))
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_all<T>(values: Vec<T>) -> &'static [T] {
    Box::leak(values.into_boxed_slice())
}

fn leak_text(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

struct Transcriber<'a> {
    root: &'a Value,
}

impl Transcriber<'_> {
    /// The rules of a schema; `None` when it has a keyword that is not carried. References are unrolled `depth` times.
    fn rules(&self, schema: &Value, depth: usize) -> Option<&'static Rules> {
        match schema {
            Value::Bool(true) => Some(&Rules::ANY),
            Value::Bool(false) => Some(leak(Rules { types: Types(0), ..Rules::ANY })),
            Value::Object(schema) => self.object(schema, depth),
            _ => None,
        }
    }

    fn each(&self, schemas: &Value, depth: usize) -> Option<&'static [&'static Rules]> {
        let rules = schemas.as_array()?.iter().map(|schema| self.rules(schema, depth)).collect::<Option<Vec<_>>>()?;
        Some(leak_all(rules))
    }

    fn object(&self, schema: &Map<String, Value>, depth: usize) -> Option<&'static Rules> {
        if REFUSED.iter().any(|name| schema.contains_key(*name)) {
            return None;
        }
        let mut keywords = Vec::new();
        let mut types = Types::ANY;
        if let Some(named) = schema.get("type") {
            let list = named.as_array().cloned().unwrap_or_else(|| vec![named.clone()]);
            types = list.iter().map(type_of).fold(Types(0), Types::or);
        }
        if let Some(literals) = schema.get("enum").and_then(Value::as_array) {
            keywords.push(Keyword::Enum(leak_all(literals.iter().map(literal).collect())));
        }
        if let Some(value) = schema.get("const") {
            keywords.push(Keyword::Enum(leak_all(vec![literal(value)])));
        }
        let count = |name: &str| schema.get(name).and_then(Value::as_f64).map(|number| number as u64);
        let number = |name: &str| schema.get(name).map(|number| decimal(&number.to_string()).unwrap());
        keywords.extend(count("minLength").map(Keyword::MinLength));
        keywords.extend(count("maxLength").map(Keyword::MaxLength));
        if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
            keywords.push(Keyword::Pattern(leak(Pattern::new(leak_text(pattern)))));
        }
        if let Some(name) = schema.get("format").and_then(Value::as_str) {
            keywords.extend(Format::from_name(name).map(Keyword::Format));
        }
        keywords.extend(number("minimum").map(Keyword::Minimum));
        keywords.extend(number("exclusiveMinimum").map(Keyword::ExclusiveMinimum));
        keywords.extend(number("maximum").map(Keyword::Maximum));
        keywords.extend(number("exclusiveMaximum").map(Keyword::ExclusiveMaximum));
        keywords.extend(number("multipleOf").map(Keyword::MultipleOf));
        if schema.contains_key("prefixItems") || schema.contains_key("items") {
            let prefix = match schema.get("prefixItems") {
                Some(prefix) => self.each(prefix, depth)?,
                None => &[],
            };
            let rest = self.optional(schema, "items", depth)?;
            keywords.push(Keyword::Items(leak(Items { prefix, rest })));
        }
        keywords.extend(count("minItems").map(Keyword::MinItems));
        keywords.extend(count("maxItems").map(Keyword::MaxItems));
        if schema.get("uniqueItems") == Some(&Value::Bool(true)) {
            keywords.push(Keyword::UniqueItems);
        }
        if let Some(rules) = self.optional(schema, "contains", depth)? {
            let (min, max) = (count("minContains").unwrap_or(1), count("maxContains"));
            keywords.push(Keyword::Contains(leak(Contains { rules, min, max })));
        }
        keywords.extend(self.members(schema, depth)?);
        keywords.extend(count("minProperties").map(Keyword::MinProperties));
        keywords.extend(count("maxProperties").map(Keyword::MaxProperties));
        keywords.extend(self.optional(schema, "propertyNames", depth)?.map(Keyword::PropertyNames));
        if let Some(Value::Object(dependencies)) = schema.get("dependentRequired") {
            let entry = |(by, names): (&String, &Value)| (leak_text(by), texts(names));
            keywords.push(Keyword::DependentRequired(leak_all(dependencies.iter().map(entry).collect())));
        }
        if let Some(Value::Object(dependencies)) = schema.get("dependentSchemas") {
            let entry = |(by, schema): (&String, &Value)| Some((leak_text(by), self.rules(schema, depth)?));
            keywords.push(Keyword::DependentSchemas(leak_all(dependencies.iter().map(entry).collect::<Option<_>>()?)));
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            keywords.push(Keyword::Ref(self.reference(reference, depth)?));
        }
        if let Some(branches) = schema.get("allOf") {
            keywords.push(Keyword::AllOf(self.each(branches, depth)?));
        }
        if let Some(branches) = schema.get("anyOf") {
            keywords.push(Keyword::AnyOf(self.each(branches, depth)?));
        }
        if let Some(branches) = schema.get("oneOf") {
            keywords.push(Keyword::OneOf(self.each(branches, depth)?));
        }
        keywords.extend(self.optional(schema, "not", depth)?.map(Keyword::Not));
        if let Some(condition) = self.optional(schema, "if", depth)? {
            let then = self.optional(schema, "then", depth)?;
            let otherwise = self.optional(schema, "else", depth)?;
            keywords.push(Keyword::If(leak(If { condition, then, otherwise })));
        }
        Some(leak(Rules { types, keywords: leak_all(keywords), ..Rules::ANY }))
    }

    fn optional(&self, schema: &Map<String, Value>, name: &str, depth: usize) -> Option<Option<&'static Rules>> {
        schema.get(name).map_or(Some(None), |schema| self.rules(schema, depth).map(Some))
    }

    fn members(&self, schema: &Map<String, Value>, depth: usize) -> Option<Option<Keyword>> {
        let names = ["properties", "required", "patternProperties", "additionalProperties"];
        if !names.iter().any(|name| schema.contains_key(*name)) {
            return Some(None);
        }
        let none = Map::new();
        let map = |name: &str| schema.get(name).and_then(Value::as_object).unwrap_or(&none);
        let required = schema.get("required").map_or(&[][..], texts);
        let mut properties = Vec::new();
        for (name, schema) in map("properties") {
            let required = required.contains(&name.as_str());
            properties.push(Property { name: leak_text(name), required, rules: self.rules(schema, depth)? });
        }
        let undeclared = |name: &&&'static str| !properties.iter().any(|property| property.name == **name);
        let required = leak_all(required.iter().filter(undeclared).copied().collect());
        let mut patterns: Vec<(&'static Pattern, &'static Rules)> = Vec::new();
        for (pattern, schema) in map("patternProperties") {
            patterns.push((leak(Pattern::new(leak_text(pattern))), self.rules(schema, depth)?));
        }
        let additional = match schema.get("additionalProperties") {
            None | Some(Value::Bool(true)) => Additional::Allowed,
            Some(Value::Bool(false)) => Additional::Denied,
            Some(schema) => Additional::Rules(self.rules(schema, depth)?),
        };
        let (properties, patterns) = (leak_all(properties), leak_all(patterns));
        Some(Some(Keyword::Members(leak(Members { properties, required, patterns, additional }))))
    }

    fn reference(&self, reference: &str, depth: usize) -> Option<&'static Rules> {
        let pointer = reference.strip_prefix('#')?.replace("%25", "%").replace("%22", "\"");
        let target = self.root.pointer(&pointer)?;
        if depth == 0 { Some(&Rules::ANY) } else { self.rules(target, depth - 1) }
    }
}

fn type_of(name: &Value) -> Types {
    match name.as_str().unwrap() {
        "null" => Types::NULL,
        "boolean" => Types::BOOLEAN,
        "integer" => Types::INTEGER,
        "number" => Types::NUMBER,
        "string" => Types::STRING,
        "array" => Types::ARRAY,
        "object" => Types::OBJECT,
        other => panic!("{other} is no type"),
    }
}

fn texts(names: &Value) -> &'static [&'static str] {
    leak_all(names.as_array().unwrap().iter().map(|name| leak_text(name.as_str().unwrap())).collect())
}

fn literal(value: &Value) -> Literal {
    match value {
        Value::Null => Literal::Null,
        Value::Bool(value) => Literal::Boolean(*value),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => Literal::Integer(number),
            (None, Some(number)) => Literal::Unsigned(number),
            (None, None) => Literal::Number(number.as_f64().unwrap()),
        },
        Value::String(text) => Literal::String(leak_text(text)),
        Value::Array(elements) => Literal::Array(leak_all(elements.iter().map(literal).collect())),
        Value::Object(members) => {
            Literal::Object(leak_all(members.iter().map(|(name, value)| (leak_text(name), literal(value))).collect()))
        }
    }
}

fn suite() -> PathBuf {
    std::env::var_os("PLANCHET_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from)
        .join("json-schema-test-suite/draft2020-12")
}

/// Runs the files of one folder; returns the wrong verdicts.
fn run(folder: &Path, left_out: &[&str]) -> Vec<String> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    let mut wrong = Vec::new();
    let (mut total, mut total_skipped) = (0, 0);
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let groups: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let (mut passed, mut skipped) = (0, 0);
        for group in groups.as_array().unwrap() {
            let tests = group["tests"].as_array().unwrap();
            let schema = &group["schema"];
            let listed = |list: &[&str], name: &Value| list.iter().any(|listed| name == listed);
            let carried = !left_out.contains(&name.as_str()) && !listed(NO_GROUP, &group["description"]);
            let rules = carried.then(|| Transcriber { root: schema }.rules(schema, 6)).flatten();
            let Some(rules) = rules else {
                skipped += tests.len();
                continue;
            };
            for test in tests {
                let verdict = check_value(&test["data"], rules);
                if verdict.is_ok() == test["valid"].as_bool().unwrap() {
                    passed += 1;
                } else {
                    wrong.push(format!("{name}: {}: {}: {verdict:?}", group["description"], test["description"]));
                }
            }
        }
        println!("{name}: {passed} passed, {skipped} not carried");
        (total, total_skipped) = (total + passed, total_skipped + skipped);
    }
    println!("{} in all: {total} passed, {total_skipped} not carried, {} wrong", folder.display(), wrong.len());
    wrong
}

#[test]
fn every_verdict_is_that_of_the_suite() {
    let suite = suite();
    if !suite.is_dir() {
        println!("SKIPPED: 0 files checked, the JSON Schema test suite is not at {}", suite.display());
        return;
    }
    let mut wrong = run(&suite, NOT_CARRIED);
    wrong.extend(run(&suite.join("optional"), NOT_CARRIED_OPTIONAL));
    wrong.extend(run(&suite.join("optional/format"), NO_FORMAT));
    assert!(wrong.is_empty(), "{} wrong verdicts:\n{}", wrong.len(), wrong.join("\n"));
}
