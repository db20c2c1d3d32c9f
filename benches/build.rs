//! Emits the modules of three documents of the corpus, where it lies beside the repository, and the JSON schemas that the `jsonschema`
//! crate's macro compiles.

#[path = "../codegen/examples/oracle/schema.rs"]
mod schema;

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};

use planchet::diagnostic::Report;
use planchet::document::{self, Input};
use serde_json::{Map, Value, json};

/// Module, document, operation, schema.
const CORPUS: &[(&str, &str, &str, &str)] = &[
    ("chat", "openai/openapi.yaml", "createChatCompletion", "CreateChatCompletionRequest"),
    ("payment", "adyen/CheckoutService-v72.json", "post-payments", "PaymentRequest"),
    ("dashboard", "datadog/v1.yaml", "CreateDashboard", "Dashboard"),
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rustc-check-cfg=cfg(corpus)");
    println!("cargo:rerun-if-env-changed=PLANCHET_SHARED");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut validators = String::new();
    let home = [("token", "frontstream.json", "GetTokenRequest"), ("auth", "orchestra.yaml", "AuthRequest")];
    let accounts = [("account", "orchestra.yaml", "PaymentGatewayAccountBrief")];
    for (name, file, schema) in home.into_iter().chain(accounts) {
        let path = Path::new("../openapi").join(file);
        let overlay = path.with_extension("overlay.yaml");
        validators.push_str(&validator(&out, name, &path, &[overlay], schema)?);
    }
    let shared = std::env::var_os("PLANCHET_SHARED").map_or_else(|| PathBuf::from("../../shared"), PathBuf::from);
    if shared.join("corpus").is_dir() {
        println!("cargo:rustc-cfg=corpus");
        for (name, file, operation, schema) in CORPUS {
            let path = shared.join("corpus").join(file);
            let choices = out.join(format!("{name}.toml"));
            std::fs::write(&choices, format!("include = {{ operations = [\"{operation}\"] }}\n"))?;
            planchet::build::Builder::new(&path).name(*name).choices(&choices).registry().generate()?;
            let emitted = std::fs::read_to_string(out.join(format!("{name}.rs")))?;
            std::fs::write(out.join(format!("{name}.rs")), format!("pub mod {name}_document {{\n{emitted}}}\n"))?;
            validators.push_str(&validator(&out, name, &path, &[], schema)?);
        }
    }
    std::fs::write(out.join("validators.rs"), validators)?;
    Ok(())
}

/// A schema of a document and what it leads to, as a file; the type that the macro makes of it.
fn validator(
    out: &Path,
    name: &str,
    path: &Path,
    overlays: &[PathBuf],
    schema: &str,
) -> Result<String, Box<dyn Error>> {
    println!("cargo:rerun-if-changed={}", path.display());
    let mut report = Report::default();
    let document =
        document::load(&Input { overlays, ..Input::new(path) }, &mut report).ok_or_else(|| report.render())?;
    let root = schema::json_schema(&document);
    let all = root.pointer("/components/schemas").and_then(Value::as_object).ok_or("no schemas")?;
    let (mut needed, mut waiting) = (BTreeSet::new(), vec![schema.to_owned()]);
    while let Some(name) = waiting.pop() {
        if needed.insert(name.clone()) {
            references(all.get(&name).unwrap_or(&Value::Null), &mut waiting);
        }
    }
    let schemas: Map<String, Value> =
        needed.into_iter().filter_map(|name| Some((name.clone(), all.get(&name)?.clone()))).collect();
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{schema}"),
        "components": { "schemas": schemas },
    });
    let file = out.join(format!("{name}.schema.json"));
    std::fs::write(&file, whole.to_string())?;
    let card_number = "::planchet_payments::support::formats::card_number::is_card_number";
    let options = format!("path = {file:?}, validate_formats = true, formats = {{ \"card-number\" => {card_number} }}");
    Ok(format!(
        "/// Compiled by the macro.\n#[jsonschema::validator({options})]\npub struct {}{};\n",
        &name[..1].to_uppercase(),
        &name[1..]
    ))
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            found.extend(target.and_then(|target| target.strip_prefix("#/components/schemas/")).map(str::to_owned));
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(elements) => elements.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}
