//! Rules as static tables, which `support::check` walks.
//!
//! ```yaml
//! Card:
//!   type: object
//!   required: [number]
//!   properties:
//!     number: { type: string, maxLength: 30, x-sensitive: true }
//!   additionalProperties: false
//! ```
//!
//! ```text
//! pub static CARD: Rules = Rules::new("/components/schemas/Card", Types::OBJECT, &[
//!     Keyword::Members(&Members::new(&[0, 1], &[
//!         required("number", &Rules::new(
//!             "/components/schemas/Card/properties/number",
//!             Types::STRING,
//!             &[Keyword::max_length(30)],
//!         ).sensitive()),
//!     ]).closed()),
//! ]);
//! ```
//!
//! A schema that others refer to has a static of its own (its anchor); all others are written where they are used.

use std::collections::BTreeSet;

use heck::ToShoutySnakeCase as _;
use indexmap::IndexMap;

use crate::api::{
    AdditionalProperties, Api, Argument, Decimal, Exclusive, Format, FormatCheck, Keyword, Members, SchemaId, TypeSet,
    formats, slots,
};

use crate::emit::comment::docs::code;
use crate::emit::tables::patterns::pattern_names;
use crate::emit::text::expression::Expression;
use crate::emit::text::imports::import;
use crate::emit::text::layout::write_static;
use crate::emit::text::source::HEADER;

/// `rules.rs`: one static for each schema with an anchor, one for each pattern.
pub fn emit_rules(api: &Api) -> String {
    let mut rules = Rules {
        api,
        names: pattern_names(api),
        patterns: IndexMap::new(),
        formats: IndexMap::new(),
        uses: BTreeSet::new(),
    };
    let mut statics = String::new();
    for (index, schema) in api.schemas.0.iter().enumerate() {
        let Some(anchor) = &schema.anchor else { continue };
        statics.push_str(&format!("/// The rules at {}.\n", code(&schema.pointer)));
        write_static("pub static", anchor, "Rules", &rules.table(SchemaId(index)), &mut statics);
        statics.push('\n');
    }
    for (source, name) in &rules.patterns {
        let pattern = Expression::call("Pattern::new", vec![Expression::string(source)]);
        write_static("pub(super) static", name, "Pattern", &pattern, &mut statics);
    }
    for ((format, path), name) in &rules.formats {
        // The path of a function that the run-time code has begins with its module.
        if path.starts_with("support::") {
            rules.uses.insert("self");
        }
        let check =
            Expression::call("Format::of_text", vec![Expression::string(format), Expression::leaf(path.clone())]);
        write_static("static", name, "Format", &check, &mut statics);
    }
    let imports = import("super::super::support", &rules.uses);
    let blank = if statics.is_empty() { "" } else { "\n" };
    format!("{HEADER}\n//! The rules of the document, as static tables.\n\n{imports}{blank}{}\n", statics.trim_end())
}

struct Rules<'a> {
    api: &'a Api,
    /// Names of the statics of all patterns.
    names: IndexMap<&'a str, String>,
    /// Those that are used, in the order met.
    patterns: IndexMap<String, String>,
    /// Names of the statics of formats with a check of the user's, by name and path.
    formats: IndexMap<(String, String), String>,
    /// Names of `support`.
    uses: BTreeSet<&'static str>,
}

