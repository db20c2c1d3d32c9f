//! The builder of a request type.
//!
//! ```text
//! let card = Card::builder().number("4111111111111111").build()?;
//! ```
//!
//! Where something is required, a builder holds each member, or nothing yet. All of them are checked together, so that what is missing is
//! reported with what is wrong:
//!
//! ```text
//! pub struct CardBuilder {
//!     number: Option<Secret<String>>,
//!     cvv: Nullable<String>,
//! }
//!
//! pub fn build(self) -> Result<Card, Violations> {
//!     support::check_members(&rules::CARD, Card::declared(), &[&self.number, &self.cvv], None)?;
//!     self.complete().map_err(support::unset)
//! }
//! ```
//!
//! Where nothing is, it holds the value itself.

use std::fmt::Write as _;

use crate::api::{AdditionalMembers, Api, Definition, Presence, Struct};

use crate::emit::comment::docs::code;
use crate::emit::models::debug;
use crate::emit::models::file::{Models, line};
use crate::emit::models::object::{is_optional_throughout, is_required, of_self, or_stated_default, stated_default};
use crate::emit::models::types::{rules_name, type_text};
use crate::emit::text::expression::{Expression, Statement};
use crate::emit::text::layout::{write_result, write_statements};
use crate::emit::text::shape::WIDTH;
use crate::emit::text::signature::write_signature;

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
    let is_whole = is_optional_throughout(structure);
    if is_whole {
        line!(models, "/// Builds a [`{name}`].\n#[derive(Clone, Debug, Default)]\n#[must_use]");
        let line = format!("pub struct {builder}({name});");
        let fits = line.len() <= WIDTH;
        line!(models, "{}\n", if fits { line } else { format!("pub struct {builder}(\n    {name},\n);") });
    } else {
        builder_struct(definition, &builder, structure, api, models);
    }
    let setters_of_traits = structure.fields.iter().any(|field| is_operator(&field.rust_name));
    if setters_of_traits {
        line!(
            models,
            "#[allow(\n    clippy::should_implement_trait,\n    reason = \"setters have the names of properties\"\n)]"
        );
    }
    line!(models, "impl {builder} {{");
    setters(structure, is_whole, api, models);
    with_defaults(structure, is_whole, api, models);
    line!(
        models,
        "    /// Finishes the value.
    ///
    /// # Errors
    /// Everything that is missing or wrong, at once.
    #[inline]"
    );
    write_signature("pub fn", "build", &["self"], &format!("Result<{name}, Violations>"), 4, &mut models.text);
    if is_whole {
        line!(models, "        self.0.validate().map(|()| self.0)\n    }}");
    } else {
        build_checked(definition, structure, api, models);
        complete(name, structure, models);
    }
    line!(models, "}}\n");
}

/// The builder's fields: each a value, or nothing yet.
fn builder_struct(definition: &Definition, builder: &str, structure: &Struct, api: &Api, models: &mut Models) {
    let debug = debug::derived(definition, structure, api, models);
    let name = &definition.rust_name;
    line!(models, "/// Builds a [`{name}`].\n#[derive(Clone{debug}, Default)]\n#[must_use]\npub struct {builder} {{");
    for field in &structure.fields {
        let ty = type_text(&field.ty, api, "");
        let optional = match field.presence {
            Presence::Required | Presence::Optional => format!("Option<{ty}>"),
            Presence::RequiredNullable => format!("Option<Option<{ty}>>"),
            Presence::OptionalNullable => format!("Nullable<{ty}>"),
        };
        line!(models, "    {}: {optional},", field.rust_name);
    }
    if let AdditionalMembers::Kept { rust_name, ty } = &structure.additional {
        line!(models, "    {rust_name}: BTreeMap<String, {}>,", type_text(ty, api, ""));
    }
    line!(models, "}}\n");
    debug::emit_debug(builder, definition, structure, api, models);
}

