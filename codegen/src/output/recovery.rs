//! Recovery from a killed run: its transaction is finished if it was decided, and discarded otherwise.
//!
//! An untrusted folder may contain forged remains. So a journal is only a proposal: it names paths that Planchet emits, inside of the
//! folder and behind no link; a text has the announced hash and says in its first line that Planchet wrote it; and only files that the
//! record names as Planchet's are replaced or removed. Anything else is left alone.

use std::path::{Path, PathBuf};

use crate::output::disk::{Disk, STAGE};
use crate::output::failure::Failure;
use crate::output::journal::{self, Entry, JOURNAL, MAX_JOURNAL, UNDO};
use crate::output::ledger::LEDGER;
use crate::output::ledger::Ledger;
use crate::output::place::{self, Standing};
use crate::output::transaction::{Direction, Permission, can_settle, discard, settle};

/// Finishes or discards the transactions of killed runs in a folder, which is locked.
pub(crate) fn recover(disk: &dyn Disk, root: &Path) -> Result<(), Failure> {
    for stage in stages(root)? {
        if let Some((entries, direction)) = decided(&stage)? {
            let ledger = Ledger::read(root)?;
            // The undone ledger is the older one, by which the older files are known: it goes last in both directions.
            let known = known(&ledger, &stage, &entries)?;
            let (forward, back) = (Permission::Own(&ledger), Permission::Own(&known));
            let can = |direction, permission| can_settle(root, &stage, &entries, direction, permission);
            // The permission of a run that was forced to replace files of others ended with it: its transaction is undone.
            let is_back =
                direction == Direction::Back || !can(Direction::Forward, &forward)? && can(Direction::Back, &back)?;
            let (direction, permission) =
                if is_back { (Direction::Back, &back) } else { (Direction::Forward, &forward) };
            settle(disk, root, &stage, &entries, direction, permission)?;
        }
        discard(disk, &stage);
    }
    Ok(())
}

/// The record as it was before or after the transaction: both know files that may be there.
fn known(ledger: &Ledger, stage: &Path, entries: &[Entry]) -> Result<Ledger, Failure> {
    let mut known = ledger.clone();
    let number = entries.iter().position(|entry| entry.path == LEDGER);
    for name in number.into_iter().flat_map(|number| [format!("new-{number}"), format!("old-{number}")]) {
        if let Standing::File(bytes) =
            place::look(stage, &name).map_err(|error| Failure::io(stage.join(&name), error))?
        {
            let more = Ledger::parse(&String::from_utf8_lossy(&bytes));
            for (path, hashes) in more.files {
                known.files.entry(path).or_default().extend(hashes);
            }
        }
    }
    Ok(known)
}

fn stages(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::io(root.to_path_buf(), error);
    let mut stages = Vec::new();
    for entry in std::fs::read_dir(root).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let is_stage = entry.file_name().to_str().is_some_and(|name| name.starts_with(STAGE));
        if is_stage && entry.file_type().map_err(failed)?.is_dir() {
            stages.push(entry.path());
        }
    }
    stages.sort();
    Ok(stages)
}

fn decided(stage: &Path) -> Result<Option<(Vec<Entry>, Direction)>, Failure> {
    for (name, direction) in [(UNDO, Direction::Back), (JOURNAL, Direction::Forward)] {
        let found = place::look(stage, name).map_err(|error| Failure::io(stage.join(name), error))?;
        if let Standing::File(bytes) = found
            && bytes.len() <= MAX_JOURNAL
            && let Some(entries) = std::str::from_utf8(&bytes).ok().and_then(journal::parse)
        {
            return Ok(Some((entries, direction)));
        }
    }
    Ok(None)
}
