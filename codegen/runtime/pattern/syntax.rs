//! The syntax tree of patterns.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::class::Class;

/// A part of a pattern (ECMA-262, section 22.2.1).
#[derive(Debug)]
pub enum Node {
    /// One character of a class.
    Class(Class),
    /// One part behind the other.
    Sequence(Vec<Node>),
    /// One of some parts.
    Choice(Vec<Node>),
    /// A part with a count; `most` is `None` where there is no limit.
    Repeat {
        node: Box<Node>,
        least: u32,
        most: Option<u32>,
        lazy: bool,
        groups: Range<u32>,
    },
    /// A capturing group and its number, from 1.
    Group(u32, Box<Node>),
    /// Look-ahead or look-behind.
    Look {
        node: Box<Node>,
        behind: bool,
        negative: bool,
    },
    /// An assertion between two characters.
    Assert(Assertion),
    /// A back-reference: of several groups of one name the one that took part.
    Back {
        groups: Arc<[u32]>,
        ignore_case: bool,
    },
}

/// An assertion between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// `^`
    Start,
    /// `$`
    End,
    /// `^` of `(?m:^)`
    LineStart,
    /// `$` of `(?m:$)`
    LineEnd,
    /// `\b`, and whether letters that fold to ASCII are letters
    Boundary { ignore_case: bool },
    /// `\B`
    NoBoundary { ignore_case: bool },
}

/// A pattern that has been read.
#[derive(Debug)]
pub struct Parsed {
    /// All of it.
    pub node: Node,
    /// How many capturing groups it has.
    pub groups: u32,
    /// Whether it refers to what a group has captured.
    pub refers_back: bool,
    /// Whether it needs the tables of Unicode.
    pub needs_tables: bool,
    /// How it departs from ECMA-262 in Unicode mode.
    pub departure: Option<Departure>,
}

/// How a pattern departs from ECMA-262 in Unicode mode: another dialect counts before annex B, and the first of several departures counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Departure {
    /// ECMA-262 admits it without the `u` flag (annex B.1.2).
    WithoutUnicode(String),
    /// Another dialect has it, and what it means there is evident: `(?i)`, `\A`, `[[:alpha:]]`.
    Dialect(String),
}

/// Why a text is no pattern, or is not matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no pattern, for this reason: "a group is not closed".
    Syntax(String),
    /// It exceeds a limit: "more than 50000 steps".
    Size(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(text) | Self::Size(text) => f.write_str(text),
        }
    }
}
