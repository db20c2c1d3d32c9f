//! The names of manifest keys in the record.

use toml_edit::Key;

use crate::output::change::MANIFEST;

/// Whether a line of the record names a key that Planchet sets in manifests. Of others (`[lints]`, `[profile]`, `[patch]`) no record
/// may say that they are not the user's.
pub(crate) fn is_emitted(key: &str) -> bool {
    const PACKAGE: &[&str] = &["name", "version", "description", "edition", "rust-version", "publish"];
    let Some(path) = record_path(key) else { return false };
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["package", key] => PACKAGE.contains(key),
        ["workspace"] => true,
        ["features", _] | ["dependencies", _, _] => true,
        ["features", _, last] | ["dependencies", _, _, last] => last.starts_with('+'),
        _ => false,
    }
}

pub(crate) fn record_path(key: &str) -> Option<Vec<String>> {
    let keys = Key::parse(key.strip_prefix(MANIFEST)?.strip_prefix('#')?).ok()?;
    (keys.len() <= 8).then(|| keys.iter().map(|key| key.get().to_owned()).collect())
}
