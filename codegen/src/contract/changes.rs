//! The differences between two listings, one line each, as a regeneration prints them.

use indexmap::IndexMap;

/// What changed: `GetTokenRequest.CardNum: string, maxLength 30 → string, maxLength 25`.
///
/// A line is identified by its section and the text before its first colon.
pub fn changes(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (keyed(old), keyed(new));
    let mut out = Vec::new();
    for (key, before) in &old {
        match new.get(key) {
            None => out.push(format!("{key}: removed")),
            Some(after) if after != before => out.push(format!("{key}: {before} → {after}")),
            Some(_) => {}
        }
    }
    for (key, after) in &new {
        if !old.contains_key(key) {
            let value = if after.is_empty() { String::new() } else { format!(": {after}") };
            out.push(format!("{key}{value} added"));
        }
    }
    out
}

/// The text before the first colon outside of backticks and quotation marks, and the text after it.
fn split(line: &str) -> (&str, &str) {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            // Within backticks, a backslash never stands before the closing one.
            (Some('"'), '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (None, '`') => quote = Some(c),
            (None, '"') if at == 0 || line.starts_with("api ") => quote = Some(c),
            (None, ':') if line.get(at..).is_some_and(|rest| rest.starts_with(": ")) => {
                return (line.get(..at).unwrap_or(line), line.get(at + 2..).unwrap_or_default());
            }
            _ => {}
        }
    }
    (line, "")
}

/// The lines of a listing by the key that identifies them.
fn keyed(listing: &str) -> IndexMap<String, String> {
    let mut out: IndexMap<String, String> = IndexMap::new();
    // The headings above a line, by indentation.
    let mut above: Vec<String> = Vec::new();
    for line in listing.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let indent = (line.len() - line.trim_start().len()) / 2;
        let text = line.trim_start();
        let (name, value) = split(text);
        let name = name.strip_prefix("schema ").unwrap_or(name);
        above.truncate(indent);
        above.push(name.to_owned());
        let mut key = above.join(".");
        let mut number = 2;
        while out.contains_key(&key) {
            key = format!("{} ({number})", above.join("."));
            number += 1;
        }
        out.insert(key, value.to_owned());
    }
    out
}
