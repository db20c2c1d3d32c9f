//! The whole line: documents in, files out.

use std::collections::BTreeMap;

use crate::api::Api;
use crate::choices::Choices;
use crate::config::{ApiConfig, Config};
use crate::diagnostic::Report;
use crate::document::{self, Input};
use crate::emit::layout::{Module, workspace_files};
use crate::{judge, lower};

/// Loads and lowers a document; `None` if and only if errors were reported.
pub fn read_api(input: &Input<'_>, choices: &Choices, report: &mut Report) -> Option<Api> {
    let document = document::load(input, report)?;
    let before = report.errors();
    let api = lower::lower(&document, choices, report);
    (report.errors() == before).then_some(api)
}

/// Reports everything that can be said about a document, its examples included; whether it can be used.
pub fn lint(input: &Input<'_>, choices: &Choices, report: &mut Report) -> bool {
    let Some(document) = document::load(input, report) else { return false };
    let before = report.errors();
    lower::lower(&document, choices, report);
    judge::examples(&lower::examples(&document, choices), &document.root, report);
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
    read_modules(config, report).map(|modules| workspace_files(&modules))
}
