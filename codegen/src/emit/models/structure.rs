//! A struct: its definition, its view for the checker, its decoding.
//!
//! ```yaml
//! Card:
//!   type: object
//!   required: [number]
//!   properties:
//!     number: { type: string, maxLength: 30, x-sensitive: true }
//!     cvv: { type: string, nullable: true }
//!   additionalProperties: false
//! ```
//!
//! ```text
//! pub struct Card {
//!     /// `number`: required, at most 30 characters.
//!     pub number: Secret<String>,
//!     /// `cvv`
//!     pub cvv: Nullable<String>,
//! }
//!
//! support::object!(Card, rules::CARD);
//!
//! impl support::Struct for Card {
//!     fn field(&self, index: usize) -> Option<View<'_>> {
//!         match index {
//!             0 => Some(self.number.view()),
//!             1 => self.cvv.member(),
//!             _ => None,
//!         }
//!     }
//!
//!     fn is_valid(&self, _: &'static support::Rules) -> bool {
//!         support::length_in(self.number.expose(), 0..=30)
//!     }
//!
//!     fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
//!         let mut builder: CardBuilder = Default::default();
//!         reader.each_member(&mut |reader, name| match name {
//!             "number" => reader.assign(&mut builder.number),
//!             "cvv" => reader.assign_nullable(&mut builder.cvv),
//!             _ => reader.undeclared(),
//!         })?;
//!         builder.complete().map_err(Fault::missing)
//!     }
//! }
//! ```
//!
//! A request is read into its builder. A response has none: it is read into variables, or, where nothing in it is required, into the struct
//! itself.

use std::fmt::Write as _;

use crate::api::{AdditionalMembers, Api, Definition, Field, Keyword, Presence, Struct, Type, TypeSet};

use crate::emit::comment::docs::{Said, code, code_or_length, comment, constraints};
use crate::emit::models::builder;
use crate::emit::models::debug;
use crate::emit::models::types::{field_type, rules_name, type_text, type_uses};
use crate::emit::models::validity::Checks;
use crate::emit::models::{self, Models, line};
use crate::emit::text::pretty::Tree;

/// Everything of one struct.
pub fn emit_struct(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    let name = &definition.rust_name;
    models.uses(&["Fault", "Instance", "Reader", "View", "rules", "support"]);
    models.text.push_str(&models::docs(definition, api.schemas.get(definition.schema), &models.sensitive));
    let debug = debug::derived(definition, structure, api, models);
    let default = if derives_default(definition, structure) { ", Default" } else { "" };
    line!(models, "#[derive(Clone{debug}{default}, PartialEq{})]\npub struct {name} {{", models::derives(definition));
    for field in &structure.fields {
        type_uses(&field.ty, &mut models.uses);
        if field.presence == Presence::OptionalNullable {
            models.uses(&["Nullable"]);
        }
        models.text.push_str(&field_docs(field, api));
        line!(models, "    pub {}: {},", field.rust_name, field_type(field, api));
    }
    if let AdditionalMembers::Kept { rust_name, ty } = &structure.additional {
        models.uses(&["BTreeMap"]);
        type_uses(ty, &mut models.uses);
        line!(models, "    /// Members that the document does not declare.");
        line!(models, "    pub {rust_name}: BTreeMap<String, {}>,", type_text(ty, api, ""));
    }
    line!(models, "}}\n");
    debug::emit_debug(name, definition, structure, api, models);
    if definition.in_request {
        let builder = models.builder_name(name);
        line!(
            models,
            "impl {name} {{
    /// Starts a builder, whose `build()` reports everything that is missing or wrong at once.
    pub fn builder() -> {builder} {{
        Default::default()
    }}
}}
"
        );
    }
    object_macro(definition, structure, api, models);
    line!(models, "impl support::Struct for {name} {{");
    field_method(structure, models);
    is_valid_method(definition, structure, api, models);
    read_method(definition, structure, api, models);
    line!(models, "}}\n");
    if definition.in_request {
        builder::emit_builder(definition, structure, api, models);
    }
}

/// Whether an empty struct is a value: nothing is required.
pub fn is_optional_throughout(structure: &Struct) -> bool {
    !structure.fields.iter().any(is_required)
}

/// Whether `Default` is derived here, and not at the user's wish.
fn derives_default(definition: &Definition, structure: &Struct) -> bool {
    let wished = definition.derives.iter().any(|path| path.rsplit("::").next() == Some("Default"));
    is_optional_throughout(structure) && !wished
}

