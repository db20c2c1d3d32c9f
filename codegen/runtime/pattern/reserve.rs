//! A budget that the patterns of one value share: with a budget for each text alone, many short texts could take as long as many long ones.
//!
//! It is thread-local, since models, tables and emitted code each run patterns in their own way.

use std::cell::Cell;

use super::{BUDGET_PER_BYTE, LARGEST_BUDGET, LINEAR_SIZE};

/// The account of the value that is being checked; empty where none is. It is opened for every value, and must cost next to nothing.
struct Account {
    is_open: Cell<bool>,
    /// The steps that patterns took beyond the share of each text.
    spent: Cell<u64>,
    /// The time that all patterns have taken, in units of a look at a value.
    looks: Cell<usize>,
}

thread_local! {
    static ACCOUNT: Account =
        const { Account { is_open: Cell::new(false), spent: Cell::new(0), looks: Cell::new(0) } };
}

/// While it exists, patterns share [`LARGEST_BUDGET`] steps beyond what each text has by its length.
#[derive(Debug)]
pub struct Reserve(bool);

impl Reserve {
    /// Opens the account, unless it is open already.
    #[inline]
    #[must_use]
    pub fn open() -> Self {
        Self(!ACCOUNT.with(|account| account.is_open.replace(true)))
    }

    /// The time that patterns have taken since it was opened, in units of a look at a value.
    #[must_use]
    pub fn looks() -> usize {
        ACCOUNT.with(|account| account.looks.get())
    }
}

impl Drop for Reserve {
    #[inline]
    fn drop(&mut self) {
        if self.0 {
            ACCOUNT.with(|account| {
                account.is_open.set(false);
                account.spent.set(0);
                account.looks.set(0);
            });
        }
    }
}

/// The steps that a text has by its length: [`BUDGET_PER_BYTE`] for each byte of a pattern with back-references, and as many as the
/// largest pattern without a budget takes for a large pattern.
pub(super) const fn share(bytes: usize, refers_back: bool) -> u64 {
    let each = if refers_back {
        BUDGET_PER_BYTE
    } else {
        LINEAR_SIZE as u64
    };
    each.saturating_mul(bytes as u64 + 1)
}

/// Runs a pattern within a budget of steps, a part of which is its own share; returns how many it took.
pub(super) fn within(
    budget: u64,
    share: u64,
    run: impl FnOnce(&mut u64) -> Option<bool>,
) -> (Option<bool>, u64) {
    let shared = ACCOUNT.with(|account| account.is_open.get().then(|| account.spent.get()));
    let budget = shared.map_or(budget, |spent| {
        budget.min(share.saturating_add(LARGEST_BUDGET.saturating_sub(spent)))
    });
    let mut left = budget;
    let answer = run(&mut left);
    let steps = budget - left;
    if let Some(spent) = shared {
        ACCOUNT.with(|account| {
            account
                .spent
                .set(spent.saturating_add(steps.saturating_sub(share)))
        });
    }
    (answer, steps)
}

/// Notes how long a pattern took.
#[cold]
pub(super) fn note(looks: usize) {
    ACCOUNT.with(|account| {
        if account.is_open.get() {
            account.looks.set(account.looks.get().saturating_add(looks));
        }
    });
}
