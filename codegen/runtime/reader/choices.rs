//! Which branches of unions were chosen.
//!
//! Unions within unions multiply: to try three branches is to read three times what is within, each time by three branches. So once
//! many were tried, it is remembered where which branch was chosen, and what is read again is read by that one.

use std::collections::HashMap;

use super::super::pattern::Reserve;
use super::{Fault, Mark, Reader};

/// Choices are remembered once so many branches were tried in vain, and only of unions within unions: no other is read again.
const MANY: u32 = 1024;

/// Or once patterns have taken so many looks at a value.
const LOOKS: usize = 1 << 16;

/// Which branch of a union fits the value at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The branch of this index.
    Branch(usize),
    /// None.
    None,
}

/// What was found out about the unions of a text.
pub(super) struct Choices {
    /// How many branches were tried in vain.
    failed: u32,
    /// How many branches are being tried, within each other.
    within: u32,
    /// By the position of the value and the address of the union's branches; none where nothing is remembered.
    known: Option<HashMap<(usize, usize), Choice>>,
}

impl Choices {
    pub(super) const fn new() -> Self {
        Self { failed: 0, within: 0, known: None }
    }
}

impl<'a> Reader<'a> {
    /// What is known of a union at a position.
    pub(in super::super) fn choice(&self, position: usize, union: usize) -> Option<Choice> {
        self.choices.known.as_ref()?.get(&(position, union)).copied()
    }

    /// Notes which branch was chosen.
    pub(in super::super) fn chose(&mut self, position: usize, union: usize, choice: Choice) {
        // A branch that is tried is judged, which may take much longer than to read it.
        if self.choices.within > 0 && (self.choices.failed >= MANY || Reserve::looks() > LOOKS) {
            self.choices.known.get_or_insert_default().insert((position, union), choice);
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

    /// Goes back to where a branch began that was tried in vain.
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
