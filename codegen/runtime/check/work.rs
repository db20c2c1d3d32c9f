//! What judging a value has taken so far, and what need not be judged again.
//!
//! Alternatives within alternatives multiply: `anyOf: [{a: Rec}, {a: Rec, b}]` asks twice about every `a`, four times about the `a`
//! in it. So verdicts are remembered, of a schema at a place, once a value has taken more steps than ordinary ones take. Until then,
//! which is nearly always, nothing is kept and no memory is taken.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde_json::Value;

use super::super::pattern::Reserve;
use super::super::{Limits, Rule, Rules, View};
use super::depth::{Depth, STEPS};

/// Verdicts are remembered after so many steps.
const MANY: u64 = 1 << 14;

/// What emitted code asks is followed once it has asked so much, and left to the tables, which remember verdicts, once it has asked the same
/// so often again, or its patterns have taken so many looks.
const FOLLOWED: u64 = 64;
const REPEATED: u32 = 256;
const LOOKS: usize = 1 << 16;

/// So many questions are followed at a time: those that were asked last.
const RECENT: usize = 512;

/// A verdict that takes fewer steps is not remembered: it is as quickly asked for again.
const CHEAP: u64 = 16;

/// So many verdicts are remembered, of more those that took the most steps.
const MOST: usize = 1 << 16;

/// The account of one question about one value, to its answer.
#[derive(Default)]
pub struct Work {
    steps: Cell<u64>,
    /// How many steps deep the schema was that went furthest; counted where verdicts are remembered.
    deepest: Cell<u32>,
    /// Why something that was asked has no answer.
    undecided: Cell<Option<Undecided>>,
    memory: RefCell<Option<Box<Memory>>>,
    recent: RefCell<Option<Box<Recent>>>,
}

/// What emitted code has asked: the addresses of a value and of the rules.
struct Recent {
    questions: [(usize, usize); RECENT],
    /// How often one of them was asked again.
    repeated: u32,
}

/// Why it cannot be told whether a value follows rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undecided {
    /// It goes deeper than the checker.
    Depth,
    /// A pattern takes more steps than are taken.
    Pattern(&'static str),
}

impl Undecided {
    /// What a report says of it.
    pub(super) const fn rule(self) -> Rule {
        match self {
            Self::Depth => Rule::Depth { limit: Limits::DEEPEST },
            Self::Pattern(pattern) => Rule::Undecided { pattern },
        }
    }
}

/// A value at its place, and a schema.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    kind: u8,
    /// Where the value lies, or what it is.
    value: u64,
    length: usize,
    /// A struct and its first member may lie at one address.
    levels: usize,
    rules: usize,
}

impl Key {
    pub(super) fn new(view: View<'_>, rules: &Rules, depth: Depth<'_>) -> Self {
        let (kind, value, length) = match view {
            View::Null => (0, 0, 0),
            View::Boolean(value) => (1, u64::from(value), 0),
            View::Integer(value) => (2, value.cast_unsigned(), 0),
            View::Unsigned(value) => (3, value, 0),
            View::Number(value) => (4, value.to_bits(), 0),
            View::Numeral(value) => {
                let text = value.text();
                (9, text.as_ptr().addr() as u64, text.len())
            }
            View::String(text) => (5, text.as_ptr().addr() as u64, text.len()),
            View::Binary(binary) => (6, std::ptr::from_ref(binary).addr() as u64, 0),
            View::Array(elements) => (7, std::ptr::from_ref(elements).cast::<()>().addr() as u64, 0),
            View::Object(members) => (8, std::ptr::from_ref(members).cast::<()>().addr() as u64, 0),
        };
        Self { kind, value, length, levels: depth.levels(), rules: std::ptr::from_ref(rules).addr() }
    }
}

struct Memory {
    verdicts: HashMap<Key, Verdict>,
    /// A verdict that took fewer steps is not remembered.
    least: u64,
}

struct Verdict {
    answer: Answer,
    /// What it took.
    cost: u64,
}

enum Answer {
    Decided {
        holds: bool,
        /// How many steps further the schema went, which is the same whoever asks.
        below: u32,
    },
    Undecided {
        why: Undecided,
        /// From how deep a schema on.
        steps: u32,
    },
}

/// A question that is being answered.
pub(super) struct Question {
    since: u64,
    around: u32,
}

impl Work {
    /// One more step is taken. Whether there were so many that verdicts are remembered.
    #[inline]
    pub(super) fn step(&self) -> bool {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        steps > MANY
    }

