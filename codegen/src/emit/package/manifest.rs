//! The `Cargo.toml` of an emitted crate, and the dependencies that emitted code has.

use std::fmt::Write as _;

use crate::api::{Api, FormatType};

use crate::emit::client::tags::tag_features;
use crate::emit::comment::plain_line;
use crate::emit::package::support::Needs;

/// A dependency of emitted code.
struct Dependency {
    name: &'static str,
    requirement: &'static str,
    optional: bool,
}

/// Always there.
const RUNTIME: &[Dependency] = &[
    Dependency {
        name: "serde",
        requirement: r#"{ version = "1", default-features = false, features = ["std"] }"#,
        optional: false,
    },
    // Floats are read as they were written: without the feature, the last digit may differ.
    Dependency {
        name: "serde_json",
        requirement: r#"{ version = "1", features = ["float_roundtrip"] }"#,
        optional: false,
    },
    Dependency { name: "zeroize", requirement: r#"{ version = "1", features = ["std"] }"#, optional: false },
];

/// Behind the features `client` and `reqwest`.
const CLIENT: &[Dependency] = &[
    Dependency { name: "bytes", requirement: r#"{ version = "1", optional = true }"#, optional: true },
    Dependency { name: "futures-timer", requirement: r#"{ version = "3", optional = true }"#, optional: true },
    Dependency { name: "getrandom", requirement: r#"{ version = "0.4", optional = true }"#, optional: true },
    Dependency { name: "http", requirement: r#"{ version = "1", optional = true }"#, optional: true },
    Dependency { name: "http-body", requirement: r#"{ version = "1", optional = true }"#, optional: true },
    Dependency { name: "http-body-util", requirement: r#"{ version = "0.1", optional = true }"#, optional: true },
    Dependency {
        name: "reqwest",
        requirement: r#"{ version = "0.12", default-features = false, features = ["rustls-tls"], optional = true }"#,
        optional: true,
    },
    Dependency {
        name: "tower",
        requirement: r#"{ version = "0.5", default-features = false, features = ["util"], optional = true }"#,
        optional: true,
    },
    Dependency {
        name: "tracing",
        requirement: r#"{ version = "0.1", default-features = false, features = ["std"], optional = true }"#,
        optional: true,
    },
];

const IDNA: Dependency = Dependency { name: "idna", requirement: r#"{ version = "1" }"#, optional: false };
/// The tables of Unicode: for patterns with `\p{…}`, and for those without regard to case.
const REGEX_SYNTAX: Dependency = Dependency {
    name: "regex-syntax",
    requirement: r#"{ version = "0.8", default-features = false, features = ["std", "unicode-bool", "unicode-case", "unicode-gencat", "unicode-script"] }"#,
    optional: false,
};
const UUID: Dependency = Dependency {
    name: "uuid",
    requirement: r#"{ version = "1", default-features = false, features = ["std"] }"#,
    optional: false,
};
const JIFF: Dependency = Dependency {
    name: "jiff",
    requirement: r#"{ version = "0.2", default-features = false, features = ["std"] }"#,
    optional: false,
};

/// The `[features]` of an emitted crate, as TOML lines.
const FEATURES: &str = "# One method per operation, over any `tower::Service`.
client = [\"dep:bytes\", \"dep:futures-timer\", \"dep:getrandom\", \"dep:http\", \"dep:http-body\", \"dep:http-body-util\", \"dep:tower\", \"dep:tracing\"]
# The default transport.
reqwest = [\"client\", \"dep:reqwest\"]
# Every model by its name in the document.
registry = []
";

/// The `[dependencies]` of code with these format types, as TOML lines.
pub fn dependencies(needs: &Needs) -> String {
    let mut all: Vec<&Dependency> = RUNTIME.iter().chain(CLIENT).collect();
    if needs.formats.contains(&FormatType::Uuid) {
        all.push(&UUID);
    }
    if needs.formats.contains(&FormatType::DateTime) || needs.formats.contains(&FormatType::Date) {
        all.push(&JIFF);
    }
    if needs.idna {
        all.push(&IDNA);
    }
    if needs.unicode {
        all.push(&REGEX_SYNTAX);
    }
    all.sort_by_key(|dependency| (dependency.optional, dependency.name));
    let mut out = String::new();
    for dependency in all {
        // Writing to a string does not fail.
        let _ = writeln!(out, "{} = {}", dependency.name, dependency.requirement);
    }
    out
}

/// The `[features]` of a crate: every tag of the client by default, where each has a feature.
fn features(tags: &[String]) -> String {
    let quoted: Vec<String> = ["client", "reqwest"]
        .into_iter()
        .chain(tags.iter().map(String::as_str))
        .map(|feature| toml::Value::String(feature.to_owned()).to_string())
        .collect();
    let mut out = format!("default = [{}]\n{FEATURES}", quoted.join(", "));
    if !tags.is_empty() {
        out.push_str("# The operations of one tag each.\n");
        out.extend(tags.iter().map(|tag| format!("{tag} = []\n")));
    }
    out
}

/// The whole manifest of a crate.
pub fn manifest(name: &str, api: &Api, needs: &Needs) -> String {
    let description = toml::Value::String(format!("Models, validators and client of {}", plain_line(&api.title)));
    let features = features(&tag_features(api));
    let chosen: String =
        api.dependencies.iter().map(|(name, requirement)| format!("{name} = {requirement}\n")).collect();
    let name = toml::Value::String(name.to_owned());
    format!(
        "# @generated by planchet. Do not edit: change the document or its overlay, and run `planchet generate`.

[package]
name = {name}
version = \"0.1.0\"
description = {description}
edition = \"2024\"
rust-version = \"1.88\"
publish = false

# A crate of its own, wherever it is written.
[workspace]

[features]
{features}
[dependencies]
{}{chosen}",
        dependencies(needs)
    )
}

#[cfg(test)]
mod tests {
    use crate::api::reserved::DEPENDENCIES;

    use super::{CLIENT, IDNA, JIFF, REGEX_SYNTAX, RUNTIME, UUID};

    #[test]
    fn every_dependency_is_a_reserved_name() {
        let mut names: Vec<&str> = RUNTIME
            .iter()
            .chain(CLIENT)
            .chain([&IDNA, &REGEX_SYNTAX, &UUID, &JIFF])
            .map(|dependency| dependency.name)
            .collect();
        names.sort_unstable();
        assert_eq!(names, DEPENDENCIES);
    }
}
