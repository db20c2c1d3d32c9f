//! `planchet contract`.

use clap::Args;

use crate::diagnostic::Report;
use crate::{contract, pipeline};

use crate::cli::arguments::DocumentArguments;
use crate::cli::terminal::{BAD, DONE, say};

/// Arguments of `planchet contract`.
#[derive(Debug, Args)]
pub struct Contract {
    #[command(flatten)]
    document: DocumentArguments,
}

impl Contract {
    pub(crate) fn run(self, report: &mut Report) -> u8 {
        let Some(choices) = self.document.choices.read(report) else { return BAD };
        let Some(api) = pipeline::read_api(&self.document.input(), &choices, report) else { return BAD };
        say(&contract::listing(&api));
        DONE
    }
}
