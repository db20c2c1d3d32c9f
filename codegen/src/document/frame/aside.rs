//! Checks beside the frame: unknown fields, fields of 3.2, and objects that are documentation only.
//!
//! `{ "operationId": "getThing", "body": {} }` in `links` gets "a link has no field `body`".

use crate::diagnostic::{self as codes, Diagnostic};

use crate::document::frame::{Framer, Kind, Node};
use crate::document::text::node::Member;

/// The fields of an example (OpenAPI 3.1.1, "Example Object").
const EXAMPLE: &[&str] = &["summary", "description", "value", "externalValue"];

/// Those that 3.2 adds to it.
const EXAMPLE_OF_3_2: &[&str] = &["dataValue", "serializedValue"];

/// The fields of a link (OpenAPI 3.1.1, "Link Object").
const LINK: &[&str] = &["operationRef", "operationId", "parameters", "requestBody", "description", "server"];

/// Names of fields.
type Fields = &'static [&'static str];

/// Keyword, owner in messages, fields, and those of 3.2, of the objects that schemas hold.
const OF_SCHEMAS: [(&str, &str, Fields, Fields); 3] = [
    ("discriminator", "a discriminator", &["propertyName", "mapping"], &["defaultMapping"]),
    ("xml", "`xml`", &["name", "namespace", "prefix", "attribute", "wrapped"], &["nodeType"]),
    ("externalDocs", "external documentation", &["url", "description"], &[]),
];

/// The owner in messages, the fields, and those of 3.2, of an object that a schema holds under a keyword.
pub fn of_schema(keyword: &str) -> Option<(&'static str, Fields, Fields)> {
    OF_SCHEMAS.iter().find(|entry| entry.0 == keyword).map(|(_, owner, fields, newer)| (*owner, *fields, *newer))
}

/// The message about a field that the document's version does not have.
pub fn unknown_field_message(owner: &str, name: &str, is_of_3_2: bool) -> (&'static codes::Code, String) {
    let since = if is_of_3_2 { ": it is of OpenAPI 3.2" } else { "" };
    (&codes::UNKNOWN_FIELD, format!("{owner} has no field `{name}`{since}"))
}

impl<'d> Framer<'d, '_> {
    /// A field that the tables do not name.
    pub(crate) fn unknown_field(&mut self, kind: Kind, name: &str, member: &Member) {
        if self.is_3_2 && kind.is_of_3_2(name) {
            return;
        }
        let (code, message) = unknown_field_message(kind.name(), name, kind.is_of_3_2(name));
        let fields = kind.fields().iter().map(|field| field.0);
        let hint = if kind.is_of_3_2(name) { None } else { self.unknown.did_you_mean(kind.name(), name, fields) };
        self.unknown.note(code, message, hint, &member.key);
    }

    /// Checks the examples of a parameter, a header, a media type or `components`.
    pub(crate) fn examples(&mut self, node: &'d Node) {
        for example in self.aside("examples", node) {
            self.fields("an example", example, EXAMPLE, EXAMPLE_OF_3_2);
            // OpenAPI 3.1.1 and 3.2.0, "Example Object".
            for (one, other) in [
                ("value", "externalValue"),
                ("value", "dataValue"),
                ("value", "serializedValue"),
                ("serializedValue", "externalValue"),
            ] {
                self.exclusive("an example", example, one, other);
            }
        }
    }

    /// Checks the links of a response or of `components`, which no emitted code follows.
    pub(crate) fn links(&mut self, node: &'d Node) {
        for link in self.aside("links", node) {
            self.fields("a link", link, LINK, &[]);
            self.exclusive("a link", link, "operationRef", "operationId");
            if let Some(server) = link.get("server") {
                let fields: Vec<&str> = Kind::Server.fields().iter().map(|field| field.0).collect();
                self.fields("a server", server, &fields, &["name"]);
            }
        }
    }

    /// Two fields that exclude each other.
    pub(crate) fn exclusive(&mut self, owner: &str, node: &Node, one: &str, other: &str) {
        let members = node.as_object();
        if let Some(later) = members.and_then(|members| members.get(one).and(members.get(other))) {
            let message = format!("{owner} has `{one}` or `{other}`, not both");
            self.report.push(Diagnostic::new(&codes::EXCLUSIVE_FIELDS, message).at(&later.key));
        }
    }

    /// The objects of a map from which no code is made. References are left out: their targets are checked where they stand.
    fn aside(&mut self, name: &str, node: &'d Node) -> Vec<&'d Node> {
        if node.as_object().is_none() {
            let message = format!("`{name}` must be an object, found {}", node.kind_name());
            self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node));
        }
        let members = node.as_object().into_iter().flatten();
        let objects = members.filter(|(name, _)| !name.starts_with("x-")).map(|(_, member)| &member.node);
        objects.filter(|node| node.as_object().is_some() && node.get("$ref").is_none()).collect()
    }

    fn fields(&mut self, owner: &'static str, node: &Node, fields: &[&'static str], newer: &[&str]) {
        for (name, member) in node.as_object().into_iter().flatten() {
            let name = name.as_str();
            if name.starts_with("x-") || fields.contains(&name) || self.is_3_2 && newer.contains(&name) {
                continue;
            }
            let (code, message) = unknown_field_message(owner, name, newer.contains(&name));
            let hint = self.unknown.did_you_mean(owner, name, fields.iter().copied());
            self.unknown.note(code, message, hint, &member.key);
        }
    }
}
