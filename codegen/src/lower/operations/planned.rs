//! Operations before their types are known.

use openapiv3 as oas;

use crate::api::{BodyCheck, Encoding, ParameterLocation, ResponseStatus, SchemaId, Sequence};
use crate::document::StatedOperation;

/// An operation whose schemas are read.
pub(crate) struct PlannedOperation<'c> {
    /// What the document states.
    pub stated: StatedOperation<'c>,
    /// Its path item, and the pointer of that.
    pub item: &'c oas::PathItem,
    pub item_pointer: String,
    /// The path template; empty for what the API sends.
    pub path: &'c str,
    /// Its id, stated or made, and the names made of it.
    pub id: String,
    pub rust_name: String,
    pub type_stem: String,
    pub parameters: Vec<PlannedParameter<'c>>,
    pub body: Option<PlannedBody<'c>>,
    pub responses: Vec<PlannedResponse<'c>>,
    /// How it is announced, where the API sends it.
    pub webhook: Option<Announcement>,
}

impl PlannedOperation<'_> {
    /// Its pointer.
    pub(crate) fn pointer(&self) -> String {
        format!("{}/{}", self.item_pointer, self.stated.place)
    }
}

/// What announces a request that the API sends.
pub(crate) struct Announcement {
    /// The key in `webhooks`, or the callback's name with the operation's.
    pub name: String,
    /// The id of the operation that announces it, for a callback.
    pub callback_of: Option<String>,
}

/// A parameter whose schema is read.
pub(crate) struct PlannedParameter<'c> {
    pub name: &'c str,
    pub rust_name: String,
    pub location: ParameterLocation,
    pub schema: SchemaId,
    /// What the document states, with its pointer; `None` for one that only the path mentions.
    pub stated: Option<(&'c oas::Parameter, String)>,
}

/// A request body whose schemas are read.
pub(crate) struct PlannedBody<'c> {
    pub stated: &'c oas::RequestBody,
    /// Its pointer.
    pub place: String,
    /// The media type that is sent.
    pub chosen: PlannedMedia,
    /// The others that have a method, with its name.
    pub others: Vec<(String, PlannedMedia)>,
}

/// A response whose schema is read.
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

/// A media type whose schema is read.
pub(crate) struct PlannedMedia {
    /// As sent or received.
    pub name: String,
    pub encoding: Encoding,
    /// As it travels, in the direction of the body.
    pub schema: Option<SchemaId>,
    pub check: BodyCheck,
    /// The pointer of the media type object.
    pub place: String,
    pub items: Option<Sequence>,
}
