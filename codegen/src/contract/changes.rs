//! What differs between two listings, for the line that a regeneration prints.

use indexmap::IndexMap;

/// What changed: `GetTokenRequest.CardNum: string, maxLength 30 → string, maxLength 25`.
///
/// Lines are known by their section and by what stands before their first colon.
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

/// The lines of a listing by what they are about.
fn keyed(listing: &str) -> IndexMap<String, String> {
    let mut out: IndexMap<String, String> = IndexMap::new();
    // The headings above a line, by indentation.
    let mut above: Vec<String> = Vec::new();
    for line in listing.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let indent = (line.len() - line.trim_start().len()) / 2;
        let text = line.trim_start();
        let (name, value) = text.split_once(": ").unwrap_or((text, ""));
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
