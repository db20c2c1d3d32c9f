//! Patterns as automata: their characters, and which of them can follow which (Glushkov's construction).
//!
//! `^a(b|c)*$` has the positions `a`, `b` and `c`; `b` and `c` follow each of the three.

/// Patterns with more positions than this are not judged: a set of positions is a `u128`, and the search takes the square of them.
const MOST_POSITIONS: usize = 128;

/// Patterns with groups nested deeper than this are not judged.
const DEEPEST: usize = 100;

/// Copies of a bounded repetition that are looked at: `a{2,64}` is no loop, what stands around it may be.
const MOST_COPIES: usize = 3;

/// The longest counts that are read: `{1000000,2000000}`.
const LONGEST_COUNTS: usize = 20;

/// Reads a pattern. `None` for look-around, back references and characters by their code, and beyond the limits here, so that any
/// pattern is read in time proportional to its length.
pub(super) fn automaton(pattern: &str) -> Option<Automaton> {
    let mut parser = Parser { characters: pattern.chars().collect(), ..Parser::default() };
    parser.alternatives()?;
    (parser.at == parser.characters.len()).then_some(parser.automaton)
}

/// What a pattern can read.
#[derive(Default)]
pub(super) struct Automaton {
    pub(super) positions: Vec<Position>,
    /// Whether two loops lead from one position to another.
    pub(super) doubled: bool,
}

/// A bit for each character of ASCII; the last of them, DEL, stands for everything beyond as well.
pub(super) type Class = u128;

/// A bit for each position.
pub(super) type Positions = u128;

/// The positions that a part of a pattern can begin with and end with, and whether it can be empty.
#[derive(Clone, Copy, Default)]
struct Part {
    first: Positions,
    last: Positions,
    empty: bool,
}

/// What matches at a place without a character.
const NOTHING: Part = Part { first: 0, last: 0, empty: true };

/// A character of the pattern, and those that can follow it.
#[derive(Clone, Copy)]
pub(super) struct Position {
    pub(super) class: Class,
    pub(super) follow: Positions,
}

