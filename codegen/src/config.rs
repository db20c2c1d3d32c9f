//! `planchet.toml`: which documents make which modules.
//!
//! ```toml
//! output = "generated"
//!
//! [[api]]
//! module = "frontstream"
//! document = "openapi/frontstream.json"
//! overlays = ["openapi/frontstream.overlay.yaml"]
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::choices::{Choices, Origin};
use crate::diagnostic::{self, Diagnostic, Location, Report, Source};
use crate::document::Sources;
use crate::output::Owner;
use crate::settings;

/// The name of the configuration file.
pub const FILE: &str = "planchet.toml";

/// The hint for a missing file.
const MISSING: &str =
    "name a document (`planchet generate DOCUMENT --out DIR --name NAME`), or run where a planchet.toml is";

/// The contents of `planchet.toml`. Paths are relative to its folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the modules go.
    #[serde(default = "default_output")]
    pub output: PathBuf,
    /// The documents.
    #[serde(default)]
    pub api: Vec<ApiConfig>,
    /// The folder of the file.
    #[serde(skip)]
    pub root: PathBuf,
    /// The file itself.
    #[serde(skip)]
    pub file: PathBuf,
}

/// One document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiConfig {
    /// The Rust module, which is the Cargo feature as well.
    pub module: String,
    /// The document.
    pub document: PathBuf,
    /// Its overlays, in order.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
    /// Folders, besides the document's own, in which its references may name files.
    #[serde(default)]
    pub references: Vec<PathBuf>,
    /// The files that stand for URLs in references.
    #[serde(default)]
    pub remote: BTreeMap<String, PathBuf>,
    /// What is chosen about the emitted code.
    #[serde(default)]
    pub choices: Choices,
}

impl ApiConfig {
    /// Where references may lead; `root` is the folder of the configuration.
    pub fn sources(&self, root: &Path) -> Sources {
        Sources {
            folders: self.references.iter().map(|folder| root.join(folder)).collect(),
            remote: self.remote.iter().map(|(url, file)| (url.clone(), root.join(file))).collect(),
        }
    }
}

fn default_output() -> PathBuf {
    PathBuf::from("generated")
}

impl Config {
    /// Whose files the output folder holds.
    pub fn owner(&self) -> Owner {
        Owner::Configuration(self.file.clone())
    }

    /// Reads a configuration file; `None` if and only if errors were reported.
    pub fn read(path: &Path, report: &mut Report) -> Option<Self> {
        let (mut config, source) = settings::read::<Self>(path, MISSING, report)?;
        config.file = path.to_path_buf();
        config.root = path.parent().map(Path::to_path_buf).unwrap_or_default();
        for (number, api) in config.api.iter_mut().enumerate() {
            api.choices.origin = Origin::api(&source, number);
        }
        let sound = config.api.iter().all(|api| api.choices.check(report));
        (config.check(&source, report) && sound).then_some(config)
    }

    fn check(&self, source: &std::sync::Arc<Source>, report: &mut Report) -> bool {
        let mut sound = true;
        let mut complain = |message: String, found: &str| {
            let start = source.text().find(&format!("\"{found}\"")).unwrap_or(0);
            let at = Location { source: source.clone(), span: start..start + found.len() + 2 };
            report.push(Diagnostic::new(&diagnostic::CONFIG, message).at(at));
            sound = false;
        };
        for (index, api) in self.api.iter().enumerate() {
            if crate::emit::package::layout::module_name(&api.module) != api.module
                // A feature of the crate.
                || api.module == "reqwest"
            {
                complain(
                    format!(
                        "`{}` is no name for a module: use snake_case letters, no keyword, and no module that is emitted anyway",
                        api.module
                    ),
                    &api.module,
                );
            }
            if self.api.iter().take(index).any(|other| other.module == api.module) {
                complain(format!("the module `{}` is named twice", api.module), &api.module);
            }
        }
        sound
    }
}
