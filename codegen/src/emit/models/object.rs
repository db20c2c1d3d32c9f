//! What a model and its builder share: which of its members are required, and their defaults.

use crate::api::{Api, Field, Presence, Struct, TypeSet};

use crate::emit::text::expression::Expression;

/// Whether there is a value of the field in every instance.
pub fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}

/// A place, or the default of its field where nothing is there: `limit.or_else(|| support::stated_default("20"))`.
pub fn or_stated_default(place: Expression, field: &Field, default: &str) -> Expression {
    let stated = Expression::call("support::stated_default", vec![Expression::string(default)]);
    let stated = match field.presence {
        Presence::OptionalNullable => stated.method("unwrap_or_default", vec![]),
        Presence::Required | Presence::RequiredNullable | Presence::Optional => stated,
    };
    place.method("or_else", vec![Expression::closure("", stated)])
}

/// The default that stands for a member which is absent, where the choices say so.
pub fn assumed_default(field: &Field, api: &Api) -> Option<String> {
    stated_default(field, api).filter(|_| api.assume_defaults && !is_required(field))
}

/// Whether an empty struct is a value: nothing is required.
pub fn is_optional_throughout(structure: &Struct) -> bool {
    !structure.fields.iter().any(is_required)
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

/// A local's name: the field's, unless reading needs that name for itself.
pub fn local(rust_name: &str) -> String {
    if matches!(rust_name, "reader" | "name") { format!("{rust_name}_") } else { rust_name.to_owned() }
}