#[derive(Default)]
struct Parser {
    characters: Vec<char>,
    at: usize,
    depth: usize,
    automaton: Automaton,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += 1;
        Some(character)
    }

    fn eat(&mut self, character: char) -> bool {
        let is_next = self.peek() == Some(character);
        self.at += usize::from(is_next);
        is_next
    }

    fn alternatives(&mut self) -> Option<Part> {
        let mut whole = self.sequence()?;
        while self.eat('|') {
            let other = self.sequence()?;
            whole.first |= other.first;
            whole.last |= other.last;
            whole.empty |= other.empty;
        }
        Some(whole)
    }

    fn sequence(&mut self) -> Option<Part> {
        let mut whole = NOTHING;
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            let next = self.repeated()?;
            self.connect(whole.last, next.first);
            whole = Part {
                first: whole.first | if whole.empty { next.first } else { 0 },
                last: next.last | if next.empty { whole.last } else { 0 },
                empty: whole.empty && next.empty,
            };
        }
        Some(whole)
    }

    /// Lets `to` follow `from`; whether some of it did so before.
    fn connect(&mut self, from: Positions, to: Positions) -> bool {
        let mut known = false;
        for index in members(from) {
            if let Some(position) = self.automaton.positions.get_mut(index) {
                known |= position.follow & to != 0;
                position.follow |= to;
            }
        }
        known
    }

    fn repeated(&mut self) -> Option<Part> {
        let start = self.automaton.positions.len();
        let part = self.atom()?;
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.counts() {
                Some(counts) => counts,
                None => return Some(part),
            },
            _ => return Some(part),
        };
        if self.peek().is_some_and(|c| matches!(c, '*' | '+' | '?')) {
            self.at += 1;
        }
        self.eat('?');
        let model = self.automaton.positions.get(start..)?.to_vec();
        if most.is_none() {
            self.automaton.doubled |= self.connect(part.last, part.first);
        }
        // Each further copy has positions of its own.
        // `a{1,3}` is `a(a(a)?)?`: each copy follows the one before it, and none that was left out.
        let copies = most.map_or(least, |most: usize| most.max(1)).clamp(1, MOST_COPIES);
        let mut whole = part;
        let mut before = part.last;
        for copy in 1..copies {
            let next = self.copied(part, &model, copy * model.len())?;
            self.connect(before, next.first);
            if part.empty {
                whole.first |= next.first;
            }
            if copy < least && !part.empty {
                whole.last = 0;
            }
            whole.last |= next.last;
            before = next.last;
        }
        whole.empty |= least == 0;
        Some(whole)
    }

    /// A copy of a part, the positions of which lead to each other and nowhere else, so many positions behind it.
    fn copied(&mut self, part: Part, positions: &[Position], behind: usize) -> Option<Part> {
        if self.automaton.positions.len() + positions.len() > MOST_POSITIONS {
            return None;
        }
        let copies = positions.iter().map(|model| Position { follow: model.follow << behind, ..*model });
        self.automaton.positions.extend(copies);
        Some(Part { first: part.first << behind, last: part.last << behind, ..part })
    }

    /// `{2}`, `{2,}`, `{2,4}`; anything else is text.
    fn counts(&mut self) -> Option<(usize, Option<usize>)> {
        let close = self.characters.get(self.at..)?.iter().take(LONGEST_COUNTS).position(|c| *c == '}')?;
        let inner: String = self.characters.get(self.at + 1..self.at + close)?.iter().collect();
        let counts = match inner.split_once(',') {
            Some((least, "")) => (least.parse().ok()?, None),
            Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
            None => (inner.parse().ok()?, Some(inner.parse().ok()?)),
        };
        self.at += close + 1;
        Some(counts)
    }

    fn atom(&mut self) -> Option<Part> {
        let class = match self.take()? {
            '(' => return self.group(),
            '^' | '$' => return Some(NOTHING),
            '.' => !(bit('\n') | bit('\r')),
            '[' => self.bracket()?,
            '\\' => match self.take()? {
                'b' | 'B' => return Some(NOTHING),
                '1'..='9' | 'k' => return None,
                character => escape(character)?,
            },
            character => bit(character),
        };
        let position = self.automaton.positions.len();
        // What reads nothing is in no loop.
        if position >= MOST_POSITIONS || class == 0 {
            return None;
        }
        self.automaton.positions.push(Position { class, follow: 0 });
        Some(Part { first: 1 << position, last: 1 << position, empty: false })
    }

    /// What a group holds, its parenthesis read; `None` for look-around.
    fn group(&mut self) -> Option<Part> {
        if self.eat('?') {
            let named = self.eat('<') && !matches!(self.peek(), Some('=' | '!'));
            if named {
                while self.take()? != '>' {}
            } else if !self.eat(':') {
                return None;
            }
        }
        self.depth += 1;
        let inner = if self.depth > DEEPEST { None } else { self.alternatives() };
        self.depth -= 1;
        inner.filter(|_| self.eat(')'))
    }

    fn bracket(&mut self) -> Option<Class> {
        let negate = self.eat('^');
        let mut class = 0;
        loop {
            let from = match self.take()? {
                ']' => break,
                '\\' => match self.take()? {
                    'b' => bit('\u{8}'),
                    character => escape(character)?,
                },
                character => bit(character),
            };
            class |= from;
            let is_range = self.peek() == Some('-') && self.characters.get(self.at + 1).is_some_and(|c| *c != ']');
            if from.is_power_of_two() && is_range {
                self.at += 1;
                let to = match self.take()? {
                    '\\' => escape(self.take()?)?,
                    character => bit(character),
                };
                // All from the lower bit to the higher one.
                class |= to | to.wrapping_sub(from);
            }
        }
        Some(if negate { !class } else { class })
    }
}

/// The indices of the elements for which something holds, of up to [`MOST_POSITIONS`].
pub(super) fn set<T>(elements: &[T], holds: impl Fn(&T) -> bool) -> Positions {
    elements.iter().enumerate().filter(|(_, element)| holds(element)).fold(0, |set, (index, _)| set | 1 << index)
}

/// The indices in a set, in order.
pub(super) fn members(mut set: Positions) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = set.trailing_zeros() as usize;
        set &= set.checked_sub(1)?;
        Some(first)
    })
}

fn bit(character: char) -> Class {
    1 << u32::from(character).min(127)
}

/// The characters from one to another.
fn range(from: char, to: char) -> Class {
    bit(to) | bit(to).wrapping_sub(bit(from))
}

/// What a backslash and a character stand for; `None` for characters by their code.
fn escape(character: char) -> Option<Class> {
    let digit = range('0', '9');
    let word = digit | range('A', 'Z') | bit('_') | range('a', 'z');
    let space = range('\t', '\r') | bit(' ');
    Some(match character {
        'd' => digit,
        'D' => !digit,
        'w' => word,
        'W' => !word,
        // Some of what is beyond ASCII is space, most is not.
        's' => space | bit('\u{7f}'),
        'S' => !space,
        't' => bit('\t'),
        'n' => bit('\n'),
        'r' => bit('\r'),
        'x' | 'u' | 'c' | 'p' | 'P' | '0' => return None,
        other => bit(other),
    })
}
