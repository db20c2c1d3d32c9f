//! What a model and its builder share: the members that the checker sees, and how values of required ones are taken out.

use std::fmt::Write as _;

use crate::api::{AdditionalMembers, Api, Field, Presence, Struct, TypeSet};

use crate::emit::models::file::{Models, line};
use crate::emit::text::expression::{Arm, Expression, Statement};
use crate::emit::text::layout::{write_arm, write_result, write_statements};

/// `impl Object`, from the declared names and the arms of `member`.
pub fn object_impl(name: &str, names: &Expression, structure: &Struct, members: Vec<Expression>, models: &mut Models) {
    line!(models, "impl Object for {name} {{\n    fn names(&self) -> &'static [&'static str] {{");
    write_result(names, 8, &mut models.text);
    line!(models, "    }}");
    // The trait's own answer to `member` and to `additional` is `None`.
    if !members.is_empty() {
        line!(
            models,
            "\n    #[inline]\n    fn member(&self, index: usize) -> Option<View<'_>> {{\n        match index {{"
        );
        for (index, body) in members.into_iter().enumerate() {
            write_arm(&Arm { patterns: vec![index.to_string()], body }, 12, &mut models.text);
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
    slot: impl Fn(&Field) -> Expression,
    error: impl Fn(Expression) -> Expression,
    models: &mut Models,
) {
    if required.is_empty() {
        return;
    }
    let some = |field: &&Field| Expression::call("Some", vec![Expression::leaf(local(&field.rust_name))]);
    let names = required.iter().map(|field| Expression::string(&field.name)).collect();
    let failure = Expression::call("Err", vec![error(Expression::slice(names))]);
    let statement = Statement::Let {
        pattern: Expression::tuple_pattern(required.iter().map(some).collect()),
        value: Expression::tuple(required.iter().map(|field| slot(field)).collect()),
        otherwise: Some(failure.returned()),
    };
    write_statements(&[statement], 8, &mut models.text);
}

/// `value.or_else(|| support::stated_default("20"))`.
pub fn or_stated_default(value: Expression, default: &str) -> Expression {
    let stated = Expression::call("support::stated_default", vec![Expression::string(default)]);
    value.method("or_else", vec![Expression::closure("", stated)])
}

/// `self.field`.
pub fn of_self(rust_name: &str) -> Expression {
    Expression::leaf("self").field(rust_name)
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
