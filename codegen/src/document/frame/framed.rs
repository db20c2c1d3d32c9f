//! The frames of operations that stand beside the methods of a path item.

use serde_json::Value;

/// The frame of an operation that stands beside the methods of a path item.
#[derive(Debug)]
pub struct Framed {
    /// The JSON Pointer of the path item.
    pub item: String,
    /// The method as it is sent: `QUERY`, `COPY`.
    pub method: String,
    /// The frame.
    pub frame: Value,
}
