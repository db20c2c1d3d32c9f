//! The whole pipeline, from documents to files.

use std::collections::BTreeMap;

use crate::api::Api;
use crate::choices::Choices;
use crate::config::{ApiConfig, Config};
use crate::diagnostic::{self, Diagnostic, Report};
use crate::document::{self, Document, Input};
use crate::emit::Malformed;
use crate::emit::package::layout::{Module, workspace_files};
use crate::{emit, lint, lower};

/// Loads and lowers a document; `None` if and only if errors were reported.
pub fn read_api(input: &Input<'_>, choices: &Choices, report: &mut Report) -> Option<Api> {
    let document = document::load(input, report)?;
    let before = report.errors();
    let api = lower::lower(&document, choices, report);
    tell_extent(&api, &document, report);
    (report.errors() == before).then_some(api)
}

/// Amount of code, in bytes, that any document may produce; producing it takes about four times as much memory.
const MOST_CODE: usize = 256 << 20;

/// Bytes of code allowed for each byte of a document, where that is more. The largest real documents produce three.
const MOST_FOR_A_BYTE: usize = 8;

/// Number of bytes for which a value of a document counts, besides its text.
const BYTES_OF_A_VALUE: usize = 8;

/// Reports an error for a document that would produce unreasonably much code, before that takes all memory.
fn tell_extent(api: &Api, document: &Document, report: &mut Report) {
    let extent = emit::package::extent::extent(api);
    if extent.bytes <= MOST_CODE {
        return;
    }
    let size = document.root.size();
    let stated = size.values.saturating_mul(BYTES_OF_A_VALUE).saturating_add(size.bytes);
    if extent.bytes <= stated.saturating_mul(MOST_FOR_A_BYTE) {
        return;
    }
    let megabytes = |bytes: usize| bytes >> 20;
    let message = format!(
        "this document makes some {} MB of code, {} MB of them here; at most {} MB are made",
        megabytes(extent.bytes),
        megabytes(extent.largest),
        megabytes(MOST_CODE)
    );
    let at = document.root.pointer(&extent.pointer).unwrap_or(&document.root);
    let hint = "shorten what is repeated, or leave it out by the choice `exclude`";
    report.push(Diagnostic::new(&diagnostic::TOO_LARGE, message).at(at).hint(hint));
}

/// Reports all findings about a document, its examples included; returns whether it can be used.
pub fn lint(input: &Input<'_>, choices: &Choices, report: &mut Report) -> bool {
    let Some(document) = document::load(input, report) else { return false };
    let before = report.errors();
    let api = lower::lower(&document, choices, report);
    tell_extent(&api, &document, report);
    lint::examples(&lower::examples(&document, choices), &document.root, report);
    report.errors() == before
}

/// Loads and lowers every document of a configuration; `None` if and only if errors were reported.
pub fn read_modules(config: &Config, report: &mut Report) -> Option<Vec<Module>> {
    let modules: Vec<Option<Module>> = config
        .api
        .iter()
        .map(|api| {
            let api_read = read_configured(config, api, report)?;
            Some(Module { name: api.module.clone(), api: api_read })
        })
        .collect();
    modules.into_iter().collect()
}

fn read_configured(config: &Config, api: &ApiConfig, report: &mut Report) -> Option<Api> {
    let document = config.root.join(&api.document);
    let overlays: Vec<_> = api.overlays.iter().map(|overlay| config.root.join(overlay)).collect();
    read_api(
        &Input { document: &document, overlays: &overlays, sources: api.sources(&config.root) },
        &api.choices,
        report,
    )
}

/// The files of a configuration, relative to its output folder; `None` if and only if errors were reported.
pub fn generate(config: &Config, report: &mut Report) -> Option<BTreeMap<String, String>> {
    let modules = read_modules(config, report)?;
    workspace_files(&modules).map_err(|fault| report_malformed(&fault, report)).ok()
}

/// Reports code that would be no Rust.
pub(crate) fn report_malformed(fault: &Malformed, report: &mut Report) {
    report.push(Diagnostic::new(&diagnostic::INTERNAL, fault.to_string()));
}
