//! The manifest of a crate, which Planchet and its user both write: merged key by key, never replaced.
//!
//! For each key the record says which value Planchet set before. A value that is still the same is updated; any other is the user's and
//! stays, unless emitted code needs the key and its need has changed. Keys that Planchet set and no longer needs are removed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use toml_edit::{Array, DocumentMut, Formatted, Item, Key, TableLike, Value};

use crate::output::change::MANIFEST;
use crate::output::keys::record_path;
use crate::output::ledger::Ledger;
use crate::output::likeness::exact;

/// The largest manifest that is merged, in bytes. Those that people write have a hundredth of it.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// A manifest that was merged.
pub(crate) struct Merged {
    /// Its text; the same as before where nothing had to change.
    pub text: String,
    /// What the record says of it: key, hash of the value.
    pub keys: BTreeMap<String, String>,
}

/// One value that Planchet sets: a path of keys, the last of which is that of an array's element where it begins with `+`.
#[derive(Clone, Debug)]
struct Leaf {
    path: Vec<String>,
    item: Item,
}

/// Merges the emitted manifest into the present one; `None` if there is none.
///
/// # Errors
/// What is there and is not TOML.
pub(crate) fn merge(present: Option<&str>, emitted: &str, ledger: &Ledger) -> Result<Merged, toml_edit::TomlError> {
    let wanted = emitted.parse::<DocumentMut>()?;
    let mut leaves = Vec::new();
    collect(wanted.as_table(), &mut Vec::new(), &mut leaves);
    let keys = leaves.iter().map(|leaf| (record_key(&leaf.path), hash(&leaf.item))).collect();
    let Some(present) = present else { return Ok(Merged { text: emitted.to_owned(), keys }) };
    let mut document = present.parse::<DocumentMut>()?;
    let before = document.to_string();
    retire(&mut document, &keys, ledger);
    let original = document.clone();
    for leaf in &leaves {
        // A dependency that is not there at all comes with all of its keys, and so does the package: without it there is no crate.
        let end = match leaf.path.first().map(String::as_str) {
            Some("dependencies") => 2,
            Some("package") => 1,
            Some(_) | None => 0,
        };
        let is_whole = end > 0 && leaf.path.get(..end).is_some_and(|path| get(&original, path).is_none());
        set(&mut document, &wanted, leaf, ledger, is_whole);
    }
    let after = document.to_string();
    Ok(Merged { text: if after == before { present.to_owned() } else { with_signs_of(present, after) }, keys })
}

/// A text with the line ends and the byte order mark of another: the parser keeps neither.
fn with_signs_of(present: &str, text: String) -> String {
    let ends = present.matches('\n').count();
    let is_windows = ends > 0 && present.matches("\r\n").count() == ends;
    let text = if is_windows { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
    match present.strip_prefix('\u{feff}') {
        Some(_) if !text.starts_with('\u{feff}') => format!("\u{feff}{text}"),
        Some(_) | None => text,
    }
}

/// The name of the package that a manifest is of.
pub(crate) fn package(text: &str) -> Option<String> {
    let document = text.parse::<DocumentMut>().ok()?;
    Some(document.get("package")?.get("name")?.as_str()?.to_owned())
}

fn collect(table: &dyn TableLike, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    for (key, item) in table.iter() {
        path.push(key.to_owned());
        let is_dependency = path.len() == 2 && path.first().is_some_and(|first| first == "dependencies");
        match (item.as_table_like(), item.as_array()) {
            (Some(inner), _) if !inner.is_empty() => collect(inner, path, leaves),
            (None, Some(array)) if !array.is_empty() => {
                for element in array {
                    let name = element.as_str().map_or_else(|| element.to_string(), str::to_owned);
                    path.push(format!("+{name}"));
                    leaves.push(Leaf { path: path.clone(), item: Item::Value(element.clone()) });
                    path.pop();
                }
            }
            // `serde = "1"`
            (None, None) if is_dependency => {
                path.push("version".to_owned());
                leaves.push(Leaf { path: path.clone(), item: item.clone() });
                path.pop();
            }
            (Some(_), _) | (None, _) => leaves.push(Leaf { path: path.clone(), item: item.clone() }),
        }
        path.pop();
    }
}

/// The path in the record: `Cargo.toml#dependencies.serde."+std"`.
fn record_key(path: &[String]) -> String {
    let keys: Vec<String> = path.iter().map(|key| Key::new(key.as_str()).to_string()).collect();
    format!("{MANIFEST}#{}", keys.join("."))
}

/// The hash of a value, however it is written.
fn hash(item: &Item) -> String {
    let text = match item.as_value() {
        Some(Value::String(text)) => format!("{:?}", text.value()),
        Some(Value::Array(array)) => {
            format!("[{}]", array.iter().map(|value| hash(&Item::Value(value.clone()))).collect::<Vec<_>>().join(","))
        }
        Some(value) => {
            let mut value = value.clone();
            value.decor_mut().clear();
            value.to_string().trim().to_owned()
        }
        None => "table".to_owned(),
    };
    exact(text.as_bytes())
}

/// Whether emitted code does not compile without the key.
fn is_needed(path: &[String]) -> bool {
    match path {
        [table, _, rest @ ..] if table == "dependencies" => rest.first().is_none_or(|key| key != "default-features"),
        [table, name, ..] if table == "features" => name != "default",
        _ => false,
    }
}

fn get<'d>(document: &'d DocumentMut, path: &[String]) -> Option<&'d Item> {
    let mut item = document.as_item();
    for key in path {
        item = item.as_table_like()?.get(key)?;
    }
    Some(item)
}

