//! Real documents load, and YAML means what `serde_yaml` says it means.
//!
//! The documents lie in `corpus/` beside the repository's shared material; without them the tests say so and do nothing.

mod skipped;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use planchet::diagnostic::{Report, Severity};
use planchet::document::{Input, load, parse_bytes};
use skipped::skipped;

fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PLANCHET_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    let folder = root.join(folder);
    folder.is_dir().then_some(folder)
}

/// Path and version of the indexed documents of these kinds.
fn indexed(corpus: &Path, kinds: &[&str]) -> Vec<(PathBuf, String)> {
    let index = std::fs::read_to_string(corpus.join("INDEX.tsv")).unwrap();
    let rows = index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|row| kinds.contains(&row[9])).map(|row| (corpus.join(row[0]), row[2].to_owned())).collect()
}

#[test]
fn real_documents_load() {
    let Some(corpus) = shared("corpus") else {
        skipped("the corpus of real documents (folder absent)");
        return;
    };
    let started = Instant::now();
    let mut failed = Vec::new();
    let mut loaded = 0;
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    let kinds: &[&str] = if std::env::var_os("PLANCHET_ALL").is_some() { &["real", "fixture"] } else { &["real"] };
    for (path, version) in indexed(&corpus, kinds) {
        if !version.starts_with("3.0") && !version.starts_with("3.1") {
            continue;
        }
        let mut report = Report::default();
        match load(&Input::new(&path), &mut report) {
            Some(_) => loaded += 1,
            None => {
                let diagnostics = report.in_document_order();
                let errors = diagnostics.iter().filter(|d| d.code.severity == Severity::Error);
                let shown: Vec<String> = errors.take(3).map(|d| planchet::diagnostic::render(d)).collect();
                failed.push(format!("{} ({} errors)\n{}", path.display(), report.errors(), shown.join("\n")));
            }
        }
        for diagnostic in report.diagnostics() {
            *warnings.entry(diagnostic.code.name).or_default() += 1;
        }
    }
    println!("loaded {loaded} documents, {} did not, in {:?}; {warnings:?}", failed.len(), started.elapsed());
    for failure in &failed {
        println!("{failure}\n");
    }
    if std::env::var_os("PLANCHET_ALL").is_none() {
        let known: Vec<&str> = include_str!("fixtures/corpus-failures.txt").lines().filter(|l| !l.is_empty()).collect();
        let surprising = failed.iter().filter(|failure| !known.iter().any(|name| failure.contains(name)));
        assert_eq!(surprising.count(), 0, "documents that used to load do not");
    }
}

#[test]
fn yaml_is_what_serde_yaml_reads() {
    let Some(corpus) = shared("corpus") else {
        skipped("the YAML documents of the corpus (folder absent)");
        return;
    };
    let mut compared = 0;
    let mut different = Vec::new();
    for (path, _) in indexed(&corpus, &["real", "fixture", "swagger2"]) {
        if path.extension().is_none_or(|extension| extension == "json") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let theirs = serde_yaml::from_slice::<serde_yaml::Value>(&bytes);
        let ours = parse_bytes("x.yaml", bytes, &mut Report::default());
        let theirs = theirs.ok().and_then(|mut value| value.apply_merge().ok().map(|()| json(&value)));
        compared += 1;
        match (ours.map(|node| node.to_json()), theirs) {
            (Some(ours), Some(theirs)) if ours != theirs => {
                different.push(format!("{}: {}", path.display(), difference(&ours, &theirs, String::new())));
            }
            (None, Some(_)) => different.push(format!("{}: only serde_yaml reads it", path.display())),
            _ => {}
        }
    }
    println!("compared {compared} documents");
    assert!(different.is_empty(), "{}", different.join("\n"));
}

fn json(value: &serde_yaml::Value) -> serde_json::Value {
    match value {
        serde_yaml::Value::Mapping(mapping) => {
            let key = |key: &serde_yaml::Value| match key {
                serde_yaml::Value::String(text) => text.clone(),
                other => serde_yaml::to_string(other).unwrap().trim_end().to_owned(),
            };
            serde_json::Value::Object(mapping.iter().map(|(k, v)| (key(k), json(v))).collect())
        }
        serde_yaml::Value::Sequence(elements) => elements.iter().map(json).collect(),
        serde_yaml::Value::Tagged(tagged) => json(&tagged.value),
        other => serde_json::to_value(other).unwrap(),
    }
}

fn difference(ours: &serde_json::Value, theirs: &serde_json::Value, at: String) -> String {
    match (ours, theirs) {
        (serde_json::Value::Object(a), serde_json::Value::Object(b)) if a.keys().eq(b.keys()) => {
            let (key, ours) = a.iter().find(|(key, value)| b.get(*key) != Some(value)).unwrap();
            difference(ours, &b[key], format!("{at}/{key}"))
        }
        (serde_json::Value::Array(a), serde_json::Value::Array(b)) if a.len() == b.len() => {
            let index = (0..a.len()).find(|index| a[*index] != b[*index]).unwrap();
            difference(&a[index], &b[index], format!("{at}/{index}"))
        }
        _ => {
            let short = |value: &serde_json::Value| value.to_string().chars().take(200).collect::<String>();
            format!("{at}: {} ≠ {}", short(ours), short(theirs))
        }
    }
}
