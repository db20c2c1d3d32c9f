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
    AdditionalProperties, Apart, Api, Argument, Decimal, Format, FormatCheck, Keyword, Members, SchemaId, TypeSet,
    formats, slots,
};

use crate::emit::comment::docs::code;
use crate::emit::text::pretty::Tree;
use crate::emit::text::source::{HEADER, import};

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
        let start = format!("pub static {anchor}: Rules = ");
        statics.push_str(&format!("/// The rules at {}.\n{start}", code(&schema.pointer)));
        rules.table(SchemaId(index)).write(0, start.len(), &mut statics);
        statics.push_str(";\n\n");
    }
    for (source, name) in &rules.patterns {
        statics.push_str(&format!("pub(super) static {name}: Pattern = Pattern::new({source:?});\n"));
    }
    for ((format, path), name) in &rules.formats {
        let path = path
            .strip_prefix("support::")
            .map_or_else(|| path.clone(), |path| format!("super::super::support::{path}"));
        statics.push_str(&format!("static {name}: Format = Format::of_text({format:?}, {path});\n"));
    }
    let imports = import("super::super::support", &rules.uses);
    let blank = if statics.is_empty() { "" } else { "\n" };
    format!("{HEADER}\n//! The rules of the document, as static tables.\n\n{imports}{blank}{}\n", statics.trim_end())
}

