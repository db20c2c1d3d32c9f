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
//! pub static CARD: Rules = Rules {
//!     schema: "/components/schemas/Card",
//!     types: Types(64),
//!     sensitive: false,
//!     keywords: &[Keyword::Members(&Members {
//!         properties: &[Property {
//!             name: "number",
//!             required: true,
//!             rules: &Rules { schema: "/components/schemas/Card/properties/number", types: Types(16), sensitive: true,
//!                             keywords: &[Keyword::MaxLength(30)] },
//!         }],
//!         slots: &[0, 1],
//!         required_properties: 1,
//!         required: &[],
//!         patterns: &[],
//!         additional: Additional::Denied,
//!     })],
//! };
//! ```
//!
//! A schema that others refer to has a static of its own (its anchor); all others are written where they are used.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::api::{
    AdditionalProperties, Apart, Api, Branches, Decimal, Format, FormatCheck, Keyword, Members, SchemaId, TypeSet,
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
        Tree::fields(
            "Rules",
            vec![
                ("schema", Tree::string(&schema.pointer)),
                ("types", Tree::leaf(format!("Types({})", schema.types.0))),
                ("sensitive", Tree::leaf(schema.sensitive.to_string())),
                ("keywords", Tree::list("&[", keywords, "]")),
            ],
        )
    }

    fn pattern(&mut self, source: &str) -> Tree {
        self.uses.insert("Pattern");
        let name = self.names.get(source).cloned().unwrap_or_default();
        self.patterns.insert(source.to_owned(), name.clone());
        Tree::leaf(format!("&{name}"))
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
                let next = self.formats.len() + 1;
                let own = (format.name.clone(), path.clone());
                Some(self.formats.entry(own).or_insert_with(|| format!("FORMAT_{next}")).clone())
            }
        }
    }

    /// `None` for what the tables do not carry, which `lower/` has reported.
    fn keyword(&mut self, keyword: &Keyword) -> Option<Tree> {
        let number = |name: &str, number: &u64| Tree::leaf(format!("Keyword::{name}({number})"));
        let one = |name: &str, value: Tree| Tree::list(format!("Keyword::{name}("), vec![value], ")");
        let tree = match keyword {
            Keyword::Enum(values) => {
                if !values.is_empty() {
                    self.uses.insert("Literal");
                }
                one("Enum", Tree::list("&[", values.iter().map(literal).collect(), "]"))
            }
            Keyword::MinLength(limit) => number("MinLength", limit),
            Keyword::MaxLength(limit) => number("MaxLength", limit),
            Keyword::Pattern(source) => one("Pattern", self.pattern(source)),
            Keyword::Format(format) => Tree::leaf(format!("Keyword::Format(&{})", self.format(format)?)),
            Keyword::Minimum(bound) => self.bounded("Minimum", bound),
            Keyword::ExclusiveMinimum(bound) => self.bounded("ExclusiveMinimum", bound),
            Keyword::Maximum(bound) => self.bounded("Maximum", bound),
            Keyword::ExclusiveMaximum(bound) => self.bounded("ExclusiveMaximum", bound),
            Keyword::MultipleOf(step) => self.bounded("MultipleOf", step),
            Keyword::Items { prefix, rest } => {
                self.uses.insert("Items");
                let fields = vec![("prefix", self.references(prefix)), ("rest", self.optional(*rest))];
                one("Items", Tree::fields("&Items", fields))
            }
            Keyword::MinItems(limit) => number("MinItems", limit),
            Keyword::MaxItems(limit) => number("MaxItems", limit),
            Keyword::UniqueItems => Tree::leaf("Keyword::UniqueItems"),
            Keyword::Contains { schema, min, max } => {
                self.uses.insert("Contains");
                let max = max.map_or_else(|| "None".to_owned(), |max| format!("Some({max})"));
                let fields = vec![
                    ("rules", self.reference(*schema)),
                    ("min", Tree::leaf(min.to_string())),
                    ("max", Tree::leaf(max)),
                ];
                one("Contains", Tree::fields("&Contains", fields))
            }
            Keyword::Members(members) => one("Members", self.members(members)),
            Keyword::MinProperties(limit) => number("MinProperties", limit),
            Keyword::MaxProperties(limit) => number("MaxProperties", limit),
            Keyword::PropertyNames(schema) => one("PropertyNames", self.reference(*schema)),
            Keyword::DependentRequired(named) => {
                let named = named.iter().map(|(name, required)| pair(Tree::string(name), strings(required)));
                one("DependentRequired", Tree::list("&[", named.collect(), "]"))
            }
            Keyword::DependentSchemas(named) => {
                let named = named.iter().map(|(name, schema)| pair(Tree::string(name), self.reference(*schema)));
                let named = named.collect();
                one("DependentSchemas", Tree::list("&[", named, "]"))
            }
            Keyword::Ref(schema) => one("Ref", self.reference(*schema)),
            Keyword::AllOf(parts) => one("AllOf", self.references(parts)),
            Keyword::AnyOf(branches) => one("AnyOf", self.branches(branches)),
            Keyword::OneOf(branches) => one("OneOf", self.branches(branches)),
            Keyword::Not(schema) => one("Not", self.reference(*schema)),
            Keyword::If { condition, then, otherwise } => {
                self.uses.insert("If");
                let fields = vec![
                    ("condition", self.reference(*condition)),
                    ("then", self.optional(*then)),
                    ("otherwise", self.optional(*otherwise)),
                ];
                one("If", Tree::fields("&If", fields))
            }
            Keyword::EveryMember => Tree::leaf("Keyword::EveryMember"),
            Keyword::UnevaluatedItems(schema) => one("UnevaluatedItems", self.reference(*schema)),
            Keyword::UnevaluatedProperties(schema) => one("UnevaluatedProperties", self.reference(*schema)),
        };
        self.uses.insert("Keyword");
        Some(tree)
    }

    fn branches(&mut self, branches: &Branches) -> Tree {
        self.uses.extend(["Apart", "Branches"]);
        let apart = match &branches.apart {
            Apart::Unknown => Tree::leaf("Apart::Unknown"),
            Apart::Types => Tree::leaf("Apart::Types"),
            Apart::Tag { property, values, others } => {
                let values =
                    values.iter().map(|(value, index)| pair(Tree::string(value), Tree::leaf(index.to_string())));
                let values = Tree::list("&[", values.collect(), "]");
                let others = others.iter().map(|index| Tree::leaf(index.to_string())).collect();
                let others = Tree::list("&[", others, "]");
                let fields = vec![("property", Tree::string(property)), ("values", values), ("others", others)];
                Tree::fields("Apart::Tag", fields)
            }
        };
        Tree::fields("&Branches", vec![("parts", self.references(&branches.parts)), ("apart", apart)])
    }

    fn members(&mut self, members: &Members) -> Tree {
        self.uses.extend(["Additional", "Members"]);
        if !members.properties.is_empty() {
            self.uses.insert("Property");
        }
        let properties = members.properties.iter().map(|property| {
            let rules = self.reference(property.schema);
            let fields = vec![
                ("name", Tree::string(&property.name)),
                ("required", Tree::leaf(property.required.to_string())),
                ("rules", rules),
            ];
            Tree::fields("Property", fields)
        });
        let properties = Tree::list("&[", properties.collect(), "]");
        let names: Vec<&str> = members.properties.iter().map(|property| property.name.as_str()).collect();
        let required = members.properties.iter().filter(|property| property.required).count();
        let patterns = members.patterns.iter().map(|(source, schema)| {
            let pattern = self.pattern(source);
            pair(pattern, self.reference(*schema))
        });
        let patterns = Tree::list("&[", patterns.collect(), "]");
        let additional = match members.additional {
            AdditionalProperties::Allowed => Tree::leaf("Additional::Allowed"),
            AdditionalProperties::Denied => Tree::leaf("Additional::Denied"),
            AdditionalProperties::Schema(schema) => Tree::list("Additional::Rules(", vec![self.reference(schema)], ")"),
        };
        Tree::fields(
            "&Members",
            vec![
                ("properties", properties),
                ("slots", Tree::numbers(&slots(&names))),
                ("required_properties", Tree::leaf(required.to_string())),
                ("required", strings(&members.required)),
                ("patterns", patterns),
                ("additional", additional),
            ],
        )
    }

    fn bounded(&mut self, keyword: &str, decimal: &Decimal) -> Tree {
        self.uses.insert("Decimal");
        Tree::leaf(format!("Keyword::{keyword}({})", self::decimal(decimal)))
    }
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
