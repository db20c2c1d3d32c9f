//! In which direction each type travels: what a request can carry has a builder.

use std::collections::HashSet;

use crate::api::{Api, DefinitionId, Operation, Type};

use crate::lower::shapes::cycles::mentioned_by;

/// Marks the definitions that requests and responses reach. A type that no operation reaches is marked as both, for
/// callers who use the models without the client.
pub(crate) fn mark(api: &mut Api) {
    let operations = api.operations.iter();
    // What the API sends is received here, and answered.
    let sent = api.webhooks.iter().map(|webhook| &webhook.operation);
    let requests = reached(api, operations.clone().flat_map(asked).chain(sent.clone().flat_map(answered)));
    let responses = reached(api, operations.flat_map(answered).chain(sent.flat_map(asked)));
    for (index, definition) in api.definitions.0.iter_mut().enumerate() {
        let id = DefinitionId(index);
        let unused = !requests.contains(&id) && !responses.contains(&id);
        definition.in_request = unused || requests.contains(&id);
        definition.in_response = unused || responses.contains(&id);
    }
}

/// The types of an operation's parameters and bodies.
fn asked(operation: &Operation) -> impl Iterator<Item = &Type> {
    let bodies = operation.body.iter();
    let bodies =
        bodies.flat_map(|body| std::iter::once(&body.chosen).chain(body.others.iter().map(|(_, media)| media)));
    bodies.map(|media| &media.ty).chain(operation.parameters.iter().map(|parameter| &parameter.ty))
}

/// The types of an operation's responses.
fn answered(operation: &Operation) -> impl Iterator<Item = &Type> {
    operation.responses.iter().filter_map(|response| Some(&response.content.as_ref()?.ty))
}

fn reached<'a>(api: &Api, roots: impl Iterator<Item = &'a Type>) -> HashSet<DefinitionId> {
    let mut waiting: Vec<DefinitionId> = roots.filter_map(Type::named).collect();
    let mut seen: HashSet<DefinitionId> = waiting.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        waiting.extend(mentioned_by(&api.definitions.get(id).kind).into_iter().filter(|id| seen.insert(*id)));
    }
    seen
}
