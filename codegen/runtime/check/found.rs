//! The limits of a report.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use super::super::violations::{Violation, Violations};
use super::super::{Rule, Rules};
use super::Place;
use super::work::Key;

/// Maximum number of violations of one branch in the report of a union.
pub(super) const PER_BRANCH: usize = 5;

/// Maximum memory for the pointers of a report, the first excepted, and for the violations of branches of unions. Violations in nested
/// unions are written, and counted, once for each of them.
const BYTES: usize = 1 << 20;

/// Minimum size of a violation besides its pointer: the document's texts in it may be longer.
const EACH: usize = 128;

/// Size of a branch without violations.
const BRANCH: usize = 32;

/// Size of branches from which on the same union at the same place is not reported again.
const SHARED: usize = 1 << 16;

/// Maximum nesting of unions that are reported.
const NESTED: usize = 32;

/// Violations of branches are reported until that has taken this number of steps, and this multiple of all other steps.
const REPORTING: u64 = 1 << 20;
const REPORTING_TIMES: u64 = 16;

/// The account of one report.
#[derive(Default)]
pub(super) struct Account {
    /// The memory that the pointers, and the branches, take so far.
    pointers: Cell<usize>,
    branches: Cell<usize>,
    /// Whether something was left out.
    cut: Cell<bool>,
    /// The reported unions, with their places.
    reported: RefCell<HashSet<Key>>,
    /// The steps taken for reports of branches up to the current union, and the steps taken before it.
    reporting: Cell<u64>,
    since: Cell<u64>,
}

impl Account {
    fn take(&self, cost: usize, nested: usize) -> bool {
        let counter = if nested == 0 {
            &self.pointers
        } else {
            &self.branches
        };
        let taken = counter
            .get()
            .saturating_add(cost.saturating_mul(nested + 1));
        if taken <= BYTES {
            counter.set(taken);
        }
        taken <= BYTES
    }

    /// Whether there is time for further reports, given the steps taken. A nested union is checked again for its report, and a long text
    /// each time.
    fn has_time(&self, steps: u64, nested: usize) -> bool {
        if nested <= 1 {
            self.since.set(steps);
        }
        let reporting = self.reporting.get() + (steps - self.since.get());
        reporting <= REPORTING.saturating_add(REPORTING_TIMES.saturating_mul(steps - reporting))
    }

    /// Notes that a union was reported, given the steps taken.
    pub(super) fn was_reported(&self, steps: u64, nested: usize) {
        if nested <= 1 {
            self.reporting
                .set(self.reporting.get() + (steps - self.since.get()));
            self.since.set(steps);
        }
    }

    /// Whether the branches of a union are reported, given their number and the steps taken; `key` identifies the union and its place.
    pub(super) fn admits(&self, branches: usize, nested: usize, steps: u64, key: Key) -> bool {
        let shared = self.branches.get() > SHARED && !self.reported.borrow_mut().insert(key);
        let admitted = self.has_time(steps, nested)
            && !shared
            && nested <= NESTED
            && self.take(branches.saturating_mul(BRANCH), nested);
        self.cut.set(self.cut.get() || !admitted);
        admitted
    }
}

/// The violations found so far: one more than is reported, so that a cut is noticed.
pub(super) struct Found<'r> {
    list: Vec<Violation>,
    account: &'r Account,
    /// The number of enclosing unions.
    nested: usize,
    /// Whether something found was left out.
    cut: bool,
}

impl<'r> Found<'r> {
    pub(super) const fn new(account: &'r Account) -> Self {
        Self {
            list: Vec::new(),
            account,
            nested: 0,
            cut: false,
        }
    }

    /// The violations of a branch.
    pub(super) const fn inside(&self) -> Self {
        Self {
            list: Vec::new(),
            account: self.account,
            nested: self.nested + 1,
            cut: false,
        }
    }

    pub(super) const fn account(&self) -> &'r Account {
        self.account
    }

    pub(super) const fn nested(&self) -> usize {
        self.nested
    }

    pub(super) fn push(&mut self, place: &Place<'_>, rules: &Rules, rule: Rule) {
        if self.is_full() {
            return;
        }
        let texts = rules.schema.len() + rule.length();
        let admitted = self
            .account
            .take(place.length() + texts.max(EACH), self.nested);
        // The first is reported, however long its pointer.
        if !admitted && (self.nested > 0 || !self.list.is_empty()) {
            self.cut = true;
            self.account.cut.set(true);
            return;
        }
        if self.list.is_empty() {
            // Violations tend to come in groups.
            self.list.reserve(8);
        }
        self.list.push(Violation {
            pointer: place.pointer(),
            rule,
            schema: rules.schema,
        });
    }

    /// All of it.
    pub(super) fn finish(self) -> Result<(), Violations> {
        let cut = self.account.cut.get();
        Violations::from_list(self.list).map_or(Ok(()), |violations| Err(violations.shortened(cut)))
    }

    /// The report of a branch, and whether it was cut for its size.
    pub(super) fn branch(mut self) -> (Vec<Violation>, bool) {
        self.list.truncate(PER_BRANCH);
        (self.list, self.cut)
    }

    /// Whether the report is full.
    pub(super) fn is_full(&self) -> bool {
        let most = if self.nested == 0 {
            Violations::CAP
        } else {
            PER_BRANCH
        };
        self.cut || self.list.len() > most
    }
}
