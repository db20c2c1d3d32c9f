//! Snapshots that stand in the folder of the fixture that they are made of.

use std::path::Path;

/// Asserts that a text equals the snapshot `NAME.snap` in a folder below `tests/fixtures/`.
pub fn assert_beside(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
