//! Why a text could not be decoded.

use std::borrow::Cow;
use std::fmt;

use super::super::pointer::escaped;
use super::super::{Types, shown};

/// Why a text could not be decoded, and where. It never shows the text.
pub struct Fault(Box<Inner>);

struct Inner {
    /// The innermost step; most faults have no other.
    step: Option<Cow<'static, str>>,
    /// Those around it, from the inside out.
    outer: Vec<Cow<'static, str>>,
    reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Syntax(usize),
    Type(Types),
    Missing(&'static str),
    Undeclared,
    Duplicate,
    Depth,
    Range,
    NoBranch,
}

impl Fault {
    pub(super) fn new(reason: Reason) -> Self {
        Self(Box::new(Inner {
            step: None,
            outer: Vec::new(),
            reason,
        }))
    }

    /// The same fault, a step further out.
    #[cold]
    pub(in super::super) fn under(mut self, step: impl Into<Cow<'static, str>>) -> Self {
        match &mut self.0.step {
            Some(_) => self.0.outer.push(step.into()),
            innermost => *innermost = Some(step.into()),
        }
        self
    }

    /// The fault of a value that fits no branch of a union.
    #[cold]
    #[must_use]
    pub fn no_branch() -> Self {
        Self::new(Reason::NoBranch)
    }

    /// The fault of an object that lacks a required member.
    #[cold]
    #[must_use]
    pub fn missing(name: &'static str) -> Self {
        Self::new(Reason::Missing(name))
    }

    /// The byte offset, where the text is not JSON.
    #[must_use]
    pub fn syntax_offset(&self) -> Option<usize> {
        match self.0.reason {
            Reason::Syntax(offset) => Some(offset),
            _ => None,
        }
    }

    /// Whether the text is nested too deep.
    pub(in super::super) fn is_depth(&self) -> bool {
        self.0.reason == Reason::Depth
    }

    /// JSON Pointer of the value at fault.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut out = String::new();
        for step in self.0.outer.iter().rev().chain(&self.0.step) {
            out.push('/');
            out.push_str(&escaped(step));
        }
        out
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = self.pointer();
        let place = shown(if pointer.is_empty() {
            "(root)"
        } else {
            &pointer
        });
        match &self.0.reason {
            Reason::Syntax(offset) => write!(f, "not JSON (byte {offset})"),
            Reason::Type(expected) => write!(f, "{place}: not {expected}"),
            Reason::Missing(name) => write!(f, "{place}: lacks `{}`", shown(name)),
            Reason::Undeclared => write!(f, "{place}: not a declared member"),
            Reason::Duplicate => write!(f, "{place}: occurs more than once"),
            Reason::Depth => write!(f, "{place}: nested too deep"),
            Reason::Range => write!(f, "{place}: a number beyond what the model can hold"),
            Reason::NoBranch => write!(f, "{place}: fits none of the alternatives"),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({self})")
    }
}

impl std::error::Error for Fault {}
