//! Patterns on which a backtracking engine can take exponential time: `^(a+)+$`, `^(a|a)*$`, `^(\w+\s?)*$`.
//!
//! A pattern is such where one loop of it can read one text in two ways: then a text of *n* rounds is read in 2ⁿ ways, and an engine
//! tries them all before it says no. On the automaton of Glushkov, whose states are the characters of the pattern, that is a state from
//! which two different paths lead back to it by the same text ("exponential degree of ambiguity", Weber and Seidl, 1991).

use std::collections::{HashMap, HashSet};

/// Patterns with more positions than this are not looked at: the search takes the square of it.
const MOST_POSITIONS: usize = 120;

/// Copies of a bounded repetition that are looked at: `a{2,64}` is no loop, what stands around it may be.
const MOST_COPIES: usize = 3;

/// Whether a pattern can take exponential time. Patterns with look-around or back references are not judged.
pub fn is_exponential(pattern: &str) -> bool {
    let mut parser = Parser {
        characters: pattern.chars().collect(),
        at: 0,
        classes: Vec::new(),
        follow: HashMap::new(),
        doubled: false,
    };
    let Some(_) = parser.alternatives().filter(|_| parser.at == parser.characters.len()) else { return false };
    parser.doubled || parser.has_two_ways_around()
}

/// A set of characters, as ranges; everything beyond ASCII is one character here.
type Class = Vec<(u32, u32)>;

/// The positions that a part of a pattern can begin with and end with, and whether it can be empty.
#[derive(Clone, Default)]
struct Part {
    first: Vec<usize>,
    last: Vec<usize>,
    empty: bool,
}

struct Parser {
    characters: Vec<char>,
    at: usize,
    classes: Vec<Class>,
    follow: HashMap<usize, HashSet<usize>>,
    /// Whether two loops lead from one position to another.
    doubled: bool,
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

    fn eat(&mut self, text: &str) -> bool {
        let matches = text.chars().enumerate().all(|(offset, c)| self.characters.get(self.at + offset) == Some(&c));
        if matches {
            self.at += text.chars().count();
        }
        matches
    }

    fn alternatives(&mut self) -> Option<Part> {
        let mut whole = self.sequence()?;
        while self.eat("|") {
            let other = self.sequence()?;
            whole.first.extend(other.first);
            whole.last.extend(other.last);
            whole.empty |= other.empty;
        }
        Some(whole)
    }

