//! Planned operations: their schemas are read, their types are not known yet.

use openapiv3 as oas;

use crate::api::{BodyCheck, Encoding, ParameterLocation, ResponseStatus, SchemaId, Sequence};
use crate::document::StatedOperation;

/// A planned operation.
pub(crate) struct PlannedOperation<'c> {
    /// The operation object.
    pub stated: StatedOperation<'c>,
    /// Its path item, and the path item's pointer.
    pub item: &'c oas::PathItem,
    pub item_pointer: String,
    /// The path template; empty for webhooks and callbacks.
    pub path: &'c str,
    /// Its id, stated or derived from method and path, and the names derived from it.
    pub id: String,
    pub rust_name: String,
    pub type_stem: String,
    pub parameters: Vec<PlannedParameter<'c>>,
    pub body: Option<PlannedBody<'c>>,
    pub responses: Vec<PlannedResponse<'c>>,
    /// Its announcement, if it is a webhook or a callback.
    pub webhook: Option<Announcement>,
}

impl PlannedOperation<'_> {
    /// Its pointer.
    pub(crate) fn pointer(&self) -> String {
        format!("{}/{}", self.item_pointer, self.stated.place)
    }
}

/// The announcement of a webhook or a callback.
pub(crate) struct Announcement {
    /// The key in `webhooks`, or the callback's name with the operation's.
    pub name: String,
    /// The id of the operation that announces it, for a callback.
    pub callback_of: Option<String>,
}

/// A planned parameter.
pub(crate) struct PlannedParameter<'c> {
    pub name: &'c str,
    pub rust_name: String,
    pub location: ParameterLocation,
    pub schema: SchemaId,
    /// The parameter object and its pointer; `None` for one that only the path mentions.
    pub stated: Option<(&'c oas::Parameter, String)>,
}

/// A planned request body.
pub(crate) struct PlannedBody<'c> {
    pub stated: &'c oas::RequestBody,
    /// Its pointer.
    pub place: String,
    /// The media type that is sent.
    pub chosen: PlannedMedia,
    /// The others that have a method, with its name.
    pub others: Vec<(String, PlannedMedia)>,
}

/// A planned response.
pub(crate) struct PlannedResponse<'c> {
    pub status: ResponseStatus,
    pub stated: &'c oas::Response,
    /// Its pointer.
    pub place: String,
    /// The pointer of the place in the operation, which may refer to it.
    pub reference: String,
    /// The media type that is decoded.
    pub content: Option<PlannedMedia>,
}

/// A planned media type.
pub(crate) struct PlannedMedia {
    /// As sent or received.
    pub name: String,
    pub encoding: Encoding,
    /// Its schema, in the variant for the body's direction.
    pub schema: Option<SchemaId>,
    pub check: BodyCheck,
    /// The pointer of the media type object.
    pub place: String,
    pub items: Option<Sequence>,
}
