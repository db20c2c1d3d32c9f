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
//!         required: &[],
//!         patterns: &[],
//!         additional: Additional::Denied,
//!     })],
//! };
//! ```
//!
//! A schema that others refer to has a static of its own (its anchor); all others are written where they are used.

use indexmap::IndexMap;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::api::{AdditionalProperties, Api, Decimal, Keyword, Members, SchemaId, TypeSet};

/// `rules.rs`: one static for each schema with an anchor, one for each pattern.
pub fn emit_rules(api: &Api) -> TokenStream {
    let mut rules = Rules { api, patterns: IndexMap::new() };
    let mut statics = Vec::new();
    for (index, schema) in api.schemas.0.iter().enumerate() {
        let Some(anchor) = &schema.anchor else { continue };
        let name = format_ident!("{anchor}");
        let value = rules.table(SchemaId(index));
        let doc = format!(" The rules at {}.", super::docs::code(&schema.pointer));
        statics.push(quote!(#[doc = #doc] pub static #name: Rules = #value;));
    }
    let patterns = rules.patterns.iter().map(|(source, name)| {
        let name = format_ident!("{name}");
        quote!(static #name: Pattern = Pattern::new(#source);)
    });
    quote!(#(#statics)* #(#patterns)*)
}

struct Rules<'a> {
    api: &'a Api,
    /// Names of the pattern statics by source, in the order met.
    patterns: IndexMap<String, String>,
}

impl Rules<'_> {
    /// A reference to a schema's rules.
    fn reference(&mut self, id: SchemaId) -> TokenStream {
        let schema = self.api.schemas.get(id);
        if let Some(anchor) = &schema.anchor {
            let name = format_ident!("{anchor}");
            return quote!(&#name);
        }
        if schema.types == TypeSet::ANY && !schema.sensitive {
            match schema.keywords.as_slice() {
                [] => return quote!(&Rules::ANY),
                // A reference with a text of its own demands what its target demands.
                [Keyword::Ref(target)] => return self.reference(*target),
                _ => {}
            }
        }
        let table = self.table(id);
        quote!(&#table)
    }

    fn references(&mut self, ids: &[SchemaId]) -> TokenStream {
        let references: Vec<_> = ids.iter().map(|id| self.reference(*id)).collect();
        quote!(&[#(#references),*])
    }

    fn optional(&mut self, id: Option<SchemaId>) -> TokenStream {
        match id {
            Some(id) => {
                let reference = self.reference(id);
                quote!(Some(#reference))
            }
            None => quote!(None),
        }
    }

    fn table(&mut self, id: SchemaId) -> TokenStream {
        let schema = self.api.schemas.get(id);
        let pointer = &schema.pointer;
        let types = Literal::u8_unsuffixed(schema.types.0);
        let sensitive = schema.sensitive;
        let keywords: Vec<_> = schema.keywords.iter().filter_map(|keyword| self.keyword(keyword)).collect();
        quote!(Rules { schema: #pointer, types: Types(#types), sensitive: #sensitive, keywords: &[#(#keywords),*] })
    }

    fn pattern(&mut self, source: &str) -> TokenStream {
        let next = self.patterns.len() + 1;
        let name = self.patterns.entry(source.to_owned()).or_insert_with(|| format!("PATTERN_{next}"));
        let name = format_ident!("{name}");
        quote!(&#name)
    }

    /// `None` for what the tables do not carry, which `lower/` has reported.
    fn keyword(&mut self, keyword: &Keyword) -> Option<TokenStream> {
        let number = |number: &u64| Literal::u64_unsuffixed(*number);
        Some(match keyword {
            Keyword::Enum(values) => {
                let values = values.iter().map(literal);
                quote!(Keyword::Enum(&[#(#values),*]))
            }
            Keyword::MinLength(limit) => {
                let limit = number(limit);
                quote!(Keyword::MinLength(#limit))
            }
            Keyword::MaxLength(limit) => {
                let limit = number(limit);
                quote!(Keyword::MaxLength(#limit))
            }
            Keyword::Pattern(source) => {
                let pattern = self.pattern(source);
                quote!(Keyword::Pattern(#pattern))
            }
            Keyword::Format(name) => {
                let format = format_tokens(name)?;
                quote!(Keyword::Format(#format))
            }
            Keyword::Minimum(bound) => bounded("Minimum", bound),
            Keyword::ExclusiveMinimum(bound) => bounded("ExclusiveMinimum", bound),
            Keyword::Maximum(bound) => bounded("Maximum", bound),
            Keyword::ExclusiveMaximum(bound) => bounded("ExclusiveMaximum", bound),
            Keyword::MultipleOf(step) => bounded("MultipleOf", step),
            Keyword::Items { prefix, rest } => {
                let (prefix, rest) = (self.references(prefix), self.optional(*rest));
                quote!(Keyword::Items(&Items { prefix: #prefix, rest: #rest }))
            }
            Keyword::MinItems(limit) => {
                let limit = number(limit);
                quote!(Keyword::MinItems(#limit))
            }
            Keyword::MaxItems(limit) => {
                let limit = number(limit);
                quote!(Keyword::MaxItems(#limit))
            }
            Keyword::UniqueItems => quote!(Keyword::UniqueItems),
            Keyword::Contains { schema, min, max } => {
                let (rules, min) = (self.reference(*schema), number(min));
                let max = match max.as_ref().map(number) {
                    Some(max) => quote!(Some(#max)),
                    None => quote!(None),
                };
                quote!(Keyword::Contains(&Contains { rules: #rules, min: #min, max: #max }))
            }
            Keyword::Members(members) => self.members(members),
            Keyword::MinProperties(limit) => {
                let limit = number(limit);
                quote!(Keyword::MinProperties(#limit))
            }
            Keyword::MaxProperties(limit) => {
                let limit = number(limit);
                quote!(Keyword::MaxProperties(#limit))
            }
            Keyword::PropertyNames(schema) => {
                let rules = self.reference(*schema);
                quote!(Keyword::PropertyNames(#rules))
            }
            Keyword::DependentRequired(named) => {
                let named = named.iter().map(|(name, required)| quote!((#name, &[#(#required),*])));
                quote!(Keyword::DependentRequired(&[#(#named),*]))
            }
            Keyword::DependentSchemas(named) => {
                let named: Vec<_> = named
                    .iter()
                    .map(|(name, schema)| {
                        let rules = self.reference(*schema);
                        quote!((#name, #rules))
                    })
                    .collect();
                quote!(Keyword::DependentSchemas(&[#(#named),*]))
            }
            Keyword::Ref(schema) => {
                let rules = self.reference(*schema);
                quote!(Keyword::Ref(#rules))
            }
            Keyword::AllOf(parts) => {
                let parts = self.references(parts);
                quote!(Keyword::AllOf(#parts))
            }
            Keyword::AnyOf(parts) => {
                let parts = self.references(parts);
                quote!(Keyword::AnyOf(#parts))
            }
            Keyword::OneOf(parts) => {
                let parts = self.references(parts);
                quote!(Keyword::OneOf(#parts))
            }
            Keyword::Not(schema) => {
                let rules = self.reference(*schema);
                quote!(Keyword::Not(#rules))
            }
            Keyword::If { condition, then, otherwise } => {
                let condition = self.reference(*condition);
                let (then, otherwise) = (self.optional(*then), self.optional(*otherwise));
                quote!(Keyword::If(&If { condition: #condition, then: #then, otherwise: #otherwise }))
            }
            Keyword::UnevaluatedItems(_) | Keyword::UnevaluatedProperties(_) => return None,
        })
    }

    fn members(&mut self, members: &Members) -> TokenStream {
        let properties: Vec<_> = members
            .properties
            .iter()
            .map(|property| {
                let (name, required, rules) = (&property.name, property.required, self.reference(property.schema));
                quote!(Property { name: #name, required: #required, rules: #rules })
            })
            .collect();
        let required = &members.required;
        let patterns: Vec<_> = members
            .patterns
            .iter()
            .map(|(source, schema)| {
                let (pattern, rules) = (self.pattern(source), self.reference(*schema));
                quote!((#pattern, #rules))
            })
            .collect();
        let additional = match members.additional {
            AdditionalProperties::Allowed => quote!(Additional::Allowed),
            AdditionalProperties::Denied => quote!(Additional::Denied),
            AdditionalProperties::Schema(schema) => {
                let rules = self.reference(schema);
                quote!(Additional::Rules(#rules))
            }
        };
        quote!(Keyword::Members(&Members {
            properties: &[#(#properties),*],
            required: &[#(#required),*],
            patterns: &[#(#patterns),*],
            additional: #additional,
        }))
    }
}

fn bounded(keyword: &str, decimal: &Decimal) -> TokenStream {
    let keyword = format_ident!("{keyword}");
    let negative = decimal.negative;
    let digits = Literal::u128_unsuffixed(decimal.digits);
    let exponent = Literal::i32_unsuffixed(decimal.exponent);
    quote!(Keyword::#keyword(Decimal::new(#negative, #digits, #exponent)))
}

/// A format by its name in the document; `None` for one that nothing is known of, which is an annotation.
fn format_tokens(name: &str) -> Option<TokenStream> {
    let format = crate::support::Format::from_name(name)?;
    let variant = format!("{format:?}");
    let variant: TokenStream = variant.parse().ok()?;
    Some(quote!(Format::#variant))
}

fn literal(value: &serde_json::Value) -> TokenStream {
    match value {
        serde_json::Value::Null => quote!(Literal::Null),
        serde_json::Value::Bool(value) => quote!(Literal::Boolean(#value)),
        serde_json::Value::Number(number) => {
            if let Some(value) = number.as_i64() {
                let value = Literal::i64_unsuffixed(value);
                quote!(Literal::Integer(#value))
            } else if let Some(value) = number.as_u64() {
                let value = Literal::u64_unsuffixed(value);
                quote!(Literal::Unsigned(#value))
            } else {
                let value = Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
                quote!(Literal::Number(#value))
            }
        }
        serde_json::Value::String(value) => quote!(Literal::String(#value)),
        serde_json::Value::Array(values) => {
            let values = values.iter().map(literal);
            quote!(Literal::Array(&[#(#values),*]))
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = literal(value);
                quote!((#name, #value))
            });
            quote!(Literal::Object(&[#(#members),*]))
        }
    }
}
