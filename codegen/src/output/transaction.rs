//! Puts files into their places, all or none.
//!
//! Everything new is written into a private folder beside the old files, and the old files are linked or copied there. Then the journal
//! gets its name, which is the moment of decision: before it a kill leaves the old files, after it the next run finishes
//! ([`crate::output::recovery`]). Where an operation fails after that moment the journal is renamed to `undo`, and everything goes back.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::output::change::MANIFEST;
use crate::output::disk::{Disk, copy_permissions, sync_folder};
use crate::output::failure::Failure;
use crate::output::journal::{self, DRAFT, Entry, JOURNAL, UNDO};
use crate::output::ledger::LEDGER;
use crate::output::ledger::Ledger;
use crate::output::likeness;
use crate::output::place::{self, Standing};

/// One file that changes.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// The file, relative to the output folder.
    pub path: String,
    /// Its bytes before; `None` where it is not there.
    pub before: Option<Vec<u8>>,
    /// Its bytes afterwards; `None` where it is removed.
    pub after: Option<Vec<u8>>,
}

/// Which way a transaction goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the old files to the new ones.
    Forward,
    /// From the new files to the old ones.
    Back,
}

/// Which files may be replaced or removed.
pub(crate) enum Permission<'l> {
    /// Those that the plan of this run names.
    Planned,
    /// Those that Planchet wrote, by the record, the marker and the manifest's keys: the journal is not trusted.
    Own(&'l Ledger),
}

/// Performs all steps, or none.
///
/// # Errors
/// Where something cannot be written; then everything is as it was, or the failure says that it is not.
pub(crate) fn run(disk: &dyn Disk, root: &Path, steps: &[Step]) -> Result<(), Failure> {
    let entries: Vec<Entry> = steps
        .iter()
        .map(|step| Entry {
            path: step.path.clone(),
            before: step.before.as_deref().map(likeness::exact),
            after: step.after.as_deref().map(likeness::exact),
        })
        .collect();
    let stage = disk.create_stage(root).map_err(|error| Failure::io(root.to_path_buf(), error))?;
    if let Err(failure) = prepare(disk, root, &stage, steps, &entries) {
        discard(disk, &stage);
        return Err(failure);
    }
    match settle(disk, root, &stage, &entries, Direction::Forward, &Permission::Planned) {
        Ok(left) if left.is_empty() => {
            discard(disk, &stage);
            Ok(())
        }
        outcome => {
            let failure = match outcome {
                Err(failure) => failure,
                Ok(left) => Failure::Busy(left),
            };
            match undo(disk, root, &stage, &entries) {
                Ok(()) => Err(failure),
                Err(_) => Err(Failure::Unfinished(Box::new(failure))),
            }
        }
    }
}

fn prepare(disk: &dyn Disk, root: &Path, stage: &Path, steps: &[Step], entries: &[Entry]) -> Result<(), Failure> {
    let write = |name: String, bytes: &[u8]| {
        let path = stage.join(name);
        disk.write_new(&path, bytes).map_err(|error| Failure::io(path, error))
    };
    for (number, step) in steps.iter().enumerate() {
        if let Some(bytes) = &step.after {
            write(format!("new-{number}"), bytes)?;
        }
        if let Some(bytes) = &step.before {
            write(format!("old-{number}"), bytes)?;
        }
    }
    write(DRAFT.to_owned(), journal::text(entries).as_bytes())?;
    // All flushes come last: while the system writes the first file it collects the others.
    let numbered = steps.iter().enumerate().flat_map(|(number, step)| {
        let new = step.after.is_some().then(|| format!("new-{number}"));
        new.into_iter().chain(step.before.is_some().then(|| format!("old-{number}")))
    });
    for name in numbered.chain([DRAFT.to_owned()]) {
        let path = stage.join(name);
        disk.sync(&path).map_err(|error| Failure::io(path, error))?;
    }
    // Permissions come last, as read-only files cannot be flushed.
    for (number, step) in steps.iter().enumerate().filter(|(_, step)| step.before.is_some()) {
        for kind in ["new", "old"] {
            copy_permissions(&root.join(&step.path), &stage.join(format!("{kind}-{number}")));
        }
    }
    sync_folder(stage);
    let path = stage.join(JOURNAL);
    disk.rename(&stage.join(DRAFT), &path).map_err(|error| Failure::io(path, error))?;
    sync_folder(stage);
    Ok(())
}

fn undo(disk: &dyn Disk, root: &Path, stage: &Path, entries: &[Entry]) -> Result<(), Failure> {
    let path = stage.join(UNDO);
    disk.rename(&stage.join(JOURNAL), &path).map_err(|error| Failure::io(path, error))?;
    sync_folder(stage);
    settle(disk, root, stage, entries, Direction::Back, &Permission::Planned)?;
    discard(disk, stage);
    Ok(())
}

