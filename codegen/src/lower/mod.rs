//! From a document to an [`Api`], in three steps. Each returns a finished value before the next begins:
//!
//! | step | in → out |
//! | --- | --- |
//! | `schemas` | the document's schemas → their rules, their variants by direction, outlines of types |
//! | `shapes` | outlines → Rust types, each with its name |
//! | `operations` | path items → operations, with these types |
//!
//! The operations determine which schemas are needed. So they are planned first (`operations/plan.rs`): the plan reads the schemas that
//! they name, and lists the roots of their types. The steps share the document, the choices and the report (`context.rs`).

mod context;
mod examples;
mod names;
mod operations;
mod roots;
mod schemas;
mod shapes;

use crate::api::Api;
use crate::choices::{Choices, Defaults};
use crate::diagnostic::Report;
use crate::document::Document;

use crate::lower::context::Context;
use crate::lower::operations::plan::Plan;

pub use crate::lower::examples::examples;
pub use crate::lower::shapes::cycles::deepest_nesting;

/// Lowers a loaded document. Whatever the API cannot express is reported, and gets the widest type, which is still correct.
pub fn lower(document: &Document, choices: &Choices, report: &mut Report) -> Api {
    let context = Context::new(document, choices, std::mem::take(report));
    let api = lower_in(&context);
    *report = context.finish();
    api
}

fn lower_in(context: &Context<'_>) -> Api {
    let mut builder = schemas::Builder::new(context);
    let needed = operations::selection::needed(context);
    builder.components(needed.as_ref(), &operations::media::multipart_schemas(context));
    let Plan { operations, roots } = operations::plan::plan(&mut builder);
    let schemas = builder.finish();
    let shapes = shapes::lower(context, &schemas, &roots);
    let operations = operations::lower(context, &schemas, &shapes, &operations);
    let mut rules = schemas.into_rules();
    shapes.name_rules(&mut rules);
    let (document, choices) = (context.document, context.choices);
    let info = &document.openapi.info;
    let mut api = Api {
        title: info.title.clone(),
        version: info.version.clone(),
        description: info.description.clone(),
        openapi: document.stated_version.clone(),
        servers: operations.servers,
        security_schemes: operations.security_schemes,
        tags: operations.tags,
        schemas: rules,
        definitions: shapes.definitions,
        components: shapes.components,
        operations: operations.operations,
        dependencies: choices.dependencies.clone(),
        tag_features: choices.tag_features,
        assume_defaults: choices.defaults == Defaults::Assume,
        webhooks: operations.webhooks,
    };
    operations::direction::mark(&mut api);
    api
}

/// Whether a word is a keyword of Rust, or the name of nothing (`_`).
pub fn is_keyword(word: &str) -> bool {
    names::is_keyword(word)
}

/// A package's or a file's name as the name of a Rust module.
pub fn module_name(name: &str) -> String {
    let name = names::value_name(name);
    if names::escape(name.clone()) == name { name } else { format!("{name}_api") }
}
