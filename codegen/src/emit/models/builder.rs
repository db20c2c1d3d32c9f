//! The builder of a request type. It is an object of its own to the checker, so that what is missing is reported together
//! with what is wrong.
//!
//! ```text
//! let card = Card::builder().number("4111111111111111").build()?;
//! ```

use std::fmt::Write as _;

use crate::api::{AdditionalMembers, Api, Definition, Field, Presence, Struct};

use crate::emit::comment::docs::code;
use crate::emit::models::debug;
use crate::emit::models::file::{Models, line};
use crate::emit::models::object::{
    is_required, local, object_impl, of_self, or_stated_default, stated_default, unwrapped,
};
use crate::emit::models::types::{rules_name, type_text};
use crate::emit::text::expression::{Expression, Statement};
use crate::emit::text::layout::{write_result, write_signature, write_statements};

/// Methods of the standard library's traits, which setters may be named like.
const OPERATORS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// Whether clippy takes a setter of this name for a method of an operator's trait.
pub(crate) fn is_operator(name: &str) -> bool {
    OPERATORS.contains(&name)
}

/// The builder of a struct.
pub fn emit_builder(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    models.uses(&["Violations"]);
    let (name, builder) = (&definition.rust_name, models.builder_name(&definition.rust_name));
    let debug = debug::derived(definition, structure, api, models);
    line!(models, "/// Builds a [`{name}`].\n#[derive(Clone{debug}, Default)]\n#[must_use]\npub struct {builder} {{");
    for field in &structure.fields {
        let ty = type_text(&field.ty, api, "");
        let ty = match field.presence {
            Presence::Required | Presence::Optional => format!("Option<{ty}>"),
            Presence::RequiredNullable => format!("Option<Option<{ty}>>"),
            Presence::OptionalNullable => format!("Nullable<{ty}>"),
        };
        line!(models, "    {}: {ty},", field.rust_name);
    }
    if let AdditionalMembers::Kept { rust_name, ty } = &structure.additional {
        line!(models, "    {rust_name}: BTreeMap<String, {}>,", type_text(ty, api, ""));
    }
    line!(models, "}}\n");
    debug::emit_debug(&builder, definition, structure, api, models);
    let setters_of_traits = structure.fields.iter().any(|field| is_operator(&field.rust_name));
    if setters_of_traits {
        line!(
            models,
            "#[allow(\n    clippy::should_implement_trait,\n    reason = \"setters have the names of properties\"\n)]"
        );
    }
    line!(models, "impl {builder} {{");
    setters(structure, api, models);
    with_defaults(structure, api, models);
    line!(
        models,
        "    /// Finishes the value.
    ///
    /// # Errors
    /// Everything that is missing or wrong, at once.
    #[inline]"
    );
    write_signature("pub fn", "build", &["self"], &format!("Result<{name}, Violations>"), 4, &mut models.text);
    let rules = Expression::leaf(format!("super::rules::{}", rules_name(definition.schema, api))).reference();
    let view = Expression::call("View::Object", vec![Expression::leaf("self").reference()]);
    let check = Expression::call("support::check", vec![view, rules]).tried();
    write_statements(&[Statement::Does(check)], 8, &mut models.text);
    let required: Vec<&Field> = structure.fields.iter().filter(|field| is_required(field)).collect();
    let unset = |names| Expression::call("support::unset", vec![names]);
    unwrapped(&required, |field| of_self(&field.rust_name), unset, models);
    let mut fields = Vec::with_capacity(structure.fields.len() + 1);
    for field in &structure.fields {
        let (rust_name, local) = (&field.rust_name, local(&field.rust_name));
        let value = match is_required(field) {
            true => (local != *rust_name).then(|| Expression::leaf(local)),
            false => Some(of_self(rust_name)),
        };
        fields.push((rust_name.clone(), value));
    }
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        fields.push((rust_name.clone(), Some(of_self(rust_name))));
    }
    write_result(&Expression::call("Ok", vec![Expression::structure(name, fields)]), 8, &mut models.text);
    line!(models, "    }}\n}}\n");
    let members = structure.fields.iter().map(|field| match field.presence {
        Presence::OptionalNullable => of_self(&field.rust_name).method("member", vec![]),
        _ => of_self(&field.rust_name).method("as_ref", vec![]).method("map", vec![Expression::leaf("Instance::view")]),
    });
    object_impl(&builder, &Expression::leaf(format!("{name}::NAMES")), structure, members.collect(), models);
}

fn setters(structure: &Struct, api: &Api, models: &mut Models) {
    for field in &structure.fields {
        let (rust_name, ty) = (&field.rust_name, type_text(&field.ty, api, ""));
        let (argument, assigned) = match field.presence {
            Presence::Required | Presence::Optional => (ty, "Some(value.into())"),
            Presence::RequiredNullable => (format!("Option<{ty}>"), "Some(value.into())"),
            Presence::OptionalNullable => (format!("Nullable<{ty}>"), "value.into()"),
        };
        line!(models, "    /// Sets {}.", code(&field.name));
        let value = format!("value: impl Into<{argument}>");
        write_signature("pub fn", &setter_name(rust_name), &["mut self", &value], "Self", 4, &mut models.text);
        line!(models, "        self.{rust_name} = {assigned};\n        self\n    }}\n");
    }
    if let AdditionalMembers::Kept { rust_name, ty } = &structure.additional {
        line!(models, "    /// Adds a member that the document does not declare.");
        let value = format!("value: impl Into<{}>", type_text(ty, api, ""));
        let parameters = ["mut self", "name: impl Into<String>", &value];
        write_signature("pub fn", &setter_name(rust_name), &parameters, "Self", 4, &mut models.text);
        let into = |value| Expression::leaf(value).method("into", vec![]);
        let insert = of_self(rust_name).method("insert", vec![into("name"), into("value")]);
        write_statements(&[Statement::Does(insert)], 8, &mut models.text);
        line!(models, "        self\n    }}\n");
    }
}

/// The method that fills in what the document says of absent properties.
fn with_defaults(structure: &Struct, api: &Api, models: &mut Models) {
    let stated: Vec<_> =
        structure.fields.iter().filter_map(|field| Some((field, stated_default(field, api)?))).collect();
    if stated.is_empty() {
        return;
    }
    line!(
        models,
        "    /// Fills in the defaults of the document where nothing was set.
    pub fn with_defaults(mut self) -> Self {{"
    );
    for (field, default) in stated {
        let name = &field.rust_name;
        match field.presence {
            Presence::OptionalNullable => {
                let stated = Expression::call("support::stated_default", vec![Expression::string(&default)])
                    .method("unwrap_or_default", vec![]);
                line!(models, "        if self.{name}.is_absent() {{");
                write_statements(&[Statement::Assign(of_self(name), stated)], 12, &mut models.text);
                line!(models, "        }}");
            }
            _ => {
                let value = or_stated_default(of_self(name), &default);
                write_statements(&[Statement::Assign(of_self(name), value)], 8, &mut models.text);
            }
        }
    }
    line!(models, "        self\n    }}\n");
}

/// A setter's name: the field's, unless the builder needs that name for itself.
pub fn setter_name(rust_name: &str) -> String {
    if matches!(rust_name, "build" | "with_defaults") { format!("{rust_name}_") } else { rust_name.to_owned() }
}
