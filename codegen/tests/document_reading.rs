//! Reading: JSON and YAML make the same tree, and every value knows its line and column.

use planchet::diagnostic::Report;
use planchet::document::{Node, NodeValue, check, parse_bytes, resolve};

fn read(name: &str, text: &str) -> Node {
    let mut report = Report::default();
    let node = parse_bytes(name, text.as_bytes().to_vec(), &mut report);
    node.unwrap_or_else(|| panic!("{}", report.render()))
}

fn place(node: &Node, pointer: &str) -> (usize, usize) {
    node.pointer(pointer).unwrap().location.line_column()
}

const JSON: &str = "{\n  \"ä\": { \"größe\": 1.50, \"b\": [true, null, \"x\\n\\u00e9\"] },\n  \"a/b\": -3e2\n}\n";
const YAML: &str = "\u{feff}ä:\r\n  größe: 1.50\r\n  b: [true, ~, \"x\\n\\u00e9\"]\r\na/b: -3e2\r\n";

#[test]
fn both_syntaxes_make_the_same_tree() {
    let (json, yaml) = (read("x.json", JSON), read("x.yaml", YAML));
    assert_eq!(json.to_json(), yaml.to_json());
    assert_eq!(json.pointer("/ä/größe").unwrap().as_number(), Some("1.50"));
    assert_eq!(yaml.pointer("/ä/größe").unwrap().as_number(), Some("1.50"));
}

#[test]
fn positions_count_lines_and_characters_from_one() {
    let (json, yaml) = (read("x.json", JSON), read("x.yaml", YAML));
    assert_eq!(place(&json, "/ä/größe"), (2, 19));
    assert_eq!(place(&json, "/ä/b/2"), (2, 43));
    assert_eq!(place(&json, "/a~1b"), (3, 10));
    assert_eq!(place(&yaml, "/ä/größe"), (2, 10));
    assert_eq!(place(&yaml, "/ä/b/2"), (3, 16));
    assert_eq!(place(&yaml, "/a~1b"), (4, 6));
}

#[test]
fn scalars_follow_the_core_schema() {
    let text = "[yes, No, null, ~, True, 0x1F, 0o17, 01, 1_000, +5, .5, 5., 1e3, '200', !!str 7, 1.2.3, -a, .inf]";
    let node = read("x.yaml", text);
    let shown: Vec<String> = node.as_array().unwrap().iter().map(|node| node.to_json().to_string()).collect();
    let expected =
        "\"yes\" \"No\" null null true 31 15 \"01\" \"1_000\" 5 0.5 5.0 1000.0 \"200\" \"7\" \"1.2.3\" \"-a\" \".inf\"";
    assert_eq!(shown.join(" "), expected);
}

#[test]
fn keys_are_strings_and_merges_do_not_replace() {
    let node = read("x.yaml", "base: &b { a: 1, c: 2 }\nderived: { a: 0, <<: *b }\n200: ok\nyes: no\n");
    let expected = r#"{"base":{"a":1,"c":2},"derived":{"a":0,"c":2},"200":"ok","yes":"no"}"#;
    assert_eq!(node.to_json().to_string(), expected);
}

#[test]
fn a_bracket_that_is_not_indented_is_read() {
    let node = read("x.yaml", "é:\n  enum: [\n    a,\n    b\n  ]\nnext: { c: [\n] }\n");
    assert_eq!(node.to_json(), serde_json::json!({ "é": { "enum": ["a", "b"] }, "next": { "c": [] } }));
    assert_eq!(place(&node, "/next"), (6, 7));
}

#[test]
fn the_frame_points_at_its_schemas() {
    let text = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n          content: { application/json: { schema: { $ref: '#/components/schemas/A%20B' } } }\ncomponents: { schemas: { A B: { type: string } } }\n";
    let mut report = Report::default();
    let document = check(read("x.yaml", text), &mut report).unwrap_or_else(|| panic!("{}", report.render()));
    let frame = serde_json::to_value(&document.openapi).unwrap();
    let pointer = "/paths/~1a/get/responses/200/content/application~1json/schema";
    assert_eq!(frame.pointer(pointer), Some(&serde_json::json!({ "x-planchet-schema": pointer })));
    let (node, pointer) = resolve(&document, "#/components/schemas/A%20B").unwrap();
    assert_eq!(pointer, "/components/schemas/A B");
    assert!(matches!(node.value, NodeValue::Object(_)));
}
