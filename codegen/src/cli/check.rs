//! `planchet check`.

use std::path::PathBuf;

use clap::Args;

use crate::config::{self, Config};
use crate::diagnostic::Report;
use crate::output::{self, Change, Output, Refusal};
use crate::pipeline;
use crate::runtime::shown;

use crate::cli::terminal::{BAD, DONE, NO, report_failure, say};

/// Arguments of `planchet check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = config::FILE)]
    config: PathBuf,
}

impl Check {
    pub(crate) fn run(self, report: &mut Report) -> u8 {
        let Some(config) = Config::read(&self.config, report) else { return BAD };
        let Some(files) = pipeline::generate(&config, report) else { return BAD };
        let folder = config.root.join(&config.output);
        let output = Output { folder: &folder, owner: config.owner(), files: &files, force: false };
        let found = match output::compare(&output) {
            Ok(found) => found,
            Err(failure) => {
                report_failure(&failure, &folder, report);
                return BAD;
            }
        };
        let line = |path: &str, what: &str| {
            say(&format!("{}: {what}\n", shown(&config.output.join(path).display().to_string())));
        };
        for change in &found.changes {
            let what = match change {
                Change::Added(_) => "missing",
                Change::Changed(_) => "stale",
                Change::Removed(_) => "no longer generated",
            };
            line(change.path(), what);
        }
        for path in &found.kept {
            line(path, "no longer generated, and edited by hand");
        }
        for refusal in &found.refusals {
            match refusal {
                Refusal::Foreign(path) => line(path, "not written by planchet"),
                Refusal::Edited(path) => line(path, "edited by hand"),
                Refusal::NoToml { path, .. } => line(path, "no TOML"),
                Refusal::InTheWay { path, at, what } if path == at => line(path, &format!("{what} is in its way")),
                Refusal::InTheWay { path, at, what } => line(path, &format!("`{}` is {what}", shown(at))),
            }
        }
        if found.is_none() {
            say(&format!("{}: fresh\n", shown(&config.output.display().to_string())));
            return DONE;
        }
        say("run `planchet generate` and commit what it writes\n");
        NO
    }
}
