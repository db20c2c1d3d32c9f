//! The versions of OpenAPI.

use crate::document::text::node::Node;

/// The generations of OpenAPI that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 3.0.x, and 2.0 once it is converted.
    V3_0,
    /// 3.1.x, and what 3.2 shares with it.
    V3_1,
}

/// Whether a document says that it is of 3.2, which is read as 3.1: what it adds is told where it stands.
pub fn is_3_2(root: &Node) -> bool {
    let stated = stated_version(root);
    stated == "3.2" || stated.starts_with("3.2.")
}

/// The version as the document states it.
pub fn stated_version(root: &Node) -> String {
    let stated = root.get("openapi").or_else(|| root.get("swagger"));
    stated.and_then(|node| node.as_str().or(node.as_number())).unwrap_or_default().trim().to_owned()
}
