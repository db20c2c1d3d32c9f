//! Writes the emitted files: all or none, and never over files of others.
//!
//! A record in the folder ([`LEDGER`]) says which files Planchet wrote, with which text. Only these are replaced and removed, and only as
//! long as their text is the recorded one but for layout and line ends. A file that equals the new text is adopted, whoever wrote it. Any
//! other file in the way is refused, unless the user forces it; files that are not in the way are never touched or removed, forced or not.
//!
//! ```text
//! folder, locked ─ recovery ─ plan ─┬─ refusals
//!                                   └─ transaction: stage, journal, settle, discard
//! ```

mod change;
mod disk;
mod failure;
mod journal;
mod keys;
mod layout;
mod ledger;
mod likeness;
mod lock;
mod manifest;
mod owner;
mod place;
mod plan;
mod recovery;
mod transaction;

use std::collections::BTreeMap;
use std::path::Path;

use crate::output::disk::{Disk, Real};

pub use crate::output::change::{Change, Output};
pub use crate::output::failure::{Failure, Refusal};
pub use crate::output::ledger::LEDGER;
pub use crate::output::owner::Owner;

/// How a folder differs from what is emitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What writing changes, or has changed.
    pub changes: Vec<Change>,
    /// Files that are no longer emitted and were edited by hand: they stay, and no longer belong to Planchet.
    pub kept: Vec<String>,
    /// The files in the way.
    pub refusals: Vec<Refusal>,
    /// The texts that stood there before, of those files that were asked for.
    pub old: BTreeMap<String, String>,
}

impl Difference {
    /// Whether the folder is up to date.
    pub fn is_none(&self) -> bool {
        self.changes.is_empty() && self.kept.is_empty() && self.refusals.is_empty()
    }
}

/// The folder that a path names: the empty one is the current folder.
fn named(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// The changes that writing would make. The transaction of a killed run is finished first.
///
/// # Errors
/// Where the folder cannot be read, or is somebody else's.
pub fn compare(output: &Output<'_>) -> Result<Difference, Failure> {
    let folder = named(output.folder);
    if place::metadata(folder).map_err(|error| Failure::io(folder.to_path_buf(), error))?.is_none() {
        let changes = output.files.keys().cloned().map(Change::Added).collect();
        return Ok(Difference { changes, ..Difference::default() });
    }
    lock::in_present_folder(folder, |root| {
        recovery::recover(&Real, root)?;
        let plan = plan::plan(root, output)?;
        Ok(Difference { changes: plan.changes(), kept: plan.kept, refusals: plan.refusals, old: BTreeMap::new() })
    })
}

/// Writes all files, or none. Equal files are left alone; files that Planchet wrote before and no longer emits are removed.
///
/// `old` names files whose former texts the caller wants to see.
///
/// # Errors
/// What is in the way, or what could not be written; then everything is as it was ([`Failure::Unfinished`] apart).
pub fn write(output: &Output<'_>, old: &[String]) -> Result<Difference, Failure> {
    write_on(&Real, output, old)
}

fn write_on(disk: &dyn Disk, output: &Output<'_>, old: &[String]) -> Result<Difference, Failure> {
    lock::in_folder(named(output.folder), |root| {
        recovery::recover(disk, root)?;
        let plan = plan::plan(root, output)?;
        if !plan.refusals.is_empty() {
            return Err(Failure::Refused(plan.refusals));
        }
        let old = plan::texts(root, old)?;
        if !plan.steps.is_empty() {
            transaction::run(disk, root, &plan.steps)?;
        }
        Ok(Difference { changes: plan.changes(), kept: plan.kept, refusals: Vec::new(), old })
    })
}