/// Brings every file into the target state of the direction, and returns those that were left alone: files in neither state, and those of
/// others.
///
/// It can be interrupted anywhere and run again.
pub(crate) fn settle(
    disk: &dyn Disk,
    root: &Path,
    stage: &Path,
    entries: &[Entry],
    direction: Direction,
    permission: &Permission<'_>,
) -> Result<Vec<String>, Failure> {
    let mut left = Vec::new();
    let mut touched: BTreeSet<PathBuf> = BTreeSet::new();
    for (number, entry) in entries.iter().enumerate() {
        let (to, source) = match direction {
            Direction::Forward => (&entry.after, format!("new-{number}")),
            Direction::Back => (&entry.before, format!("old-{number}")),
        };
        let target = root.join(&entry.path);
        let failed = |error| Failure::io(target.clone(), error);
        let state = state(root, stage, (number, entry), direction, permission).map_err(failed)?;
        if state == State::Other {
            left.push(entry.path.clone());
            continue;
        }
        if state == State::Before {
            if to.is_some() {
                for above in place::folders_above(&entry.path) {
                    let folder = root.join(above);
                    match disk.create_folder(&folder) {
                        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                            return Err(Failure::io(folder, error));
                        }
                        _ => {}
                    }
                }
                disk.rename(&stage.join(&source), &target).map_err(failed)?;
            } else {
                disk.remove_file(&target).map_err(failed)?;
            }
            touched.extend(target.parent().map(Path::to_path_buf));
        }
        if to.is_none() && permission.knows(&entry.path) {
            // Folders that this left empty: removing one that is not empty fails.
            let above: Vec<&str> = place::folders_above(&entry.path).collect();
            for folder in above.into_iter().rev() {
                if disk.remove_folder(&root.join(folder)).is_err() {
                    break;
                }
            }
        }
    }
    touched.iter().for_each(|folder| sync_folder(folder));
    Ok(left)
}

/// The state of a file during a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Where it has to be.
    Done,
    /// Where it was, and it may be moved.
    Before,
    /// Neither, or it is not ours.
    Other,
}

fn state(
    root: &Path,
    stage: &Path,
    (number, entry): (usize, &Entry),
    direction: Direction,
    permission: &Permission<'_>,
) -> io::Result<State> {
    let (from, to, source) = match direction {
        Direction::Forward => (&entry.before, &entry.after, format!("new-{number}")),
        Direction::Back => (&entry.after, &entry.before, format!("old-{number}")),
    };
    let present = match place::look(root, &entry.path)? {
        Standing::Nothing => None,
        Standing::File(bytes) => Some(bytes),
        Standing::Obstacle { .. } => return Ok(State::Other),
    };
    let hash = present.as_deref().map(likeness::exact);
    if hash == *to {
        return Ok(State::Done);
    }
    let waiting = waiting(stage, &source)?;
    let is_whole = to.is_none() || waiting.as_deref().map(likeness::exact) == *to;
    let may_move =
        hash == *from && is_whole && permission.admits(&entry.path, present.as_deref(), waiting.as_deref(), direction);
    Ok(if may_move { State::Before } else { State::Other })
}

/// Whether [`settle`] would bring every file where it has to be.
pub(crate) fn can_settle(
    root: &Path,
    stage: &Path,
    entries: &[Entry],
    direction: Direction,
    permission: &Permission<'_>,
) -> Result<bool, Failure> {
    for (number, entry) in entries.iter().enumerate() {
        let state = state(root, stage, (number, entry), direction, permission);
        if state.map_err(|error| Failure::io(root.join(&entry.path), error))? == State::Other {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A text in the stage; `None` where it is not ours.
fn waiting(stage: &Path, name: &str) -> io::Result<Option<Vec<u8>>> {
    Ok(match place::look(stage, name)? {
        Standing::File(bytes) => Some(bytes),
        Standing::Nothing | Standing::Obstacle { .. } => None,
    })
}

impl Permission<'_> {
    /// Whether a path is Planchet's.
    fn knows(&self, path: &str) -> bool {
        match self {
            Self::Planned => true,
            Self::Own(ledger) => ledger.files.contains_key(path),
        }
    }

    /// Whether a file may be replaced by its staged text, or removed where there is none.
    fn admits(&self, path: &str, present: Option<&[u8]>, next: Option<&[u8]>, direction: Direction) -> bool {
        let Self::Own(ledger) = self else { return true };
        let is_marked = |bytes: &[u8]| likeness::has_marker(bytes) || path == MANIFEST && ledger.has_manifest();
        let is_merged = path == MANIFEST || path == LEDGER;
        let is_like =
            |bytes| next.is_some_and(|next| likeness::fingerprint(path, bytes) == likeness::fingerprint(path, next));
        let is_own = |bytes| is_marked(bytes) && (is_merged || ledger.wrote(path, bytes) || is_like(bytes));
        // The old text may be one that the user had forced the run to replace.
        present.is_none_or(is_own) && (direction == Direction::Back || next.is_none_or(is_marked))
    }
}

/// Removes a stage, the journal first, so that nothing is left to finish if removal is interrupted.
///
/// Only files that a transaction puts there go; a folder with anything else in it stays.
pub(crate) fn discard(disk: &dyn Disk, stage: &Path) {
    let Ok(entries) = std::fs::read_dir(stage) else { return };
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    let is_journal = |name: &str| matches!(name, JOURNAL | UNDO);
    names.retain(|name| {
        let number = name.strip_prefix("new-").or_else(|| name.strip_prefix("old-"));
        is_journal(name) || name == DRAFT || number.is_some_and(|number| number.parse::<u32>().is_ok())
    });
    names.sort_by_key(|name| !is_journal(name));
    for name in names {
        // Best effort: the next run removes what is left here.
        if disk.remove_file(&stage.join(&name)).is_err() && is_journal(&name) {
            return;
        }
    }
    let _ = disk.remove_folder(stage);
}

#[cfg(test)]
mod tests;