/// The value at a leaf's path: a key's, or an element's where the array has it. A dependency that is a string is its version.
fn current(document: &DocumentMut, path: &[String]) -> Option<Item> {
    let (last, above) = path.split_last()?;
    if let Some(name) = last.strip_prefix('+') {
        let array = get(document, above)?.as_array()?;
        return array.iter().find(|value| value.as_str() == Some(name)).map(|value| Item::Value(value.clone()));
    }
    if let Some(item) = get(document, path) {
        return Some(item.clone());
    }
    let whole = get(document, above)?;
    (last == "version" && whole.is_str()).then(|| whole.clone())
}

fn set(document: &mut DocumentMut, wanted: &DocumentMut, leaf: &Leaf, ledger: &Ledger, is_whole: bool) {
    let key = record_key(&leaf.path);
    let recorded = ledger.files.get(&key);
    let emitted = hash(&leaf.item);
    let was = |hash: &String| recorded.is_some_and(|hashes| hashes.contains(hash));
    let needed = is_needed(&leaf.path);
    let last = leaf.path.last().map(String::as_str).unwrap_or_default();
    if let Some(present) = current(document, &leaf.path) {
        let present = hash(&present);
        let has_new_need = needed && !was(&emitted) && ledger.has_manifest();
        if present == emitted || !(was(&present) || has_new_need || last == "optional") {
            return;
        }
    } else if !is_whole {
        // The user removed it, or takes the dependency from elsewhere.
        let dependency = leaf.path.get(..2).and_then(|path| get(document, path)).and_then(Item::as_table_like);
        let has = |key| dependency.is_some_and(|dependency| dependency.contains_key(key));
        let elsewhere = matches!(last, "version" | "default-features") && has("workspace")
            || last == "version" && (has("path") || has("git"));
        if elsewhere || recorded.is_some() && !needed {
            return;
        }
    }
    insert(document, wanted, leaf);
}

fn insert(document: &mut DocumentMut, wanted: &DocumentMut, leaf: &Leaf) {
    let Some((last, above)) = leaf.path.split_last() else { return };
    let (owner, element) = match last.strip_prefix('+') {
        Some(_) => match above.split_last() {
            Some((array, above)) => (above, Some(array)),
            None => return,
        },
        None => (above, None),
    };
    let mut item = document.as_item_mut();
    let mut model = wanted.as_item();
    for key in owner {
        let Some(next_model) = model.as_table_like().and_then(|table| table.get(key)) else { return };
        let Some(table) = item.as_table_like_mut() else { return };
        let is_missing = !table.contains_key(key);
        if is_missing {
            let mut empty = next_model.clone();
            if let Some(table) = empty.as_table_like_mut() {
                table.clear();
            }
            if let Some(name) = model.as_table_like().and_then(|table| table.key(key)) {
                table.entry_format(name).or_insert(empty);
            }
        }
        let Some(next) = table.get_mut(key) else { return };
        if let Some(version) = next.as_str().map(str::to_owned) {
            let mut inline = toml_edit::InlineTable::new();
            inline.insert("version", version.into());
            *next = Item::Value(Value::InlineTable(inline));
        }
        (item, model) = (next, next_model);
    }
    let Some(table) = item.as_table_like_mut() else { return };
    match element {
        Some(array) => {
            let entry = match model.as_table_like().and_then(|table| table.key(array)) {
                Some(key) => table.entry_format(key).or_insert(Item::Value(Value::Array(Array::new()))),
                None => return,
            };
            if let (Some(array), Some(text)) = (entry.as_array_mut(), leaf.item.as_str()) {
                array.push(text);
            }
        }
        None => match table.get_mut(last) {
            Some(present) => replace(present, &leaf.item),
            None => {
                if let Some(key) = model.as_table_like().and_then(|table| table.key(last)) {
                    table.entry_format(key).or_insert(leaf.item.clone());
                } else {
                    table.insert(last, leaf.item.clone());
                }
            }
        },
    }
}

