//! Verdicts about JSON values, as code: what the registry's `check` asks before it makes a report.
//!
//! ```yaml
//! Card:
//!   type: object
//!   required: [number]
//!   properties:
//!     number: { type: string, maxLength: 30 }
//!     owner: { $ref: '#/components/schemas/Owner' }
//! ```
//!
//! ```text
//! /// Whether a value follows the rules at `/components/schemas/Card`.
//! pub fn card_holds(value: &Value) -> bool {
//!     match value {
//!         Value::Object(members) => {
//!             let mut required = 0;
//!             json::all_members(members, |name, value| match name {
//!                 "number" => { required += 1; matches!(value, Value::String(text) if length_in(text, 0..=30)) }
//!                 "owner" => owner_holds(value),
//!                 _ => true,
//!             }) && required == 1
//!         }
//!         _ => false,
//!     }
//! }
//! ```
//!
//! The tables mean the same, and take two to four times as long. They make the reports, and judge what is rare (`unevaluatedProperties`,
//! `propertyNames`) or goes deep: a function that can be called by itself counts what has led to it, and leaves a value near the limit to
//! them, as it does where much was asked already: they remember their answers. So they are what asks a pattern that may have none.

mod branches;
mod code;
mod demand;
mod expression;
mod leaf;
mod members;
mod schema;
mod steps;

use std::collections::{HashMap, HashSet};

use crate::api::{Api, SchemaId};

use crate::emit::comment::docs::code as quoted;
use crate::emit::models::types::rules_name;
use crate::emit::tables::patterns::pattern_names;
use crate::emit::text::expression::{Expression, Statement};
use crate::emit::text::layout::{write_result, write_statements};
use crate::emit::text::signature::write_signature;
use crate::emit::text::source::HEADER;
use crate::emit::verdicts::code::{At, Code, Name};
use crate::emit::verdicts::expression::Expressions;
use crate::emit::verdicts::schema::{Conditions, unanswered};
use crate::emit::verdicts::steps::Steps;

pub use crate::emit::verdicts::expression::function_name;

/// `verdicts.rs`: a function for each named schema, and for each schema that those refer to.
pub fn emit_verdicts(api: &Api) -> String {
    let steps = Steps::of(api);
    let mut conditions = Conditions { api, patterns: pattern_names(api), unanswered: unanswered(api) };
    let mut waiting: Vec<SchemaId> = api.components.iter().map(|component| component.schema).collect();
    let named: HashSet<SchemaId> = waiting.iter().copied().collect();
    let mut bodies = HashMap::new();
    while let Some(id) = waiting.pop() {
        if let std::collections::hash_map::Entry::Vacant(entry) = bodies.entry(id) {
            entry.insert(conditions.demands(id, At::default())).calls(&mut waiting);
        }
    }
    let mut bodies: Vec<_> = bodies.into_iter().collect();
    // In the order of the document.
    bodies.sort_unstable_by_key(|(id, _)| *id);
    let named_in_some = |name| bodies.iter().any(|(_, body)| body.mentions(name));
    let (mut of_support, mut of_rules) = (named_in_some(Name::Support), named_in_some(Name::Rules));
    let mut functions = String::new();
    for (id, body) in &bodies {
        let expressions = Expressions { api, counting: &steps.counting, counts: steps.counting.contains(id) };
        of_support |= expressions.counts;
        of_rules |= expressions.counts && *body != Code::Tables(*id, At::default());
        function(*id, body, named.contains(id), steps.below(*id), &expressions, &mut functions);
    }
    let mut head = format!("{HEADER}\n//! Whether JSON values follow the rules of the document.\n");
    if !bodies.is_empty() {
        head.push_str("\nuse serde_json::Value;\n");
    }
    if of_support || of_rules {
        head.push('\n');
    }
    if of_support {
        head.push_str("use super::super::support;\n");
    }
    if of_rules {
        head.push_str("use super::rules;\n");
    }
    head + &functions
}

/// The function of a schema; `below` is how far it goes.
///
/// Where it counts the depth of a value, one that is named has another function before it, which starts to count.
fn function(id: SchemaId, body: &Code, is_named: bool, below: At, expressions: &Expressions<'_>, out: &mut String) {
    let (rules, pointer) = (rules_name(id, expressions.api), quoted(&expressions.api.schemas.get(id).pointer));
    let (name, visible) = (function_name(id, expressions.api), if is_named { "pub " } else { "" });
    out.push_str(&format!("\n/// Whether a value follows the rules at {pointer}.\n"));
    let mut statements = Vec::new();
    if expressions.counts {
        let At { levels, steps } = below;
        if is_named {
            let arguments = vec![Expression::leaf("value"), Expression::leaf(format!("{name}_at"))];
            out.push_str(&format!("{visible}fn {name}(value: &Value) -> bool {{\n"));
            write_result(&Expression::call("support::json::is_followed", arguments), 4, out);
            out.push_str("}\n\n/// The same of a value within another one.\n");
        }
        write_signature(
            "fn",
            &format!("{name}_at"),
            &["value: &Value", "depth: support::json::Depth<'_>"],
            "bool",
            0,
            out,
        );
        // The tables count themselves.
        if *body != Code::Tables(id, At::default()) {
            let value = || Expression::leaf("value");
            let rules = || Expression::leaf(format!("rules::{rules}")).reference();
            let further = vec![Expression::leaf(levels.to_string()), Expression::leaf(steps.to_string())];
            let admits =
                Expression::leaf("depth").method("further", further).method("admits_code", vec![value(), rules()]);
            let follows = Expression::call("support::json::follows", vec![value(), rules(), Expression::leaf("depth")]);
            statements.push(Statement::Unless(admits, follows));
        }
    } else {
        let value = if body.mentions(Name::Value) { "value: &Value" } else { "_: &Value" };
        write_signature(&format!("{visible}fn"), &name, &[value], "bool", 0, out);
    }
    let result = match body {
        Code::Block { statements: steps, result } => {
            statements.extend(expressions.steps(steps));
            &**result
        }
        body => body,
    };
    write_statements(&statements, 4, out);
    write_result(&expressions.of(result), 4, out);
    out.push_str("}\n");
}
