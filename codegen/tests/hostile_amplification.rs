//! Small documents that stand for large crates: what multiplies is bounded, and reported where it is cut.

use std::collections::BTreeMap;

use planchet::api::Api;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{check, parse_bytes};
use planchet::emit::package::layout::crate_files;
use planchet::lower::lower;
use serde_json::{Map, Value, json};

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn document(schemas: Value, paths: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Hostile", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// Reads and lowers a document: the API, and the report.
fn lowered(document: &Value) -> (Api, Report) {
    let mut report = Report::default();
    let root = parse_bytes("hostile.json", document.to_string().into_bytes(), &mut report).unwrap();
    let document = check(root, &mut report).unwrap_or_else(|| panic!("{}", report.render()));
    let api = lower(&document, &Choices::default(), &mut report);
    (api, report)
}

/// The files of an API, which parse.
fn emitted(api: &Api) -> BTreeMap<String, String> {
    let files = crate_files(api, "hostile").unwrap();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs") && !path.contains("/support/")) {
        assert!(planchet::emit::text::source::is_rust(text), "{path}");
    }
    files
}

fn told(report: &Report, code: &str) -> usize {
    report.diagnostics().iter().filter(|found| found.code.name == code).count()
}

fn multipart(schema: Value) -> Value {
    json!({ "/a": { "post": {
        "operationId": "send",
        "requestBody": { "content": { "multipart/form-data": { "schema": schema } } },
        "responses": { "204": { "description": "" } },
    } } })
}

/// Whether a part is a file is asked of its elements, and theirs: this overflowed the stack.
#[test]
fn arrays_of_each_other_are_no_files() {
    let object = json!({ "type": "object", "properties": { "f": reference("A"), "g": { "type": "array", "items": reference("B") } } });
    for length in [1, 2, 3, 20_000] {
        let array = |index: usize| {
            let next = reference(&if index + 1 == length { "A".to_owned() } else { format!("A{}", index + 1) });
            (if index == 0 { "A".to_owned() } else { format!("A{index}") }, json!({ "type": "array", "items": next }))
        };
        let mut schemas: Map<String, Value> = (0..length).map(array).collect();
        schemas
            .insert("B".to_owned(), json!({ "type": "array", "items": { "type": "array", "items": reference("B") } }));
        if length == 20_000 {
            // A chain that ends, in a file: as long as it is, the part holds files.
            schemas.insert(format!("A{}", length - 1), json!({ "type": "string", "format": "binary" }));
            let document = document(Value::Object(schemas), multipart(object.clone()));
            assert_eq!(lowered(&document).0.operations.len(), 1);
            continue;
        }
        let (api, _) = lowered(&document(Value::Object(schemas), multipart(object.clone())));
        assert_eq!(api.operations.len(), 1, "{length}");
        emitted(&api);
    }
}

/// Arrays and maps without a name that lead to each other by references, and to themselves: each of these overflowed the stack.
#[test]
fn chains_of_nameless_types_end() {
    let place =
        |step: &str| json!({ "$ref": format!("#/paths/~1a/get/responses/200/content/application~1json/schema{step}") });
    let answers = |schema: Value| {
        let content = json!({ "application/json": { "schema": schema } });
        json!({ "/a": { "get": { "operationId": "get", "responses": { "200": { "description": "", "content": content } } } } })
    };
    for (ty, key) in [("array", "items"), ("object", "additionalProperties")] {
        let (api, report) = lowered(&document(json!({}), answers(json!({ "type": ty, key: place("") }))));
        assert_eq!(told(&report, "widened"), 1, "{}", report.render());
        emitted(&api);
        for length in [31, 500, 4_000] {
            let step = |index: usize| {
                let next = place(&format!("/$defs/A{}", index + 1));
                (
                    format!("A{index}"),
                    if index == length {
                        json!({ "type": "string", "maxLength": 3 })
                    } else {
                        json!({ "type": ty, key: next })
                    },
                )
            };
            let steps: Map<String, Value> = (0..=length).map(step).collect();
            let schema = json!({ "type": ty, "$defs": steps, key: place("/$defs/A0") });
            let (api, report) = lowered(&document(json!({}), answers(schema)));
            assert_eq!(told(&report, "widened"), usize::from(length > 31), "{length}: {}", report.render());
            // The parser of this test takes more stack than a test has.
            let thread = std::thread::Builder::new().stack_size(16 << 20);
            let files = thread.spawn(move || emitted(&api)).unwrap().join().unwrap();
            // No rule is lost on the way.
            assert!(files.iter().any(|(path, text)| path.ends_with("rules.rs") && text.contains("max_length(3)")));
        }
    }
}

