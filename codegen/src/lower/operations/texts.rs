//! Descriptions that operations repeat.

use std::cell::Cell;

use crate::diagnostic as catalogue;

use crate::lower::context::Context;

/// The most bytes that the texts of parameters, bodies and responses have together. Each operation has a copy of those that it refers to.
const MOST_TEXT: usize = 64 << 20;

/// How many bytes were copied.
#[derive(Default)]
pub(crate) struct Texts {
    copied: Cell<usize>,
}

impl Texts {
    /// A copy of a text of the document for one operation; none, which is reported, once there are too many.
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
