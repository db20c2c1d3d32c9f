//! Patterns: ECMA-262 regular expressions, unanchored, compiled once.
//!
//! Nearly all are matched in time proportional to the length of the text: those of one sequence without a search (`simple`), those of
//! few states by a table (`table`), the others, look-around included, by all ways at once (`linear`). A pattern that refers back to
//! what a group has captured, or is very large, has a budget of steps instead; [`Pattern::try_match`] says when it is spent.
//!
//! The crate `regex` could match most of them, but look-around and back-references would need these matchers beside it, and it costs more.
//! For 14 patterns of real documents, each with a text that matches and one that does not (instructions by callgrind, sizes
//! stripped, seconds of CPU to compile it optimized):
//!
//! | | per match | first use | program | compile |
//! | --- | --- | --- | --- | --- |
//! | these matchers | 393 | 440,000 | +146 KiB | 6 s |
//! | `regex`, `std` alone | 8,665 | 300,000 | +571 KiB | 22 s |
//! | `regex`, `std` and `perf` | 332 | 440,000 | +1,149 KiB | more |
//!
//! `simple` is not there for speed: a table takes a fifth fewer instructions. It is ready at once (7,000 to 50,000 instructions where
//! a table takes 38,000 to 450,000), and a count costs it nothing, `^[A-Z]{1,50000}$`.

mod backtrack;
mod class;
mod linear;
mod parser;
mod place;
mod program;
mod reserve;
mod simple;
mod syntax;
mod table;
#[cfg(feature = "unicode")]
mod unicode;
#[cfg(not(feature = "unicode"))]
#[path = "without_unicode.rs"]
mod unicode;

use std::sync::OnceLock;

pub use reserve::Reserve;
use syntax::Parsed;
pub use syntax::{Departure, Fault};

/// The largest program, in steps, that is run without a budget: a text of *n* bytes takes *n* times as many at most.
pub const LINEAR_SIZE: usize = 1_000;

/// The minimum budget of a text, in steps: about ten milliseconds.
pub const BUDGET: u64 = 1_000_000;

/// Additional budget for each byte of a text, in steps.
pub const BUDGET_PER_BYTE: u64 = 100;

/// The largest budget, in steps: about 200 milliseconds. All texts of a value share as many beyond what each has by its length
/// ([`Reserve`]).
pub const LARGEST_BUDGET: u64 = 20_000_000;

/// Number of bytes that are matched by a table, and of steps of a program that are taken, in the time of a look at a value.
const READ_IN_A_LOOK: usize = 32;
const STEPS_IN_A_LOOK: u64 = 4;

/// Matching that takes as many looks is accounted for ([`Reserve::looks`]).
const NOTED: usize = 16;

/// An answer, and its steps as looks.
fn looks((answer, steps): (Option<bool>, u64)) -> (Option<bool>, usize) {
    (
        answer,
        usize::try_from(steps / STEPS_IN_A_LOOK).unwrap_or(usize::MAX),
    )
}

/// The budget of a text by its length in bytes.
const fn budget(bytes: usize) -> u64 {
    let steps = BUDGET.saturating_add(BUDGET_PER_BYTE.saturating_mul(bytes as u64));
    if steps < LARGEST_BUDGET {
        steps
    } else {
        LARGEST_BUDGET
    }
}

/// A pattern of the document (JSON Schema 2020-12, validation, section 6.3.3).
pub struct Pattern {
    source: &'static str,
    engine: OnceLock<Engine>,
}

/// How a pattern is matched.
enum Engine {
    Simple(simple::Simple),
    Table(Box<table::Table>),
    /// Within a budget where the program is large.
    Linear(Box<program::Compiled>),
    Backtracking(Box<program::Compiled>),
    /// No regular expression, or one too large: the generator omits these.
    Illegal,
}

/// Properties of a pattern, known before it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Whether any text is matched in time proportional to its length; else there is a budget.
    pub linear: bool,
    /// Why not, in words: "it refers back to a group".
    pub because: Option<String>,
    /// How it departs from ECMA-262 in Unicode mode.
    pub departure: Option<Departure>,
    /// Whether it needs the tables of Unicode: `\p{L}`, or a part without regard to case.
    pub needs_tables: bool,
    /// The engine that matches it: `simple`, `table`, `linear`, `large` or `backtracking`.
    pub engine: &'static str,
}

impl Engine {
    fn new(source: &str) -> Result<Self, Fault> {
        match simple::Simple::parse(source) {
            Some(simple) => Ok(Self::Simple(simple)),
            None => Self::of(&parser::parse(source)?),
        }
    }

    fn of(parsed: &Parsed) -> Result<Self, Fault> {
        if parsed.refers_back {
            return Ok(Self::Backtracking(Box::new(program::backtracking(
                &parsed.node,
                parsed.groups,
            )?)));
        }
        let program = program::linear(&parsed.node)?;
        Ok(match table::Table::new(&program) {
            Some(table) => Self::Table(Box::new(table)),
            None => Self::Linear(Box::new(program)),
        })
    }
}