/// `{a}` stands for `{b}{b}`, `{b}` for `{c}{c}`, and so on: 1 kB stood for more than any memory.
#[test]
fn the_defaults_of_a_server_are_no_templates() {
    let variables: Map<String, Value> = (0..40)
        .map(|index| (format!("v{index}"), json!({ "default": format!("{{v{0}}}{{v{0}}}", index + 1) })))
        .collect();
    let bomb = json!({ "url": "https://x.example/{v0}", "variables": variables });
    let long = json!({ "url": format!("https://x.example/{}", "{a}".repeat(5_000)), "variables": { "a": { "default": "y".repeat(20_000) } } });
    let usual = json!({ "url": "https://{region}.x.example/{open/{version}{gone}", "variables": {
        "region": { "default": "eu" }, "version": { "default": "v1" },
    } });
    let operation = json!({ "servers": [long], "responses": { "204": { "description": "" } } });
    let mut document = document(json!({}), json!({ "/a": { "get": operation, "servers": [bomb] } }));
    document["servers"] = json!([bomb, long, usual]);
    let (api, report) = lowered(&document);
    let urls: Vec<&str> = api.servers.iter().map(|server| server.url.as_str()).collect();
    assert_eq!(urls, ["https://x.example/{v1}{v1}", "https://eu.x.example/{open/v1{gone}"]);
    assert!(api.operations[0].servers.is_empty());
    assert_eq!(told(&report, "unknown-value"), 2, "{}", report.render());
}

/// Circles of 2, 3, 5, … schemas that hold together: their intersection is a circle of the product, half a million structs from 5 kB.
#[test]
fn circles_that_hold_together_are_cut() {
    let mut schemas = Map::new();
    let circles = [2, 3, 5, 7, 11, 13, 17];
    for length in circles {
        for index in 0..length {
            let next = reference(&format!("C{length}x{}", (index + 1) % length));
            schemas.insert(format!("C{length}x{index}"), json!({ "type": "object", "properties": { "n": next } }));
        }
    }
    schemas.insert("All".to_owned(), json!({ "allOf": circles.map(|length| reference(&format!("C{length}x0"))) }));
    let (api, report) = lowered(&document(Value::Object(schemas), json!({})));
    assert!(api.schemas.0.len() < 30_000, "{}", api.schemas.0.len());
    assert!(told(&report, "composition-size") > 0);
}

/// Every schema inherits every property: four hundred of each make 160,000 fields.
#[test]
fn inherited_fields_are_counted() {
    let properties: Map<String, Value> =
        (0..400).map(|index| (format!("p{index}"), json!({ "type": "string" }))).collect();
    let mut schemas: Map<String, Value> = (0..400)
        .map(|index| {
            (
                format!("S{index}"),
                json!({ "allOf": [reference("Base"), { "properties": { "x": { "type": "integer" } } }] }),
            )
        })
        .collect();
    schemas.insert("Base".to_owned(), json!({ "type": "object", "properties": properties }));
    let document = document(Value::Object(schemas), json!({}));
    let (api, report) = lowered(&document);
    let fields: usize = api
        .definitions
        .0
        .iter()
        .map(|definition| match &definition.kind {
            planchet::api::DefinitionKind::Struct(object) => object.fields.len(),
            _ => 0,
        })
        .sum();
    assert!((100_000..110_000).contains(&fields), "{fields}");
    assert!(told(&report, "composition-size") > 100);
}

/// A schema has a variant for each way in which compositions around it hold back other members.
#[test]
fn variants_of_one_way_are_counted() {
    let mut schemas = Map::new();
    for chain in 0..6 {
        for step in 0..13 {
            let next = reference(&format!("A{chain}x{}", step + 1));
            for branch in ["B", "C"] {
                let name = format!("{branch}{chain}x{step}");
                let member = json!({ name.clone(): { "type": "string", "readOnly": true } });
                schemas.insert(name, json!({ "properties": member, "oneOf": [next, { "type": "integer" }] }));
            }
            let branches = ["B", "C"].map(|branch| reference(&format!("{branch}{chain}x{step}")));
            schemas.insert(format!("A{chain}x{step}"), json!({ "oneOf": branches }));
        }
        let last = json!({ "type": "object", "required": ["r"], "properties": { "r": { "type": "string", "readOnly": true } } });
        schemas.insert(format!("A{chain}x13"), last);
    }
    let body = |chain: usize| {
        (
            format!("/{chain}"),
            json!({ "post": {
            "operationId": format!("send{chain}"),
            "requestBody": { "content": { "application/json": { "schema": reference(&format!("A{chain}x0")) } } },
            "responses": { "204": { "description": "" } },
        } }),
        )
    };
    let document = document(Value::Object(schemas), Value::Object((0..6).map(body).collect()));
    let (api, _) = lowered(&document);
    assert!(api.schemas.0.len() < 30_000, "{}", api.schemas.0.len());
}