    fn sequence(&mut self) -> Option<Part> {
        let mut whole = Part { empty: true, ..Part::default() };
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            let next = self.repeated()?;
            whole = self.joined(whole, next);
        }
        Some(whole)
    }

    fn joined(&mut self, a: Part, b: Part) -> Part {
        self.connect(&a.last, &b.first, false);
        let first = if a.empty { [a.first, b.first].concat() } else { a.first };
        let last = if b.empty { [b.last, a.last].concat() } else { b.last };
        Part { first, last, empty: a.empty && b.empty }
    }

    fn connect(&mut self, from: &[usize], to: &[usize], around: bool) {
        for a in from {
            for b in to {
                let new = self.follow.entry(*a).or_default().insert(*b);
                self.doubled |= around && !new;
            }
        }
    }

    fn repeated(&mut self) -> Option<Part> {
        let start = self.at;
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
        self.eat("?");
        let end = self.at;
        let mut whole = part;
        if most.is_none() {
            self.connect(&whole.last.clone(), &whole.first.clone(), true);
        }
        // Further copies are read from the pattern again, each with positions of its own.
        // `a{1,3}` is `a(a(a)?)?`: each copy follows the one before it, and none that was left out.
        let copies = most.map_or(least, |most: usize| most.max(1)).clamp(1, MOST_COPIES);
        let mut before = whole.last.clone();
        for copy in 1..copies {
            self.at = start;
            let next = self.atom()?;
            self.connect(&before, &next.first, false);
            if whole.empty {
                whole.first.extend(&next.first);
            }
            if copy < least && !next.empty {
                whole.last.clear();
            }
            whole.last.extend(&next.last);
            before = next.last;
        }
        self.at = end;
        whole.empty |= least == 0;
        Some(whole)
    }

    /// `{2}`, `{2,}`, `{2,4}`; anything else is text.
    fn counts(&mut self) -> Option<(usize, Option<usize>)> {
        let close = self.characters.get(self.at..)?.iter().position(|c| *c == '}')?;
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
            '(' => {
                if self.eat("?") {
                    let named = self.eat("<") && !matches!(self.peek(), Some('=' | '!'));
                    if named {
                        while self.take()? != '>' {}
                    } else if !self.eat(":") {
                        // Look-around.
                        return None;
                    }
                }
                let inner = self.alternatives()?;
                return self.eat(")").then_some(inner);
            }
            '^' | '$' => return Some(Part { empty: true, ..Part::default() }),
            '.' => vec![(0, 9), (11, 12), (14, 128)],
            '[' => self.bracket()?,
            '\\' => match self.take()? {
                'b' | 'B' => return Some(Part { empty: true, ..Part::default() }),
                '1'..='9' | 'k' => return None,
                character => self.escape(character)?,
            },
            character => one(character),
        };
        let position = self.classes.len();
        if position >= MOST_POSITIONS {
            return None;
        }
        self.classes.push(class);
        Some(Part { first: vec![position], last: vec![position], empty: false })
    }

    fn escape(&mut self, character: char) -> Option<Class> {
        const WORD: [(u32, u32); 4] = [(48, 57), (65, 90), (95, 95), (97, 122)];
        const SPACE: [(u32, u32); 3] = [(9, 13), (32, 32), (128, 128)];
        Some(match character {
            'd' => vec![(48, 57)],
            'D' => negated(&[(48, 57)]),
            'w' => WORD.to_vec(),
            'W' => negated(&WORD),
            's' => SPACE.to_vec(),
            'S' => negated(&[(9, 13), (32, 32)]),
            't' => vec![(9, 9)],
            'n' => vec![(10, 10)],
            'r' => vec![(13, 13)],
            'x' | 'u' | 'c' | 'p' | 'P' | '0' => return None,
            other => one(other),
        })
    }

    fn bracket(&mut self) -> Option<Class> {
        let negate = self.eat("^");
        let mut class: Class = Vec::new();
        loop {
            let from = match self.take()? {
                ']' => break,
                '\\' => match self.take()? {
                    'b' => vec![(8, 8)],
                    character => self.escape(character)?,
                },
                character => one(character),
            };
            let is_range = self.peek() == Some('-') && self.characters.get(self.at + 1).is_some_and(|c| *c != ']');
            if let ([(start, end)], true) = (from.as_slice(), is_range)
                && start == end
            {
                self.at += 1;
                let to = match self.take()? {
                    '\\' => {
                        let character = self.take()?;
                        self.escape(character)?
                    }
                    character => one(character),
                };
                class.push((*start, to.first()?.1));
            } else {
                class.extend(from);
            }
        }
        Some(if negate { negated(&class) } else { class })
    }

    /// Whether from some position two different paths lead back to it by the same text: the pairs of positions that are reached by one
    /// text form a graph, in which the pair (p, p) and a pair (q, r) lie on one cycle.
    fn has_two_ways_around(&self) -> bool {
        let meets = |a: &usize, b: &usize| match (self.classes.get(*a), self.classes.get(*b)) {
            (Some(a), Some(b)) => a.iter().any(|a| b.iter().any(|b| a.0 <= b.1 && b.0 <= a.1)),
            _ => false,
        };
        let none = HashSet::new();
        let next = |pair: (usize, usize)| -> Vec<(usize, usize)> {
            let (a, b) = (self.follow.get(&pair.0).unwrap_or(&none), self.follow.get(&pair.1).unwrap_or(&none));
            a.iter().flat_map(|a| b.iter().filter(|b| meets(a, b)).map(|b| (*a, *b))).collect()
        };
        let reached = |from: (usize, usize)| -> HashSet<(usize, usize)> {
            let (mut seen, mut waiting) = (HashSet::new(), next(from));
            while let Some(pair) = waiting.pop() {
                if seen.insert(pair) {
                    waiting.extend(next(pair));
                }
            }
            seen
        };
        (0..self.classes.len()).any(|position| {
            let from = (position, position);
            let seen = reached(from);
            let mut apart = seen.iter().filter(|(a, b)| a < b).take(MOST_POSITIONS);
            seen.contains(&from) && apart.any(|pair| reached(*pair).contains(&from))
        })
    }
}

fn one(character: char) -> Class {
    let code = u32::from(character).min(128);
    vec![(code, code)]
}

fn negated(class: &[(u32, u32)]) -> Class {
    let mut ranges = class.to_vec();
    ranges.sort_unstable();
    let mut out = Vec::new();
    let mut from = 0;
    for (start, end) in ranges {
        if start > from {
            out.push((from, start - 1));
        }
        from = from.max(end + 1);
    }
    if from <= 128 {
        out.push((from, 128));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::is_exponential;

    #[test]
    fn loops_that_read_one_text_in_two_ways() {
        for pattern in [
            "^(a+)+$",
            "^(a|a)*$",
            "^(a|ab|b)*$",
            "^(\\w+\\s?)*$",
            "(.*)*x",
            "^([a-z]+)*$",
            "^(a?b?a?)+$",
            "^(?:\\d+,?)+$",
        ] {
            assert!(is_exponential(pattern), "{pattern}");
        }
    }

    #[test]
    fn loops_that_do_not() {
        for pattern in [
            "^a+$",
            "^\\d+(\\.\\d+)?$",
            "^(a|b)*$",
            "^([a-z]+-)*[a-z]+$",
            "^(\\d{3},)*\\d{3}$",
            "^[^@]+@[^@]+$",
            "a*a*b",
            "^(?=.*a)(a+)+$",
            "^(foo|bar)+$",
            "^\\w+([-.]\\w+)*@\\w+([-.]\\w+)*$",
            "^([a-z0-9]{1,3}-)*x{2,64}$",
        ] {
            assert!(!is_exponential(pattern), "{pattern}");
        }
    }
}