/// `support::object!`: the names of the members are those of the schema's own properties, or listed where several schemas declare them.
fn object_macro(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    let schema = api.schemas.get(definition.schema);
    let is_own = match schema.keywords.first() {
        Some(Keyword::Members(members)) => {
            members.properties.len() == structure.fields.len()
                && members.properties.iter().zip(&structure.fields).all(|(property, field)| property.name == field.name)
        }
        _ => structure.fields.is_empty(),
    };
    let mut items = vec![
        Tree::leaf(definition.rust_name.clone()),
        Tree::leaf(format!("rules::{}", rules_name(definition.schema, api))),
    ];
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        items.push(Tree::leaf(rust_name.clone()));
    }
    if !is_own {
        items.push(Tree::list("[", structure.fields.iter().map(|field| Tree::string(&field.name)).collect(), "]"));
    }
    Tree::list("support::object!(", items, ")").write(0, 1, &mut models.text);
    line!(models, ";\n");
}

/// `field`: the members by index.
fn field_method(structure: &Struct, models: &mut Models) {
    line!(models, "    #[inline]");
    if structure.fields.is_empty() {
        line!(models, "    fn field(&self, _: usize) -> Option<View<'_>> {{\n        None\n    }}\n");
        return;
    }
    line!(models, "    fn field(&self, index: usize) -> Option<View<'_>> {{\n        match index {{");
    for (index, field) in structure.fields.iter().enumerate() {
        let name = &field.rust_name;
        let member = match field.presence {
            Presence::Required | Presence::RequiredNullable => format!("Some(self.{name}.view())"),
            Presence::Optional => format!("self.{name}.as_ref().map(Instance::view)"),
            Presence::OptionalNullable => format!("self.{name}.member()"),
        };
        line!(models, "            {index} => {member},");
    }
    line!(models, "            _ => None,\n        }}\n    }}\n");
}

/// `is_valid`, where not everything is left to the tables: see [`crate::emit::models::validity`].
fn is_valid_method(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    let checks = Checks { api, fallible: &models.fallible, patterns: &models.patterns };
    let Some(checks) = checks.of(definition, structure) else { return };
    let own = if checks.iter().any(|check| check.reads_own) { "own" } else { "_" };
    line!(models, "    #[inline]\n    fn is_valid(&self, {own}: &'static support::Rules) -> bool {{");
    let code = match checks.as_slice() {
        [] => "true".to_owned(),
        [only] => only.code.clone(),
        checks => {
            let all = checks.iter().map(|check| match check.has_alternatives {
                true => format!("({})", check.code),
                false => check.code.clone(),
            });
            all.collect::<Vec<_>>().join("\n            && ")
        }
    };
    line!(models, "        {code}\n    }}\n");
}

/// The text of a field, and what is demanded of it.
fn field_docs(field: &Field, api: &Api) -> String {
    let schema = api.schemas.get(field.schema);
    let mut words = match field.presence {
        Presence::Required => vec!["required".to_owned()],
        Presence::RequiredNullable => vec!["required".to_owned(), "may be null".to_owned()],
        Presence::OptionalNullable => vec!["may be null".to_owned()],
        Presence::Optional => Vec::new(),
    };
    words.extend(constraints(schema));
    let name = code(&field.name);
    let summary = if words.is_empty() { name } else { format!("{name}: {}.", words.join(", ")) };
    // The description of a referenced type is said once, at that type.
    let own = match &field.ty {
        Type::Boxed(inner) => api.named(inner).is_none_or(|definition| definition.schema != field.schema),
        ty => api.named(ty).is_none_or(|definition| definition.schema != field.schema),
    };
    let text = if own { models::annotation_text(&schema.annotations) } else { Said::Text("") };
    let default = schema.annotations.default.as_ref().filter(|_| !schema.sensitive);
    let default = default
        .map(|default| format!("Default: {}.", code_or_length(&default.to_string(), "a value")))
        .unwrap_or_default();
    let mut docs = comment(&[text, Said::Ours(&summary), Said::Ours(&default)], "    ");
    if schema.annotations.deprecated {
        docs.push_str("    #[deprecated]\n");
    }
    docs
}

