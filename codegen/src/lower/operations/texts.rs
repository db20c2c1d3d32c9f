//! The budget for descriptions that several operations share, and of which each has a copy.

use std::cell::Cell;

use crate::diagnostic as catalogue;

use crate::lower::context::Context;

/// Maximum size in bytes of all texts of parameters, bodies and responses together.
const MOST_TEXT: usize = 64 << 20;

/// The bytes copied so far.
#[derive(Default)]
pub(crate) struct Texts {
    copied: Cell<usize>,
}

impl Texts {
    /// A copy of a text for one operation; `None`, which is reported, once the budget is spent.
    pub(crate) fn copy(&self, context: &Context<'_>, text: Option<&String>, place: &str) -> Option<String> {
        let text = text.filter(|text| !text.is_empty())?;
        let copied = self.copied.get().saturating_add(text.len());
        if copied > MOST_TEXT {
            let message = "the texts of this document are repeated too often; this one is left out";
            context.report_at(&catalogue::NOT_CARRIED, place, message);
            return None;
        }
        self.copied.set(copied);
        Some(text.clone())
    }
}
