//! The depth of verdict functions, and which of them have to track it.

use std::collections::{HashMap, HashSet};

use crate::api::{Api, Keyword, SchemaId};

use crate::emit::verdicts::code::At;
use crate::emit::verdicts::schema::{is_shared, names_members};

/// A function that counts nothing has nothing further below.
const FEW: At = At { levels: 100, steps: 400 };

/// A function that counts nothing asks no more than so many others, all of those below it included.
const MOST_CALLS: u64 = 4096;

/// How far it is from the schemas that have a function to what lies below them.
pub struct Steps {
    /// To the deepest schema that is written out in the function, or in a function that counts no steps.
    below: HashMap<SchemaId, At>,
    /// The schemas whose functions count: where one can be called by itself, or something below it can.
    pub counting: HashSet<SchemaId>,
}

impl Steps {
    /// The steps of an API.
    pub fn of(api: &Api) -> Self {
        let anchored: Vec<SchemaId> =
            (0..api.schemas.0.len()).map(SchemaId).filter(|id| api.schemas.get(*id).anchor.is_some()).collect();
        let mut callers: HashMap<SchemaId, Vec<(SchemaId, At)>> = HashMap::new();
        let mut left: HashMap<SchemaId, usize> = HashMap::new();
        let mut below: HashMap<SchemaId, At> = HashMap::new();
        // The maximum depth of calls below each function.
        let mut asked: HashMap<SchemaId, u64> = HashMap::new();
        for id in &anchored {
            let mut deepest = At::default();
            let mut calls = 0;
            let mut waiting = vec![(*id, At::default(), false)];
            while let Some((schema, at, written_out)) = waiting.pop() {
                deepest = deepest.max(at);
                let schema = api.schemas.get(schema);
                let written_out = written_out || is_shared(schema, api);
                let parts: Vec<&SchemaId> = schema.keywords.iter().flat_map(Keyword::conjuncts).collect();
                for child in schema.children() {
                    let part = written_out && parts.contains(&&child);
                    // Not more than that: near the limit the tables count.
                    let at = at.inside();
                    let child = api.schemas.resolve_alias(child);
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
        let mut counting: HashSet<SchemaId> = anchored.iter().copied().collect();
        let mut ready: Vec<SchemaId> = anchored.iter().copied().filter(|id| left.get(id) == Some(&0)).collect();
        while let Some(id) = ready.pop() {
            let steps = below.get(&id).copied().unwrap_or_default();
            let calls = asked.get(&id).copied().unwrap_or_default().saturating_add(1);
            if steps.levels > FEW.levels || steps.steps > FEW.steps || calls > MOST_CALLS {
                continue;
            }
            counting.remove(&id);
            for (caller, at) in callers.get(&id).into_iter().flatten() {
                let total = asked.entry(*caller).or_default();
                *total = total.saturating_add(calls);
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
        Self { below, counting }
    }

    /// How far it is to what lies below a schema.
    pub fn below(&self, id: SchemaId) -> At {
        self.below.get(&id).copied().unwrap_or_default()
    }
}