impl Pattern {
    /// A pattern; it is compiled when it is first used.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            engine: OnceLock::new(),
        }
    }

    /// The pattern as the document writes it.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Reads a pattern: whether it is one, and how it is matched.
    ///
    /// # Errors
    /// Where it is a pattern in no dialect that is known here, or is larger than any that is matched.
    pub fn read(source: &str) -> Result<Reading, Fault> {
        let simple = simple::Simple::parse(source);
        let parsed = match (parser::parse(source), &simple) {
            // One that needs no engine has no size.
            (Err(Fault::Size(_)), Some(_)) => None,
            (parsed, _) => Some(parsed?),
        };
        let engine = match (simple, &parsed) {
            (None, Some(parsed)) => Engine::of(parsed)?,
            (simple, _) => simple.map_or(Engine::Illegal, Engine::Simple),
        };
        let (engine, because) = match engine {
            Engine::Simple(_) => ("simple", None),
            Engine::Table(_) => ("table", None),
            Engine::Linear(program) if program.size <= LINEAR_SIZE => ("linear", None),
            Engine::Linear(program) => (
                "large",
                Some(format!(
                    "it has {} steps when its repetitions are written out",
                    program.size
                )),
            ),
            Engine::Backtracking(_) => (
                "backtracking",
                Some("it refers back to what a group has captured".to_owned()),
            ),
            Engine::Illegal => ("none", None),
        };
        let (departure, needs_tables) = parsed.map_or((None, false), |parsed| {
            (parsed.departure, parsed.needs_tables && engine != "simple")
        });
        Ok(Reading {
            linear: because.is_none(),
            because,
            departure,
            needs_tables,
            engine,
        })
    }

    /// Whether any text is matched with a pattern in time proportional to its length. Otherwise [`Pattern::try_match`] has a budget. A
    /// text that is no pattern counts as linear, as it is not matched at all.
    #[must_use]
    pub fn is_linear(source: &str) -> bool {
        Self::read(source).map_or(true, |reading| reading.linear)
    }

    /// Whether a text is a regular expression of ECMA-262 in Unicode mode, and not larger than one that is matched.
    #[must_use]
    pub fn is_ecma(text: &str) -> bool {
        parser::parse_strict(text).is_ok_and(|parsed| {
            if parsed.refers_back {
                program::backtracking(&parsed.node, parsed.groups).is_ok()
            } else {
                program::linear(&parsed.node).is_ok()
            }
        })
    }

    /// Whether some part of a text matches; `None` where that is not known when the budget is spent: [`BUDGET`] steps and
    /// [`BUDGET_PER_BYTE`] for each byte, [`LARGEST_BUDGET`] at most. A linear pattern ([`Pattern::is_linear`]) always has an answer.
    ///
    /// A pattern that is legal in the Unicode mode of ECMA-262 has its meaning there. Any other is read as ECMA-262 reads it without
    /// that mode, or as other dialects do (`(?i)`, `\A`). A text that is no pattern matches everything; the generator omits those.
    #[must_use]
    #[inline]
    pub fn try_match(&self, text: &str) -> Option<bool> {
        self.run(text).0
    }

    /// The same, and the time it took, in units of a look at a value.
    pub(super) fn run(&self, text: &str) -> (Option<bool>, usize) {
        let (answer, looks) = self.answer(text);
        if looks >= NOTED {
            reserve::note(looks);
        }
        (answer, looks)
    }

    fn answer(&self, text: &str) -> (Option<bool>, usize) {
        match self
            .engine
            .get_or_init(|| Engine::new(self.source).unwrap_or(Engine::Illegal))
        {
            Engine::Simple(simple) => (Some(simple.is_match(text)), text.len() / READ_IN_A_LOOK),
            Engine::Table(table) => (Some(table.is_match(text)), text.len() / READ_IN_A_LOOK),
            Engine::Linear(program) if program.size <= LINEAR_SIZE => {
                let mut left = u64::MAX;
                let answer = linear::is_match(program, text, &mut left);
                looks((answer, u64::MAX - left))
            }
            Engine::Linear(program) => {
                let share = reserve::share(text.len(), false);
                looks(reserve::within(budget(text.len()), share, |left| {
                    linear::is_match(program, text, left)
                }))
            }
            Engine::Backtracking(program) => {
                let share = reserve::share(text.len(), true);
                looks(reserve::within(budget(text.len()), share, |left| {
                    backtrack::is_match(program, text, left)
                }))
            }
            Engine::Illegal => (Some(true), 0),
        }
    }

    /// Whether some part of a text is known to match: not where the budget of [`Pattern::try_match`] is spent.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.try_match(text) == Some(true)
    }
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pattern({:?})", self.source)
    }
}
