//! Parameters as text: OpenAPI 3.0.4, "Style Values", and the expansions of RFC 6570 that it names.
//!
//! | style, explode | `[3, 4]` as `id` | `{"role": "admin", "name": "Al"}` as `id` |
//! | --- | --- | --- |
//! | simple | `3,4` | `role,admin,name,Al` (exploded `role=admin,name=Al`) |
//! | label | `.3,4` (exploded `.3.4`) | `.role,admin,name,Al` (exploded `.role=admin.name=Al`) |
//! | matrix | `;id=3,4` (exploded `;id=3;id=4`) | `;id=role,admin,name,Al` (exploded `;role=admin;name=Al`) |
//! | form | `id=3,4` (exploded `id=3&id=4`) | `id=role,admin,name,Al` (exploded `role=admin&name=Al`) |
//! | spaceDelimited | `id=3%204` | `id=role%20admin%20name%20Al` |
//! | pipeDelimited | `id=3%7C4` | `id=role%7Cadmin%7Cname%7CAl` |
//! | deepObject | | `id%5Brole%5D=admin&id%5Bname%5D=Al` |

use super::super::View;

/// `style` of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `matrix`.
    Matrix,
    /// `label`.
    Label,
    /// `simple`.
    Simple,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
}

/// Which characters are not encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Unreserved characters only (RFC 3986, section 2.3).
    Unreserved,
    /// Reserved ones as well (`allowReserved`), but for those that cannot stand in a query (`#`, `[`, `]`) and those that would end the
    /// value or change it (`&`, `+`): OpenAPI 3.1.1, "Parameter Object", leaves these to the author of the URL.
    Reserved,
    /// The same without the comma, which separates the values of a list.
    ReservedInList,
    /// All: headers.
    All,
}

/// Percent-encodes a text.
pub(super) fn encode(text: &str, keep: Keep, out: &mut String) {
    for byte in text.bytes() {
        let kept = match keep {
            Keep::All => true,
            _ if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => true,
            Keep::Reserved => b":/?@!$'()*,;=".contains(&byte),
            Keep::ReservedInList => b":/?@!$'()*;=".contains(&byte),
            Keep::Unreserved => false,
        };
        if kept {
            out.push(char::from(byte));
        } else {
            triple(byte, out);
        }
    }
}

/// Percent-encodes what cannot stand in a path and a query (RFC 3986, sections 3.3 and 3.4). Triples stay as they are.
pub(super) fn encode_path(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%".contains(&byte) {
            out.push(char::from(byte));
        } else {
            triple(byte, out);
        }
    }
}

fn triple(byte: u8, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    for nibble in [byte >> 4, byte & 15] {
        out.push(
            HEX.get(usize::from(nibble))
                .map_or('0', |digit| char::from(*digit)),
        );
    }
}

fn encoded(text: &str, keep: Keep) -> String {
    if keep == Keep::All {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    encode(text, keep, &mut out);
    out
}

/// A scalar as text; arrays and objects inside of arrays and objects, for which no style is defined, as JSON.
pub(super) fn scalar(view: View<'_>) -> String {
    match view {
        View::Null => String::new(),
        View::Boolean(value) => value.to_string(),
        View::Integer(value) => value.to_string(),
        View::Unsigned(value) => value.to_string(),
        View::String(value) => value.to_owned(),
        View::Numeral(value) => value.text().to_owned(),
        View::Binary(value) => String::from_utf8_lossy(value.content()).into_owned(),
        View::Number(_) | View::Array(_) | View::Object(_) => {
            serde_json::to_string(&view).unwrap_or_default()
        }
    }
}

fn elements(view: View<'_>, keep: Keep) -> Option<Vec<String>> {
    let View::Array(array) = view else {
        return None;
    };
    let elements = (0..array.len()).filter_map(|index| array.element(index));
    Some(elements.map(|view| encoded(&scalar(view), keep)).collect())
}

fn members(view: View<'_>, keep: Keep) -> Option<Vec<(String, String)>> {
    let View::Object(object) = view else {
        return None;
    };
    let mut members = Vec::new();
    // In a name, every reserved character could be mistaken for a delimiter of the style.
    let keep_name = if keep == Keep::All {
        Keep::All
    } else {
        Keep::Unreserved
    };
    object.visit(&mut |name, view| {
        members.push((encoded(name, keep_name), encoded(&scalar(view), keep)))
    });
    Some(members)
}

fn flat(members: Vec<(String, String)>, separator: &str) -> String {
    let parts: Vec<String> = members
        .into_iter()
        .flat_map(|(name, value)| [name, value])
        .collect();
    parts.join(separator)
}

fn pairs(members: Vec<(String, String)>, separator: &str) -> String {
    let parts: Vec<String> = members
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    parts.join(separator)
}

/// The cookies of a parameter of `style: cookie`, by name, nothing encoded: one for each element or member where it is exploded.
pub(super) fn cookies(name: &str, explode: bool, view: View<'_>) -> Vec<(String, String)> {
    let named = |value: String| (name.to_owned(), value);
    if let Some(elements) = elements(view, Keep::All) {
        return if explode {
            elements.into_iter().map(named).collect()
        } else {
            vec![named(elements.join(","))]
        };
    }
    match members(view, Keep::All) {
        Some(members) if explode => members,
        Some(members) => vec![named(flat(members, ","))],
        None => vec![named(scalar(view))],
    }
}

/// Whether a text can be the value of a cookie (RFC 6265, section 4.1.1), the comma of a list included.
pub(super) fn is_cookie_value(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\";\\".contains(&byte))
}

