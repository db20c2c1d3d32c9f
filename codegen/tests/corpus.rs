//! What is found in each document of the corpus, held against the lists in `tests/corpus/expected`.
//!
//! A list has one line for each diagnostic. A new one and a stale one both fail; `PLANCHET_UPDATE=1` writes the lists anew.
//! The documents lie beside the repository; without them the tests say so and do nothing.

mod skipped;

use std::path::{Path, PathBuf};

use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{Input, Sources};
use planchet::pipeline::read_api;
use skipped::skipped;

/// Documents up to this size are read by default, all of them with `--ignored`.
const SMALL: u64 = 200_000;

fn corpus() -> Option<PathBuf> {
    let shared = std::env::var_os("PLANCHET_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared"), PathBuf::from);
    Some(shared.join("corpus")).filter(|corpus| corpus.is_dir())
}

/// The files that stand for URLs: nothing is fetched.
fn sources(corpus: &Path) -> Sources {
    let remote = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/remote");
    let stands_for = |url: &str, file: &str| (url.to_owned(), remote.join(file));
    Sources {
        folders: vec![corpus.to_path_buf()],
        remote: vec![
            stands_for(
                "https://raw.githubusercontent.com/moov-io/base/master/api/common.yaml",
                "moov-base-common.yaml",
            ),
            stands_for("https://developer-production-s.squarecdn.com/schemas/v1/common.json", "square-common.json"),
        ],
    }
}

/// What is found in a document, a line each.
fn found(corpus: &Path, document: &str) -> String {
    let path = corpus.join(document);
    let mut report = Report::default();
    let read = read_api(&Input { sources: sources(corpus), ..Input::new(&path) }, &Choices::default(), &mut report);
    assert_eq!(read.is_none(), report.has_errors(), "{document}");
    let prefix = format!("{}/", planchet::document::display_path(corpus));
    let mut out = String::new();
    for diagnostic in report.in_document_order() {
        let place = diagnostic.at.as_ref().map(|at| {
            let (line, column) = at.line_column();
            let file = at.source.path().strip_prefix(&prefix).unwrap_or(at.source.path()).to_owned();
            if file == document { format!("{line}:{column}") } else { format!("{file}:{line}:{column}") }
        });
        let message = diagnostic.message.replace('\n', " ");
        let severity = diagnostic.code.severity;
        out.push_str(&format!("{} {severity}[{}]: {message}\n", place.unwrap_or_default(), diagnostic.code.name));
    }
    out
}

fn compare(wanted: impl Fn(u64) -> bool) {
    let Some(corpus) = corpus() else {
        skipped("733 documents of the corpus (folder absent)");
        return;
    };
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/corpus/expected");
    let update = std::env::var_os("PLANCHET_UPDATE").is_some();
    let index = std::fs::read_to_string(corpus.join("INDEX.tsv")).unwrap();
    let (mut compared, mut wrong) = (0, Vec::new());
    for row in index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>()) {
        let document = row[0];
        if !wanted(std::fs::metadata(corpus.join(document)).unwrap().len()) {
            continue;
        }
        let list = lists.join(format!("{document}.txt"));
        let found = found(&corpus, document);
        let expected = std::fs::read_to_string(&list).unwrap_or_default();
        compared += 1;
        if update {
            if found.is_empty() {
                let _ = std::fs::remove_file(&list);
            } else if found != expected {
                std::fs::create_dir_all(list.parent().unwrap()).unwrap();
                std::fs::write(&list, &found).unwrap();
            }
        } else if found != expected {
            let new = found.lines().filter(|line| !expected.lines().any(|other| other == *line));
            let stale = expected.lines().filter(|line| !found.lines().any(|other| other == *line));
            let lines: Vec<String> = new
                .map(|line| format!("  new:   {line}"))
                .chain(stale.map(|line| format!("  stale: {line}")))
                .collect();
            wrong.push(format!("{document}\n{}", lines.join("\n")));
        }
    }
    println!("compared {compared} documents");
    assert!(wrong.is_empty(), "{}\nPLANCHET_UPDATE=1 writes the lists anew", wrong.join("\n"));
}

#[test]
fn what_is_found_in_small_documents_is_expected() {
    compare(|size| size <= SMALL);
}

#[test]
#[ignore = "reads every document of the corpus"]
fn what_is_found_in_large_documents_is_expected() {
    compare(|size| size > SMALL);
}