    /// Takes so many steps more, for what is more than a look at one value: a long text, the elements of an array. A step is meant to take
    /// about as long as a look at a value.
    #[inline]
    pub(super) fn charge(&self, steps: usize) {
        self.steps.set(self.steps.get().saturating_add(steps as u64));
    }

    /// The same as [`Work::step`] for emitted code, which is asked about a value. It counts what it asks, and not how long that takes.
    #[inline]
    pub(super) fn step_of_code(&self, value: &Value, rules: &Rules) -> bool {
        self.step() || (self.steps.get() > FOLLOWED && self.repeats(value, rules))
    }

    /// Whether emitted code asks too much again; from then on, verdicts are remembered.
    #[inline(never)]
    fn repeats(&self, value: &Value, rules: &Rules) -> bool {
        let question = (std::ptr::from_ref(value).addr(), std::ptr::from_ref(rules).addr());
        let mut recent = self.recent.borrow_mut();
        let recent = recent.get_or_insert_with(|| Box::new(Recent { questions: [(0, 0); RECENT], repeated: 0 }));
        // Values and rules lie at multiples of 8, one beside the other.
        let place = ((question.0 / 8) ^ (question.1 / 8).wrapping_mul(31)) % RECENT;
        if let Some(known) = recent.questions.get_mut(place) {
            recent.repeated += u32::from(*known == question);
            *known = question;
        }
        let repeats = recent.repeated > REPEATED || Reserve::looks() > LOOKS;
        if repeats {
            self.steps.set(self.steps.get().max(MANY));
        }
        repeats
    }

    /// How many steps were taken.
    #[must_use]
    pub fn steps(&self) -> u64 {
        self.steps.get()
    }

    /// Notes that something has no answer.
    #[cold]
    pub(super) fn refuse(&self, why: Undecided) {
        if self.undecided.get().is_none() {
            self.undecided.set(Some(why));
        }
    }

    /// Whether everything asked has an answer.
    #[inline]
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.undecided.get().is_none()
    }

    /// Why something has no answer, which is forgotten.
    #[inline]
    pub(super) fn take_undecided(&self) -> Option<Undecided> {
        self.undecided.take()
    }

    /// Whether a text matches a pattern; where that takes too long, it is neither taken to match nor not to.
    #[inline]
    pub(super) fn matches(&self, pattern: &'static super::super::Pattern, text: &str) -> bool {
        let (matches, steps) = pattern.run(text);
        self.charge(steps);
        matches.unwrap_or_else(|| {
            self.refuse(Undecided::Pattern(pattern.source()));
            false
        })
    }

    /// Notes how deep a schema was asked.
    pub(super) fn reach(&self, depth: Depth<'_>) {
        self.deepest.set(self.deepest.get().max(depth.steps()));
    }

    /// A verdict that is remembered.
    pub(super) fn recall(&self, key: &Key, depth: Depth<'_>) -> Option<bool> {
        let memory = self.memory.borrow();
        match memory.as_ref()?.verdicts.get(key)?.answer {
            Answer::Decided { holds, below } => {
                let reached = depth.steps() + below;
                self.deepest.set(self.deepest.get().max(reached));
                if reached > STEPS {
                    self.refuse(Undecided::Depth);
                }
                Some(holds && reached <= STEPS)
            }
            Answer::Undecided { why, steps } if depth.steps() >= steps => {
                self.refuse(why);
                Some(false)
            }
            // It was asked deeper then.
            Answer::Undecided { .. } => None,
        }
    }

    /// A question begins.
    pub(super) fn ask(&self, depth: Depth<'_>) -> Question {
        Question { since: self.steps.get(), around: self.deepest.replace(depth.steps()) }
    }

    /// Remembers the answer, where it took much.
    pub(super) fn answer(&self, question: &Question, key: Key, depth: Depth<'_>, holds: bool) {
        let cost = self.steps.get() - question.since;
        let below = self.deepest.get().saturating_sub(depth.steps());
        self.deepest.set(self.deepest.get().max(question.around));
        if cost < CHEAP {
            return;
        }
        let mut memory = self.memory.borrow_mut();
        let memory = memory.get_or_insert_with(|| Box::new(Memory { verdicts: HashMap::new(), least: CHEAP }));
        if cost < memory.least {
            return;
        }
        let answer = match self.undecided.get() {
            None => Answer::Decided { holds, below },
            Some(why) => Answer::Undecided { why, steps: depth.steps() },
        };
        memory.verdicts.insert(key, Verdict { answer, cost });
        while memory.verdicts.len() > MOST {
            memory.least *= 2;
            let least = memory.least;
            memory.verdicts.retain(|_, verdict| verdict.cost >= least);
        }
    }
}
