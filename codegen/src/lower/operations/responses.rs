//! Responses, and the references that stand in for parts of the frame.

use openapiv3 as oas;

use crate::api::{Link, Response, ResponseHeader, ResponseStatus};
use crate::document::{Node, escape as escape_pointer, follow};

use crate::lower::Lowering;
use crate::lower::schemas::variant::Direction;

/// How many references may follow each other. More are a cycle, which `document/` has reported.
const LONGEST_CHAIN: usize = 16;

/// What a `ReferenceOr` stands for, with the pointer of the place that states it; `lookup` finds a component by name.
pub(crate) fn resolved<'d, T>(
    item: &'d oas::ReferenceOr<T>,
    place: String,
    lookup: impl Fn(&str) -> Option<&'d oas::ReferenceOr<T>>,
) -> Option<(&'d T, String)> {
    let (mut item, mut place) = (item, place);
    for _ in 0..LONGEST_CHAIN {
        match item {
            oas::ReferenceOr::Item(item) => return Some((item, place)),
            oas::ReferenceOr::Reference { reference } => {
                let name = reference.rsplit('/').next()?.replace("~1", "/").replace("~0", "~");
                item = lookup(&name)?;
                place = reference.strip_prefix('#')?.to_owned();
            }
        }
    }
    None
}

impl Lowering<'_, '_> {
    pub(crate) fn responses(
        &mut self,
        responses: &oas::Responses,
        stem: &str,
        pointer: &str,
        direction: Direction,
    ) -> Vec<Response> {
        let mut out = Vec::new();
        for (status, response) in &responses.responses {
            let (key, status) = match status {
                oas::StatusCode::Code(code) => (code.to_string(), ResponseStatus::Code(*code)),
                oas::StatusCode::Range(range) => {
                    (format!("{range}XX"), ResponseStatus::Range(u8::try_from(*range).unwrap_or_default()))
                }
            };
            out.extend(self.response(response, status, stem, &format!("{pointer}/responses/{key}"), direction));
        }
        if let Some(response) = &responses.default {
            out.extend(self.response(
                response,
                ResponseStatus::Default,
                stem,
                &format!("{pointer}/responses/default"),
                direction,
            ));
        }
        out
    }

    fn response(
        &mut self,
        response: &oas::ReferenceOr<oas::Response>,
        status: ResponseStatus,
        stem: &str,
        place: &str,
        direction: Direction,
    ) -> Option<Response> {
        let document = self.document;
        let components = document.openapi.components.as_ref();
        let lookup = |name: &str| components?.responses.get(name);
        let own = document.root.pointer(place);
        // The place is only where the reference stands; a shared response names its inline types after itself.
        let name = match response {
            oas::ReferenceOr::Reference { reference } => reference.rsplit('/').next().map(escape_pointer),
            oas::ReferenceOr::Item(_) => None,
        };
        let (response, place) = match response {
            oas::ReferenceOr::Item(item) => (item, place.to_owned()),
            oas::ReferenceOr::Reference { reference } => {
                let target = components?.responses.get(reference.rsplit('/').next()?)?;
                resolved(target, reference.strip_prefix('#')?.to_owned(), lookup)?
            }
        };
        let stem = match name {
            Some(name) => format!("{}Response", crate::lower::names::type_name(&name)),
            None => format!("{stem}{}", status_stem(status)),
        };
        let content = self.chosen_media(&response.content, &stem, &place, direction);
        let headers = response
            .headers
            .iter()
            // OpenAPI 3.0.4, "Response Object", `headers`: `Content-Type` shall be ignored.
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
            .map(|(name, header)| {
                let header = match header {
                    oas::ReferenceOr::Item(header) => Some(header),
                    oas::ReferenceOr::Reference { reference } => reference
                        .rsplit('/')
                        .next()
                        .and_then(|name| components?.headers.get(name))
                        .and_then(oas::ReferenceOr::as_item),
                };
                ResponseHeader {
                    name: name.clone(),
                    description: self.copied(header.and_then(|header| header.description.as_ref()), &place),
                    required: header.is_some_and(|header| header.required),
                }
            })
            .collect();
        let links = self.links(&format!("{place}/links"));
        Some(Response {
            status,
            description: self.copied(Some(&response.description), &place).unwrap_or_default(),
            summary: self.response_summary(own, &place),
            content,
            offered: response.content.keys().cloned().collect(),
            headers,
            links,
        })
    }

    /// `summary` of a response; one beside a reference to it counts first (OpenAPI 3.2.0, "Reference Object").
    fn response_summary(&mut self, own: Option<&Node>, place: &str) -> Option<String> {
        let document = self.document;
        let response = document.root.pointer(&follow(document, place));
        let stated = [own, response].into_iter().flatten().find_map(|node| node.get("summary")?.as_str());
        let summary = stated.filter(|summary| self.is_32() && !summary.is_empty()).map(str::to_owned);
        self.copied(summary.as_ref(), place)
    }

    /// The typed frame has no links: an `operationRef` is a reference to be told, not to be followed.
    fn links(&self, pointer: &str) -> Vec<Link> {
        let document = self.document;
        let stated = document.root.pointer(pointer).and_then(Node::as_object);
        let link = |name: &String| {
            let node = document.root.pointer(&follow(document, &format!("{pointer}/{}", escape_pointer(name))))?;
            let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
            let target = text("operationId").or_else(|| text("operationRef"))?;
            Some(Link { name: name.clone(), target, description: text("description") })
        };
        stated.into_iter().flatten().filter_map(|(name, _)| link(name)).collect()
    }
}

fn status_stem(status: ResponseStatus) -> String {
    match status {
        ResponseStatus::Code(code) => format!("Body{code}"),
        ResponseStatus::Range(range) => format!("Body{range}xx"),
        ResponseStatus::Default => "BodyDefault".to_owned(),
    }
}
