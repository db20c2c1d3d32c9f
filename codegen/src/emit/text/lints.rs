//! Lints that find fault with what is the document's: each is allowed where the document gives it reason to, and nowhere else.
//!
//! ```yaml
//! Foo: { type: object, properties: { foo: { type: string } } }
//! ```
//!
//! ```text
//! #![allow(clippy::disallowed_names, reason = "as the document has it")]
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Api, DefinitionKind, Encoding, MediaType, Operation, Parameter, Type};

/// Names that nothing should have (clippy, `disallowed_names`).
const DISALLOWED: &[&str] = &["foo", "baz", "quux"];

/// What a type may score (clippy, `type_complexity`).
const COMPLEX: usize = 250;

/// How deep a type of a model stands within another where it is used: `Result<Response<Option<T>>, Error>`.
const NEST: usize = 4;

/// The lints of a whole module that are allowed.
pub fn allowed(api: &Api) -> Option<TokenStream> {
    let mut lints = Vec::new();
    if types(api).iter().any(|ty| score(ty, NEST) > COMPLEX) {
        lints.push(quote!(clippy::type_complexity));
    }
    if names(api).any(|name| DISALLOWED.contains(&name)) {
        lints.push(quote!(clippy::disallowed_names));
    }
    (!lints.is_empty()).then(|| quote!(#![allow(#(#lints),*, reason = "as the document has it")]))
}

/// Whether some type or field is deprecated.
pub fn has_deprecated(api: &Api) -> bool {
    api.schemas.0.iter().any(|schema| schema.annotations.deprecated)
}

/// Operations whose signatures name deprecated types, which is no fault of theirs.
pub fn allow_deprecated<'a>(operations: impl IntoIterator<Item = &'a Operation>, api: &Api) -> Option<TokenStream> {
    let names_deprecated = |operation: &Operation| {
        types_of(operation).into_iter().filter_map(Type::named).any(|id| {
            let schema = api.definitions.get(id).schema;
            api.schemas.get(schema).annotations.deprecated
        })
    };
    let reason = "deprecated types are carried like any other";
    operations.into_iter().any(names_deprecated).then(|| quote!(#![allow(deprecated, reason = #reason)]))
}

/// The types of parameters and bodies.
fn types_of(operation: &Operation) -> Vec<&Type> {
    let is_typed = |media: &&MediaType| matches!(media.encoding, Encoding::Json | Encoding::Form | Encoding::Multipart);
    let bodies = operation
        .body
        .iter()
        .flat_map(|body| std::iter::once(&body.chosen).chain(body.others.iter().map(|(_, media)| media)));
    let answers = operation.responses.iter().filter_map(|response| response.content.as_ref());
    let media = bodies.chain(answers).filter(is_typed).map(|media| &media.ty);
    operation.parameters.iter().map(|parameter| &parameter.ty).chain(media).collect()
}

fn types(api: &Api) -> Vec<&Type> {
    let defined = api.definitions.0.iter().flat_map(|definition| definition.kind.types());
    let webhooks = api.webhooks.iter().map(|webhook| &webhook.operation);
    defined.chain(api.operations.iter().chain(webhooks).flat_map(types_of)).collect()
}

/// The names of fields and parameters, which variables have as well.
fn names(api: &Api) -> impl Iterator<Item = &str> {
    let fields = api.definitions.0.iter().flat_map(|definition| match &definition.kind {
        DefinitionKind::Struct(structure) => structure.fields.as_slice(),
        DefinitionKind::Enum(_) | DefinitionKind::Union(_) | DefinitionKind::Alias(_) => &[],
    });
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    fields
        .map(|field| field.rust_name.as_str())
        .chain(parameters.map(|parameter: &Parameter| parameter.rust_name.as_str()))
}

/// What a type scores: ten for each type in it, times the depth that it stands at.
fn score(ty: &Type, nest: usize) -> usize {
    let here = 10 * nest;
    match ty {
        Type::Boolean
        | Type::Integer
        | Type::Unsigned
        | Type::Number
        | Type::String
        | Type::Binary
        | Type::Any
        | Type::Named(_) => here,
        Type::Formatted(_) | Type::Mapped(_) => here + 3 * 10 * (nest + 1),
        Type::Map(inner) => here + 10 * (nest + 1) + score(inner, nest + 1),
        Type::Array(inner) | Type::Nullable(inner) | Type::Boxed(inner) | Type::Secret(inner) => {
            here + score(inner, nest + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::api::{Api, Definition, DefinitionKind, Field, Presence, SchemaId, Struct, Type};

    use super::{allowed, score};

    fn api(name: &str, ty: Type) -> Api {
        let field = Field {
            name: name.to_owned(),
            rust_name: name.to_owned(),
            ty,
            presence: Presence::Required,
            schema: SchemaId(0),
        };
        let structure = Struct { fields: vec![field], ..Struct::default() };
        let definition = Definition {
            rust_name: "Model".to_owned(),
            component: None,
            schema: SchemaId(0),
            derives: Vec::new(),
            in_request: false,
            in_response: true,
            kind: DefinitionKind::Struct(structure),
        };
        let mut api = Api::default();
        api.definitions.0.push(definition);
        api
    }

    #[test]
    fn lints_are_allowed_where_a_document_gives_reason() {
        assert!(allowed(&api("name", Type::String)).is_none());
        let names = allowed(&api("foo", Type::String)).unwrap_or_default().to_string();
        assert!(names.contains("disallowed_names") && !names.contains("type_complexity"), "{names}");
        let deep = (0..5).fold(Type::String, |ty, _| Type::Array(Box::new(ty)));
        assert!(score(&deep, 1) > 200);
        let nesting = allowed(&api("name", deep)).unwrap_or_default().to_string();
        assert!(nesting.contains("type_complexity") && !nesting.contains("disallowed_names"), "{nesting}");
    }
}
