//! Files and documents that mean harm: what blocks, what has no end, what grows without bound.

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

/// What libyaml reads and YAML 1.2 refuses: each text reads as libyaml reads it, and what comes behind is at its place.
#[test]
fn what_libyaml_reads_is_read() {
    for text in [
        "a: \"one\ntwo\"\nb: 1\n",
        "a:\n  b: 'one\n\n  it''s\nfour'\n  c: 2\n",
        "a:\n    b: \"é \\\"quoted\\\"\n  more \\\n  joined\"\nlast: [x]\n",
        "a: \"x\"# a comment\nb: 'y'#another\n",
        "a: [x, y]# a comment\nb: { c: d }# another\n",
        "a:\n  b: [\n    x\n]\nc: {\n  d: e\n}\n",
        "a:\n    b: [x,\n  y,\n z]\nc: 1\n",
        "a:\n  - b: [\n    x, # one\n# two\n]\n  - c\n",
        "a:\n  b:\n    - \"one\nof two\"\n    - 'three\nof four'\nc: \"five\nof six\"\n",
    ] {
        let judged: serde_json::Value = serde_yaml::from_str(text).unwrap();
        let mut report = Report::default();
        let read = parse_bytes("x.yaml", text.as_bytes().to_vec(), &mut report);
        assert!(report.is_empty(), "{text}{}", report.render());
        let read = read.unwrap();
        assert_eq!(read.to_json(), judged, "{text}");
        // Each key stands where it says.
        let mut open = vec![&read];
        while let Some(node) = open.pop() {
            for (name, member) in node.as_object().into_iter().flatten() {
                let key = &member.key;
                assert_eq!(&text[key.span.clone()], name, "{text}");
                open.push(&member.node);
            }
            open.extend(node.as_array().unwrap_or_default());
        }
    }
}

/// Repairs are bounded: a file of nothing else ends with an answer.
#[test]
fn repairs_come_to_an_end() {
    let many = "a: \"x\ny\"\n".repeat(10);
    assert!(!codes_of("x.yaml", &many).contains(&"yaml-syntax"));
    let endless: String = (0..4_000).map(|n| format!("a{n}: \"x\n{}\"\n", "y".repeat(100))).collect();
    assert!(codes_of("x.yaml", &endless).len() <= 1);
    for text in ["a: \"x\ny", "a: [\n]]", "a: 'x'#\n  b: 1", "a: [\nx", "\"#", "]#", "a: \"\\\n", "'\n'#'\n'#"] {
        codes_of("x.yaml", text);
    }
}

