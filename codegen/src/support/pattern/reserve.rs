//! What the patterns of one value share: a budget for each text alone would let many short texts take as long as many long ones.
//!
//! A thread keeps the account, since models, tables and emitted code ask patterns each in their own way.

use std::cell::Cell;

use super::{BUDGET_PER_BYTE, LARGEST_BUDGET, LINEAR_SIZE};

#[derive(Clone, Copy)]
struct Account {
    /// The steps that are left beyond the share of each text.
    left: u64,
    /// How long all patterns have taken, in looks at a value.
    looks: usize,
}

thread_local! {
    /// None where no value is being judged.
    static ACCOUNT: Cell<Option<Account>> = const { Cell::new(None) };
}

/// While it lives, the patterns that are asked share [`LARGEST_BUDGET`] steps beyond what each text has by its length.
#[derive(Debug)]
pub struct Reserve(bool);

impl Reserve {
    /// Opens the account, unless it is open already.
    #[must_use]
    pub fn open() -> Self {
        let opened = ACCOUNT.get().is_none();
        if opened {
            ACCOUNT.set(Some(Account { left: LARGEST_BUDGET, looks: 0 }));
        }
        Self(opened)
    }

    /// How long the patterns have taken since it was opened, in looks at a value.
    #[must_use]
    pub fn looks() -> usize {
        ACCOUNT.get().map_or(0, |account| account.looks)
    }
}

impl Drop for Reserve {
    fn drop(&mut self) {
        if self.0 {
            ACCOUNT.set(None);
        }
    }
}

/// The steps that a text of so many bytes has in any case: of a pattern that refers back [`BUDGET_PER_BYTE`] for each byte, of one that is
/// large as many as the largest pattern without a budget takes.
pub(super) const fn share(bytes: usize, refers_back: bool) -> u64 {
    let each = if refers_back { BUDGET_PER_BYTE } else { LINEAR_SIZE as u64 };
    each.saturating_mul(bytes as u64 + 1)
}

/// Runs a pattern within a budget of so many steps, of which so many are its share; tells how many it took.
pub(super) fn within(budget: u64, share: u64, run: impl FnOnce(&mut u64) -> Option<bool>) -> (Option<bool>, u64) {
    let account = ACCOUNT.get();
    let budget = account.map_or(budget, |account| budget.min(share.saturating_add(account.left)));
    let mut left = budget;
    let answer = run(&mut left);
    let spent = budget - left;
    if let Some(account) = account {
        ACCOUNT.set(Some(Account { left: account.left.saturating_sub(spent.saturating_sub(share)), ..account }));
    }
    (answer, spent)
}

/// Notes how long a pattern took.
#[cold]
pub(super) fn note(looks: usize) {
    if let Some(account) = ACCOUNT.get() {
        ACCOUNT.set(Some(Account { looks: account.looks.saturating_add(looks), ..account }));
    }
}
