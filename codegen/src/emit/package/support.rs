//! The run-time code of emitted crates, embedded as text.
//!
//! `codegen/runtime/` is ordinary Rust, compiled and tested in place; the same files go into every emitted crate. Files
//! for formats that the document does not use stay out, and so do the crates that they need.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::formats::{built_in, needs_idna};
use crate::api::{Api, FormatCheck, FormatType, Keyword, Type};
use crate::runtime::Pattern;

use crate::emit::package::gates::{Gate, Gates};
use crate::emit::tables::patterns::pattern_names;
use crate::emit::text::source::HEADER;

include!(concat!(env!("OUT_DIR"), "/support_files.rs"));

/// What documents need of `support`, and of other crates, besides what all need.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    /// Types of formats.
    pub formats: BTreeSet<FormatType>,
    /// The tables of internationalised domain names.
    pub idna: bool,
    /// The tables of Unicode, for patterns.
    pub unicode: bool,
}

/// What some documents need.
pub fn needs<'a>(apis: impl IntoIterator<Item = &'a Api>) -> Needs {
    let mut needs = Needs::default();
    let found = &mut needs.formats;
    for api in apis {
        needs.unicode |= pattern_names(api).keys().any(|source| needs_tables(source))
            || api.schemas.0.iter().flat_map(|schema| &schema.keywords).any(|keyword| match keyword {
                // Whether a text is a pattern depends on the properties that there are.
                Keyword::Format(format) => {
                    format.check == FormatCheck::Assert && built_in(&format.name) == Some("regex::REGEX")
                }
                _ => false,
            });
        needs.idna |= api.schemas.0.iter().flat_map(|schema| &schema.keywords).any(|keyword| match keyword {
            Keyword::Format(format) => format.check == FormatCheck::Assert && needs_idna(&format.name),
            _ => false,
        });
        for definition in &api.definitions.0 {
            definition.kind.types().into_iter().for_each(|ty| in_type(ty, found));
        }
        for operation in api.operations.iter().chain(api.webhooks.iter().map(|webhook| &webhook.operation)) {
            operation.parameters.iter().for_each(|parameter| in_type(&parameter.ty, found));
            if let Some(body) = &operation.body {
                in_type(&body.chosen.ty, found);
                body.others.iter().for_each(|(_, media)| in_type(&media.ty, found));
            }
            operation
                .responses
                .iter()
                .filter_map(|response| response.content.as_ref())
                .for_each(|media| in_type(&media.ty, found));
        }
    }
    needs
}

/// Whether a pattern needs the tables of Unicode.
fn needs_tables(source: &str) -> bool {
    Pattern::read(source).is_ok_and(|reading| reading.needs_tables)
}

fn in_type(ty: &Type, found: &mut BTreeSet<FormatType>) {
    found.extend(ty.layers().filter_map(|ty| if let Type::Formatted(format) = ty { Some(*format) } else { None }));
}

/// The files of `support/`, by path relative to it.
pub fn support_files(needs: &Needs, gates: Gates) -> BTreeMap<String, String> {
    let left_out: Vec<&str> = [
        (FormatType::Uuid, "uuid"),
        (FormatType::DateTime, "date_time"),
        (FormatType::Date, "date"),
        (FormatType::Byte, "byte"),
    ]
    .into_iter()
    .filter(|(format, _)| !needs.formats.contains(format))
    .map(|(_, module)| module)
    .collect();
    let mut files = BTreeMap::new();
    for (path, text) in SUPPORT_FILES {
        let unused = left_out.iter().any(|module| *path == format!("formatted/{module}.rs"));
        let gated = (gates.client == Gate::Never && path.starts_with("client/"))
            || (gates.reqwest == Gate::Never && path.ends_with("reqwest.rs"));
        // Two files that are one module.
        let (path, other) = match *path {
            "pattern/without_unicode.rs" => ("pattern/unicode.rs", needs.unicode),
            "pattern/unicode.rs" => ("pattern/unicode.rs", !needs.unicode),
            path => (path, false),
        };
        let unneeded = other || (!needs.idna && path == "formats/idn.rs");
        if unused || unneeded || gated {
            continue;
        }
        let mut text = (*text).to_owned();
        if path == "formatted/mod.rs" {
            text = without_modules(&text, &left_out);
        }
        if path == "formats/mod.rs" && !needs.idna {
            text = without_modules(&text, &["idn"]);
        }
        if path == "pattern/mod.rs" {
            text = text.replace(UNICODE_CHOICE, "mod unicode;\n");
        }
        for (feature, gate) in [("client", gates.client), ("reqwest", gates.reqwest), ("registry", gates.registry)] {
            let stated = format!("feature = \"{feature}\"");
            match gate {
                Gate::Feature => {}
                // `cfg(all())` holds always, `cfg(any())` never (The Rust Reference, "Conditional compilation").
                Gate::Always => text = text.replace(&stated, "all()"),
                Gate::Never => text = text.replace(&stated, "any()"),
            }
        }
        files.insert(path.to_owned(), format!("{HEADER}\n{text}"));
    }
    files
}

/// How `pattern/mod.rs` chooses between its tables of Unicode and their absence.
const UNICODE_CHOICE: &str = "#[cfg(feature = \"unicode\")]
mod unicode;
#[cfg(not(feature = \"unicode\"))]
#[path = \"without_unicode.rs\"]
mod unicode;
";

/// A file without the `mod` lines of some modules, and without what is said above them.
fn without_modules(text: &str, modules: &[&str]) -> String {
    let dropped = |line: &str| {
        modules.iter().any(|module| {
            let line = line.trim_start_matches("pub ");
            line == format!("mod {module};") || line.starts_with(&format!("use {module}::"))
        })
    };
    let mut out = String::with_capacity(text.len());
    for line in text.lines().filter(|line| !dropped(line)) {
        out.push_str(line);
        out.push('\n');
    }
    out
}
