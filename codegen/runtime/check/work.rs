//! The work done for a value so far, and a memo of verdicts.
//!
//! Nested alternatives multiply: `anyOf: [{a: Rec}, {a: Rec, b}]` checks every `a` twice, and the `a` in it four times. So verdicts of a
//! schema at a place are remembered once a value has taken more steps than ordinary ones. Until then, which is nearly always, nothing is
//! kept or allocated.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use serde_json::Value;

use super::super::pattern::Reserve;
use super::super::{Limits, Rule, Rules, View};
use super::depth::{Depth, STEPS};

/// Number of steps after which verdicts are remembered.
const MANY: u64 = 1 << 14;

/// Questions of emitted code are tracked after this number; they are left to the tables, which remember verdicts, after this number of
/// repeated questions, or after patterns have taken this much time.
const FOLLOWED: u64 = 64;
const REPEATED: u32 = 256;
const LOOKS: usize = 1 << 16;

/// Number of questions that are tracked: the most recent ones.
const RECENT: usize = 512;

/// A verdict that takes fewer steps is not remembered: computing it again is as fast.
const CHEAP: u64 = 16;

/// Maximum number of remembered verdicts; those that took the most steps are kept.
const MOST: usize = 1 << 16;

/// The account of one question about one value, from start to answer.
#[derive(Default)]
pub struct Work {
    steps: Cell<u64>,
    /// The greatest depth of a schema; tracked while verdicts are remembered.
    deepest: Cell<u32>,
    /// Why a question has no answer.
    undecided: Cell<Option<Undecided>>,
    memory: RefCell<Option<Box<Memory>>>,
    recent: RefCell<Option<Box<Recent>>>,
}

/// What emitted code has asked: the addresses of a value and of the rules.
struct Recent {
    questions: [(usize, usize); RECENT],
    /// Number of repeated questions.
    repeated: u32,
}

/// Why it is undecided whether a value is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Undecided {
    /// It is nested deeper than the checker goes.
    Depth,
    /// A pattern takes more steps than its budget.
    Pattern(&'static str),
}

impl Undecided {
    /// The violation that reports it.
    pub(super) const fn rule(self) -> Rule {
        match self {
            Self::Depth => Rule::Depth {
                limit: Limits::DEEPEST,
            },
            Self::Pattern(pattern) => Rule::Undecided { pattern },
        }
    }
}

/// A value at its place, and a schema.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    kind: u8,
    /// The address of the value, or the value itself.
    value: u64,
    length: usize,
    /// A struct and its first member may have the same address.
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
            View::Array(elements) => (
                7,
                std::ptr::from_ref(elements).cast::<()>().addr() as u64,
                0,
            ),
            View::Object(members) => (8, std::ptr::from_ref(members).cast::<()>().addr() as u64, 0),
        };
        Self {
            kind,
            value,
            length,
            levels: depth.levels(),
            rules: std::ptr::from_ref(rules).addr(),
        }
    }
}

struct Memory {
    verdicts: HashMap<Key, Verdict>,
    /// A verdict that took fewer steps is not remembered.
    least: u64,
}

struct Verdict {
    answer: Answer,
    /// The number of steps that it took.
    cost: u64,
}

enum Answer {
    Decided {
        holds: bool,
        /// The further depth of the schema, which does not depend on the caller.
        below: u32,
    },
    Undecided {
        why: Undecided,
        /// The depth of the schema at which it was asked.
        steps: u32,
    },
}

/// A question that is being answered.
pub(super) struct Question {
    since: u64,
    around: u32,
}

impl Work {
    /// Counts one more step; returns whether verdicts are now remembered.
    #[inline]
    pub(super) fn step(&self) -> bool {
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        steps > MANY
    }

    /// Counts further steps for more than a look at one value: a long text, the elements of an array. A step takes about as long as a look
    /// at a value.
    #[inline]
    pub(super) fn charge(&self, steps: usize) {
        self.steps
            .set(self.steps.get().saturating_add(steps as u64));
    }

    /// The same as [`Work::step`] for emitted code that checks a value. It counts questions, not their duration.
    #[inline]
    pub(super) fn step_of_code(&self, value: &Value, rules: &Rules) -> bool {
        self.step() || (self.steps.get() > FOLLOWED && self.repeats(value, rules))
    }

    /// Whether emitted code repeats too many questions; from then on, verdicts are remembered.
    #[inline(never)]
    fn repeats(&self, value: &Value, rules: &Rules) -> bool {
        let question = (
            std::ptr::from_ref(value).addr(),
            std::ptr::from_ref(rules).addr(),
        );
        let mut recent = self.recent.borrow_mut();
        let recent = recent.get_or_insert_with(|| {
            Box::new(Recent {
                questions: [(0, 0); RECENT],
                repeated: 0,
            })
        });
        // Values and rules are aligned to 8 bytes, side by side.
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

    /// The number of steps taken.
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

    /// Takes the reason why something has no answer.
    #[inline]
    pub(super) fn take_undecided(&self) -> Option<Undecided> {
        self.undecided.take()
    }

    /// Whether a text matches a pattern; where that takes too long, it is undecided.
    #[inline]
    pub(super) fn matches(&self, pattern: &'static super::super::Pattern, text: &str) -> bool {
        let (matches, steps) = pattern.run(text);
        self.charge(steps);
        matches.unwrap_or_else(|| {
            self.refuse(Undecided::Pattern(pattern.source()));
            false
        })
    }

    /// Notes the depth at which a schema was checked.
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
            // It was asked at a greater depth then.
            Answer::Undecided { .. } => None,
        }
    }

    /// A question begins.
    pub(super) fn ask(&self, depth: Depth<'_>) -> Question {
        Question {
            since: self.steps.get(),
            around: self.deepest.replace(depth.steps()),
        }
    }

    /// Remembers the answer if it took many steps.
    pub(super) fn answer(&self, question: &Question, key: Key, depth: Depth<'_>, holds: bool) {
        let cost = self.steps.get() - question.since;
        let below = self.deepest.get().saturating_sub(depth.steps());
        self.deepest.set(self.deepest.get().max(question.around));
        if cost < CHEAP {
            return;
        }
        let mut memory = self.memory.borrow_mut();
        let memory = memory.get_or_insert_with(|| {
            Box::new(Memory {
                verdicts: HashMap::new(),
                least: CHEAP,
            })
        });
        if cost < memory.least {
            return;
        }
        let answer = match self.undecided.get() {
            None => Answer::Decided { holds, below },
            Some(why) => Answer::Undecided {
                why,
                steps: depth.steps(),
            },
        };
        memory.verdicts.insert(key, Verdict { answer, cost });
        while memory.verdicts.len() > MOST {
            memory.least *= 2;
            let least = memory.least;
            memory.verdicts.retain(|_, verdict| verdict.cost >= least);
        }
    }
}
