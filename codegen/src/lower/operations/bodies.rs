//! Request bodies: the media type that is sent, and the others that have a method of their own.

use std::collections::HashMap;

use openapiv3 as oas;

use crate::diagnostic as catalogue;
use crate::document::escape as escape_pointer;

use crate::lower::context::Context;
use crate::lower::names::inline;
use crate::lower::operations::http_text::quoted;
use crate::lower::operations::media::{essence, suffix};
use crate::lower::operations::planned::{PlannedBody, PlannedMedia};
use crate::lower::operations::planner::Planner;
use crate::lower::operations::references::{resolved, schema_pointer};
use crate::lower::schemas::variants::Direction;

/// The most methods that an operation has for media types of its body beside the first. Each repeats all parameters.
const MOST_OTHERS: usize = 16;

/// The body of a request, and the media types that have a method of their own.
pub(crate) fn plan<'c>(
    planner: &mut Planner<'_, 'c>,
    body: &'c oas::ReferenceOr<oas::RequestBody>,
    stem: &str,
    pointer: &str,
    rust_name: &str,
    direction: Direction,
) -> Option<PlannedBody<'c>> {
    let context = planner.context();
    let document = context.document;
    let place = format!("{pointer}/requestBody");
    let (body, place) = resolved(body, place, |name| document.openapi.components.as_ref()?.request_bodies.get(name))?;
    let chosen = planner.chosen_media(&body.content, &inline::request(stem), &place, direction)?;
    let mut others: Vec<(String, PlannedMedia)> = Vec::new();
    // What is sent so, by the suffix of its method.
    let mut sent = HashMap::from([(suffix(&chosen.name), body.content.get(&chosen.name))]);
    for (name, media) in body.content.iter().filter(|(name, _)| !essence(name).contains('*')) {
        let suffix = suffix(name);
        let key = format!("{place}/content/{}", escape_pointer(name));
        if let Some(first) = sent.get(&suffix) {
            if first.is_some_and(|first| differ(context, first, media)) {
                let message =
                    format!("no method sends {}: another media type of its sort is sent instead", quoted(name));
                context.report_key_at(&catalogue::NOT_CARRIED, &key, message);
            }
            continue;
        }
        if others.len() == MOST_OTHERS {
            let message = format!("no method sends {}: a body has methods for {MOST_OTHERS} others", quoted(name));
            context.report_key_at(&catalogue::NOT_CARRIED, &key, message);
            continue;
        }
        let method = format!("{}_{suffix}", rust_name.trim_start_matches("r#"));
        let of_suffix = inline::request_as(stem, &suffix);
        sent.insert(suffix, Some(media));
        others.push((method, planner.media(name, media, &of_suffix, &place, direction)));
    }
    for (method, _) in &mut others {
        *method = planner.method_names.claim(std::mem::take(method));
    }
    Some(PlannedBody { stated: body, place, chosen, others })
}

/// Whether two media types have bodies of different schemas, by what the document states.
fn differ(context: &Context<'_>, one: &oas::MediaType, other: &oas::MediaType) -> bool {
    let stated = |media: &oas::MediaType| {
        let pointer = schema_pointer(media.schema.as_ref()?)?;
        context.node(&pointer)
    };
    match (stated(one), stated(other)) {
        (Some(one), Some(other)) => one.size() != other.size() || one.to_json() != other.to_json(),
        (one, other) => one.is_some() != other.is_some(),
    }
}