/// The names of the statics of all patterns, by source, in the order of the schemas.
pub fn pattern_names(api: &Api) -> IndexMap<&str, String> {
    let mut names: IndexMap<&str, String> = IndexMap::new();
    let name = |source| {
        let next = names.len() + 1;
        names.entry(source).or_insert_with(|| format!("PATTERN_{next}"));
    };
    let keywords = api.schemas.0.iter().flat_map(|schema| &schema.keywords);
    keywords.flat_map(Keyword::patterns).for_each(name);
    names
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
    fn reference(&mut self, id: SchemaId) -> Tree {
        let id = self.api.schemas.decisive(id);
        let schema = self.api.schemas.get(id);
        if let Some(anchor) = &schema.anchor {
            return Tree::leaf(format!("&{anchor}"));
        }
        if schema.types == TypeSet::ANY && !schema.sensitive && schema.keywords.is_empty() {
            self.uses.insert("Rules");
            return Tree::leaf("&Rules::ANY");
        }
        self.table(id).after("&")
    }

    fn references(&mut self, ids: &[SchemaId]) -> Tree {
        Tree::list("&[", ids.iter().map(|id| self.reference(*id)).collect(), "]")
    }

    fn optional(&mut self, id: Option<SchemaId>) -> Tree {
        match id {
            Some(id) => Tree::list("Some(", vec![self.reference(id)], ")"),
            None => Tree::leaf("None"),
        }
    }

    fn table(&mut self, id: SchemaId) -> Tree {
        self.uses.extend(["Rules", "Types"]);
        let schema = self.api.schemas.get(id);
        let keywords: Vec<Tree> = schema.keywords.iter().filter_map(|keyword| self.keyword(keyword)).collect();
        let items = vec![Tree::string(&schema.pointer), types(schema.types), Tree::list("&[", keywords, "]")];
        Tree::list("Rules::new(", items, if schema.sensitive { ").sensitive()" } else { ")" })
    }

    fn pattern(&mut self, source: &str) -> Tree {
        self.uses.insert("Pattern");
        let name = self.names.get(source).cloned().unwrap_or_default();
        self.patterns.insert(source.to_owned(), name.clone());
        Tree::leaf(format!("&{name}"))
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
    fn keyword(&mut self, keyword: &Keyword) -> Option<Tree> {
        let (constructor, arguments) = keyword.constructor();
        let arguments: Option<Vec<Tree>> = arguments.into_iter().map(|argument| self.argument(argument)).collect();
        let arguments = arguments?;
        self.uses.insert("Keyword");
        Some(match arguments.is_empty() {
            true => Tree::leaf(format!("Keyword::{constructor}")),
            false => Tree::list(format!("Keyword::{constructor}("), arguments, ")"),
        })
    }

    fn argument(&mut self, argument: Argument<'_>) -> Option<Tree> {
        Some(match argument {
            Argument::Count(count) => Tree::leaf(count.to_string()),
            Argument::Most(most) => Tree::leaf(most.map_or_else(|| "None".to_owned(), |most| format!("Some({most})"))),
            Argument::Decimal(decimal) => {
                self.uses.insert("Decimal");
                Tree::leaf(self::decimal(decimal))
            }
            Argument::Literals(values) => {
                if !values.is_empty() {
                    self.uses.insert("Literal");
                }
                Tree::list("&[", values.iter().map(literal).collect(), "]")
            }
            Argument::Pattern(source) => self.pattern(source),
            Argument::Format(format) => Tree::leaf(format!("&{}", self.format(format)?)),
            Argument::Schema(schema) => self.reference(schema),
            Argument::Optional(schema) => self.optional(schema),
            Argument::Schemas(schemas) => self.references(schemas),
            Argument::NamedSchemas(named) => {
                let named = named.iter().map(|(name, schema)| pair(Tree::string(name), self.reference(*schema)));
                Tree::list("&[", named.collect(), "]")
            }
            Argument::NamedNames(named) => {
                let named = named.iter().map(|(name, names)| pair(Tree::string(name), strings(names)));
                Tree::list("&[", named.collect(), "]")
            }
            Argument::Members(members) => self.members(members),
            Argument::Apart(apart) => self.apart(apart),
            Argument::Struct(name, fields) => {
                self.uses.insert(name);
                let mut trees = Vec::with_capacity(fields.len());
                for (field, argument) in fields {
                    trees.push((field, self.argument(argument)?));
                }
                Tree::fields(&format!("&{name}"), trees)
            }
        })
    }

    fn apart(&mut self, apart: &Apart) -> Tree {
        self.uses.insert("Apart");
        match apart {
            Apart::Unknown => Tree::leaf("&Apart::Unknown"),
            Apart::Types => Tree::leaf("&Apart::Types"),
            Apart::Tag { property, values, others } => {
                let values =
                    values.iter().map(|(value, index)| pair(Tree::string(value), Tree::leaf(index.to_string())));
                let values = Tree::list("&[", values.collect(), "]");
                let others: Vec<usize> = others.iter().map(|index| usize::from(*index)).collect();
                let others = Tree::numbers(&others);
                let fields = vec![("property", Tree::string(property)), ("values", values), ("others", others)];
                Tree::fields("&Apart::Tag", fields)
            }
        }
    }

    fn members(&mut self, members: &Members) -> Tree {
        self.uses.insert("Members");
        let mut properties = Vec::with_capacity(members.properties.len());
        for property in &members.properties {
            let presence = if property.required { "required" } else { "optional" };
            self.uses.insert(presence);
            let arguments = vec![Tree::string(&property.name), self.reference(property.schema)];
            properties.push(Tree::list(format!("{presence}("), arguments, ")"));
        }
        let names: Vec<&str> = members.properties.iter().map(|property| property.name.as_str()).collect();
        let arguments = vec![Tree::numbers(&slots(&names)), Tree::list("&[", properties, "]")];
        let mut tree = Tree::list("&Members::new(", arguments, ")");
        if !members.required.is_empty() {
            tree = tree.call("requiring", strings(&members.required));
        }
        if !members.patterns.is_empty() {
            let patterns = members.patterns.iter().map(|(source, schema)| {
                let pattern = self.pattern(source);
                pair(pattern, self.reference(*schema))
            });
            tree = tree.call("matching", Tree::list("&[", patterns.collect(), "]"));
        }
        match members.additional {
            AdditionalProperties::Allowed => tree,
            AdditionalProperties::Denied => tree.then(".closed()"),
            AdditionalProperties::Schema(schema) => tree.call("others", self.reference(schema)),
        }
    }
}

/// `Types::STRING.or(Types::NULL)`.
pub fn types(types: TypeSet) -> Tree {
    if types == TypeSet::ANY {
        return Tree::leaf("Types::ANY");
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
    let mut names = named.iter().filter(|(ty, _)| types.intersects(*ty)).map(|(_, name)| name);
    let first = names.next().map_or_else(|| "Types::NONE".to_owned(), |name| format!("Types::{name}"));
    Tree::leaf(names.fold(first, |all, name| format!("{all}.or(Types::{name})")))
}

/// `Decimal::new(…)`.
pub fn decimal(decimal: &Decimal) -> String {
    let Decimal { negative, digits, exponent } = decimal.written_out();
    format!("Decimal::new({negative}, {digits}, {exponent})")
}

fn pair(first: Tree, second: Tree) -> Tree {
    Tree::list("(", vec![first, second], ")")
}

fn strings(list: &[String]) -> Tree {
    Tree::list("&[", list.iter().map(|text| Tree::string(text)).collect(), "]")
}

/// `Literal::…`.
pub fn literal(value: &serde_json::Value) -> Tree {
    match value {
        serde_json::Value::Null => Tree::leaf("Literal::Null"),
        serde_json::Value::Bool(value) => Tree::leaf(format!("Literal::Boolean({value})")),
        serde_json::Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => Tree::leaf(format!("Literal::Integer({value})")),
            (None, Some(value)) => Tree::leaf(format!("Literal::Unsigned({value})")),
            // `{:?}` of a float is its shortest exact form, with a point or an exponent.
            (None, None) => Tree::leaf(format!("Literal::Number({:?})", number.as_f64().unwrap_or_default())),
        },
        serde_json::Value::String(value) => Tree::leaf(format!("Literal::String({value:?})")),
        serde_json::Value::Array(values) => {
            let values = Tree::list("&[", values.iter().map(literal).collect(), "]");
            Tree::list("Literal::Array(", vec![values], ")")
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().map(|(name, value)| pair(Tree::string(name), literal(value)));
            Tree::list("Literal::Object(", vec![Tree::list("&[", members.collect(), "]")], ")")
        }
    }
}