impl Rules<'_> {
    /// A reference to a schema's rules.
    fn reference(&mut self, id: SchemaId) -> Expression {
        let id = self.api.schemas.resolve_alias(id);
        let schema = self.api.schemas.get(id);
        if let Some(anchor) = &schema.anchor {
            return Expression::leaf(anchor.clone()).reference();
        }
        if schema.types == TypeSet::ANY && !schema.sensitive && schema.keywords.is_empty() {
            self.uses.insert("Rules");
            return Expression::leaf("Rules::ANY").reference();
        }
        self.table(id).reference()
    }

    fn references(&mut self, ids: &[SchemaId]) -> Expression {
        Expression::slice(ids.iter().map(|id| self.reference(*id)).collect())
    }

    fn optional(&mut self, id: Option<SchemaId>) -> Expression {
        match id {
            Some(id) => Expression::call("Some", vec![self.reference(id)]),
            None => Expression::leaf("None"),
        }
    }

    fn table(&mut self, id: SchemaId) -> Expression {
        self.uses.extend(["Rules", "Types"]);
        let schema = self.api.schemas.get(id);
        let keywords: Vec<Expression> = schema.keywords.iter().filter_map(|keyword| self.keyword(keyword)).collect();
        let items = vec![Expression::string(&schema.pointer), types(schema.types), Expression::slice(keywords)];
        let rules = Expression::call("Rules::new", items);
        if schema.sensitive { rules.method("sensitive", vec![]) } else { rules }
    }

    fn pattern(&mut self, source: &str) -> Expression {
        self.uses.insert("Pattern");
        let name = self.names.get(source).cloned().unwrap_or_default();
        self.patterns.insert(source.to_owned(), name.clone());
        Expression::leaf(name).reference()
    }

    /// The name of the static of a format: that of the format, unless a schema or another format has it.
    fn free_name(&self, format: &str) -> String {
        let stem = format.to_shouty_snake_case();
        let stem =
            if stem.starts_with(|first: char| first.is_ascii_uppercase()) { stem } else { format!("FORMAT_{stem}") };
        let is_taken = |name: &String| {
            let anchors = self.api.schemas.0.iter().filter_map(|schema| schema.anchor.as_ref());
            anchors.chain(self.formats.values()).chain(self.names.values()).any(|other| other == name)
        };
        let numbered = (1..).map(|number| format!("{stem}_FORMAT_{number}"));
        let names = [stem.clone(), format!("{stem}_FORMAT")].into_iter().chain(numbered);
        names.into_iter().find(|name| !is_taken(name)).unwrap_or(stem)
    }

    /// The static of a format; `None` for an annotation, as one is that nothing is known of.
    fn format(&mut self, format: &Format) -> Option<String> {
        match &format.check {
            FormatCheck::Annotate => None,
            FormatCheck::Assert => {
                let built_in = formats::built_in(&format.name)?;
                self.uses.insert("formats");
                Some(format!("formats::{built_in}"))
            }
            FormatCheck::Function(path) => {
                self.uses.insert("Format");
                let own = (format.name.clone(), path.clone());
                if let Some(name) = self.formats.get(&own) {
                    return Some(name.clone());
                }
                let name = self.free_name(&format.name);
                self.formats.insert(own, name.clone());
                Some(name)
            }
        }
    }

    /// `None` for what asserts nothing.
    fn keyword(&mut self, keyword: &Keyword) -> Option<Expression> {
        let (constructor, arguments) = keyword.constructor();
        let arguments: Option<Vec<Expression>> =
            arguments.into_iter().map(|argument| self.argument(argument)).collect();
        let arguments = arguments?;
        self.uses.insert("Keyword");
        Some(match arguments.is_empty() {
            true => Expression::leaf(format!("Keyword::{constructor}")),
            false => Expression::call(&format!("Keyword::{constructor}"), arguments),
        })
    }

    fn argument(&mut self, argument: Argument<'_>) -> Option<Expression> {
        Some(match argument {
            Argument::Count(count) => Expression::leaf(count.to_string()),
            Argument::Most(most) => {
                Expression::leaf(most.map_or_else(|| "None".to_owned(), |most| format!("Some({most})")))
            }
            Argument::Decimal(decimal) => {
                self.uses.insert("Decimal");
                self::decimal(decimal, "Decimal")
            }
            Argument::Literals(values) => {
                if !values.is_empty() {
                    self.uses.insert("Literal");
                }
                Expression::slice(values.iter().map(|value| literal(value, "Literal")).collect())
            }
            Argument::Pattern(source) => self.pattern(source),
            Argument::Format(format) => Expression::leaf(self.format(format)?).reference(),
            Argument::Schema(schema) => self.reference(schema),
            Argument::Optional(schema) => self.optional(schema),
            Argument::Schemas(schemas) => self.references(schemas),
            Argument::NamedSchemas(named) => {
                let named = named.iter().map(|(name, schema)| pair(Expression::string(name), self.reference(*schema)));
                Expression::slice(named.collect())
            }
            Argument::NamedNames(named) => {
                let named = named.iter().map(|(name, names)| pair(Expression::string(name), strings(names)));
                Expression::slice(named.collect())
            }
            Argument::Members(members) => self.members(members),
            Argument::Exclusive(exclusive) => self.exclusive(exclusive),
            Argument::Struct(name, fields) => {
                self.uses.insert(name);
                let mut trees = Vec::with_capacity(fields.len());
                for (field, argument) in fields {
                    trees.push((field.to_owned(), Some(self.argument(argument)?)));
                }
                Expression::structure(name, trees).reference()
            }
        })
    }

    fn exclusive(&mut self, exclusive: &Exclusive) -> Expression {
        self.uses.insert("Exclusive");
        match exclusive {
            Exclusive::Unknown => Expression::leaf("Exclusive::Unknown").reference(),
            Exclusive::Types => Expression::leaf("Exclusive::Types").reference(),
            Exclusive::Tag { property, values, others } => {
                let values = values
                    .iter()
                    .map(|(value, index)| pair(Expression::string(value), Expression::leaf(index.to_string())));
                let values = Expression::slice(values.collect());
                let others: Vec<usize> = others.iter().map(|index| usize::from(*index)).collect();
                let others = Expression::numbers(&others);
                let fields = [("property", Expression::string(property)), ("values", values), ("others", others)];
                let fields = fields.map(|(field, value)| (field.to_owned(), Some(value)));
                Expression::structure("Exclusive::Tag", fields.into()).reference()
            }
        }
    }

    fn members(&mut self, members: &Members) -> Expression {
        self.uses.insert("Members");
        let mut properties = Vec::with_capacity(members.properties.len());
        for property in &members.properties {
            let constructor = if property.required { "required" } else { "optional" };
            self.uses.insert(constructor);
            let arguments = vec![Expression::string(&property.name), self.reference(property.schema)];
            properties.push(Expression::call(constructor, arguments));
        }
        let names: Vec<&str> = members.properties.iter().map(|property| property.name.as_str()).collect();
        let arguments = vec![Expression::numbers(&slots(&names)), Expression::slice(properties)];
        let mut tree = Expression::call("Members::new", arguments);
        if !members.required.is_empty() {
            tree = tree.method("requiring", vec![strings(&members.required)]);
        }
        if !members.patterns.is_empty() {
            let patterns = members.patterns.iter().map(|(source, schema)| {
                let pattern = self.pattern(source);
                pair(pattern, self.reference(*schema))
            });
            tree = tree.method("matching", vec![Expression::slice(patterns.collect())]);
        }
        let tree = match members.additional {
            AdditionalProperties::Allowed => tree,
            AdditionalProperties::Denied => tree.method("closed", vec![]),
            AdditionalProperties::Schema(schema) => tree.method("others", vec![self.reference(schema)]),
        };
        tree.reference()
    }
}