/// Whether a text can be the name of a cookie: a token (RFC 9110, section 5.6.2).
pub(super) fn is_cookie_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// `simple`, for paths and headers.
pub(super) fn simple(explode: bool, view: View<'_>, keep: Keep) -> String {
    if let Some(elements) = elements(view, keep) {
        elements.join(",")
    } else if let Some(members) = members(view, keep) {
        if explode {
            pairs(members, ",")
        } else {
            flat(members, ",")
        }
    } else {
        encoded(&scalar(view), keep)
    }
}

/// Whether all bytes of a value are UTF-8: others cannot be written into a path, a query or a header unchanged.
pub(super) fn is_text(view: View<'_>) -> bool {
    match view {
        View::Binary(value) => std::str::from_utf8(value.content()).is_ok(),
        View::Array(array) => (0..array.len())
            .filter_map(|index| array.element(index))
            .all(is_text),
        View::Object(object) => {
            let mut all = true;
            object.visit(&mut |_, value| all &= is_text(value));
            all
        }
        View::Null
        | View::Boolean(_)
        | View::Integer(_)
        | View::Unsigned(_)
        | View::Number(_)
        | View::Numeral(_)
        | View::String(_) => true,
    }
}

/// Whether a value of an array or an object contains a comma, which would split it in a header, where nothing is encoded; the same for
/// names.
pub(super) fn is_torn(view: View<'_>) -> bool {
    let is_torn = |text: &str| text.contains(',');
    elements(view, Keep::All)
        .is_some_and(|elements| elements.iter().any(|element| is_torn(element)))
        || members(view, Keep::All).is_some_and(|members| {
            members
                .iter()
                .any(|(name, value)| is_torn(name) || is_torn(value) || name.contains('='))
        })
}

/// A path parameter.
pub(super) fn path(name: &str, style: Style, explode: bool, view: View<'_>) -> String {
    let keep = Keep::Unreserved;
    match style {
        Style::Label => {
            if let Some(elements) = elements(view, keep) {
                format!(".{}", elements.join(if explode { "." } else { "," }))
            } else if let Some(members) = members(view, keep) {
                format!(
                    ".{}",
                    if explode {
                        pairs(members, ".")
                    } else {
                        flat(members, ",")
                    }
                )
            } else {
                format!(".{}", encoded(&scalar(view), keep))
            }
        }
        Style::Matrix => {
            let name = encoded(name, keep);
            if let Some(elements) = elements(view, keep) {
                if explode {
                    elements
                        .iter()
                        .map(|element| format!(";{name}={element}"))
                        .collect()
                } else {
                    format!(";{name}={}", elements.join(","))
                }
            } else if let Some(members) = members(view, keep) {
                if explode {
                    format!(";{}", pairs(members, ";"))
                } else {
                    format!(";{name}={}", flat(members, ","))
                }
            } else {
                match encoded(&scalar(view), keep) {
                    value if value.is_empty() => format!(";{name}"),
                    value => format!(";{name}={value}"),
                }
            }
        }
        // Other styles do not apply to a path (OpenAPI 3.0.4, "Style Values").
        Style::Simple
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject => simple(explode, view, keep),
    }
}

/// A query parameter or a cookie, as the pairs that go into the query; values are encoded already.
pub(super) fn query(
    name: &str,
    style: Style,
    explode: bool,
    keep: Keep,
    view: View<'_>,
) -> Vec<String> {
    let key = encoded(
        name,
        if keep == Keep::All {
            Keep::All
        } else {
            Keep::Unreserved
        },
    );
    let separator = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        Style::Form | Style::DeepObject | Style::Matrix | Style::Label | Style::Simple => ",",
    };
    let is_list = !explode && matches!(view, View::Array(_) | View::Object(_));
    let keep = if is_list && keep == Keep::Reserved {
        Keep::ReservedInList
    } else {
        keep
    };
    if style == Style::DeepObject {
        let mut pairs = Vec::new();
        deep(&key, view, keep, &mut pairs);
        return pairs;
    }
    if let Some(elements) = elements(view, keep) {
        return match (explode, elements.is_empty()) {
            (_, true) => Vec::new(),
            (true, _) => elements
                .iter()
                .map(|element| format!("{key}={element}"))
                .collect(),
            (false, _) => vec![format!("{key}={}", elements.join(separator))],
        };
    }
    if let Some(members) = members(view, keep) {
        return match style {
            _ if members.is_empty() => Vec::new(),
            _ if explode => members
                .into_iter()
                .map(|(member, value)| format!("{member}={value}"))
                .collect(),
            _ => vec![format!("{key}={}", flat(members, separator))],
        };
    }
    vec![format!("{key}={}", encoded(&scalar(view), keep))]
}

/// `deepObject`. OpenAPI does not define deeper nesting; it is written as servers commonly read it:
/// `a%5Bb%5D%5Bc%5D=1`, and `a%5B0%5D=1` for the elements of an array.
fn deep(key: &str, view: View<'_>, keep: Keep, pairs: &mut Vec<String>) {
    match view {
        View::Object(object) => object.visit(&mut |name, view| {
            deep(
                &format!("{key}%5B{}%5D", encoded(name, Keep::Unreserved)),
                view,
                keep,
                pairs,
            );
        }),
        View::Array(elements) => {
            for index in 0..elements.len() {
                if let Some(view) = elements.element(index) {
                    deep(&format!("{key}%5B{index}%5D"), view, keep, pairs);
                }
            }
        }
        View::Null
        | View::Boolean(_)
        | View::Integer(_)
        | View::Unsigned(_)
        | View::Number(_)
        | View::Numeral(_)
        | View::String(_)
        | View::Binary(_) => pairs.push(format!("{key}={}", encoded(&scalar(view), keep))),
    }
}
