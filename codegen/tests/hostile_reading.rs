//! Files and documents that mean harm: what blocks, what has no end, what grows without bound.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use planchet::diagnostic::Report;
use planchet::document::{Input, load, parse_bytes};

const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\npaths: {}\n";

fn planchet(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_planchet")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.diagnostics().iter().map(|diagnostic| diagnostic.code.name).collect()
}

fn codes_of(name: &str, text: &str) -> Vec<&'static str> {
    let mut report = Report::default();
    parse_bytes(name, text.as_bytes().to_vec(), &mut report);
    codes(&report)
}

#[cfg(unix)]
mod special_files {
    use std::io::Write as _;

    use super::*;

    fn fifo(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    /// No one ever writes into the FIFO: whoever waits for it never ends.
    #[test]
    fn nothing_waits_for_a_fifo() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.yaml");
        fifo(&pipe);
        let pipe = pipe.to_str().unwrap();
        let document = folder.path().join("document.yaml");
        fs::write(&document, DOCUMENT).unwrap();
        let document = document.to_str().unwrap();
        let remote = format!("https://x.example/a.yaml={pipe}");
        for arguments in [
            &["lint", pipe][..],
            &["lint", document, "--overlay", pipe],
            &["lint", document, "--choices", pipe],
            &["contract", pipe],
            &["check", "--config", pipe],
        ] {
            let output = planchet(arguments);
            let text = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
            assert!(text.contains("is no regular file"), "{arguments:?}: {text}");
        }
        for (target, more) in [("pipe.yaml", &[][..]), ("https://x.example/a.yaml", &["--remote", &remote])] {
            fs::write(document, format!("{DOCUMENT}components: {{ schemas: {{ A: {{ $ref: '{target}' }} }} }}\n"))
                .unwrap();
            let output = planchet(&[&["lint", document], more].concat());
            let text = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(0), "{target}: {text}");
            assert!(text.contains("warning[external-ref]") && text.contains("is no regular file"), "{text}");
        }
    }

    #[test]
    fn devices_sockets_and_folders_are_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket.yaml");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let zero = folder.path().join("zero.yaml");
        std::os::unix::fs::symlink("/dev/zero", &zero).unwrap();
        let looped = folder.path().join("looped.yaml");
        std::os::unix::fs::symlink("looped.yaml", &looped).unwrap();
        for (path, code) in [
            (socket.as_path(), "file-unreadable"),
            (&zero, "file-unreadable"),
            (&looped, "file-unreadable"),
            (Path::new("/dev/zero"), "file-unreadable"),
            (folder.path(), "file-is-directory"),
        ] {
            let mut report = Report::default();
            assert!(load(&Input::new(path), &mut report).is_none());
            assert_eq!(codes(&report), [code], "{}", path.display());
        }
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.yaml");
        // A sparse file: it takes no room on the disk.
        fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
        let mut report = Report::default();
        assert!(load(&Input::new(&path), &mut report).is_none());
        assert_eq!(codes(&report), ["too-large"]);
    }

    #[test]
    fn the_document_may_be_a_stream_of_the_process() {
        for name in ["-", "/dev/stdin", "/dev/fd/0"] {
            let mut child = Command::new(env!("CARGO_BIN_EXE_planchet"))
                .args(["lint", name])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            child.stdin.take().unwrap().write_all(DOCUMENT.as_bytes()).unwrap();
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{name}");
            assert_eq!(String::from_utf8(output.stdout).unwrap(), "0 errors, 0 warnings, 0 notes\n", "{name}");
        }
    }
}

/// 8 kB that stood for 6 GB: one long scalar, ten aliases of ten aliases of it.
#[test]
fn aliases_are_counted_in_bytes() {
    let long = "x".repeat(4_000);
    let nested = |leaf: &str, levels: usize| {
        let mut text = leaf.to_owned();
        for level in 1..=levels {
            let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
        }
        text
    };
    // A scalar, a mapping with a long key, and a key itself, which must not be longer than 1,024 characters.
    let key = &long[..1000];
    for leaf in [format!("a0: &a0 {long}\n"), format!("a0: &a0 {{ {key}: }}\n"), format!("&a0 {key}: 1\n")] {
        assert_eq!(codes_of("x.yaml", &nested(&leaf, 5)), ["alias-bomb"], "{}", &leaf[..20]);
        assert_eq!(codes_of("x.yaml", &nested(&leaf, 2)), [""; 0], "{}", &leaf[..20]);
    }
    // Merge keys take what they merge.
    let mut merged = format!("base: &base {{ a: {long}, b: {long} }}\nall:\n");
    for _ in 0..10_000 {
        merged.push_str("  - <<: *base\n");
    }
    assert_eq!(codes_of("x.yaml", &merged), ["alias-bomb"]);
}

/// The place of each finding costs the same, wherever in a line it is: the work of a report grows with the text.
#[test]
fn a_document_of_one_line_is_read_in_linear_time() {
    let schemas = |count: usize| {
        let schemas: Vec<String> = (0..count)
            .map(|n| format!("\"S{n}\":{{\"type\":\"object\",\"required\":[\"gone\"],\"properties\":{{}}}}"))
            .collect();
        format!(
            "{{\"openapi\":\"3.0.3\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\"paths\":{{}},\"components\":{{\"schemas\":{{{}}}}}}}",
            schemas.join(",")
        )
    };
    let mut report = Report::default();
    let root = parse_bytes("x.json", schemas(20_000).into_bytes(), &mut report).unwrap();
    planchet::document::check(root, &mut report);
    let found = report.in_document_order();
    assert_eq!(found.len(), Report::KEPT);
    let lines: usize = found.iter().map(|found| planchet::diagnostic::render(found).len()).sum();
    assert!(lines < Report::KEPT * 600, "{lines} bytes");
}
