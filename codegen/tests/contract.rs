//! The listings of the home documents, which are committed beside what is generated: `cargo run` writes them, and a pull request shows what
//! a change of a document means.

use std::path::Path;

use planchet::config::Config;
use planchet::contract::{changes, listing};
use planchet::diagnostic::Report;
use planchet::pipeline::read_modules;

/// What the listings of a folder with a `planchet.toml` would change, by module.
fn stale(root: &Path) -> Vec<(String, Vec<String>)> {
    let mut report = Report::default();
    let config = Config::read(&root.join("planchet.toml"), &mut report);
    let modules = config.and_then(|config| read_modules(&config, &mut report));
    let modules = modules.unwrap_or_else(|| panic!("{}", report.render()));
    assert!(!modules.is_empty());
    let stale = modules.into_iter().filter_map(|module| {
        let committed = root.join("generated").join(&module.name).join("contract.txt");
        let committed = std::fs::read_to_string(committed).unwrap_or_default();
        let made = listing(&module.api);
        (made != committed).then(|| (module.name, changes(&committed, &made)))
    });
    stale.collect()
}

#[test]
fn listings_are_those_of_the_documents() {
    let stale = stale(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    assert!(stale.is_empty(), "`cargo run` writes what has changed: {stale:#?}");
}

/// One changed limit is one changed line, in the listing alone.
#[test]
fn a_changed_document_is_noticed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let copy = tempfile::tempdir().unwrap();
    for folder in ["openapi", "generated"] {
        copy_folder(&root.join(folder), &copy.path().join(folder));
    }
    std::fs::copy(root.join("planchet.toml"), copy.path().join("planchet.toml")).unwrap();
    assert_eq!(stale(copy.path()), []);
    let document = copy.path().join("openapi/frontstream.json");
    let text = std::fs::read_to_string(&document).unwrap();
    std::fs::write(&document, text.replacen("\"maxLength\": 30", "\"maxLength\": 25", 1)).unwrap();
    let change = "GetTokenRequest.CardNum: string, maxLength 30, format card-number, sensitive, required → string, maxLength 25, format card-number, sensitive, required";
    assert_eq!(stale(copy.path()), [("frontstream".to_owned(), vec![change.to_owned()])]);
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}
