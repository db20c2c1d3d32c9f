//! Choices change what is emitted, and a choice about nothing is an error.

mod beside;

use std::path::Path;
use std::process::Command;

use beside::assert_beside;

use planchet::choices::Choices;
use planchet::config::Config;
use planchet::diagnostic::Report;
use planchet::document::Input;
use planchet::emit::package::layout::crate_files;
use planchet::pipeline::{read_api, read_modules};

/// The types that `choices.toml` names.
const MONEY: &str = "
//! Types of our own.

/// An amount of a currency.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Money { /// In the smallest unit.
    pub amount: i64, /// ISO 4217.
    pub currency: String }

/// A decimal number, as text.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Decimal(pub String);
";

const PROOF: &str = r###"
//! The choices, seen by a consumer.
use shop::{Nullable, Order, State, money};

#[test]
fn chosen_types_names_and_defaults() {
    let order = Order::from_json(br#"{"state":"done","total":{"amount":5,"currency":"EUR"},"discount":"0.5"}"#).unwrap();
    assert_eq!(order.total.value().unwrap(), &money::Money { amount: 5, currency: "EUR".to_owned() });
    assert_eq!(order.discount.as_ref().unwrap().value().unwrap().0, "0.5");
    assert_eq!(order.priority, Some(3), "the default is assumed on reading");
    assert_eq!(order.note, Nullable::Value("none".to_owned()));
    assert_eq!(order.previous_state, None);
    assert!(State::Running < State::Done);
    let total = money::Money { amount: 7, currency: "USD".to_owned() };
    let built = Order::builder().state(State::Running).total(total).with_defaults().build().unwrap();
    assert_eq!(built.priority, Some(3));
    let broken = Order::from_json(br#"{"state":"done","total":{"amount":"5","currency":"EUR"}}"#).unwrap_err();
    assert_eq!(broken.iter().map(|violation| violation.pointer.as_str()).collect::<Vec<_>>(), ["/total/amount"]);
}

#[test]
fn a_chosen_name_is_a_method() {
    let _ = shop::shop::client::Client::orders;
}
"###;

fn read(choices: &str) -> (Option<planchet::api::Api>, Report) {
    let folder = Path::new("tests/fixtures/choices");
    let mut report = Report::default();
    let choices = Choices::read(&folder.join(choices), &mut report);
    let api = choices.and_then(|choices| read_api(&Input::new(&folder.join("shop.yaml")), &choices, &mut report));
    (api, report)
}

#[test]
fn choices_shape_the_crate() {
    let (api, report) = read("choices.toml");
    let api = api.unwrap_or_else(|| panic!("{}", report.render()));
    let ids: Vec<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
    assert_eq!(ids, ["listOrders", "createOrder"]);
    let components: Vec<&str> = api.components.iter().map(|component| component.name.as_str()).collect();
    assert_eq!(components, ["OrderDTO", "State", "Money"], "what no operation needs is left out");
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in crate_files(&api, "shop").unwrap() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let lib = folder.path().join("src/lib.rs");
    let text = std::fs::read_to_string(&lib).unwrap() + "pub mod money;\npub use support::Nullable;\n";
    std::fs::write(&lib, text).unwrap();
    std::fs::write(folder.path().join("src/money.rs"), MONEY).unwrap();
    let manifest = folder.path().join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    assert!(text.contains("tag-orders = []") && !text.contains("tag-stores"), "{text}");
    std::fs::write(
        &manifest,
        text.replace("features = [\"std\"] }\nserde_json", "features = [\"std\", \"derive\"] }\nserde_json"),
    )
    .unwrap();
    std::fs::create_dir(folder.path().join("tests")).unwrap();
    std::fs::write(folder.path().join("tests/proof.rs"), PROOF).unwrap();
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "../target".into());
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline", "--no-default-features", "--features", "client,tag-orders"])
        .env("CARGO_TARGET_DIR", Path::new(&target).join("choices"))
        .env("RUSTFLAGS", "-D warnings")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_choice_about_nothing_is_an_error() {
    let (api, report) = read("misspelt.toml");
    assert!(api.is_none());
    assert_beside("choices", "misspelt", &report.render());
}

#[test]
fn a_choice_about_nothing_is_told_in_the_api_that_has_it() {
    let mut report = Report::default();
    let config = Config::read(Path::new("tests/fixtures/choices/planchet.toml"), &mut report).unwrap();
    assert!(read_modules(&config, &mut report).is_none());
    insta::assert_snapshot!(report.render(), @r#"
    tests/fixtures/choices/planchet.toml:10:17: error[config]: `Store` in `schemas` names nothing in the document
       |
    10 | choices.schemas.Store = "crate::Store"
       |                 ^^^^^
    "#);
}

#[test]
fn a_choice_that_is_no_rust_is_an_error() {
    let (api, report) = read("no-rust.toml");
    assert!(api.is_none());
    assert_beside("choices", "no-rust", &report.render());
}
