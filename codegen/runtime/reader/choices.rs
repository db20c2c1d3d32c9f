//! A memo of the branches that were chosen for unions.
//!
//! Unions within unions multiply: trying three branches reads an inner union three times, each time by three branches. So once many
//! branches were tried, choices are remembered by position, and a value that is read again is read by the chosen branch.

use std::collections::HashMap;

use super::super::pattern::Reserve;
use super::{Fault, Mark, Reader};

/// Number of failed branches after which choices are remembered. Only nested unions are: no other is read again.
const MANY: u32 = 1024;

/// Time of patterns, in units of a look at a value, after which choices are remembered.
const LOOKS: usize = 1 << 16;

/// Which branch of a union fits the value at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The branch of this index.
    Branch(usize),
    /// None.
    None,
}

/// What is known about the unions of a text.
pub(super) struct Choices {
    /// Number of failed branches.
    failed: u32,
    /// Number of nested branches that are being tried.
    within: u32,
    /// By the position of the value and the address of the union's branches; empty while nothing is remembered.
    known: Option<HashMap<(usize, usize), Choice>>,
}

impl Choices {
    pub(super) const fn new() -> Self {
        Self {
            failed: 0,
            within: 0,
            known: None,
        }
    }
}

impl<'a> Reader<'a> {
    /// What is known of a union at a position.
    pub(in super::super) fn choice(&self, position: usize, union: usize) -> Option<Choice> {
        self.choices
            .known
            .as_ref()?
            .get(&(position, union))
            .copied()
    }

    /// Notes which branch was chosen.
    pub(in super::super) fn chose(&mut self, position: usize, union: usize, choice: Choice) {
        // A tried branch is checked, which may take much longer than reading it.
        if self.choices.within > 0 && (self.choices.failed >= MANY || Reserve::looks() > LOOKS) {
            self.choices
                .known
                .get_or_insert_default()
                .insert((position, union), choice);
        }
    }

    /// Tries a branch.
    pub(in super::super) fn attempt<U>(
        &mut self,
        branch: impl FnOnce(&mut Self) -> Result<U, Fault>,
    ) -> Result<U, Fault> {
        self.choices.within += 1;
        let read = branch(self);
        self.choices.within -= 1;
        read
    }

    /// Goes back to the start of a failed branch.
    pub(in super::super) const fn retract(&mut self, mark: Mark) {
        self.choices.failed = self.choices.failed.saturating_add(1);
        self.reset(mark);
    }

    /// Where the next value begins.
    pub(in super::super) fn start(&mut self) -> usize {
        self.space();
        self.position
    }
}
