//! Matching of patterns with back-references: by backtracking, as ECMA-262 says, within a budget.
//!
//! No engine does that in time proportional to the text, since the problem is NP-hard.

use super::class::Class;
use super::place::{after, before, fold_alike, holds};
use super::program::{Compiled, Step};

/// Maximum number of pending alternatives and of slots to restore: they take 16 MB at most.
const MOST_OPEN: usize = 500_000;

/// Cost, in steps, of comparing two characters beyond ASCII without regard to case, which searches the tables.
const FOLDING: u64 = 64;

/// Whether some part of a text matches; `None` when no steps are left.
pub fn is_match(compiled: &Compiled, text: &str, steps: &mut u64) -> Option<bool> {
    let mut run = Run {
        steps: &compiled.program.steps,
        classes: &compiled.classes,
        text,
        slots: vec![None; compiled.slots as usize],
        rounds: vec![usize::MAX; compiled.rounds as usize],
        open: Vec::new(),
        left: steps,
    };
    let mut at = 0;
    loop {
        if run.matches(0, at, false)? {
            return Some(true);
        }
        let Some(character) = after(text, at) else {
            return Some(false);
        };
        // Captures are undone on failure, so all slots are as they were.
        at += character.len_utf8();
    }
}

struct Run<'t> {
    steps: &'t [Step],
    classes: &'t [Class],
    text: &'t str,
    /// The start and the end of each group.
    slots: Vec<Option<usize>>,
    /// The place where the current round of each repetition began.
    rounds: Vec<usize>,
    open: Vec<Open>,
    left: &'t mut u64,
}

/// What to do on backtracking.
enum Open {
    /// Continue with another alternative, at a place of the text.
    Way(u32, usize),
    /// Restore a slot.
    Slot(usize, Option<usize>),
    /// Restore the start of a round.
    Round(usize, usize),
}

impl Run<'_> {
    /// Runs from a step at a place; on success, only slots to restore remain on the stack.
    fn matches(&mut self, step: u32, at: usize, backward: bool) -> Option<bool> {
        let base = self.open.len();
        let (mut step, mut at) = (step, at);
        loop {
            *self.left = self.left.checked_sub(1)?;
            if self.open.len() > MOST_OPEN {
                return None;
            }
            match self.step(step, at, backward)? {
                Next::Ended => {
                    // Pending alternatives inside are dropped; the slots remain to be restored.
                    let mut kept = self.open.split_off(base);
                    kept.retain(|open| !matches!(open, Open::Way(..)));
                    self.open.append(&mut kept);
                    return Some(true);
                }
                Next::At(next, place) => (step, at) = (next, place),
                Next::Failed => match self.back_to(base) {
                    Some(way) => (step, at) = way,
                    None => return Some(false),
                },
            }
        }
    }

    /// The last pending alternative; `None` where there is none, and all slots are restored.
    fn back_to(&mut self, base: usize) -> Option<(u32, usize)> {
        while self.open.len() > base {
            match self.open.pop()? {
                Open::Way(step, at) => return Some((step, at)),
                Open::Slot(slot, was) => {
                    if let Some(slot) = self.slots.get_mut(slot) {
                        *slot = was;
                    }
                }
                Open::Round(round, was) => {
                    if let Some(round) = self.rounds.get_mut(round) {
                        *round = was;
                    }
                }
            }
        }
        None
    }

    fn set_slot(&mut self, slot: u32, to: Option<usize>) {
        if let Some(value) = self.slots.get_mut(slot as usize) {
            self.open.push(Open::Slot(slot as usize, *value));
            *value = to;
        }
    }

    fn step(&mut self, step: u32, at: usize, backward: bool) -> Option<Next> {
        let next = Next::At(step + 1, at);
        Some(match self.steps.get(step as usize) {
            Some(Step::Class(class)) => {
                let character = if backward {
                    before(self.text, at)
                } else {
                    after(self.text, at)
                };
                let class = self.classes.get(*class as usize);
                match character.filter(|c| class.is_some_and(|class| class.contains((*c).into()))) {
                    Some(c) => Next::At(
                        step + 1,
                        if backward {
                            at - c.len_utf8()
                        } else {
                            at + c.len_utf8()
                        },
                    ),
                    None => Next::Failed,
                }
            }
            Some(Step::Split(one, other)) => {
                self.open.push(Open::Way(*other, at));
                Next::At(*one, at)
            }
            Some(Step::Jump(to)) => Next::At(*to, at),
            Some(Step::Assert(assertion)) if holds(*assertion, self.text, at) => next,
            Some(Step::Look {
                behind,
                negative,
                backward,
            }) => {
                let (behind, negative, base) = (*behind, *negative, self.open.len());
                let found = self.matches(step + 1, at, *backward)?;
                if negative && found {
                    // A look-around that must not hold captures nothing.
                    while self.back_to(base).is_some() {}
                }
                if found == negative {
                    Next::Failed
                } else {
                    Next::At(behind, at)
                }
            }
            Some(Step::Save(slot)) => {
                self.set_slot(*slot, Some(at));
                next
            }
            Some(Step::Forget(slots)) => {
                slots.clone().for_each(|slot| self.set_slot(slot, None));
                *self.left = self.left.checked_sub(u64::from(slots.end - slots.start))?;
                next
            }
            Some(Step::Begin(round)) => {
                if let Some(value) = self.rounds.get_mut(*round as usize) {
                    self.open.push(Open::Round(*round as usize, *value));
                    *value = at;
                }
                next
            }
            Some(Step::Progress(round)) if self.rounds.get(*round as usize) != Some(&at) => next,
            Some(Step::Back {
                groups,
                ignore_case,
            }) => match self.back_reference(at, groups, *ignore_case, backward)? {
                Some(at) => Next::At(step + 1, at),
                None => Next::Failed,
            },
            Some(Step::Match) => Next::Ended,
            _ => Next::Failed,
        })
    }

    /// The place behind what a group has captured, where the text has that here; a group that took no part is empty.
    #[allow(
        clippy::option_option,
        reason = "no place is one answer, no step left another"
    )]
    fn back_reference(
        &mut self,
        at: usize,
        groups: &[u32],
        ignore_case: bool,
        backward: bool,
    ) -> Option<Option<usize>> {
        let slot = |slot: u32| self.slots.get(slot as usize).copied().flatten();
        let captured = groups
            .iter()
            .find_map(|group| Some((slot(group * 2)?, slot(group * 2 + 1)?)));
        let captured = captured
            .and_then(|(from, to)| self.text.get(from..to))
            .unwrap_or_default();
        *self.left = self.left.checked_sub(groups.len() as u64)?;
        let (mut place, mut steps) = (at, 0u64);
        let mut same = |expected: char| {
            let found = if backward {
                before(self.text, place)
            } else {
                after(self.text, place)
            };
            let Some(found) = found else { return false };
            place = if backward {
                place - found.len_utf8()
            } else {
                place + found.len_utf8()
            };
            steps += 1;
            if found == expected || !ignore_case {
                return found == expected;
            }
            if found.is_ascii() && expected.is_ascii() {
                return found.eq_ignore_ascii_case(&expected);
            }
            steps += FOLDING;
            fold_alike(expected, found)
        };
        let all = if backward {
            captured.chars().rev().all(&mut same)
        } else {
            captured.chars().all(&mut same)
        };
        *self.left = self.left.checked_sub(steps)?;
        Some(all.then_some(place))
    }
}

/// Where an alternative leads.
enum Next {
    At(u32, usize),
    Failed,
    Ended,
}
