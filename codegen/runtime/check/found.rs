//! What a report holds, and how much of it.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;

use super::super::violations::{Violation, Violations};
use super::super::{Rule, Rules};
use super::Place;
use super::work::Key;

/// So many violations of one branch are kept in the report of a union.
pub(super) const PER_BRANCH: usize = 5;

/// So much memory the pointers of a report take, besides the first of them, and as much what branches of unions find wrong. What lies in
/// unions within unions is written once for each of them, and counts as often.
const BYTES: usize = 1 << 20;

/// What a violation takes besides its pointer, at least: the texts of the document that it is told with may be longer.
const EACH: usize = 128;

/// What a branch takes that finds nothing wrong.
const BRANCH: usize = 32;

/// Once branches have taken so much, the same union at the same place is not told again.
const SHARED: usize = 1 << 16;

/// So many unions within each other are told.
const NESTED: usize = 32;

/// What branches find wrong is told until that has taken so many steps, and so many times as many as everything else.
const TELLING: u64 = 1 << 20;
const TELLING_TIMES: u64 = 16;

/// The account of one report.
#[derive(Default)]
pub(super) struct Account {
    /// What the pointers have taken, and what branches have.
    pointers: Cell<usize>,
    branches: Cell<usize>,
    /// Whether something was left out.
    cut: Cell<bool>,
    /// The unions that were told, at their places.
    told: RefCell<HashSet<Key>>,
    /// The steps that it took to tell what branches find wrong, up to the union that is being told; and how many were taken before that.
    telling: Cell<u64>,
    since: Cell<u64>,
}

impl Account {
    fn take(&self, cost: usize, nested: usize) -> bool {
        let counter = if nested == 0 { &self.pointers } else { &self.branches };
        let taken = counter.get().saturating_add(cost.saturating_mul(nested + 1));
        if taken <= BYTES {
            counter.set(taken);
        }
        taken <= BYTES
    }

    /// Whether there is time to tell more, when so many steps were taken. What is told of a union within another one is judged there again,
    /// and a long text each time.
    fn has_time(&self, steps: u64, nested: usize) -> bool {
        if nested <= 1 {
            self.since.set(steps);
        }
        let telling = self.telling.get() + (steps - self.since.get());
        telling <= TELLING.saturating_add(TELLING_TIMES.saturating_mul(steps - telling))
    }

    /// Notes that a union was told, when so many steps were taken.
    pub(super) fn was_told(&self, steps: u64, nested: usize) {
        if nested <= 1 {
            self.telling.set(self.telling.get() + (steps - self.since.get()));
            self.since.set(steps);
        }
    }

    /// Whether branches of a union are told, so many, when so many steps were taken; `key` is what they are told of.
    pub(super) fn admits(&self, branches: usize, nested: usize, steps: u64, key: Key) -> bool {
        let shared = self.branches.get() > SHARED && !self.told.borrow_mut().insert(key);
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
    /// In how many unions these are.
    nested: usize,
    /// Whether something found was left out.
    cut: bool,
}

impl<'r> Found<'r> {
    pub(super) const fn new(account: &'r Account) -> Self {
        Self { list: Vec::new(), account, nested: 0, cut: false }
    }

    /// What a branch finds.
    pub(super) const fn inside(&self) -> Self {
        Self { list: Vec::new(), account: self.account, nested: self.nested + 1, cut: false }
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
        let admitted = self.account.take(place.length() + texts.max(EACH), self.nested);
        // The first is told, however long its pointer.
        if !admitted && (self.nested > 0 || !self.list.is_empty()) {
            self.cut = true;
            self.account.cut.set(true);
            return;
        }
        if self.list.is_empty() {
            // Violations tend to come in groups.
            self.list.reserve(8);
        }
        self.list.push(Violation { pointer: place.pointer(), rule, schema: rules.schema });
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

    /// Whether more would be of no use.
    pub(super) fn is_full(&self) -> bool {
        let most = if self.nested == 0 { Violations::CAP } else { PER_BRANCH };
        self.cut || self.list.len() > most
    }
}
