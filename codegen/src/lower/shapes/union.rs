//! `oneOf` and `anyOf` to unions.
//!
//! ```yaml
//! oneOf:
//!   - { type: array, items: { $ref: '#/components/schemas/Message' } }
//!   - $ref: '#/components/schemas/Message'
//! ```
//!
//! becomes a union of `Array(Vec<Message>)` and `Message(Message)`, told apart by [`crate::lower::schemas::evidence`]. An `anyOf` of
//! objects that nothing tells apart is one struct with the members of all of them ([`crate::lower::schemas::outline`]).

use crate::api::{self, Definitions, SchemaId, Type, UnionVariant};

use crate::lower::names::{self, Scope};
use crate::lower::schemas::outline::Union;
use crate::lower::shapes::namer::Namer;

/// The union of a schema's branches, each with a type and a name.
pub(crate) fn union(namer: &mut Namer<'_>, id: SchemaId, union: &Union, rust_name: &str) -> api::Union {
    let mut scope = Scope::with_taken(&["Unknown"]);
    let mut variants = Vec::with_capacity(union.branches.len());
    for (index, branch) in union.branches.iter().enumerate() {
        let title = namer.schemas.rules().get(*branch).annotations.title.as_ref();
        let stem = match title {
            Some(title) => format!("{rust_name}{}", names::variant_name(title)),
            None => format!("{rust_name}Variant{}", index + 1),
        };
        let ty = namer.shape_or_null(*branch, &stem);
        namer.anchor(*branch);
        let name = match namer.schemas.component_name(*branch).or(title.map(String::as_str)) {
            Some(name) => names::variant_name(name),
            None => kind_name(&ty, &namer.definitions, rust_name),
        };
        let chosen = namer.context.choices.variant_name(&namer.names_of(id, rust_name), &name).map(str::to_owned);
        variants.push(UnionVariant { rust_name: scope.claim(chosen.unwrap_or(name)), ty, schema: *branch });
    }
    api::Union { variants, evidence: union.ladder.evidence.clone() }
}

/// What a branch without a name is called.
fn kind_name(ty: &Type, definitions: &Definitions, rust_name: &str) -> String {
    match ty {
        Type::Boolean => "Boolean".to_owned(),
        Type::Integer | Type::Unsigned => "Integer".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::String | Type::Formatted(_) => "String".to_owned(),
        Type::Binary => "Binary".to_owned(),
        Type::Mapped(path) => names::variant_name(path.rsplit("::").next().unwrap_or(path)),
        Type::Array(_) => "Array".to_owned(),
        Type::Map(_) => "Object".to_owned(),
        Type::Any => "Any".to_owned(),
        Type::Named(id) => {
            let name = &definitions.get(*id).rust_name;
            let short = name.strip_prefix(rust_name).unwrap_or(name);
            names::variant_name(if short.is_empty() { name } else { short })
        }
        Type::Nullable(inner) | Type::Boxed(inner) | Type::Secret(inner) => kind_name(inner, definitions, rust_name),
    }
}
