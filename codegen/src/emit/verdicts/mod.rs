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
//! The tables mean the same, and are half as fast (`docs/benchmarks.md`); they make the reports, and judge what is rare
//! (`unevaluatedProperties`) or goes deep: a function that can be called by itself counts the steps that have led to it, and leaves a value
//! near the limit to them.

mod branches;
mod code;
mod demand;
mod members;
mod schema;

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::{Api, Keyword, SchemaId};

use super::docs::code as quoted;
use super::rules::pattern_names;
use super::source::{HEADER, import};
use super::types::rules_name;
use code::{At, Layout, function_name, mentions};
use schema::{Conditions, is_shared, names_members};

/// A function that counts no steps has nothing further below.
const FEW: At = At { levels: 100, steps: 400 };

/// `verdicts.rs`: a function for each named schema, and for each schema that those refer to.
pub fn emit_verdicts(api: &Api) -> String {
    let steps = Steps::of(api);
    let counting = steps.counting();
    let mut conditions = Conditions { api, patterns: pattern_names(api) };
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
    let mut functions = String::new();
    for (id, body) in bodies {
        let counts = counting.contains(&id);
        let layout = Layout { api, counting: &counting, counts };
        let (rules, pointer) = (rules_name(id, api), quoted(&api.schemas.get(id).pointer));
        let visible = if named.contains(&id) { "pub " } else { "" };
        let value = if counts || body.mentions("value") { "value" } else { "_" };
        let depth = if counts { ", depth: json::Depth" } else { "" };
        functions.push_str(&format!(
            "\n/// Whether a value follows the rules at {pointer}.\n{visible}fn {}({value}: &Value{depth}) -> bool {{\n",
            function_name(id, api)
        ));
        if counts {
            let At { levels, steps } = steps.below(id);
            functions.push_str(&format!(
                "    if depth.further({levels}, {steps}).is_beyond() {{\n        return json::follows(value, &rules::{rules}, depth);\n    }}\n"
            ));
        }
        functions.push_str("    ");
        layout.statements(&body, 1, &mut functions);
        functions.push_str("\n}\n");
    }
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

/// A function's name as `Schema::new` takes it.
pub fn verdict_of(id: SchemaId, api: &Api, counting: &HashSet<SchemaId>) -> String {
    let function = function_name(id, api);
    if counting.contains(&id) {
        format!("|value| verdicts::{function}(value, support::json::Depth::ROOT)")
    } else {
        format!("verdicts::{function}")
    }
}

/// The schemas whose functions count steps.
pub fn counting(api: &Api) -> HashSet<SchemaId> {
    Steps::of(api).counting()
}

/// How many steps there are from the schemas that have a function to what lies below them.
struct Steps {
    /// To the deepest schema that is written out in the function, or in a function that counts no steps.
    below: HashMap<SchemaId, At>,
    /// Whether the function counts steps: where it can be called by itself, or something below it can.
    counts: HashSet<SchemaId>,
}

impl Steps {
    fn of(api: &Api) -> Self {
        let anchored: Vec<SchemaId> =
            (0..api.schemas.0.len()).map(SchemaId).filter(|id| api.schemas.get(*id).anchor.is_some()).collect();
        let mut callers: HashMap<SchemaId, Vec<(SchemaId, At)>> = HashMap::new();
        let mut left: HashMap<SchemaId, usize> = HashMap::new();
        let mut below: HashMap<SchemaId, At> = HashMap::new();
        for id in &anchored {
            let mut deepest = At::default();
            let mut calls = 0;
            let mut waiting = vec![(*id, At::default(), false)];
            while let Some((schema, at, written_out)) = waiting.pop() {
                deepest = deepest.max(at);
                let schema = api.schemas.get(schema);
                let written_out = written_out || is_shared(schema, api);
                let parts: Vec<&SchemaId> = schema.keywords.iter().flat_map(Keyword::together).collect();
                for child in schema.children() {
                    let part = written_out && parts.contains(&&child);
                    // Not more than that: near the limit the tables count.
                    let at = at.inside();
                    let child = api.schemas.decisive(child);
                    let target = api.schemas.get(child);
                    if target.anchor.is_none() || (part && names_members(target)) {
                        waiting.push((child, at, part));
                    } else {
                        calls += 1;
                        callers.entry(child).or_default().push((*id, at));
                        // Its own step, whether or not it counts those below.
                        deepest = deepest.max(at);
                    }
                }
            }
            below.insert(*id, deepest);
            left.insert(*id, calls);
        }
        // From those that call no function upwards; what calls itself is never reached.
        let mut counts: HashSet<SchemaId> = anchored.iter().copied().collect();
        let mut ready: Vec<SchemaId> = anchored.iter().copied().filter(|id| left.get(id) == Some(&0)).collect();
        while let Some(id) = ready.pop() {
            let steps = below.get(&id).copied().unwrap_or_default();
            if steps.levels > FEW.levels || steps.steps > FEW.steps {
                continue;
            }
            counts.remove(&id);
            for (caller, at) in callers.get(&id).into_iter().flatten() {
                if let Some(below) = below.get_mut(caller) {
                    *below = below.max(at.and(steps));
                }
                if let Some(left) = left.get_mut(caller) {
                    *left -= 1;
                    if *left == 0 {
                        ready.push(*caller);
                    }
                }
            }
        }
        Self { below, counts }
    }

    fn counting(&self) -> HashSet<SchemaId> {
        self.counts.clone()
    }

    fn below(&self, id: SchemaId) -> At {
        self.below.get(&id).copied().unwrap_or_default()
    }
}
