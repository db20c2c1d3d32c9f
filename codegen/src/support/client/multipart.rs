//! `multipart/form-data` (RFC 7578): one part for each member of an object, one for each element of an array.
//!
//! | member | part |
//! | --- | --- |
//! | a string, number or boolean | `text/plain` |
//! | [`Binary`](super::super::Binary) | its bytes, `application/octet-stream` unless something else is said |
//! | an object | `application/json` |
//!
//! OpenAPI 3.0.4, "Encoding Object", `contentType`.

use super::super::View;
use super::encoding::{self, Style};

/// What the document says of how a member of a form or a multipart body is sent.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The member's name.
    pub name: &'static str,
    /// `contentType` of a part.
    pub media_type: Option<&'static str>,
    /// `style` of a form's member.
    pub style: Style,
    /// `explode` of a form's member.
    pub explode: bool,
}

/// The body and its boundary.
pub(super) fn body(value: View<'_>, parts: &[Part]) -> (String, Vec<u8>) {
    let mut pieces: Vec<Piece> = Vec::new();
    if let View::Object(object) = value {
        object.visit(&mut |name, view| {
            let stated = parts.iter().find(|part| part.name == name).and_then(|part| part.media_type);
            match view {
                View::Array(elements) => {
                    let views = (0..elements.len()).filter_map(|index| elements.element(index));
                    pieces.extend(views.map(|view| Piece::of(name, view, stated)));
                }
                _ => pieces.push(Piece::of(name, view, stated)),
            }
        });
    }
    let boundary = boundary(&pieces);
    let mut out = Vec::new();
    for piece in &pieces {
        out.extend_from_slice(format!("--{boundary}\r\n{}\r\n", piece.head).as_bytes());
        out.extend_from_slice(&piece.content);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (boundary, out)
}

struct Piece {
    head: String,
    content: Vec<u8>,
}

impl Piece {
    fn of(name: &str, view: View<'_>, stated: Option<&str>) -> Self {
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        let (media_type, content) = match view {
            View::Binary(binary) => {
                let file_name = binary.file_name().unwrap_or(name);
                head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
                let media_type = binary.media_type().or(stated.filter(|stated| !stated.contains([',', '*'])));
                (media_type.unwrap_or("application/octet-stream"), binary.content().to_vec())
            }
            View::Object(_) | View::Array(_) => {
                (stated.unwrap_or("application/json"), serde_json::to_vec(&view).unwrap_or_default())
            }
            _ => (stated.unwrap_or("text/plain"), encoding::scalar(view).into_bytes()),
        };
        // A media type is a token; whatever would end the line is left out.
        let media_type: String = media_type.chars().filter(|c| !c.is_control()).collect();
        head.push_str(&format!("\r\nContent-Type: {media_type}\r\n"));
        Self { head, content }
    }
}

/// RFC 7578, section 2, and the HTML standard: quotes and line ends are percent-encoded.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A boundary that no part contains (RFC 2046, section 5.1.1).
fn boundary(pieces: &[Piece]) -> String {
    let mut number = 0u32;
    loop {
        let boundary = format!("planchet-part-{number:08x}");
        let found = |piece: &Piece| piece.content.windows(boundary.len()).any(|window| window == boundary.as_bytes());
        if !pieces.iter().any(found) {
            return boundary;
        }
        number = number.wrapping_add(1);
    }
}
