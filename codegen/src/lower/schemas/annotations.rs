//! What a schema says of itself without asserting anything.
//!
//! ```yaml
//! description: The card's number.
//! readOnly: true
//! default: visa
//! ```

use crate::api::Annotations;
use crate::document::Node;

/// The annotations of a schema object.
pub(crate) fn annotations(node: &Node) -> Annotations {
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let flag = |key: &str| node.get(key).and_then(Node::as_bool).unwrap_or(false);
    let texts = |key: &str| -> Vec<String> {
        let list = node.get(key).and_then(Node::as_array).unwrap_or_default();
        list.iter().filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    let mut examples: Vec<serde_json::Value> = node.get("example").map(Node::to_json).into_iter().collect();
    examples.extend(node.get("examples").and_then(Node::as_array).unwrap_or_default().iter().map(Node::to_json));
    Annotations {
        title: text("title"),
        description: text("description"),
        deprecated: flag("deprecated"),
        read_only: flag("readOnly"),
        write_only: flag("writeOnly"),
        default: node.get("default").map(Node::to_json),
        examples,
        external_docs: node.get("externalDocs").and_then(|docs| docs.get("url")?.as_str()).map(str::to_owned),
        enum_names: texts("x-enum-varnames"),
        enum_descriptions: texts("x-enum-descriptions"),
        content_encoding: text("contentEncoding"),
        content_media_type: text("contentMediaType"),
        xml: None,
    }
}

/// The annotations of the rest of a schema: what is said of its values is said once, of the whole.
pub(crate) fn of_the_rest(annotations: Annotations) -> Annotations {
    Annotations { default: None, examples: Vec::new(), ..annotations }
}