/// Each of these was the end of the whole document.
#[test]
fn one_bad_place_costs_that_place() {
    let in_schema =
        |schema: &str| format!("{DOCUMENT}components: {{ schemas: {{ A: {schema}, B: {{ type: string }} }} }}\n");
    let in_path = |operation: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{ '/a/{{id}}': {{ get: {operation} }} }}\n"
        )
    };
    for (text, code) in [
        (in_schema("{ oneOf: [] }"), "empty-keyword"),
        (in_schema("{ anyOf: [] }"), "empty-keyword"),
        (in_schema("{ type: string, enum: [] }"), "empty-keyword"),
        (in_schema("{ type: item }"), "unknown-type"),
        (in_schema("{ type: array, items: 5 }"), "keyword-type"),
        (in_schema("{ properties: [a] }"), "keyword-type"),
        (in_schema("{ $ref: 'https://x.example/a.yaml#/A' }"), "external-ref"),
        (in_schema("{ $ref: 'gone.yaml' }"), "external-ref"),
        (in_schema("{ $ref: '#/components/schemas/A' }"), "ref-cycle"),
        (in_schema("{ allOf: [{ $ref: '#/components/schemas/A' }] }"), "composition-cycle"),
        (in_schema("{ not: { $ref: '#/components/schemas/A' } }"), "composition-cycle"),
        (in_schema("{ type: string, type: integer }"), "duplicate-key"),
        (in_schema("{ example: { { token }: 1 } }"), "sloppy-type"),
        (in_path("{ responses: {}, parameters: [{ name: id, in: path, style: form, schema: {} }] }"), "unknown-value"),
        (in_path("{ responses: {}, parameters: [{ in: path }] }"), "missing-field"),
        (in_path("{ responses: {}, parameters: [{ name: id, in: body }] }"), "unknown-parameter-in"),
        (in_path("{ responses: { OK: { description: d } } }"), "unknown-value"),
        (in_path("{ responses: 5 }"), "wrong-type"),
        (in_path("{ responses: {}, parameters: [{ name: '', in: query, schema: {} }] }"), "missing-field"),
        (in_path("{ responses: {}, requestBody: }"), "wrong-type"),
        (in_path("{ responses: { '200': } }"), "wrong-type"),
        (in_path("{ responses: { '200': { description: d, content: } } }"), "wrong-type"),
        (in_path("{ responses: { '200': { description: d, content: { text/plain: } } } }"), "wrong-type"),
        (in_path("{ responses: { '200': { description: d, content: { text/plain: { schema: } } } } }"), "wrong-type"),
        (format!("{DOCUMENT}components: {{ securitySchemes: {{ A: }} }}\n"), "wrong-type"),
        (in_path("5"), "wrong-type"),
        (format!("{DOCUMENT}servers: {{ url: https://x.example }}\n"), "sloppy-type"),
        (format!("{DOCUMENT}tags: [{{}}]\n"), "missing-field"),
        (format!("{DOCUMENT}security: {{ key: [] }}\n"), "sloppy-type"),
        (format!("{DOCUMENT}components: {{ securitySchemes: {{ key: {{ type: apiKey }} }} }}\n"), "missing-field"),
        (
            format!("{DOCUMENT}components: {{ parameters: {{ A: {{ $ref: '#/components/parameters/A' }} }} }}\n"),
            "ref-cycle",
        ),
        (format!("{DOCUMENT}---\nanother: document\n"), "multiple-documents"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("document.yaml");
        fs::write(&path, &text).unwrap();
        let mut report = Report::default();
        let api = planchet::pipeline::read_api(&Input::new(&path), &planchet::choices::Choices::default(), &mut report);
        assert!(codes(&report).contains(&code), "{code}\n{text}{}", report.render());
        let api = api.unwrap_or_else(|| panic!("{text}{}", report.render()));
        // What is emitted of it parses.
        for (name, source) in planchet::emit::package::layout::crate_files(&api, "api").unwrap() {
            if name.ends_with(".rs") && !name.contains("support") {
                syn::parse_file(&source).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
            }
        }
    }
}

#[test]
fn bytes_and_line_ends_of_other_systems_are_read() {
    let utf16 = |text: &str, big: bool| -> Vec<u8> {
        let units = text.encode_utf16().map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        let mark = if big { [0xfe, 0xff] } else { [0xff, 0xfe] };
        mark.into_iter().chain(units.flatten()).collect()
    };
    let document = DOCUMENT.replace("title: t", "title: 'é𝄞'");
    for bytes in [
        document.clone().into_bytes(),
        format!("\u{feff}{document}").into_bytes(),
        document.replace('\n', "\r\n").into_bytes(),
        utf16(&document, true),
        utf16(&document, false),
    ] {
        let mut report = Report::default();
        let root = parse_bytes("x.yaml", bytes, &mut report).unwrap();
        assert!(report.is_empty(), "{}", report.render());
        assert_eq!(root.pointer("/info/title").unwrap().as_str(), Some("é𝄞"));
    }
    // One stray byte in a text costs that byte.
    let mut report = Report::default();
    let root = parse_bytes("x.yaml", b"a: caf\xe9\nb: 1\n".to_vec(), &mut report).unwrap();
    assert_eq!(codes(&report), ["invalid-utf8"]);
    assert_eq!(root.pointer("/a").unwrap().as_str(), Some("caf\u{fffd}"));
}

/// Keys that YAML takes for numbers, flags, dates or null are names.
#[test]
fn keys_are_names() {
    let text = "200: a\non: b\n~: c\n2020-01-01: d\n1.50: e\ntrue: f\n'': g\n";
    let mut report = Report::default();
    let root = parse_bytes("x.yaml", text.as_bytes().to_vec(), &mut report).unwrap();
    let keys: Vec<&String> = root.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["200", "on", "~", "2020-01-01", "1.50", "true", ""]);
}
