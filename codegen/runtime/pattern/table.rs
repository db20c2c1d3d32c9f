//! Matching by a table: a deterministic automaton, built once, so that a character is one look-up.
//!
//! Patterns with few states have a table; `[ab]*a[ab]{20}` would have a million states, and has none.

use super::class::Class;
use super::program::{Compiled, Step};
use super::syntax::Assertion;

/// Maximum number of states of a table.
const MOST_STATES: usize = 1_000;

/// Maximum number of cells of a table, of two bytes each.
const MOST_CELLS: usize = 32_768;

/// Maximum number of steps to build one: a fraction of a millisecond.
const MOST_WORK: usize = 200_000;

/// The state in which a match has been found.
const FOUND: u16 = 0;

/// The state from which no match is possible.
const LOST: u16 = 1;

/// The transitions of each state, by kind of character.
#[derive(Debug)]
pub struct Table {
    /// The kind of each character of ASCII.
    ascii: [u8; 128],
    /// The kinds of all others: the first character of each range.
    others: Vec<(u32, u8)>,
    kinds: usize,
    /// The next state, for each state and kind.
    next: Vec<u16>,
    /// For each state whether a text that ends there matches.
    ends: Vec<bool>,
    start: u16,
}

impl Table {
    /// The table of a program, where it is small enough and asserts nothing but `^` and `$`.
    pub fn new(compiled: &Compiled) -> Option<Self> {
        let asserts = |step: &Step| {
            matches!(
                step,
                Step::Class(_)
                    | Step::Split(..)
                    | Step::Jump(_)
                    | Step::Match
                    | Step::Assert(Assertion::Start | Assertion::End)
            )
        };
        if !compiled.looks.is_empty() || !compiled.program.steps.iter().all(asserts) {
            return None;
        }
        let (starts, members) = kinds(&compiled.classes)?;
        Builder {
            steps: &compiled.program.steps,
            members: &members,
            work: 0,
            states: Vec::new(),
            known: Default::default(),
        }
        .build(&starts)
    }

    /// Whether some part of a text matches.
    pub fn is_match(&self, text: &str) -> bool {
        let mut state = self.start;
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            if state <= LOST {
                break;
            }
            let kind = match self.ascii.get(usize::from(byte)) {
                Some(kind) => *kind,
                None => {
                    // The text is UTF-8: the first byte says how many follow (RFC 3629, section 3).
                    let (mut code, more) = match byte {
                        0xf0.. => (u32::from(byte & 7), 3),
                        0xe0.. => (u32::from(byte & 15), 2),
                        _ => (u32::from(byte & 31), 1),
                    };
                    for byte in bytes.by_ref().take(more) {
                        code = code << 6 | u32::from(byte & 63);
                    }
                    self.kind(code)
                }
            };
            state = self
                .next
                .get(usize::from(state) * self.kinds + usize::from(kind))
                .copied()
                .unwrap_or(LOST);
        }
        state == FOUND || self.ends.get(usize::from(state)).copied().unwrap_or(false)
    }

    fn kind(&self, code: u32) -> u8 {
        kind_of(&self.others, code)
    }
}

fn kind_of(starts: &[(u32, u8)], code: u32) -> u8 {
    let place = starts.partition_point(|(start, _)| *start <= code);
    place
        .checked_sub(1)
        .and_then(|place| starts.get(place))
        .map_or(0, |(_, kind)| *kind)
}

/// Characters by the classes that they are in: where each kind starts, and for each class the kinds in it.
#[allow(
    clippy::type_complexity,
    reason = "two lists that belong together for a moment"
)]
fn kinds(classes: &[Class]) -> Option<(Vec<(u32, u8)>, Vec<Vec<bool>>)> {
    if classes.len() > 64 {
        return None;
    }
    let mut edges = vec![0];
    for class in classes {
        edges.extend(class.ranges().iter().flat_map(|(from, to)| [*from, to + 1]));
    }
    edges.sort_unstable();
    edges.dedup();
    let mut known: Vec<u64> = Vec::new();
    let mut starts: Vec<(u32, u8)> = Vec::new();
    for edge in edges {
        let inside = classes
            .iter()
            .enumerate()
            .fold(0u64, |set, (index, class)| {
                set | u64::from(class.contains(edge)) << index
            });
        let kind = known
            .iter()
            .position(|other| *other == inside)
            .unwrap_or_else(|| {
                known.push(inside);
                known.len() - 1
            });
        let kind = u8::try_from(kind).ok()?;
        if starts.last().is_none_or(|(_, last)| *last != kind) {
            starts.push((edge, kind));
        }
    }
    let members = (0..classes.len())
        .map(|index| known.iter().map(|set| set >> index & 1 == 1).collect())
        .collect();
    Some((starts, members))
}