/// Puts a value in the place of another, with the white space and the comments around it.
fn replace(present: &mut Item, next: &Item) {
    let decor = present.as_value().map(|value| value.decor().clone());
    *present = match next.as_str() {
        Some(text) => Item::Value(Value::String(Formatted::new(text.to_owned()))),
        None => next.clone(),
    };
    if let (Some(value), Some(decor)) = (present.as_value_mut(), decor) {
        *value.decor_mut() = decor;
    }
}

/// Removes what was set before and is no longer emitted: a dependency as a whole, and only where the user changed nothing in it.
///
/// Each table and each array is walked once, however much of it is removed: a record and a manifest may be untrusted.
fn retire(document: &mut DocumentMut, keys: &BTreeMap<String, String>, ledger: &Ledger) {
    let was = |path: &[String], item: &Item| {
        ledger.files.get(&record_key(path)).is_some_and(|hashes| hashes.contains(&hash(item)))
    };
    let emitted: HashSet<String> = keys.keys().filter_map(|key| dependency(&record_path(key)?).cloned()).collect();
    // What may go, by the table or the array that holds it.
    let mut old: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
    for path in ledger.files.keys().filter(|key| !keys.contains_key(*key)).filter_map(|key| record_path(key)) {
        let is_whole = dependency(&path).is_some_and(|name| !emitted.contains(name));
        let path = if is_whole { path.into_iter().take(2).collect() } else { path };
        if let Some((last, above)) = path.split_last() {
            old.entry(above.to_vec()).or_default().insert(last.clone());
        }
    }
    // Arrays before the tables that hold them.
    for (above, names) in old.iter().rev() {
        let is_old = |last: &str, item: &Item| {
            if !names.contains(last) {
                return false;
            }
            let path = [above, &[last.to_owned()][..]].concat();
            if path.len() == 2 && above.first().is_some_and(|table| table == "dependencies") {
                let mut leaves = Vec::new();
                match item.as_table_like() {
                    Some(inner) => collect(inner, &mut path.clone(), &mut leaves),
                    None => {
                        leaves.push(Leaf { path: [&path[..], &["version".to_owned()]].concat(), item: item.clone() })
                    }
                }
                return leaves.iter().all(|leaf| was(&leaf.path, &leaf.item));
            }
            // A dependency that is a string is its version.
            was(&path, item)
        };
        let Some(holder) = get_mut(document, above) else { continue };
        match holder {
            Item::Value(Value::Array(array)) => array.retain(|value| {
                !value.as_str().is_some_and(|text| is_old(&format!("+{text}"), &Item::Value(value.clone())))
            }),
            Item::Table(table) => table.retain(|key, item| !is_old(key, item)),
            Item::Value(Value::InlineTable(table)) => {
                table.retain(|key, value| !is_old(key, &Item::Value(value.clone())));
            }
            Item::None | Item::Value(_) | Item::ArrayOfTables(_) => {}
        }
    }
}

/// The dependency that a key is of.
fn dependency(path: &[String]) -> Option<&String> {
    match path {
        [table, name, _, ..] if table == "dependencies" => Some(name),
        _ => None,
    }
}

fn get_mut<'d>(document: &'d mut DocumentMut, path: &[String]) -> Option<&'d mut Item> {
    let mut item = document.as_item_mut();
    for key in path {
        item = item.as_table_like_mut()?.get_mut(key)?;
    }
    Some(item)
}

#[cfg(test)]
mod tests;
