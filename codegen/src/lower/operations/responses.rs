//! Responses: which there are, and which media type of each is decoded.

use openapiv3 as oas;

use crate::api::ResponseStatus;
use crate::document::escape as escape_pointer;

use crate::lower::names::inline;
use crate::lower::operations::planned::PlannedResponse;
use crate::lower::operations::planner::Planner;
use crate::lower::operations::references::resolved;
use crate::lower::schemas::variants::Direction;

/// The responses of an operation, in document order, `default` last.
pub(crate) fn plan<'c>(
    planner: &mut Planner<'_, 'c>,
    responses: &'c oas::Responses,
    stem: &str,
    pointer: &str,
    direction: Direction,
) -> Vec<PlannedResponse<'c>> {
    let stated = responses.responses.iter().map(|(status, response)| match status {
        oas::StatusCode::Code(code) => (ResponseStatus::Code(*code), code.to_string(), response),
        oas::StatusCode::Range(range) => {
            let status = ResponseStatus::Range(u8::try_from(*range).unwrap_or_default());
            (status, format!("{range}XX"), response)
        }
    });
    let default = responses.default.iter();
    let default = default.map(|response| (ResponseStatus::Default, "default".to_owned(), response));
    let stated: Vec<_> = stated.chain(default).collect();
    let successes = stated.iter().filter(|(status, ..)| status.is_success()).count();
    let mut planned = Vec::new();
    for (status, key, response) in stated {
        let is_only_success = match status {
            // It stands for success where no other does.
            ResponseStatus::Default => successes == 0,
            ResponseStatus::Code(_) | ResponseStatus::Range(_) => status.is_success() && successes == 1,
        };
        let stem = inline::response(stem, status, is_only_success);
        let place = format!("{pointer}/responses/{key}");
        planned.extend(plan_one(planner, response, status, stem, place, direction));
    }
    planned
}

fn plan_one<'c>(
    planner: &mut Planner<'_, 'c>,
    response: &'c oas::ReferenceOr<oas::Response>,
    status: ResponseStatus,
    stem: String,
    place: String,
    direction: Direction,
) -> Option<PlannedResponse<'c>> {
    let components = planner.context().document.openapi.components.as_ref();
    let lookup = |name: &str| components?.responses.get(name);
    let reference = place.clone();
    let (stated, place, stem) = match response {
        oas::ReferenceOr::Item(item) => (item, place, stem),
        oas::ReferenceOr::Reference { reference } => {
            let name = reference.rsplit('/').next()?;
            let (stated, place) = resolved(lookup(name)?, reference.strip_prefix('#')?.to_owned(), lookup)?;
            // The place is only where the reference stands; a shared response names its inline types after itself.
            (stated, place, inline::shared_response(&escape_pointer(name)))
        }
    };
    let content = planner.chosen_media(&stated.content, &stem, &place, direction);
    Some(PlannedResponse { status, stated, place, reference, content })
}
