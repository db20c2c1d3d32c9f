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
use crate::emit::models::structure::{is_optional_throughout, is_required, stated_default};
use crate::emit::models::types::{rules_name, type_text};
use crate::emit::models::{Models, line};
use crate::emit::text::pretty::Tree;

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
        line!(models, "/// Builds a [`{name}`].\n#[derive(Clone, Debug, Default)]\n#[must_use]\npub struct {builder}({name});\n");
    } else {
        builder_struct(definition, &builder, structure, api, models);
    }
    let setters_of_traits = structure.fields.iter().any(|field| is_operator(&field.rust_name));
    if setters_of_traits {
        line!(models, "#[allow(clippy::should_implement_trait, reason = \"setters have the names of properties\")]");
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
    #[inline]
    pub fn build(self) -> Result<{name}, Violations> {{"
    );
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
    let fields = structure.fields.iter().map(|field| Tree::leaf(format!("&self.{}", field.rust_name)));
    let additional = match &structure.additional {
        AdditionalMembers::Kept { rust_name, .. } => format!("Some(&self.{rust_name})"),
        AdditionalMembers::Closed => "None".to_owned(),
    };
    let arguments = vec![
        Tree::leaf(format!("&rules::{}", rules_name(definition.schema, api))),
        Tree::leaf(format!("{}::declared()", definition.rust_name)),
        Tree::list("&[", fields.collect(), "]"),
        Tree::leaf(additional),
    ];
    models.text.push_str("        ");
    Tree::list("support::check_members(", arguments, ")?").write(2, 9, &mut models.text);
    line!(models, ";\n        self.complete().map_err(support::unset)\n    }}\n");
}

/// `complete`, which makes the value.
fn complete(name: &str, structure: &Struct, models: &mut Models) {
    line!(
        models,
        "    /// The value, or the name of the first required member that was not set.
    #[inline]
    fn complete(self) -> Result<{name}, &'static str> {{
        Ok({name} {{"
    );
    for field in &structure.fields {
        let (rust_name, json_name) = (&field.rust_name, &field.name);
        match is_required(field) {
            true => line!(models, "            {rust_name}: self.{rust_name}.ok_or({json_name:?})?,"),
            false => line!(models, "            {rust_name}: self.{rust_name},"),
        }
    }
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        line!(models, "            {rust_name}: self.{rust_name},");
    }
    line!(models, "        }})\n    }}");
}

fn setters(structure: &Struct, is_whole: bool, api: &Api, models: &mut Models) {
    let owner = if is_whole { "self.0" } else { "self" };
    for field in &structure.fields {
        let (rust_name, ty) = (&field.rust_name, type_text(&field.ty, api, ""));
        let (argument, assigned) = match field.presence {
            Presence::Required | Presence::Optional => (ty, "Some(value.into())"),
            Presence::RequiredNullable => (format!("Option<{ty}>"), "Some(value.into())"),
            Presence::OptionalNullable => (format!("Nullable<{ty}>"), "value.into()"),
        };
        line!(
            models,
            "    /// Sets {}.
    pub fn {}(mut self, value: impl Into<{argument}>) -> Self {{
        {owner}.{rust_name} = {assigned};
        self
    }}
",
            code(&field.name),
            setter_name(rust_name)
        );
    }
    if let AdditionalMembers::Kept { rust_name, ty } = &structure.additional {
        line!(
            models,
            "    /// Adds a member that the document does not declare.
    pub fn {}(mut self, name: impl Into<String>, value: impl Into<{}>) -> Self {{
        {owner}.{rust_name}.insert(name.into(), value.into());
        self
    }}
",
            setter_name(rust_name),
            type_text(ty, api, "")
        );
    }
}

/// The method that fills in what the document says of absent properties.
fn with_defaults(structure: &Struct, is_whole: bool, api: &Api, models: &mut Models) {
    let owner = if is_whole { "self.0" } else { "self" };
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
        let fallback = match field.presence {
            Presence::OptionalNullable => format!("support::stated_default({default:?}).unwrap_or_default()"),
            Presence::Required | Presence::RequiredNullable | Presence::Optional => {
                format!("support::stated_default({default:?})")
            }
        };
        line!(models, "        {owner}.{name} = {owner}.{name}.or_else(|| {fallback});");
    }
    line!(models, "        self\n    }}\n");
}

/// A setter's name: the field's, unless the builder needs that name for itself.
fn setter_name(rust_name: &str) -> String {
    if matches!(rust_name, "build" | "complete" | "with_defaults") { format!("{rust_name}_") } else { rust_name.to_owned() }
}
