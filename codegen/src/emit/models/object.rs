//! What a model and its builder share: the members that the checker sees, and how values of required ones are taken out.

use std::fmt::Write as _;

use crate::api::{AdditionalMembers, Api, Field, Presence, Struct, TypeSet};

use crate::emit::models::file::{Models, line};
use crate::emit::text::pretty::Tree;

/// `impl Object`, from the declared names and the arms of `member`.
pub fn object_impl(name: &str, names: Tree, structure: &Struct, members: Vec<String>, models: &mut Models) {
    line!(models, "impl Object for {name} {{\n    fn names(&self) -> &'static [&'static str] {{");
    models.text.push_str("        ");
    names.write(2, 8, &mut models.text);
    line!(models, "\n    }}");
    // The trait's own answer to `member` and to `additional` is `None`.
    if !members.is_empty() {
        line!(
            models,
            "\n    #[inline]\n    fn member(&self, index: usize) -> Option<View<'_>> {{\n        match index {{"
        );
        for (index, member) in members.iter().enumerate() {
            line!(models, "            {index} => {member},");
        }
        line!(models, "            _ => None,\n        }}\n    }}");
    }
    if let AdditionalMembers::Kept { rust_name, .. } = &structure.additional {
        models.uses(&["Entries"]);
        line!(models, "\n    fn additional(&self) -> Option<&dyn Entries> {{\n        Some(&self.{rust_name})\n    }}");
    }
    line!(models, "}}\n");
}

/// Whether there is a value of the field in every instance.
pub fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}

/// Takes the values of required members out of their slots, and returns an error where one is empty: all in one statement, since each
/// further way out of a function drops everything that it holds.
pub fn unwrapped(
    required: &[&Field],
    slot: impl Fn(&Field) -> String,
    error: impl Fn(&str) -> String,
    models: &mut Models,
) {
    let (open, close) = match required {
        [] => return,
        [_] => ("", ""),
        _ => ("(", ")"),
    };
    let tuple = |items: Vec<String>| {
        let mut text = String::new();
        let items = items.into_iter().map(Tree::leaf).collect();
        Tree::list(open, items, close).write(2, 20, &mut text);
        text
    };
    let values = tuple(required.iter().map(|field| format!("Some({})", local(&field.rust_name))).collect());
    let slots = tuple(required.iter().map(|field| slot(field)).collect());
    let mut names = String::new();
    Tree::list("&[", required.iter().map(|field| Tree::string(&field.name)).collect(), "]").write(3, 40, &mut names);
    line!(models, "        let {values} = {slots} else {{\n            return Err({});\n        }};", error(&names));
}

/// The default of a property as JSON, where its own schema allows it and it may be shown.
pub fn stated_default(field: &Field, api: &Api) -> Option<String> {
    let schema = api.schemas.get(field.schema);
    let default = schema.annotations.default.as_ref()?;
    let fits = schema.types.intersects(TypeSet::of(default));
    (fits && !schema.sensitive).then(|| default.to_string())
}

/// A local's name: the field's, unless decoding needs that name for itself.
pub fn local(rust_name: &str) -> String {
    if matches!(rust_name, "reader" | "name") { format!("{rust_name}_") } else { rust_name.to_owned() }
}
