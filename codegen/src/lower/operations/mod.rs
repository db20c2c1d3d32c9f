//! The third step: path items to operations.
//!
//! [`plan`] comes before the types of schemas are known, and lists the roots of those that operations need; [`lower`] gives each operation
//! its types.

pub(crate) mod bodies;
pub(crate) mod content;
pub(crate) mod direction;
pub(crate) mod http_text;
pub(crate) mod lowering;
pub(crate) mod media;
pub(crate) mod oauth;
pub(crate) mod parameter;
pub(crate) mod parameters;
pub(crate) mod plan;
pub(crate) mod planned;
pub(crate) mod planner;
pub(crate) mod references;
pub(crate) mod response;
pub(crate) mod responses;
pub(crate) mod security;
pub(crate) mod selection;
pub(crate) mod servers;
pub(crate) mod tags;
pub(crate) mod texts;
pub(crate) mod unsendable;

use crate::api::{Operation, SecurityScheme, Server, Tag, Webhook};

use crate::lower::context::Context;
use crate::lower::operations::lowering::Lowering;
use crate::lower::operations::planned::{Announcement, PlannedOperation};
use crate::lower::operations::servers::servers;
use crate::lower::operations::tags::Tags;
use crate::lower::operations::texts::Texts;
use crate::lower::schemas::Schemas;
use crate::lower::shapes::Shapes;

/// What can be called, and what is called.
pub(crate) struct Operations {
    pub operations: Vec<Operation>,
    pub webhooks: Vec<Webhook>,
    pub tags: Vec<Tag>,
    pub servers: Vec<Server>,
    pub security_schemes: Vec<SecurityScheme>,
}

/// Every planned operation, with its types.
pub(crate) fn lower(
    context: &Context<'_>,
    schemas: &Schemas<'_>,
    shapes: &Shapes,
    planned: &[PlannedOperation<'_>],
) -> Operations {
    let openapi = &context.document.openapi;
    let mut tags = Tags::declared(context);
    let lowering = Lowering { context, schemas, shapes, texts: Texts::default() };
    let mut lowered = Operations {
        operations: Vec::new(),
        webhooks: Vec::new(),
        tags: Vec::new(),
        servers: servers(context, &openapi.servers, ""),
        security_schemes: security::security_schemes(context),
    };
    for planned in planned {
        let operation = operation(&lowering, &mut tags, planned);
        match &planned.webhook {
            None => lowered.operations.push(operation),
            Some(Announcement { name, callback_of }) => {
                let (name, callback_of) = (name.clone(), callback_of.clone());
                lowered.webhooks.push(Webhook { name, callback_of, operation });
            }
        }
    }
    lowered.tags = tags.list;
    lowered
}

fn operation(lowering: &Lowering<'_>, tags: &mut Tags, planned: &PlannedOperation<'_>) -> Operation {
    let context = lowering.context;
    let (stated, pointer) = (planned.stated.operation, planned.pointer());
    let (place, method) = (planned.stated.place, planned.stated.method);
    let parameters: Vec<_> = planned.parameters.iter().map(|planned| parameter::parameter(lowering, planned)).collect();
    let body = planned.body.as_ref().map(|body| lowering.body(body));
    let responses = planned.responses.iter().map(|planned| response::response(lowering, planned)).collect();
    let servers = if stated.servers.is_empty() {
        servers(context, &planned.item.servers, &planned.item_pointer)
    } else {
        servers(context, &stated.servers, &pointer)
    };
    Operation {
        id: planned.id.clone(),
        rust_name: planned.rust_name.clone(),
        type_stem: planned.type_stem.clone(),
        // A field of the path item is the method in small letters; methods of other names are sent as they are written.
        method: if place == method { method.to_uppercase() } else { method.to_owned() },
        path: planned.path.to_owned(),
        segments: parameter::segments(planned.path, &parameters),
        tag: tags.grouping(&stated.tags).map(|tag| tags.module(tag, None)),
        summary: stated.summary.clone(),
        description: stated.description.clone(),
        deprecated: stated.deprecated,
        parameters,
        body,
        responses,
        security: security::security(context, stated.security.as_deref(), &format!("{pointer}/security")),
        servers,
        pointer,
    }
}
