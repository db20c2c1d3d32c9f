//! Where links may lead.

use crate::emit::comment::characters::is_hidden;

/// Schemes of links that stay links; everything else (`javascript:`, `data:`, `file:`) is shown as text.
const SCHEMES: &[&str] = &["http", "https", "mailto"];

/// A destination as it is written in a link, percent-encoded where it must be; `None` for one that does not lead to a page.
///
/// A relative one gets a slash (`./page.html`), since rustdoc takes a destination without one for the path of an item.
pub fn destination(url: &str) -> Option<String> {
    // Browsers drop these before they look for the scheme (WHATWG URL, "Basic URL parser").
    let seen: String = url.chars().filter(|char| !char.is_whitespace() && !is_hidden(*char)).collect();
    let encoded = encoded(url.trim());
    let end = seen.find([':', '/', '?', '#', '\\']).unwrap_or(seen.len());
    match (seen.get(end..).and_then(|rest| rest.chars().next()), seen.get(..end)) {
        (Some(':'), Some(scheme)) => {
            let known = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
            (known && seen.len() == url.len()).then_some(encoded).and_then(|encoded| no_item(encoded, scheme))
        }
        _ if encoded.is_empty() => Some("#".to_owned()),
        _ if encoded.contains('/') || encoded.starts_with('#') => Some(encoded),
        _ => Some(format!("./{encoded}")),
    }
}

/// An absolute destination that rustdoc does not take for the path of an item, as it does with `http:Card` and `mailto:struct@Card`:
/// what has a slash, or a character that no path of an item has, it leaves alone.
fn no_item(encoded: String, scheme: &str) -> Option<String> {
    if encoded.contains(['/', '?', '.', '-', '%', '+', '=']) {
        Some(encoded)
    } else if scheme.eq_ignore_ascii_case("mailto") {
        // An empty query says nothing (RFC 6068, section 2). A fragment comes last.
        let at = encoded.find('#').unwrap_or(encoded.len());
        let (address, fragment) = encoded.split_at(at);
        Some(format!("{address}?{fragment}"))
    } else {
        // Without a host it leads to no page, or to one beside the documentation.
        None
    }
}

fn encoded(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for char in url.chars() {
        if char.is_whitespace() || is_hidden(char) || matches!(char, '<' | '>' | '"' | '\\' | '`' | '|' | '^') {
            let mut bytes = [0; 4];
            for byte in char.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(char);
        }
    }
    out
}