/// A state: the steps that read a character, whether a match has been found, and whether there is one if the text ends here.
#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    reading: Vec<u32>,
    found: bool,
    ends: bool,
}

struct Builder<'c> {
    steps: &'c [Step],
    members: &'c [Vec<bool>],
    work: usize,
    states: Vec<State>,
    known: std::collections::HashMap<State, u16>,
}

impl Builder<'_> {
    fn build(mut self, starts: &[(u32, u8)]) -> Option<Table> {
        let kinds = usize::from(starts.iter().map(|(_, kind)| *kind).max().unwrap_or(0)) + 1;
        let start = self.close(&[0], true)?;
        // In this order they are `FOUND` and `LOST`.
        for found in [true, false] {
            self.number(State {
                reading: Vec::new(),
                found,
                ends: found,
            })?;
        }
        let start = self.number(start)?;
        let mut next = vec![FOUND; kinds];
        next.extend(vec![LOST; kinds]);
        let mut at = 2;
        while let Some(state) = self.states.get(at).cloned() {
            for kind in 0..kinds {
                let mut from = vec![0];
                for step in &state.reading {
                    self.work += 1;
                    if let Some(Step::Class(class)) = self.steps.get(*step as usize)
                        && self
                            .members
                            .get(*class as usize)
                            .and_then(|kinds| kinds.get(kind))
                            == Some(&true)
                    {
                        from.push(step + 1);
                    }
                }
                let reached = self.close(&from, false)?;
                next.push(self.number(reached)?);
            }
            if next.len() > MOST_CELLS {
                return None;
            }
            at += 1;
        }
        let mut ascii = [0; 128];
        for (code, kind) in ascii.iter_mut().enumerate() {
            *kind = kind_of(starts, u32::try_from(code).ok()?);
        }
        let ends = self.states.iter().map(|state| state.ends).collect();
        Some(Table {
            ascii,
            others: starts.to_vec(),
            kinds,
            next,
            ends,
            start,
        })
    }

    fn number(&mut self, state: State) -> Option<u16> {
        // A state without transitions is one of the first two, unless the text can end in it.
        if state.found && self.states.len() >= 2 {
            return Some(FOUND);
        }
        if let Some(known) = self.known.get(&state) {
            return Some(*known);
        }
        let number = u16::try_from(self.states.len())
            .ok()
            .filter(|_| self.states.len() < MOST_STATES)?;
        self.states.push(state.clone());
        self.known.insert(state, number);
        Some(number)
    }

    fn close(&mut self, from: &[u32], at_start: bool) -> Option<State> {
        let inner = self.reach(from, at_start, false)?;
        let ends = inner.1 || self.reach(from, at_start, true)?.1;
        Some(State {
            reading: if inner.1 { Vec::new() } else { inner.0 },
            found: inner.1,
            ends,
        })
    }

    /// The steps that read, and whether the end is reached.
    fn reach(&mut self, from: &[u32], at_start: bool, at_end: bool) -> Option<(Vec<u32>, bool)> {
        let mut seen = vec![0u64; self.steps.len() / 64 + 1];
        let (mut reading, mut ended) = (Vec::new(), false);
        let mut waiting = from.to_vec();
        self.work += seen.len();
        while let Some(place) = waiting.pop() {
            self.work += 1;
            if self.work > MOST_WORK {
                return None;
            }
            let word = seen.get_mut(place as usize / 64)?;
            if *word >> (place % 64) & 1 == 1 {
                continue;
            }
            *word |= 1 << (place % 64);
            match self.steps.get(place as usize) {
                Some(Step::Class(_)) => reading.push(place),
                Some(Step::Split(one, other)) => waiting.extend([*one, *other]),
                Some(Step::Jump(to)) => waiting.push(*to),
                Some(Step::Assert(Assertion::Start)) if at_start => waiting.push(place + 1),
                Some(Step::Assert(Assertion::End)) if at_end => waiting.push(place + 1),
                Some(Step::Match) => ended = true,
                _ => {}
            }
        }
        reading.sort_unstable();
        Some((reading, ended))
    }
}