/// Each media type of a body has a method, which repeats all parameters: 44 kB took 2.7 GB.
#[test]
fn a_body_has_methods_for_some_media_types() {
    let parameter =
        |index: usize| json!({ "name": format!("p{index}"), "in": "query", "schema": { "type": "string" } });
    let parameters: Vec<Value> = (0..200).map(parameter).collect();
    let content: Map<String, Value> =
        (0..200).map(|index| (format!("application/x{index}"), json!({ "schema": { "type": "string" } }))).collect();
    let operation = json!({ "operationId": "send", "parameters": parameters, "requestBody": { "content": content },
        "responses": { "204": { "description": "" } } });
    let (api, report) = lowered(&document(json!({}), json!({ "/a": { "post": operation } })));
    assert_eq!(api.operations[0].body.as_ref().unwrap().others.len(), 16);
    assert_eq!(told(&report, "not-carried"), 183);
    assert!(emitted(&api).values().map(String::len).sum::<usize>() < 4_000_000);
}

/// Two media types of one sort share a method: where they differ, one of them is lost, which is reported.
#[test]
fn a_media_type_that_is_not_sent_is_told() {
    let content = json!({
        "application/json": { "schema": { "type": "object", "properties": { "a": { "type": "string" } } } },
        "application/vnd.x+json": { "schema": { "type": "object", "properties": { "b": { "type": "string" } } } },
        "text/json": { "schema": { "type": "object", "properties": { "a": { "type": "string" } } } },
        "application/*+json": { "schema": { "type": "object", "properties": { "c": { "type": "string" } } } },
    });
    let operation = json!({ "operationId": "send", "requestBody": { "content": content }, "responses": { "204": { "description": "" } } });
    let (_, report) = lowered(&document(json!({}), json!({ "/a": { "post": operation } })));
    let found: Vec<&str> = report
        .diagnostics()
        .iter()
        .filter(|found| found.code.name == "not-carried")
        .map(|found| found.message.as_str())
        .collect();
    assert_eq!(found, ["no method sends `application/vnd.x+json`: another media type of its sort is sent instead"]);
}

/// Every schema is known by its pointer, which has the names of all that is around it.
#[test]
fn long_names_above_many_schemas_are_refused() {
    let properties: Map<String, Value> =
        (0..4_000).map(|index| (format!("p{index}"), json!({ "type": "string" }))).collect();
    let body =
        json!({ "content": { "application/json": { "schema": { "type": "object", "properties": properties } } } });
    let path = |length: usize| {
        let operation =
            json!({ "operationId": "send", "requestBody": body, "responses": { "204": { "description": "" } } });
        document(json!({}), json!({ format!("/{}", "a".repeat(length)): { "post": operation } }))
    };
    let mut report = Report::default();
    let root = parse_bytes("hostile.json", path(20_000).to_string().into_bytes(), &mut report).unwrap();
    assert!(check(root, &mut report).is_none());
    assert_eq!(told(&report, "too-large"), 1, "{}", report.render());
    let (api, report) = lowered(&path(1_000));
    assert_eq!((api.operations.len(), told(&report, "too-large")), (1, 0));
}

/// A parameter that many operations share has its text in each of them.
#[test]
fn shared_texts_are_counted() {
    let paths: Map<String, Value> = (0..1_000)
        .map(|index| {
            let operation = json!({
                "operationId": format!("get{index}"),
                "parameters": [{ "$ref": "#/components/parameters/P" }],
                "responses": { "200": { "$ref": "#/components/responses/R" } },
            });
            (format!("/{index}"), json!({ "get": operation }))
        })
        .collect();
    let text = "word ".repeat(10_000);
    let mut document = document(json!({}), Value::Object(paths));
    document["components"]["parameters"] =
        json!({ "P": { "name": "p", "in": "query", "description": text, "schema": { "type": "string" } } });
    document["components"]["responses"] =
        json!({ "R": { "description": text, "headers": { "X-A": { "description": text, "schema": {} } } } });
    let (api, report) = lowered(&document);
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let responses = api.operations.iter().flat_map(|operation| &operation.responses);
    let texts = parameters.map(|parameter| parameter.description.as_deref().unwrap_or_default().len()).sum::<usize>()
        + responses.map(|response| response.description.len()).sum::<usize>();
    assert!((20_000_000..=64 << 20).contains(&texts), "{texts}");
    assert!(told(&report, "not-carried") > 0);
}

