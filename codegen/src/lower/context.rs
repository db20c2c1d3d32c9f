//! What every step of lowering reads, and where it reports.

use std::cell::RefCell;

use crate::choices::Choices;
use crate::diagnostic::{Code, Diagnostic, Report};
use crate::document::{Document, Node, Version, unescape};

/// The document, the choices about it, and the report of what cannot be carried.
pub(crate) struct Context<'d> {
    /// The document that is lowered.
    pub document: &'d Document,
    /// What the user chose.
    pub choices: &'d Choices,
    report: RefCell<Report>,
}

impl<'d> Context<'d> {
    /// A context that adds to a report; [`Self::finish`] returns it.
    pub(crate) fn new(document: &'d Document, choices: &'d Choices, report: Report) -> Self {
        Self { document, choices, report: RefCell::new(report) }
    }

    /// The report, with the choices that turned out to be about nothing.
    pub(crate) fn finish(self) -> Report {
        let mut report = self.report.into_inner();
        self.choices.report_unused(&mut report);
        report
    }

    /// The value at a JSON Pointer.
    pub(crate) fn node(&self, pointer: &str) -> Option<&'d Node> {
        self.document.root.pointer(pointer)
    }

    /// Whether the document follows OpenAPI 3.1 or later, and with it JSON Schema 2020-12.
    pub(crate) fn is_31(&self) -> bool {
        self.document.version > Version::V3_0
    }

    /// Whether the document follows OpenAPI 3.2.
    pub(crate) fn is_32(&self) -> bool {
        crate::document::is_3_2(&self.document.root)
    }

    /// Adds a diagnostic.
    pub(crate) fn push(&self, diagnostic: Diagnostic) {
        self.report.borrow_mut().push(diagnostic);
    }

    /// Reports at a value.
    pub(crate) fn report(&self, code: &'static Code, node: &Node, message: impl Into<String>) {
        self.push(Diagnostic::new(code, message.into()).at(node));
    }

    /// Reports at the value of a JSON Pointer.
    pub(crate) fn report_at(&self, code: &'static Code, pointer: &str, message: impl Into<String>) {
        let diagnostic = Diagnostic::new(code, message.into());
        self.push(match self.node(pointer) {
            Some(node) => diagnostic.at(node),
            None => diagnostic,
        });
    }

    /// Reports at the key under which the value of a JSON Pointer stands, where the fault is in the name.
    pub(crate) fn report_key_at(&self, code: &'static Code, pointer: &str, message: impl Into<String>) {
        let key = pointer.rsplit_once('/').and_then(|(holder, name)| {
            let members = self.node(holder)?.as_object()?;
            members.get(&unescape(name)).map(|member| member.key.clone())
        });
        let diagnostic = Diagnostic::new(code, message.into());
        self.push(match key {
            Some(key) => diagnostic.at(&key),
            None => diagnostic,
        });
    }
}
