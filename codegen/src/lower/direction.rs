//! In which direction each type travels: what a request can carry has a builder.

use std::collections::HashSet;

use crate::api::{Api, DefinitionId, Type};

use super::cycles::{mentioned, mentioned_by};

/// Marks the definitions that requests and responses reach. A type that no operation reaches is marked as both, for
/// callers who use the models without the client.
pub(super) fn mark(api: &mut Api) {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref().map(|body| &body.chosen.ty));
    let parameters =
        api.operations.iter().flat_map(|operation| operation.parameters.iter().map(|parameter| &parameter.ty));
    let requests = reached(api, bodies.chain(parameters));
    let responses = reached(
        api,
        api.operations
            .iter()
            .flat_map(|operation| &operation.responses)
            .filter_map(|response| Some(&response.content.as_ref()?.ty)),
    );
    for (index, definition) in api.definitions.0.iter_mut().enumerate() {
        let id = DefinitionId(index);
        let unused = !requests.contains(&id) && !responses.contains(&id);
        definition.in_request = unused || requests.contains(&id);
        definition.in_response = unused || responses.contains(&id);
    }
}

fn reached<'a>(api: &Api, roots: impl Iterator<Item = &'a Type>) -> HashSet<DefinitionId> {
    let mut waiting: Vec<DefinitionId> = roots.flat_map(mentioned).collect();
    let mut seen: HashSet<DefinitionId> = waiting.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        waiting.extend(mentioned_by(&api.definitions.get(id).kind).into_iter().filter(|id| seen.insert(*id)));
    }
    seen
}
