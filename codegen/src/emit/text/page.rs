//! Text that is laid out by trying, in bounded work.
//!
//! The form of an expression is found by trying: beside what stands before it, or below; with its last argument on the line of the bracket,
//! or not. What is within it is tried within each attempt, so that expressions within expressions would take twice the time on each level.
//! So what is written is counted. Where nothing is left, an expression is broken at each of its brackets.

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;

/// How often each part of an expression may be written, on average.
const ATTEMPTS: usize = 32;

/// Parts that may be written beside, so that small expressions are laid out without a limit.
const FREE: usize = 4_096;

/// Text that grows, and how many more parts may be written before no form is tried any more.
pub(super) struct Page {
    /// The text.
    pub(super) text: String,
    left: Rc<Cell<usize>>,
}

impl Page {
    /// Writes to a text what has so many parts.
    pub(super) fn write(parts: usize, out: &mut String, write: impl FnOnce(&mut Self)) {
        let left = Rc::new(Cell::new(parts.saturating_mul(ATTEMPTS).saturating_add(FREE)));
        let mut page = Self { text: std::mem::take(out), left };
        write(&mut page);
        *out = page.text;
    }

    /// A text of its own, which is counted with this one.
    pub(super) fn draft(&self) -> Self {
        Self { text: String::new(), left: Rc::clone(&self.left) }
    }

    /// Counts a part that is written, for good or as an attempt.
    pub(super) fn count(&self) {
        self.left.set(self.left.get().saturating_sub(1));
    }

    /// Whether another form may be tried.
    pub(super) fn may_try(&self) -> bool {
        self.left.get() > 0
    }
}

impl Deref for Page {
    type Target = String;

    fn deref(&self) -> &String {
        &self.text
    }
}

impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut String {
        &mut self.text
    }
}
