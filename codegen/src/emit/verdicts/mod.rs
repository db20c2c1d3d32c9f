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
mod layout;
mod leaf;
mod members;
mod schema;
mod steps;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::{Api, SchemaId};

use crate::emit::comment::docs::code as quoted;
use crate::emit::models::types::rules_name;
use crate::emit::tables::patterns::pattern_names;
use crate::emit::text::source::{HEADER, import};
use crate::emit::verdicts::code::{At, Code, mentions};
use crate::emit::verdicts::layout::Layout;
use crate::emit::verdicts::schema::{Conditions, unanswered};
use crate::emit::verdicts::steps::Steps;

pub use crate::emit::verdicts::layout::function_name;

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
    let functions: String = bodies
        .into_iter()
        .map(|(id, body)| {
            let layout = Layout { api, counting: &steps.counting, counts: steps.counting.contains(&id) };
            function(id, &body, named.contains(&id), steps.below(id), &layout)
        })
        .collect();
    let used = |names: &[&'static str]| -> BTreeSet<&'static str> {
        let code = || functions.lines().filter(|line| !line.starts_with("///"));
        names.iter().copied().filter(|name| code().any(|line| mentions(line, name))).collect()
    };
    let support = used(&["Decimal", "Keyword", "Literal", "View", "formats", "json", "length_in"]);
    let value = import("serde_json", &used(&["Value"]));
    let blank = if value.is_empty() { "" } else { "\n" };
    format!(
        "{HEADER}\n//! Whether JSON values follow the rules of the document.\n\n{value}{blank}{}{}{functions}",
        import("super::super::support", &support),
        import("super", &used(&["rules"])),
    )
}

/// The function of a schema; `below` is how far it goes.
///
/// Where it counts what has led to it, one that is named has another function before it, which starts to count.
fn function(id: SchemaId, body: &Code, is_named: bool, below: At, layout: &Layout<'_>) -> String {
    let (rules, pointer) = (rules_name(id, layout.api), quoted(&layout.api.schemas.get(id).pointer));
    let (name, visible) = (function_name(id, layout.api), if is_named { "pub " } else { "" });
    let mut text = format!("\n/// Whether a value follows the rules at {pointer}.\n");
    if layout.counts {
        let At { levels, steps } = below;
        if is_named {
            text.push_str(&format!(
                "pub fn {name}(value: &Value) -> bool {{
    json::is_followed(value, {name}_at)
}}

/// The same of a value within another one.
"
            ));
        }
        text.push_str(&format!(
            "fn {name}_at(value: &Value, depth: json::Depth<'_>) -> bool {{
    "
        ));
        // The tables count themselves.
        if *body != Code::Tables(id, At::default()) {
            text.push_str(&format!(
                "if !depth.further({levels}, {steps}).admits_code(value, &rules::{rules}) {{
        return json::follows(value, &rules::{rules}, depth);
    }}
    "
            ));
        }
    } else {
        let value = if body.mentions("value") { "value" } else { "_" };
        text.push_str(&format!("{visible}fn {name}({value}: &Value) -> bool {{\n    "));
    }
    layout.statements(body, 1, &mut text);
    text.push_str("\n}\n");
    text
}
