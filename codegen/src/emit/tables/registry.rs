//! The registry: every named schema by its name in the document.
//!
//! ```text
//! static SCHEMAS: &[Schema] = &[Schema::new::<models::Card>("Card", &rules::CARD, verdicts::card_holds)];
//! ```

use std::collections::BTreeSet;

use crate::api::Api;

use crate::emit::models::types::{rules_name, type_text, type_uses};
use crate::emit::text::expression::Expression;
use crate::emit::text::imports::import;
use crate::emit::text::layout::write_static;
use crate::emit::text::source::head;
use crate::emit::verdicts::function_name;

/// `registry.rs`.
pub fn emit_registry(api: &Api) -> String {
    let mut uses = BTreeSet::from(["Schema"]);
    let mut path_uses = BTreeSet::new();
    let schemas = api.components.iter().map(|component| {
        type_uses(&component.ty, &mut uses);
        path_uses.extend(["rules", "verdicts"]);
        if component.ty.named().is_some() {
            path_uses.insert("models");
        }
        let ty = type_text(&component.ty, api, "models::");
        let ty = if component.nullable { format!("Option<{ty}>") } else { ty };
        let rules = Expression::leaf(format!("rules::{}", rules_name(component.schema, api))).reference();
        let verdict = format!("verdicts::{}", function_name(component.schema, api));
        Expression::call(
            &format!("Schema::new::<{ty}>"),
            vec![Expression::string(&component.name), rules, Expression::leaf(verdict)],
        )
    });
    let mut table = String::new();
    let schemas = Expression::slice(schemas.collect());
    write_static("pub static", "SCHEMAS", "&[Schema]", &schemas, &mut table);
    let head = head("Every named schema of the document.", uses, api);
    let imports = import("super", &path_uses);
    format!(
        "{head}{imports}
/// The named schemas, in the order of the document.
{table}
/// The schema of a name in the document's `components.schemas`.
#[must_use]
pub fn get(name: &str) -> Option<&'static Schema> {{
    SCHEMAS.iter().find(|schema| schema.name() == name)
}}
"
    )
}
