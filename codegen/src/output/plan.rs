//! The changes that writing makes, and the files that it must not touch.

use std::collections::BTreeMap;
use std::path::Path;

use crate::output::change::{Change, MANIFEST, Output};
use crate::output::failure::{Failure, Refusal};
use crate::output::ledger::{LEDGER, Ledger};
use crate::output::place::{self, RUSTFMT, Standing};
use crate::output::transaction::Step;
use crate::output::{likeness, manifest};

/// What is to do.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// What changes, in the order of paths, but for the record, which comes last.
    pub steps: Vec<Step>,
    /// What is not generated any more and stays, because somebody changed it.
    pub kept: Vec<String>,
    /// What is not ours to replace.
    pub refusals: Vec<Refusal>,
}

impl Plan {
    /// What the steps change.
    pub(crate) fn changes(&self) -> Vec<Change> {
        let change = |step: &Step| match (&step.before, &step.after) {
            (None, _) => Change::Added(step.path.clone()),
            (Some(_), Some(_)) => Change::Changed(step.path.clone()),
            (Some(_), None) => Change::Removed(step.path.clone()),
        };
        self.steps.iter().map(change).collect()
    }
}

/// Compares what is emitted with a folder, which is locked and in which no killed run is left.
pub(crate) fn plan(root: &Path, output: &Output<'_>) -> Result<Plan, Failure> {
    let ledger = Ledger::read(root)?;
    let owner = output.owner.recorded(root);
    if let Some(other) = ledger.owners.iter().find(|other| **other != owner)
        && !ledger.owners.contains(&owner)
        && !output.force
        && output.owner.excludes(root, other)
    {
        return Err(Failure::Owner(other.clone()));
    }
    let mut plan = Plan::default();
    let mut next = Ledger::default();
    next.owners.insert(owner);
    for (path, text) in output.files {
        add(root, output, path, text, &ledger, &mut next, &mut plan)?;
    }
    for path in ledger.files.keys().filter(|path| !output.files.contains_key(*path) && place::is_emitted(path)) {
        let is_other_case = output.files.keys().any(|emitted| place::is_same_file(root, path, emitted));
        match look(root, path)? {
            Standing::File(bytes) if ledger.wrote(path, &bytes) && !is_other_case => {
                plan.steps.push(Step { path: path.clone(), before: Some(bytes), after: None });
            }
            Standing::File(_) if !is_other_case => plan.kept.push(path.clone()),
            // It is not ours in any case.
            Standing::File(_) | Standing::Nothing | Standing::Obstacle { .. } => {}
        }
    }
    plan.steps.sort_by(|a, b| a.path.cmp(&b.path));
    let text = next.text().into_bytes();
    let before = match look(root, LEDGER)? {
        Standing::File(bytes) => Some(bytes),
        Standing::Nothing => None,
        Standing::Obstacle { path, what } => return Err(Failure::Obstacle { path, what }),
    };
    if !before.as_deref().is_some_and(|before| likeness::is_equal(before, &text)) {
        plan.steps.push(Step { path: LEDGER.to_owned(), before, after: Some(text) });
    }
    Ok(plan)
}

fn add(
    root: &Path,
    output: &Output<'_>,
    path: &str,
    text: &str,
    ledger: &Ledger,
    next: &mut Ledger,
    plan: &mut Plan,
) -> Result<(), Failure> {
    let refuse = |plan: &mut Plan, why: fn(String) -> Refusal| plan.refusals.push(why(path.to_owned()));
    let before = match look(root, path)? {
        // Settings of the user's own go before ours, whatever holds them, and are none of our business.
        Standing::File(bytes) if path == RUSTFMT && !ledger.wrote(path, &bytes) => {
            if likeness::is_equal(&bytes, text.as_bytes()) {
                next.record(path, likeness::fingerprint(path, text.as_bytes()));
            }
            return Ok(());
        }
        Standing::Obstacle { .. } if path == RUSTFMT => return Ok(()),
        Standing::Obstacle { path: at, what } => {
            plan.refusals.push(Refusal::InTheWay { path: path.to_owned(), at, what });
            return Ok(());
        }
        Standing::Nothing => None,
        Standing::File(bytes) => Some(bytes),
    };
    if path == MANIFEST {
        return merge_manifest(output, text, before, ledger, next, plan);
    }
    next.record(path, likeness::fingerprint(path, text.as_bytes()));
    let Some(bytes) = before else {
        plan.steps.push(Step { path: path.to_owned(), before: None, after: Some(text.as_bytes().to_vec()) });
        return Ok(());
    };
    if likeness::is_equal(&bytes, text.as_bytes()) {
        return Ok(());
    }
    let differs_in_layout_alone = likeness::fingerprint(path, &bytes) == likeness::fingerprint(path, text.as_bytes());
    if !differs_in_layout_alone && !ledger.wrote(path, &bytes) && !output.force {
        let was_ours = ledger.files.contains_key(path) && likeness::has_marker(&bytes);
        refuse(plan, if was_ours { Refusal::Edited } else { Refusal::Foreign });
        return Ok(());
    }
    plan.steps.push(Step { path: path.to_owned(), before: Some(bytes), after: Some(text.as_bytes().to_vec()) });
    Ok(())
}

fn merge_manifest(
    output: &Output<'_>,
    text: &str,
    before: Option<Vec<u8>>,
    ledger: &Ledger,
    next: &mut Ledger,
    plan: &mut Plan,
) -> Result<(), Failure> {
    let unreadable = |plan: &mut Plan, error: String| {
        plan.refusals.push(Refusal::NoToml { path: MANIFEST.to_owned(), error });
        Ok(())
    };
    let present = match before.as_deref().map(std::str::from_utf8) {
        // Every manifest is parsed and written anew: bytes that are no text would be lost.
        Some(Err(error)) => return unreadable(plan, format!("it is not UTF-8, from byte {} on", error.valid_up_to())),
        Some(Ok(text)) if text.len() > manifest::MAX_BYTES => {
            return unreadable(plan, format!("it is larger than {} bytes", manifest::MAX_BYTES));
        }
        Some(Ok(text)) => Some(text),
        None => None,
    };
    let is_known = ledger.has_manifest()
        || present.is_none_or(|present| {
            likeness::has_marker(present.as_bytes()) && manifest::package(present) == manifest::package(text)
        });
    if !is_known && !output.force {
        plan.refusals.push(Refusal::Foreign(MANIFEST.to_owned()));
        return Ok(());
    }
    let merged = match manifest::merge(present, text, ledger) {
        Ok(merged) => merged,
        Err(error) => return unreadable(plan, error.to_string()),
    };
    for (key, hash) in merged.keys {
        next.record(&key, hash);
    }
    if before.as_deref() != Some(merged.text.as_bytes()) {
        plan.steps.push(Step { path: MANIFEST.to_owned(), before, after: Some(merged.text.into_bytes()) });
    }
    Ok(())
}

fn look(root: &Path, path: &str) -> Result<Standing, Failure> {
    place::look(root, path).map_err(|error| Failure::io(root.join(path), error))
}

/// The text of a generated file as it stands, for those who compare it with a new one.
pub(crate) fn texts(root: &Path, paths: &[String]) -> Result<BTreeMap<String, String>, Failure> {
    let mut texts = BTreeMap::new();
    for path in paths {
        if let Standing::File(bytes) = look(root, path)? {
            texts.insert(path.clone(), String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
        }
    }
    Ok(texts)
}
