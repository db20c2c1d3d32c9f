//! `planchet check`.

use std::path::PathBuf;

use clap::Args;

use crate::config::{self, Config};
use crate::diagnostic::Report;
use crate::output::{self, Change};
use crate::pipeline;

use super::{BAD, DONE, NO, say};

/// Arguments of `planchet check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The configuration file.
    #[arg(long, value_name = "FILE", default_value = config::FILE)]
    config: PathBuf,
}

impl Check {
    pub(super) fn run(self, report: &mut Report) -> u8 {
        let Some(config) = Config::read(&self.config, report) else { return BAD };
        let Some(files) = pipeline::generate(&config, report) else { return BAD };
        let folder = config.root.join(&config.output);
        let stale = output::changes(&folder, &files);
        for change in &stale {
            let what = match change {
                Change::Added(_) => "missing",
                Change::Changed(_) => "stale",
                Change::Removed(_) => "no longer generated",
            };
            say(&format!("{}/{}: {what}\n", config.output.display(), change.path()));
        }
        if stale.is_empty() {
            say(&format!("{}: fresh\n", config.output.display()));
            return DONE;
        }
        say("run `planchet generate` and commit what it writes\n");
        NO
    }
}
