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

use crate::api::{AdditionalMembers, Api, Definition, Field, Keyword, Presence, Struct, Type};

use crate::emit::comment::docs::{Said, code, code_or_length, comment, constraints};
use crate::emit::models::builder;
use crate::emit::models::debug;
use crate::emit::models::file::{Models, annotation_text, derives, docs, line};
use crate::emit::models::object::{
    assumed_default, is_optional_throughout, is_required, local, of_self, or_stated_default,
};
use crate::emit::models::types::{field_type, rules_name, type_text, type_uses};
use crate::emit::models::validity::Checks;
use crate::emit::text::expression::{Arm, Expression, Statement};
use crate::emit::text::layout::{write_arm, write_result, write_statements};

/// Everything of one struct.
pub fn emit_struct(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    let name = &definition.rust_name;
    models.uses(&["Fault", "Instance", "Reader", "View", "rules", "support"]);
    models.text.push_str(&docs(definition, api.schemas.get(definition.schema), &models.sensitive));
    let debug = debug::derived(definition, structure, api, models);
    let default = if derives_default(definition, structure) { ", Default" } else { "" };
    line!(models, "#[derive(Clone{debug}{default}, PartialEq{})]\npub struct {name} {{", derives(definition));
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
    let mut arguments = vec![
        Expression::leaf(definition.rust_name.clone()),
        Expression::leaf(format!("rules::{}", rules_name(definition.schema, api))),
    ];
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        arguments.push(Expression::leaf(rust_name.clone()));
    }
    if !is_own {
        let names = structure.fields.iter().map(|field| Expression::string(&field.name));
        arguments.push(Expression::array(names.collect()));
    }
    write_statements(&[Statement::Does(Expression::macro_call("support::object", arguments))], 0, &mut models.text);
    models.text.push('\n');
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
        let value = of_self(&field.rust_name);
        let body = match field.presence {
            Presence::Required | Presence::RequiredNullable => {
                Expression::call("Some", vec![value.method("view", vec![])])
            }
            Presence::Optional => {
                value.method("as_ref", vec![]).method("map", vec![Expression::leaf("Instance::view")])
            }
            Presence::OptionalNullable => value.method("member", vec![]),
        };
        write_arm(&Arm { patterns: vec![index.to_string()], body }, 12, &mut models.text);
    }
    line!(models, "            _ => None,\n        }}\n    }}\n");
}

/// `is_valid`, where not everything is left to the tables: see [`crate::emit::models::validity`].
fn is_valid_method(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    let checks = Checks { api, fallible: &models.fallible, patterns: &models.patterns };
    let Some(mut checks) = checks.of(definition, structure) else { return };
    let own = if checks.iter().any(|check| check.reads_own) { "own" } else { "_" };
    line!(models, "    #[inline]\n    fn is_valid(&self, {own}: &'static support::Rules) -> bool {{");
    // Parentheses around all that there is are a warning.
    let is_alone = checks.len() == 1;
    let code = checks.drain(..).map(|check| match check.has_alternatives && !is_alone {
        true => check.code.in_parentheses(),
        false => check.code,
    });
    let code: Vec<Expression> = code.collect();
    let all = if code.is_empty() { Expression::leaf("true") } else { Expression::binary("&&", code) };
    write_result(&all, 8, &mut models.text);
    line!(models, "    }}\n");
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

/// `read`: into the builder, into the struct itself, or into variables.
fn read_method(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    line!(models, "    #[inline]\n    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {{");
    if is_optional_throughout(structure) {
        read_into("value", "Self", structure, api, models);
        line!(models, "        Ok(value)");
    } else if definition.in_request {
        read_into("builder", &models.builder_name(&definition.rust_name), structure, api, models);
        line!(models, "        builder.complete().map_err(Fault::missing)");
    } else {
        for field in &structure.fields {
            let empty = if field.presence == Presence::OptionalNullable { "Nullable::Absent" } else { "None" };
            line!(models, "        let mut {} = {empty};", local(&field.rust_name));
        }
        if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
            line!(models, "        let mut {} = BTreeMap::new();", local(rust_name));
        }
        each_member(structure, |field| Expression::leaf(local(field)), models);
        let mut fields: Vec<(String, Option<Expression>)> =
            structure.fields.iter().map(|field| read_field(field, api)).collect();
        if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
            let local = local(rust_name);
            fields.push((rust_name.clone(), (local != *rust_name).then(|| Expression::leaf(local))));
        }
        write_result(&Expression::call("Ok", vec![Expression::structure("Self", fields)]), 8, &mut models.text);
    }
    line!(models, "    }}");
}

/// A field of what was read into variables: `name`, `id: id.ok_or_else(|| Fault::missing("id"))?`.
fn read_field(field: &Field, api: &Api) -> (String, Option<Expression>) {
    let local = local(&field.rust_name);
    let value = match (is_required(field), assumed_default(field, api)) {
        (true, _) => {
            let missing = Expression::call("Fault::missing", vec![Expression::string(&field.name)]);
            Some(Expression::leaf(local).method("ok_or_else", vec![Expression::closure("", missing)]).tried())
        }
        (false, Some(assumed)) => Some(or_stated_default(Expression::leaf(local), field, &assumed)),
        (false, None) => (field.rust_name != local).then(|| Expression::leaf(local)),
    };
    (field.rust_name.clone(), value)
}

/// Reads the members into the fields of a variable, and gives those that are absent the defaults of the document, where the choices say so.
fn read_into(variable: &'static str, ty: &str, structure: &Struct, api: &Api, models: &mut Models) {
    // Not `Type::default()`: a setter may have that name.
    line!(models, "        let mut {variable}: {ty} = Default::default();");
    let place = |field: &str| Expression::leaf(variable).field(field);
    each_member(structure, place, models);
    for field in &structure.fields {
        if let Some(assumed) = assumed_default(field, api) {
            let value = or_stated_default(place(&field.rust_name), field, &assumed);
            write_statements(&[Statement::Assign(place(&field.rust_name), value)], 8, &mut models.text);
        }
    }
}

/// Reads the members, each to the place of a field, given its Rust name.
fn each_member(structure: &Struct, place: impl Fn(&str) -> Expression, models: &mut Models) {
    let reader = || Expression::leaf("reader");
    let (additional, reads_name) = match &structure.additional {
        AdditionalMembers::Closed => (reader().method("undeclared", vec![]), false),
        AdditionalMembers::Kept { rust_name, .. } => {
            (reader().method("additional", vec![place(rust_name).exclusive(), Expression::leaf("name")]), true)
        }
    };
    let has_fields = !structure.fields.is_empty();
    let parameters = if has_fields || reads_name { "reader, name" } else { "reader, _" };
    let body = if has_fields {
        let mut arms: Vec<Arm> = Vec::with_capacity(structure.fields.len() + 1);
        for field in &structure.fields {
            let assign = match field.presence {
                Presence::Optional => "assign_optional",
                Presence::OptionalNullable => "assign_nullable",
                Presence::Required | Presence::RequiredNullable => "assign",
            };
            let body = reader().method(assign, vec![place(&field.rust_name).exclusive()]);
            arms.push(Arm { patterns: vec![format!("{:?}", field.name)], body });
        }
        arms.push(Arm { patterns: vec!["_".to_owned()], body: additional });
        Expression::matching(Expression::leaf("name"), arms)
    } else {
        additional
    };
    let each = Expression::closure(parameters, body).exclusive();
    let each = reader().method("each_member", vec![each]).tried();
    write_statements(&[Statement::Does(each)], 8, &mut models.text);
}
