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
//! impl Object for Card {
//!     fn member(&self, index: usize) -> Option<View<'_>> {
//!         match index {
//!             0 => Some(self.number.view()),
//!             1 => self.cvv.member(),
//!             _ => None,
//!         }
//!     }
//! }
//! ```

use std::fmt::Write as _;

use crate::api::{AdditionalMembers, Api, Definition, Field, Presence, Struct, Type};

use crate::emit::comment::docs::{Said, code, code_or_length, comment, constraints};
use crate::emit::models::builder;
use crate::emit::models::debug;
use crate::emit::models::file::{Models, annotation_text, boilerplate, derives, docs, line};
use crate::emit::models::holds::{direct, own_members, presence};
use crate::emit::models::object::{is_required, local, object_impl, stated_default, unwrapped};
use crate::emit::models::types::{field_type, rules_name, type_text, type_uses};
use crate::emit::text::pretty::Tree;

/// Everything of one struct.
pub fn emit_struct(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    let name = &definition.rust_name;
    models.uses(&["Decode", "Fault", "Instance", "Object", "Reader", "View"]);
    models.text.push_str(&docs(definition, api.schemas.get(definition.schema), &models.sensitive));
    let debug = debug::derived(definition, structure, api, models);
    line!(models, "#[derive(Clone{debug}, PartialEq{})]\npub struct {name} {{", derives(definition));
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
    boilerplate(definition, api, models);
    if definition.in_request {
        let builder = models.builder_name(name);
        line!(
            models,
            "impl {name} {{\n    /// The declared names, in document order: the model and its builder share them."
        );
        models.text.push_str("    const NAMES: &'static [&'static str] = ");
        names_list(structure).write(1, 49, &mut models.text);
        line!(
            models,
            ";

    /// Starts a builder, whose `build()` reports everything that is missing or wrong at once.
    pub fn builder() -> {builder} {{
        Default::default()
    }}
}}
"
        );
    }
    line!(
        models,
        "impl Instance for {name} {{\n    #[inline]\n    fn view(&self) -> View<'_> {{\n        View::Object(self)\n    }}"
    );
    holds_method(definition, structure, api, models);
    line!(models, "}}\n");
    let members = structure.fields.iter().map(|field| {
        let name = &field.rust_name;
        match field.presence {
            Presence::Required | Presence::RequiredNullable => format!("Some(self.{name}.view())"),
            Presence::Optional => format!("self.{name}.as_ref().map(Instance::view)"),
            Presence::OptionalNullable => format!("self.{name}.member()"),
        }
    });
    let names = if definition.in_request { Tree::leaf("Self::NAMES".to_owned()) } else { names_list(structure) };
    object_impl(name, names, structure, members.collect(), models);
    decode_impl(name, structure, api, models);
    if definition.in_request {
        builder::emit_builder(definition, structure, api, models);
    }
}

/// `holds`, where the struct declares its members as its schema does: see [`crate::emit::models::holds`].
fn holds_method(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    if own_members(definition, structure, api).is_none() {
        return;
    }
    models.uses(&["support"]);
    let mut entries: Vec<Tree> = Vec::new();
    let mut calls: Vec<String> = Vec::new();
    let mut looked_up = 0;
    for (index, field) in structure.fields.iter().enumerate() {
        let (name, rules) = (&field.rust_name, member_rules(field));
        let code =
            if models.fallible.field(field, api) { direct(field, api, &models.patterns) } else { Some(String::new()) };
        entries.push(Tree::leaf(if code.is_some() { "_".to_owned() } else { rules.clone() }));
        match code {
            Some(code) if code.is_empty() => {}
            Some(code) => calls.push(code),
            None => {
                looked_up = index + 1;
                calls.push(match field.presence {
                    Presence::Required | Presence::RequiredNullable => format!("self.{name}.holds({rules}.rules)"),
                    Presence::Optional => {
                        format!("self.{name}.as_ref().is_none_or(|value| value.holds({rules}.rules))")
                    }
                    Presence::OptionalNullable => format!("self.{name}.member_holds({rules}.rules)"),
                });
            }
        }
    }
    let others = api.schemas.get(definition.schema).keywords.iter().skip(1);
    let told: Vec<String> = others.map_while(|keyword| presence(keyword, structure, api)).collect();
    let answered = 1 + told.len();
    // Parentheses around all that there is are a warning.
    let alone = calls.is_empty() && told.len() == 1;
    calls.extend(told.into_iter().map(|code| if alone { code } else { format!("({code})") }));
    let rules = rules_name(definition.schema, api);
    let members = if looked_up == 0 { "_" } else { "members" };
    line!(models, "\n    #[inline]\n    fn holds(&self, rules: &support::Rules) -> bool {{");
    line!(models, "        support::struct_holds(self, rules, &super::rules::{rules}, {answered}, |{members}| {{");
    if looked_up > 0 {
        entries.truncate(looked_up);
        if looked_up < structure.fields.len() {
            entries.push(Tree::leaf(".."));
        }
        models.text.push_str("            let ");
        Tree::list("[", entries, "]").write(3, 16, &mut models.text);
        line!(models, " = members else {{ return false }};");
    }
    let calls = if calls.is_empty() { "true".to_owned() } else { calls.join("\n                && ") };
    line!(models, "            {calls}\n        }})\n    }}");
}

