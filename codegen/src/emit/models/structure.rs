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
use crate::emit::models::holds::{field_conditions, own_members, required_any_of};
use crate::emit::models::object::{
    is_required, local, object_impl, of_self, or_stated_default, stated_default, unwrapped,
};
use crate::emit::models::types::{field_type, rules_name, type_text, type_uses};
use crate::emit::text::expression::{Arm, Expression, Statement};
use crate::emit::text::layout::{write_constant, write_result, write_statements};

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
        write_constant("const", "NAMES", "&'static [&'static str]", &names_list(structure), 4, &mut models.text);
        line!(
            models,
            "
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
        let value = of_self(&field.rust_name);
        match field.presence {
            Presence::Required | Presence::RequiredNullable => {
                Expression::call("Some", vec![value.method("view", vec![])])
            }
            Presence::Optional => {
                value.method("as_ref", vec![]).method("map", vec![Expression::leaf("Instance::view")])
            }
            Presence::OptionalNullable => value.method("member", vec![]),
        }
    });
    let names = if definition.in_request { Expression::leaf("Self::NAMES") } else { names_list(structure) };
    object_impl(name, &names, structure, members.collect(), models);
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
    let mut entries: Vec<Expression> = Vec::new();
    let mut calls: Vec<Expression> = Vec::new();
    let mut looked_up = 0;
    for (index, field) in structure.fields.iter().enumerate() {
        let (value, rules) = (of_self(&field.rust_name), member_rules(field));
        let code = if models.fallible.field(field, api) {
            field_conditions(field, api, &models.patterns)
        } else {
            Some(vec![])
        };
        entries.push(Expression::leaf(if code.is_some() { "_".to_owned() } else { rules.clone() }));
        match code {
            Some(code) => calls.extend(code),
            None => {
                looked_up = index + 1;
                let rules = vec![Expression::leaf(format!("{rules}.rules"))];
                calls.push(match field.presence {
                    Presence::Required | Presence::RequiredNullable => value.method("holds", rules),
                    Presence::Optional => {
                        let holds = Expression::leaf("value").method("holds", rules);
                        value.method("as_ref", vec![]).method("is_none_or", vec![Expression::closure("value", holds)])
                    }
                    Presence::OptionalNullable => value.method("member_holds", rules),
                });
            }
        }
    }
    let others = api.schemas.get(definition.schema).keywords.iter().skip(1);
    let required: Vec<Expression> = others.map_while(|keyword| required_any_of(keyword, structure, api)).collect();
    let answered = 1 + required.len();
    // Parentheses around all that there is are a warning.
    let alone = calls.is_empty() && required.len() == 1;
    calls.extend(required.into_iter().map(|code| if alone { code } else { code.in_parentheses() }));
    let rules = rules_name(definition.schema, api);
    let members = if looked_up == 0 { "_" } else { "members" };
    line!(models, "\n    #[inline]\n    fn holds(&self, rules: &support::Rules) -> bool {{");
    let mut statements = Vec::new();
    if looked_up > 0 {
        entries.truncate(looked_up);
        if looked_up < structure.fields.len() {
            entries.push(Expression::leaf(".."));
        }
        statements.push(Statement::Let {
            pattern: Expression::slice_pattern(entries),
            value: Expression::leaf("members"),
            otherwise: Some(Expression::leaf("return false")),
        });
    }
    let is_simple = statements.is_empty() && calls.len() < 2;
    let calls = Expression::binary("&&", calls);
    let body = if is_simple { calls } else { Expression::block(statements, Some(calls)) };
    let arguments = vec![
        Expression::leaf("self"),
        Expression::leaf("rules"),
        Expression::leaf(format!("super::rules::{rules}")).reference(),
        Expression::leaf(answered.to_string()),
        Expression::closure(members, body),
    ];
    write_result(&Expression::call("support::struct_holds", arguments), 8, &mut models.text);
    line!(models, "    }}");
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
fn names_list(structure: &Struct) -> Expression {
    Expression::slice(structure.fields.iter().map(|field| Expression::string(&field.name)).collect())
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
    let name_of = || Expression::leaf("name");
    let reader = || Expression::leaf("reader");
    let additional = match &structure.additional {
        AdditionalMembers::Closed => reader().method("undeclared", vec![name_of().reference()]),
        AdditionalMembers::Kept { rust_name, .. } => {
            line!(models, "        let mut {rust_name} = BTreeMap::new();");
            let kept = Expression::leaf(rust_name.clone()).exclusive();
            reader().method("additional", vec![kept, name_of()])
        }
    };
    let body = if structure.fields.is_empty() {
        additional
    } else {
        let mut arms: Vec<Arm> = Vec::with_capacity(structure.fields.len() + 1);
        for field in &structure.fields {
            let assign = match field.presence {
                Presence::Optional => "assign_optional",
                Presence::OptionalNullable if is_slot_nullable(field, api) => "assign_nullable",
                _ => "assign",
            };
            let slot = Expression::leaf(local(&field.rust_name)).exclusive();
            let body = reader().method(assign, vec![slot, Expression::string(&field.name)]);
            arms.push(Arm { patterns: vec![format!("{:?}", field.name)], body });
        }
        arms.push(Arm { patterns: vec!["_".to_owned()], body: additional });
        Expression::matching(Expression::leaf("&*name"), arms)
    };
    let each = Expression::closure("reader, name", body).exclusive();
    let each = reader().method("each_member", vec![each]).tried();
    write_statements(&[Statement::Does(each)], 8, &mut models.text);
    let required: Vec<&Field> = structure.fields.iter().filter(|field| is_required(field)).collect();
    let missing = |names| reader().method("missing", vec![names]);
    unwrapped(&required, |field| Expression::leaf(local(&field.rust_name)), missing, models);
    let mut fields: Vec<(String, Option<Expression>)> =
        structure.fields.iter().map(|field| decoded_field(field, api)).collect();
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        fields.push((rust_name.clone(), None));
    }
    write_result(&Expression::call("Ok", vec![Expression::structure("Self", fields)]), 8, &mut models.text);
    line!(models, "    }}\n}}\n");
}

/// Whether a field is decoded into what it becomes, and not into an `Option` of that: where absence needs no default.
fn is_slot_nullable(field: &Field, api: &Api) -> bool {
    field.presence == Presence::OptionalNullable && assumed_default(field, api).is_none()
}

/// A field of what was decoded: `limit`, `limit: limit.or_else(|| support::stated_default("20"))`.
fn decoded_field(field: &Field, api: &Api) -> (String, Option<Expression>) {
    let (rust_name, local) = (&field.rust_name, local(&field.rust_name));
    let Some(assumed) = assumed_default(field, api) else {
        return (rust_name.clone(), (*rust_name != local).then(|| Expression::leaf(local)));
    };
    let value = or_stated_default(Expression::leaf(local), &assumed);
    let value = match field.presence {
        Presence::OptionalNullable => value.method("unwrap_or_default", vec![]),
        _ => value,
    };
    (rust_name.clone(), Some(value))
}

/// The default that stands for a member which is absent, where the choices say so.
fn assumed_default(field: &Field, api: &Api) -> Option<String> {
    stated_default(field, api).filter(|_| api.assume_defaults && !is_required(field))
}
