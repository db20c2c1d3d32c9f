//! `multipart/form-data` (RFC 7578): one part for each member of an object, one for each element of an array.
//!
//! | member | part |
//! | --- | --- |
//! | a string, number or boolean | `text/plain` |
//! | [`Binary`](super::super::Binary) | its bytes, `application/octet-stream` unless something else is said |
//! | an object | `application/json` |
//!
//! OpenAPI 3.0.4, "Encoding Object", `contentType`.

use std::fmt::Write as _;

use super::super::View;
use super::super::pointer::escaped;
use super::encoding::{self, Style};
use super::media_type::is_media_type;
use super::refused::{Refused, RefusedReason};

/// The document's encoding of a member of a form or a multipart body.
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
///
/// # Errors
/// Where a part's media type is none, JSON cannot write a part, or there is no randomness.
pub(super) fn body(value: View<'_>, parts: &[Part]) -> Result<(String, Vec<u8>), Refused> {
    let mut pieces: Vec<Result<Piece, Refused>> = Vec::new();
    if let View::Object(object) = value {
        object.visit(&mut |name, view| {
            let stated = parts
                .iter()
                .find(|part| part.name == name)
                .and_then(|part| part.media_type);
            match view {
                View::Array(elements) => {
                    let views = (0..elements.len())
                        .filter_map(|index| Some((index, elements.element(index)?)));
                    pieces.extend(views.map(|(index, view)| {
                        Piece::of(name, view, stated).map_err(|reason| {
                            Refused::new(format!("/{}/{index}", escaped(name)), reason)
                        })
                    }));
                }
                View::Null
                | View::Boolean(_)
                | View::Integer(_)
                | View::Unsigned(_)
                | View::Number(_)
                | View::Numeral(_)
                | View::String(_)
                | View::Binary(_)
                | View::Object(_) => pieces.push(
                    Piece::of(name, view, stated)
                        .map_err(|reason| Refused::new(format!("/{}", escaped(name)), reason)),
                ),
            }
        });
    }
    let pieces = pieces.into_iter().collect::<Result<Vec<_>, _>>()?;
    let boundary = boundary()?;
    let mut out = Vec::new();
    for piece in &pieces {
        out.extend_from_slice(format!("--{boundary}\r\n{}\r\n", piece.head).as_bytes());
        out.extend_from_slice(&piece.content);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok((boundary, out))
}

struct Piece {
    head: String,
    content: Vec<u8>,
}

impl Piece {
    fn of(name: &str, view: View<'_>, stated: Option<&str>) -> Result<Self, RefusedReason> {
        // A list or a range of media types says which types the part may have, not which one it has.
        let stated = stated.filter(|stated| !stated.contains([',', '*']));
        let mut head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        let (media_type, content) = match view {
            View::Binary(binary) => {
                let file_name = binary.file_name().unwrap_or(name);
                head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
                let media_type = binary.media_type().or(stated);
                (
                    media_type.unwrap_or("application/octet-stream"),
                    binary.content().to_vec(),
                )
            }
            View::Object(_) | View::Array(_) => {
                let json = serde_json::to_vec(&view).map_err(|_| RefusedReason::Json)?;
                (stated.unwrap_or("application/json"), json)
            }
            View::Null
            | View::Boolean(_)
            | View::Integer(_)
            | View::Unsigned(_)
            | View::Number(_)
            | View::Numeral(_)
            | View::String(_) => (
                stated.unwrap_or("text/plain"),
                encoding::scalar(view).into_bytes(),
            ),
        };
        if !is_media_type(media_type) {
            return Err(RefusedReason::MediaType);
        }
        head.push_str(&format!("\r\nContent-Type: {media_type}\r\n"));
        Ok(Self { head, content })
    }
}

/// RFC 7578, section 2, and the HTML standard ("multipart form data"): quotes and line ends are percent-encoded. So are the other
/// control characters here, which no header may hold (RFC 9110, section 5.5), and backslashes, with which some readers take the quote
/// that ends the text for a part of it (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '"' | '\\') || character.is_ascii_control() {
            // Writing to a string does not fail.
            let _ = write!(out, "%{:02X}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// A boundary (RFC 2046, section 5.1.1) of 128 random bits: no part contains it, and the author of a part cannot predict it.
fn boundary() -> Result<String, Refused> {
    let mut random = [0u8; 16];
    getrandom::fill(&mut random)
        .map_err(|_| Refused::new(String::new(), RefusedReason::Randomness))?;
    Ok(format!("part-{:032x}", u128::from_ne_bytes(random)))
}
