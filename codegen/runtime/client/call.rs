//! A request that is being built.

use http::{HeaderMap, HeaderName, HeaderValue, Method};

use super::super::View;
use super::super::pointer::escaped;
use super::encoding::{self, Keep, Style};
use super::media_type::is_media_type;
use super::multipart::{self, Part};
use super::path::Path;
use super::refused::{Refused, RefusedReason};

/// A request of one operation. `Debug` shows the operation and the path template, which hold no values.
pub struct Call {
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) template: &'static str,
    /// The server of the operation, where the document names one.
    pub(super) server: Option<&'static str>,
    pub(super) path: Path,
    pub(super) query: Vec<String>,
    pub(super) headers: HeaderMap,
    pub(super) cookies: Vec<String>,
    pub(super) body: bytes::Bytes,
    /// Whether a parameter or the body is of a type that holds secrets.
    pub(super) secret: bool,
    /// The first reason not to send the request.
    refused: Option<Refused>,
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
            path: Path::default(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            cookies: Vec::new(),
            body: bytes::Bytes::new(),
            secret: false,
            refused: None,
        }
    }

    /// A method by its name, for those without a constant in all versions of `http`. A name that is no token of HTTP, which the generator
    /// never emits, becomes `GET`.
    #[must_use]
    pub fn method(name: &'static str) -> Method {
        Method::from_bytes(name.as_bytes()).unwrap_or_default()
    }

    /// Sets the operation's own server (OpenAPI 3.1.1, Operation Object, `servers`), which a base URL of the client overrides.
    pub fn server(&mut self, base_url: &'static str) {
        self.server = Some(base_url);
    }

    /// Marks the request as one with secrets: like a credential, they are not sent unencrypted.
    pub fn holds_secrets(&mut self) {
        self.secret = true;
    }

    /// Appends text of the template to the path.
    pub fn path_literal(&mut self, text: &str) {
        self.path.literal(text);
    }

    /// Appends a parameter to the path.
    pub fn path_parameter(&mut self, name: &str, style: Style, explode: bool, value: View<'_>) {
        self.must_be_text("path", name, value);
        self.path.parameter(name, style, explode, value);
    }

    /// Adds a query parameter.
    pub fn query(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        allow_reserved: bool,
        value: View<'_>,
    ) {
        self.must_be_text("query", name, value);
        let keep = if allow_reserved {
            Keep::Reserved
        } else {
            Keep::Unreserved
        };
        self.query
            .extend(encoding::query(name, style, explode, keep, value));
    }

    /// Sets the whole query to a text, percent-encoded (OpenAPI 3.2.0, "Parameter Locations", `querystring`).
    pub fn whole_query(&mut self, name: &str, value: View<'_>) {
        self.must_be_text("querystring", name, value);
        let mut text = String::new();
        encoding::encode(&encoding::scalar(value), Keep::Unreserved, &mut text);
        if !text.is_empty() {
            self.query.push(text);
        }
    }

    /// Sets the whole query to a form, a pair for each member, in the style that `parts` says.
    pub fn form_query(&mut self, name: &str, value: View<'_>, parts: &[Part]) {
        let pairs = self.pairs(&format!("/querystring/{}", escaped(name)), value, parts);
        self.query.extend(pairs);
    }

    /// Checks that a parameter can be written as JSON: bytes that are not UTF-8 cannot.
    pub fn must_be_json(&mut self, place: &str, name: &str, value: View<'_>) {
        if serde_json::to_writer(std::io::sink(), &value).is_err() {
            self.refuse(format!("/{place}/{}", escaped(name)), RefusedReason::Json);
        }
    }

    fn must_be_text(&mut self, place: &str, name: &str, value: View<'_>) {
        if !encoding::is_text(value) {
            self.refuse(format!("/{place}/{}", escaped(name)), RefusedReason::Text);
        }
    }

    /// The value of a parameter that is written as JSON.
    #[must_use]
    pub fn json_text(value: View<'_>) -> String {
        serde_json::to_string(&value).unwrap_or_default()
    }

    /// Adds a header.
    pub fn header(&mut self, name: &str, explode: bool, sensitive: bool, value: View<'_>) {
        self.must_be_text("header", name, value);
        if encoding::is_torn(value) {
            self.refuse(
                format!("/header/{}", escaped(name)),
                RefusedReason::HeaderList,
            );
        }
        self.insert_header(
            name,
            &encoding::simple(explode, value, Keep::All),
            sensitive,
        );
    }

    /// Adds a cookie.
    pub fn cookie(&mut self, name: &str, explode: bool, value: View<'_>) {
        self.must_be_text("cookie", name, value);
        self.cookies.extend(encoding::query(
            name,
            Style::Form,
            explode,
            Keep::Unreserved,
            value,
        ));
    }

    /// Adds a cookie of `style: cookie`, which is sent as it is: OpenAPI 3.2.0, "Style Values". A value with a character that would end it
    /// or begin another cookie (RFC 6265, section 4.1.1, `cookie-octet`) is refused.
    pub fn plain_cookie(&mut self, name: &str, explode: bool, value: View<'_>) {
        self.must_be_text("cookie", name, value);
        let pairs = encoding::cookies(name, explode, value);
        let fits = |(name, value): &(String, String)| {
            encoding::is_cookie_name(name) && encoding::is_cookie_value(value)
        };
        if !pairs.iter().all(fits) || !explode && encoding::is_torn(value) {
            self.refuse(format!("/cookie/{}", escaped(name)), RefusedReason::Cookie);
        }
        self.cookies.extend(
            pairs
                .into_iter()
                .map(|(name, value)| format!("{name}={value}")),
        );
    }

    pub(super) fn insert_header(&mut self, name: &str, value: &str, sensitive: bool) {
        match (
            HeaderName::from_bytes(name.as_bytes()),
            HeaderValue::from_str(value),
        ) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(sensitive);
                self.headers.insert(name, value);
            }
            _ => self.refuse(format!("/header/{}", escaped(name)), RefusedReason::Header),
        }
    }

    fn refuse(&mut self, pointer: String, reason: RefusedReason) {
        self.refused
            .get_or_insert_with(|| Refused::new(pointer, reason));
    }

    /// Whether the request can be sent as it is meant.
    ///
    /// # Errors
    /// Where it cannot: an illegal header or body, a path that leads elsewhere, headers that frame the message.
    pub(super) fn judge(&mut self) -> Result<(), Refused> {
        if let Some(refused) = self.refused.take() {
            return Err(refused);
        }
        self.path.judge()?;
        // The transport states lengths and connections: a second statement would let two readers of one connection disagree about
        // where the message ends (RFC 9112, section 11.2).
        for name in [
            http::header::TRANSFER_ENCODING,
            http::header::CONNECTION,
            http::header::UPGRADE,
            http::header::TRAILER,
        ] {
            if self.headers.contains_key(&name) {
                return Err(Refused::new(
                    format!("/header/{name}"),
                    RefusedReason::Header,
                ));
            }
        }
        let length = self.headers.get(http::header::CONTENT_LENGTH);
        if length.is_some_and(|length| *length != self.body.len().to_string()) {
            return Err(Refused::new(
                "/header/content-length".to_owned(),
                RefusedReason::Header,
            ));
        }
        Ok(())
    }

    /// Sets `Accept`.
    pub fn accept(&mut self, media_types: &str) {
        self.insert_header("accept", media_types, false);
    }

    /// Sends JSON.
    pub fn json(&mut self, media_type: &str, value: View<'_>) {
        match serde_json::to_vec(&value) {
            Ok(body) => self.bytes(media_type, body.into()),
            Err(_) => self.refuse(String::new(), RefusedReason::Json),
        }
    }

    /// Sends a form (`application/x-www-form-urlencoded`), a pair for each member, in the style that `parts` says.
    pub fn form(&mut self, media_type: &str, value: View<'_>, parts: &[Part]) {
        let pairs = self.pairs("", value, parts);
        self.bytes(media_type, pairs.join("&").into());
    }

    fn pairs(&mut self, place: &str, value: View<'_>, parts: &[Part]) -> Vec<String> {
        let mut pairs = Vec::new();
        if let View::Object(object) = value {
            object.visit(&mut |name, view| {
                if !encoding::is_text(view) {
                    self.refuse(format!("{place}/{}", escaped(name)), RefusedReason::Text);
                }
                let part = parts.iter().find(|part| part.name == name);
                let (style, explode) =
                    part.map_or((Style::Form, true), |part| (part.style, part.explode));
                pairs.extend(encoding::query(
                    name,
                    style,
                    explode,
                    Keep::Unreserved,
                    view,
                ));
            });
        }
        pairs
    }

    /// Sends `multipart/form-data`, a part for each member.
    pub fn multipart(&mut self, value: View<'_>, parts: &[Part]) {
        match multipart::body(value, parts) {
            Ok((boundary, body)) => {
                self.bytes(
                    &format!("multipart/form-data; boundary={boundary}"),
                    body.into(),
                );
            }
            Err(refused) => drop(self.refused.get_or_insert(refused)),
        }
    }

    /// Sends text.
    pub fn text(&mut self, media_type: &str, text: &str) {
        self.bytes(media_type, text.to_owned().into());
    }

    /// Sends bytes.
    pub fn bytes(&mut self, media_type: &str, body: bytes::Bytes) {
        if is_media_type(media_type) {
            self.insert_header("content-type", media_type, false);
        } else {
            self.refuse("/header/content-type".to_owned(), RefusedReason::MediaType);
        }
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