/// The body of `build`, where members may be missing.
fn build_checked(definition: &Definition, structure: &Struct, api: &Api, models: &mut Models) {
    let fields = structure.fields.iter().map(|field| of_self(&field.rust_name).reference());
    let additional = match &structure.additional {
        AdditionalMembers::Kept { rust_name, .. } => Expression::call("Some", vec![of_self(rust_name).reference()]),
        AdditionalMembers::Closed => Expression::leaf("None"),
    };
    let arguments = vec![
        Expression::leaf(format!("rules::{}", rules_name(definition.schema, api))).reference(),
        Expression::call(&format!("{}::declared", definition.rust_name), vec![]),
        Expression::slice(fields.collect()),
        additional,
    ];
    let check = Expression::call("support::check_members", arguments).tried();
    write_statements(&[Statement::Does(check)], 8, &mut models.text);
    line!(models, "        self.complete().map_err(support::unset)\n    }}\n");
}

/// `complete`, which makes the value.
fn complete(name: &str, structure: &Struct, models: &mut Models) {
    line!(models, "    /// The value, or the name of the first required member that was not set.\n    #[inline]");
    write_signature("fn", "complete", &["self"], &format!("Result<{name}, &'static str>"), 4, &mut models.text);
    let mut fields: Vec<(String, Option<Expression>)> = Vec::with_capacity(structure.fields.len() + 1);
    for field in &structure.fields {
        let value = of_self(&field.rust_name);
        let value = match is_required(field) {
            true => value.method("ok_or", vec![Expression::string(&field.name)]).tried(),
            false => value,
        };
        fields.push((field.rust_name.clone(), Some(value)));
    }
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        fields.push((rust_name.clone(), Some(of_self(rust_name))));
    }
    write_result(&Expression::call("Ok", vec![Expression::structure(name, fields)]), 8, &mut models.text);
    line!(models, "    }}");
}

/// Where a builder has the members: in itself, or in the value that it holds.
fn owner(is_whole: bool) -> Expression {
    if is_whole { of_self("0") } else { Expression::leaf("self") }
}

fn into(value: &'static str) -> Expression {
    Expression::leaf(value).method("into", vec![])
}

fn setters(structure: &Struct, is_whole: bool, api: &Api, models: &mut Models) {
    for field in &structure.fields {
        let (rust_name, ty) = (&field.rust_name, type_text(&field.ty, api, ""));
        let (argument, assigned) = match field.presence {
            Presence::Required | Presence::Optional => (ty, Expression::call("Some", vec![into("value")])),
            Presence::RequiredNullable => (format!("Option<{ty}>"), Expression::call("Some", vec![into("value")])),
            Presence::OptionalNullable => (format!("Nullable<{ty}>"), into("value")),
        };
        line!(models, "    /// Sets {}.", code(&field.name));
        let value = format!("value: impl Into<{argument}>");
        write_signature("pub fn", &setter_name(rust_name), &["mut self", &value], "Self", 4, &mut models.text);
        let assign = Statement::Assign(owner(is_whole).field(rust_name), assigned);
        write_statements(&[assign], 8, &mut models.text);
        line!(models, "        self\n    }}\n");
    }
    if let AdditionalMembers::Kept { rust_name, ty } = &structure.additional {
        line!(models, "    /// Adds a member that the document does not declare.");
        let value = format!("value: impl Into<{}>", type_text(ty, api, ""));
        let parameters = ["mut self", "name: impl Into<String>", &value];
        write_signature("pub fn", &setter_name(rust_name), &parameters, "Self", 4, &mut models.text);
        let insert = owner(is_whole).field(rust_name).method("insert", vec![into("name"), into("value")]);
        write_statements(&[Statement::Does(insert)], 8, &mut models.text);
        line!(models, "        self\n    }}\n");
    }
}

/// The method that fills in what the document says of absent properties.
fn with_defaults(structure: &Struct, is_whole: bool, api: &Api, models: &mut Models) {
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
        let place = || owner(is_whole).field(&field.rust_name);
        let value = or_stated_default(place(), field, &default);
        write_statements(&[Statement::Assign(place(), value)], 8, &mut models.text);
    }
    line!(models, "        self\n    }}\n");
}

/// A setter's name: the field's, unless the builder needs that name for itself.
pub fn setter_name(rust_name: &str) -> String {
    if matches!(rust_name, "build" | "complete" | "with_defaults") {
        format!("{rust_name}_")
    } else {
        rust_name.to_owned()
    }
}