/// Tables that are written in place, in each that holds them: 200 kB made 380 MB of code.
#[test]
fn a_document_that_makes_too_much_code_is_refused() {
    let mut nested = json!({ "type": "string" });
    for _ in 0..30 {
        let properties = json!({ "properties": { "a": nested } });
        nested = json!({ "allOf": [properties, { "properties": { "a": { "type": "object" } } }] });
    }
    let extent = |count: usize| {
        let schemas: Map<String, Value> = (0..count).map(|index| (format!("S{index}"), nested.clone())).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("document.json");
        std::fs::write(&path, document(Value::Object(schemas), json!({})).to_string()).unwrap();
        let mut report = Report::default();
        let input = planchet::document::Input::new(&path);
        let api = planchet::pipeline::read_api(&input, &Choices::default(), &mut report);
        (api, report)
    };
    let (api, report) = extent(120);
    assert!(api.is_none() && told(&report, "too-large") == 1);
    // The estimate is one.
    let (api, report) = extent(3);
    let api = api.unwrap_or_else(|| panic!("{}", report.render()));
    let made: usize = crate_files(&api, "hostile")
        .unwrap()
        .iter()
        .filter(|(path, _)| !path.contains("/support/"))
        .map(|(_, text)| text.len())
        .sum();
    let estimated = planchet::emit::package::extent::extent(&api).bytes;
    assert!(estimated < made * 2 && made < estimated * 2, "{estimated} estimated, {made} made");
}

/// Swagger 2.0 states a schema once for all media types: each has a copy of it, and all operations that share a body.
#[test]
fn media_types_of_swagger_share_schemas() {
    let properties: Map<String, Value> =
        (0..500).map(|index| (format!("p{index}"), json!({ "type": "string" }))).collect();
    let schema = json!({ "type": "object", "properties": properties });
    let types: Vec<String> = (0..2_000).map(|index| format!("application/x{index}")).collect();
    let operation = |index: usize| {
        (
            format!("/{index}"),
            json!({ "post": {
            "operationId": format!("send{index}"),
            "parameters": [{ "$ref": "#/parameters/Body" }],
            "responses": { "200": { "description": "", "schema": schema } },
        } }),
        )
    };
    let swagger = json!({
        "swagger": "2.0", "info": { "title": "", "version": "" }, "consumes": types, "produces": types,
        "parameters": { "Body": { "name": "body", "in": "body", "schema": schema } },
        "paths": (0..10).map(operation).collect::<Map<_, _>>(),
    });
    let mut report = Report::default();
    let root = parse_bytes("hostile.json", swagger.to_string().into_bytes(), &mut report).unwrap();
    let stated = root.size().values;
    let document = check(root, &mut report).unwrap_or_else(|| panic!("{}", report.render()));
    assert!(document.root.size().values < 1_500_000 + 4 * stated, "{} of {stated}", document.root.size().values);
    assert!(told(&report, "inline-limit") > 0);
}

/// What an operation says of a shared parameter stands at each of its methods: all of it is counted.
#[test]
fn operations_are_estimated() {
    let schema =
        json!({ "type": "string", "pattern": format!("^{}$", "ab".repeat(900)), "default": "c".repeat(1_500) });
    let parameter = |place: &str| {
        let name = format!("{place}-parameter");
        json!({ "name": name, "in": "query", "required": place == "required", "description": "word ".repeat(200), "schema": schema })
    };
    let content: Map<String, Value> =
        (0..5).map(|index| (format!("application/x{index}"), json!({ "schema": { "type": "string" } }))).collect();
    let error = json!({ "description": "text ".repeat(50), "content": { "application/json": { "schema": { "type": "object" } } } });
    let paths: Map<String, Value> = (0..40)
        .map(|index| {
            let operation = json!({
                "operationId": format!("send{index}"),
                "parameters": [{ "$ref": "#/components/parameters/R" }, { "$ref": "#/components/parameters/O" }],
                "requestBody": { "content": content },
                "responses": { "200": { "description": "" }, "400": error, "404": error, "5XX": error, "default": error },
            });
            (format!("/{index}"), json!({ "post": operation }))
        })
        .collect();
    let mut document = document(json!({}), Value::Object(paths));
    document["components"]["parameters"] = json!({ "R": parameter("required"), "O": parameter("optional") });
    let (api, _) = lowered(&document);
    let client = |path: &str| path.contains("/client/") && !path.contains("/support/");
    let made: usize = emitted(&api).iter().filter(|(path, _)| client(path)).map(|(_, text)| text.len()).sum();
    let estimated = planchet::emit::package::extent::extent(&api).bytes;
    assert!(estimated < made * 2 && made < estimated * 2, "{estimated} estimated, {made} made");
}