/// The name of a member's entry in the rules: the field's, unless that is taken.
fn member_rules(field: &Field) -> String {
    if matches!(field.rust_name.as_str(), "members" | "rules" | "value") {
        format!("{}_", field.rust_name)
    } else {
        field.rust_name.clone()
    }
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
    let text = if own { annotation_text(&schema.annotations) } else { Said::Text("") };
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

/// The names of a struct's properties, as a slice.
fn names_list(structure: &Struct) -> Tree {
    Tree::list("&[", structure.fields.iter().map(|field| Tree::string(&field.name)).collect(), "]")
}

fn decode_impl(name: &str, structure: &Struct, api: &Api, models: &mut Models) {
    line!(
        models,
        "impl Decode for {name} {{\n    #[inline]\n    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {{"
    );
    for field in &structure.fields {
        let empty = if is_slot_nullable(field, api) { "Nullable::Absent" } else { "None" };
        line!(models, "        let mut {} = {empty};", local(&field.rust_name));
    }
    let additional = match &structure.additional {
        AdditionalMembers::Closed => "reader.undeclared(&name)".to_owned(),
        AdditionalMembers::Kept { rust_name, .. } => {
            line!(models, "        let mut {rust_name} = BTreeMap::new();");
            format!("reader.additional(&mut {rust_name}, name)")
        }
    };
    if structure.fields.is_empty() {
        line!(models, "        reader.each_member(&mut |reader, name| {additional})?;");
    } else {
        line!(models, "        reader.each_member(&mut |reader, name| match &*name {{");
        for field in &structure.fields {
            let assign = match field.presence {
                Presence::Optional => "assign_optional",
                Presence::OptionalNullable if is_slot_nullable(field, api) => "assign_nullable",
                _ => "assign",
            };
            let name = &field.name;
            line!(models, "            {name:?} => reader.{assign}(&mut {}, {name:?}),", local(&field.rust_name));
        }
        line!(models, "            _ => {additional},\n        }})?;");
    }
    let required: Vec<&Field> = structure.fields.iter().filter(|field| is_required(field)).collect();
    let missing = |names: &str| format!("reader.missing({names})");
    unwrapped(&required, |field| local(&field.rust_name), missing, models);
    line!(models, "        Ok(Self {{");
    for field in &structure.fields {
        line!(models, "            {},", decoded_field(field, api));
    }
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        line!(models, "            {rust_name},");
    }
    line!(models, "        }})\n    }}\n}}\n");
}

/// Whether a field is decoded into what it becomes, and not into an `Option` of that: where absence needs no default.
fn is_slot_nullable(field: &Field, api: &Api) -> bool {
    field.presence == Presence::OptionalNullable && assumed_default(field, api).is_none()
}

/// A field of what was decoded: `limit`, `limit: limit.or_else(|| support::stated_default("20"))`.
fn decoded_field(field: &Field, api: &Api) -> String {
    let (rust_name, local) = (&field.rust_name, local(&field.rust_name));
    let Some(assumed) = assumed_default(field, api) else {
        return if *rust_name == local { local } else { format!("{rust_name}: {local}") };
    };
    let default = if field.presence == Presence::OptionalNullable { ".unwrap_or_default()" } else { "" };
    format!("{rust_name}: {local}.or_else(|| support::stated_default({assumed:?})){default}")
}

/// The default that stands for a member which is absent, where the choices say so.
fn assumed_default(field: &Field, api: &Api) -> Option<String> {
    stated_default(field, api).filter(|_| api.assume_defaults && !is_required(field))
}
