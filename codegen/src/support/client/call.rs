//! One request, while it is put together.

use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::super::View;
use super::encoding::{self, Keep, Style};
use super::multipart::{self, Part};

/// A request of one operation. `Debug` shows the operation and the path template, which hold no values.
pub struct Call {
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) template: &'static str,
    /// The server of the operation, where the document names one.
    pub(super) server: Option<&'static str>,
    pub(super) path: String,
    pub(super) query: Vec<String>,
    pub(super) headers: HeaderMap,
    pub(super) cookies: Vec<String>,
    pub(super) body: bytes::Bytes,
    /// A header whose value is no legal header text, by name.
    pub(super) illegal_header: Option<String>,
}

impl Call {
    /// A request of an operation, by its id, its method and its path template.
    #[must_use]
    pub fn new(operation: &'static str, method: Method, template: &'static str) -> Self {
        Self {
            operation,
            method,
            template,
            server: None,
            path: String::new(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: bytes::Bytes::new(),
            illegal_header: None,
        }
    }

    /// Sends to a server of its own (OpenAPI 3.1.1, Operation Object, `servers`), unless the client was given a base URL.
    pub fn server(&mut self, base_url: &'static str) {
        self.server = Some(base_url);
    }

    /// Appends text of the template to the path.
    pub fn path_literal(&mut self, text: &str) {
        self.path.push_str(text);
    }

    /// Appends a parameter to the path.
    pub fn path_parameter(&mut self, name: &str, style: Style, explode: bool, value: View<'_>) {
        self.path.push_str(&encoding::path(name, style, explode, value));
    }

    /// Adds a query parameter.
    pub fn query(&mut self, name: &str, style: Style, explode: bool, allow_reserved: bool, value: View<'_>) {
        let keep = if allow_reserved { Keep::Reserved } else { Keep::Unreserved };
        self.query.extend(encoding::query(name, style, explode, keep, value));
    }

    /// The value of a parameter that is written as JSON.
    #[must_use]
    pub fn json_text(value: View<'_>) -> String {
        serde_json::to_string(&value).unwrap_or_default()
    }

    /// Adds a header.
    pub fn header(&mut self, name: &str, explode: bool, sensitive: bool, value: View<'_>) {
        self.insert_header(name, &encoding::simple(explode, value, Keep::All), sensitive);
    }

    /// Adds a cookie.
    pub fn cookie(&mut self, name: &str, explode: bool, value: View<'_>) {
        self.cookies.extend(encoding::query(name, Style::Form, explode, Keep::Unreserved, value));
    }

    pub(super) fn insert_header(&mut self, name: &str, value: &str, sensitive: bool) {
        match (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(sensitive);
                self.headers.insert(name, value);
            }
            _ => self.illegal_header = Some(name.to_owned()),
        }
    }

    /// Says which media types are understood.
    pub fn accept(&mut self, media_types: &'static str) {
        self.headers.insert(http::header::ACCEPT, HeaderValue::from_static(media_types));
    }

    /// Sends JSON.
    pub fn json(&mut self, media_type: &'static str, value: View<'_>) {
        // A view writes numbers, texts, arrays and maps with text keys: JSON has a form for all of them.
        let body = serde_json::to_vec(&value).unwrap_or_default();
        self.bytes(media_type, body.into());
    }

    /// Sends a form (`application/x-www-form-urlencoded`), a pair for each member, in the style that `parts` says.
    pub fn form(&mut self, media_type: &'static str, value: View<'_>, parts: &[Part]) {
        let mut pairs = Vec::new();
        if let View::Object(object) = value {
            object.visit(&mut |name, view| {
                let part = parts.iter().find(|part| part.name == name);
                let (style, explode) = part.map_or((Style::Form, true), |part| (part.style, part.explode));
                pairs.extend(encoding::query(name, style, explode, Keep::Unreserved, view));
            });
        }
        self.bytes(media_type, pairs.join("&").into());
    }

    /// Sends `multipart/form-data`, a part for each member.
    pub fn multipart(&mut self, value: View<'_>, parts: &[Part]) {
        let (boundary, body) = multipart::body(value, parts);
        self.insert_header("content-type", &format!("multipart/form-data; boundary={boundary}"), false);
        self.body = body.into();
    }

    /// Sends text.
    pub fn text(&mut self, media_type: &'static str, text: &str) {
        self.bytes(media_type, text.to_owned().into());
    }

    /// Sends bytes.
    pub fn bytes(&mut self, media_type: &'static str, body: bytes::Bytes) {
        self.headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static(media_type));
        self.body = body;
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}