/// `read`: into the builder, into the struct itself, or into variables.
fn read_method(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    line!(models, "    #[inline]\n    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {{");
    if is_optional_throughout(structure) {
        read_into("value", "Self", structure, models);
        assume_defaults("value", structure, api, models);
        line!(models, "        Ok(value)");
    } else if definition.in_request {
        let builder = models.builder_name(&definition.rust_name);
        read_into("builder", &builder, structure, models);
        assume_defaults("builder", structure, api, models);
        line!(models, "        builder.complete().map_err(Fault::missing)");
    } else {
        for field in &structure.fields {
            let empty = if field.presence == Presence::OptionalNullable { "Nullable::Absent" } else { "None" };
            line!(models, "        let mut {} = {empty};", local(&field.rust_name));
        }
        if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
            line!(models, "        let mut {} = BTreeMap::new();", local(rust_name));
        }
        each_member(structure, local, models);
        line!(models, "        Ok(Self {{");
        for field in &structure.fields {
            let (rust_name, local) = (&field.rust_name, local(&field.rust_name));
            match (is_required(field), assumed_default(field, api)) {
                (true, _) => {
                    let name = &field.name;
                    line!(models, "            {rust_name}: {local}.ok_or_else(|| Fault::missing({name:?}))?,");
                }
                (false, Some(assumed)) => line!(models, "            {rust_name}: {},", assumed.of(&local)),
                (false, None) if local == *rust_name => line!(models, "            {rust_name},"),
                (false, None) => line!(models, "            {rust_name}: {local},"),
            }
        }
        if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
            match local(rust_name) {
                local if local == *rust_name => line!(models, "            {rust_name},"),
                local => line!(models, "            {rust_name}: {local},"),
            }
        }
        line!(models, "        }})");
    }
    line!(models, "    }}");
}

/// Reads the members into the fields of a variable.
fn read_into(variable: &str, ty: &str, structure: &Struct, models: &mut Models) {
    // Not `Type::default()`: a setter may have that name.
    line!(models, "        let mut {variable}: {ty} = Default::default();");
    each_member(structure, |field| format!("{variable}.{field}"), models);
}

/// Reads the members, each to a place that is told by the field's Rust name.
fn each_member(structure: &Struct, place: impl Fn(&str) -> String, models: &mut Models) {
    let is_closed = structure.additional == AdditionalMembers::Closed;
    let additional = match &structure.additional {
        AdditionalMembers::Closed => "reader.undeclared()".to_owned(),
        AdditionalMembers::Kept { rust_name, .. } => format!("reader.additional(&mut {}, name)", place(rust_name)),
    };
    if structure.fields.is_empty() {
        let name = if is_closed { "_" } else { "name" };
        line!(models, "        reader.each_member(&mut |reader, {name}| {additional})?;");
        return;
    }
    line!(models, "        reader.each_member(&mut |reader, name| match name {{");
    for field in &structure.fields {
        let assign = match field.presence {
            Presence::Optional => "assign_optional",
            Presence::OptionalNullable => "assign_nullable",
            Presence::Required | Presence::RequiredNullable => "assign",
        };
        let name = &field.name;
        line!(models, "            {name:?} => reader.{assign}(&mut {}),", place(&field.rust_name));
    }
    line!(models, "            _ => {additional},\n        }})?;");
}

/// Gives the fields of a variable the defaults of the document, where the choices say so.
fn assume_defaults(variable: &str, structure: &Struct, api: &Api, models: &mut Models) {
    for field in &structure.fields {
        if let Some(assumed) = assumed_default(field, api) {
            let place = format!("{variable}.{}", field.rust_name);
            line!(models, "        {place} = {};", assumed.of(&place));
        }
    }
}

/// Whether there is a value of the field in every instance.
pub fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}

/// The default that stands for a member which is absent.
struct Assumed {
    json: String,
    nullable: bool,
}

impl Assumed {
    /// The value of a place, or the default: `limit.or_else(|| support::stated_default("20"))`.
    fn of(&self, place: &str) -> String {
        let json = &self.json;
        match self.nullable {
            true => format!("{place}.or_else(|| support::stated_default({json:?}).unwrap_or_default())"),
            false => format!("{place}.or_else(|| support::stated_default({json:?}))"),
        }
    }
}

/// The default that stands for a member which is absent, where the choices say so.
fn assumed_default(field: &Field, api: &Api) -> Option<Assumed> {
    let json = stated_default(field, api).filter(|_| api.assume_defaults && !is_required(field))?;
    Some(Assumed { json, nullable: field.presence == Presence::OptionalNullable })
}

/// The default of a property as JSON, where its own schema allows it and it may be shown.
pub fn stated_default(field: &Field, api: &Api) -> Option<String> {
    let schema = api.schemas.get(field.schema);
    let default = schema.annotations.default.as_ref()?;
    let fits = schema.types.intersects(TypeSet::of(default));
    (fits && !schema.sensitive).then(|| default.to_string())
}

/// A local's name: the field's, unless reading needs that name for itself.
fn local(rust_name: &str) -> String {
    if matches!(rust_name, "reader" | "name") { format!("{rust_name}_") } else { rust_name.to_owned() }
}