/// `Types::STRING.or(Types::NULL)`.
pub fn types(types: TypeSet) -> Expression {
    if types == TypeSet::ANY {
        return Expression::leaf("Types::ANY");
    }
    let number = if types.contains(TypeSet::NUMBER) { "NUMBER" } else { "INTEGER" };
    let named = [
        (TypeSet::STRING, "STRING"),
        (TypeSet::NUMBER, number),
        (TypeSet::BOOLEAN, "BOOLEAN"),
        (TypeSet::ARRAY, "ARRAY"),
        (TypeSet::OBJECT, "OBJECT"),
        (TypeSet::NULL, "NULL"),
    ];
    let mut names = named.iter().filter(|(ty, _)| types.intersects(*ty)).map(|(_, name)| format!("Types::{name}"));
    let first = Expression::leaf(names.next().unwrap_or_else(|| "Types::NONE".to_owned()));
    names.fold(first, |all, name| all.method("or", vec![Expression::leaf(name)]))
}

/// `Decimal::new(…)`; `path` is how `Decimal` is written.
pub fn decimal(decimal: &Decimal, path: &str) -> Expression {
    let Decimal { negative, digits, exponent } = decimal.written_out();
    let parts = [negative.to_string(), digits.to_string(), exponent.to_string()];
    Expression::call(&format!("{path}::new"), parts.map(Expression::leaf).into())
}

fn pair(first: Expression, second: Expression) -> Expression {
    Expression::tuple(vec![first, second])
}

fn strings(list: &[String]) -> Expression {
    Expression::slice(list.iter().map(|text| Expression::string(text)).collect())
}

/// `Literal::…`; `path` is how `Literal` is written.
pub fn literal(value: &serde_json::Value, path: &str) -> Expression {
    let of = |variant: &str, content: Expression| Expression::call(&format!("{path}::{variant}"), vec![content]);
    match value {
        serde_json::Value::Null => Expression::leaf(format!("{path}::Null")),
        serde_json::Value::Bool(value) => of("Boolean", Expression::leaf(value.to_string())),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => of("Integer", Expression::leaf(value.to_string())),
            (None, Some(value)) => of("Unsigned", Expression::leaf(value.to_string())),
            // `{:?}` of a float is its shortest exact form, with a point or an exponent.
            (None, None) => of("Number", Expression::leaf(format!("{:?}", number.as_f64().unwrap_or_default()))),
        },
        serde_json::Value::String(value) => of("String", Expression::string(value)),
        serde_json::Value::Array(values) => {
            of("Array", Expression::slice(values.iter().map(|value| literal(value, path)).collect()))
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().map(|(name, value)| pair(Expression::string(name), literal(value, path)));
            of("Object", Expression::slice(members.collect()))
        }
    }
}
