//! Patterns that need no backtracking: `^[A-Z]{2}$`, `^(@[A-Za-z0-9]{32}|[0-9]{3,4})$`.
//!
//! Most patterns of documents are a sequence of character classes with counts, anchored at the start. Where no class of a sequence can
//! take what the next one needs, to take as many characters as possible is the only way to match, and one pass over the text decides.
//! Everything else is left to the other engines: [`Simple::parse`] says `None` for what it does not know for certain (ECMA-262, section
//! 22.2.1).

use super::class::{LINE_ENDS, SPACE, WORD};

/// Alternatives; a text matches where one of them does.
pub struct Simple(Vec<Sequence>);

struct Sequence {
    steps: Vec<Step>,
    /// Whether nothing may follow: `$`.
    whole: bool,
}

/// A class with a count.
struct Step {
    class: Class,
    least: usize,
    most: usize,
}

/// Ranges of characters, or all but those.
#[derive(Clone)]
struct Class {
    ranges: Vec<(char, char)>,
    negated: bool,
    /// A bit for each character of ASCII.
    ascii: u128,
}

impl Class {
    fn new(ranges: Vec<(char, char)>, negated: bool) -> Self {
        let class = Self {
            ranges,
            negated,
            ascii: 0,
        };
        let listed = (0..128u8).filter(|byte| class.looks_up(char::from(*byte)));
        let ascii = listed.fold(0, |ascii, byte| ascii | 1 << byte);
        Self { ascii, ..class }
    }

    fn one(character: char) -> Self {
        Self::new(vec![(character, character)], false)
    }

    /// The bytes of the character at a place that is of the class; 0 where none is.
    fn length_at(&self, text: &str, at: usize) -> usize {
        match text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => usize::from(self.ascii >> byte & 1 == 1),
            Some(_) => {
                let character = text.get(at..).and_then(|rest| rest.chars().next());
                character
                    .filter(|character| self.looks_up(*character))
                    .map_or(0, char::len_utf8)
            }
            None => 0,
        }
    }

    fn looks_up(&self, character: char) -> bool {
        self.ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&character))
            != self.negated
    }

    /// Whether no character is in both, for certain.
    fn is_disjoint(&self, other: &Self) -> bool {
        let are_disjoint = |a: &[(char, char)], b: &[(char, char)]| {
            a.iter().all(|a| b.iter().all(|b| a.1 < b.0 || b.1 < a.0))
        };
        match (self.negated, other.negated) {
            (false, false) => are_disjoint(&self.ranges, &other.ranges),
            // All of the one is what the other leaves out.
            (false, true) => within(&self.ranges, &other.ranges),
            (true, false) => within(&other.ranges, &self.ranges),
            (true, true) => false,
        }
    }
}

fn within(inner: &[(char, char)], outer: &[(char, char)]) -> bool {
    inner.iter().all(|(from, to)| {
        outer
            .iter()
            .any(|(least, most)| least <= from && to <= most)
    })
}

impl Simple {
    /// A pattern of this kind; `None` for any other.
    pub fn parse(source: &str) -> Option<Self> {
        let rest = source.strip_prefix('^')?;
        let (inner, whole) = match rest.strip_suffix('$') {
            // `\$` is a dollar, `\\$` a backslash at the end.
            Some(inner)
                if inner
                    .bytes()
                    .rev()
                    .take_while(|byte| *byte == b'\\')
                    .count()
                    % 2
                    == 0 =>
            {
                (inner, true)
            }
            _ => (rest, false),
        };
        let group = inner
            .strip_prefix("(?:")
            .or_else(|| inner.strip_prefix('('));
        let group = group
            .and_then(|inner| inner.strip_suffix(')'))
            .filter(|inner| !inner.ends_with('\\'));
        let alternatives = match group {
            Some(inner) => inner.split('|').collect(),
            None => vec![inner],
        };
        let sequences = alternatives
            .into_iter()
            .map(|text| Sequence::parse(text, whole))
            .collect::<Option<Vec<_>>>()?;
        Some(Self(sequences))
    }

    /// Whether the text matches.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.iter().any(|sequence| sequence.is_match(text))
    }
}

impl Sequence {
    fn parse(text: &str, whole: bool) -> Option<Self> {
        let mut characters = text.chars().peekable();
        let mut steps: Vec<Step> = Vec::new();
        while let Some(character) = characters.next() {
            let class = match character {
                '[' => bracket(&mut characters)?,
                '\\' => escape(characters.next()?)?,
                '.' => Class::new(LINE_ENDS.to_vec(), true),
                '(' | ')' | '|' | '^' | '$' | '*' | '+' | '?' | '{' | '}' | ']' => return None,
                other => Class::one(other),
            };
            let (least, most) = count(&mut characters)?;
            steps.push(Step { class, least, most });
        }
        let sequence = Self { steps, whole };
        sequence.is_decided().then_some(sequence)
    }

    /// Whether each step of a variable count can take nothing that one behind it needs.
    fn is_decided(&self) -> bool {
        self.steps
            .iter()
            .enumerate()
            .filter(|(_, step)| step.least != step.most)
            .all(|(index, step)| {
                let behind = self.steps.get(index + 1..).unwrap_or_default();
                let next = behind
                    .iter()
                    .position(|step| step.least > 0)
                    .map_or(behind.len(), |needed| needed + 1);
                behind
                    .iter()
                    .take(next)
                    .all(|other| step.class.is_disjoint(&other.class))
            })
    }

    fn is_match(&self, text: &str) -> bool {
        let mut at = 0;
        for step in &self.steps {
            let mut taken = 0;
            while taken < step.most {
                match step.class.length_at(text, at) {
                    0 => break,
                    length => at += length,
                }
                taken += 1;
            }
            if taken < step.least {
                return false;
            }
        }
        !self.whole || at == text.len()
    }
}

type Characters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// A class in brackets, the first of which is read.
fn bracket(characters: &mut Characters<'_>) -> Option<Class> {
    let negated = characters.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let first = match characters.next()? {
            ']' => return Some(Class::new(ranges, negated)),
            '\\' => escape(characters.next()?)?,
            '[' => return None,
            character => Class::one(character),
        };
        let single = match (first.negated, first.ranges.as_slice()) {
            (true, _) => return None,
            (false, [(from, to)]) if from == to => Some(*from),
            _ => None,
        };
        if characters.next_if_eq(&'-').is_none() {
            ranges.extend(first.ranges);
            continue;
        }
        match (single, characters.next()?) {
            // `[a-]`: the hyphen is itself.
            (_, ']') => {
                ranges.extend(first.ranges);
                ranges.push(('-', '-'));
                return Some(Class::new(ranges, negated));
            }
            (Some(from), '\\') => match escape(characters.next()?)?.ranges.as_slice() {
                [(to, end)] if to == end && from <= *to => ranges.push((from, *to)),
                _ => return None,
            },
            (Some(from), to) if from <= to && to != '[' => ranges.push((from, to)),
            _ => return None,
        }
    }
}

/// What a backslash and a character stand for.
fn escape(character: char) -> Option<Class> {
    let class = |ranges: &[(char, char)], negated| Some(Class::new(ranges.to_vec(), negated));
    match character {
        'd' => class(&[('0', '9')], false),
        'D' => class(&[('0', '9')], true),
        'w' => class(&WORD, false),
        'W' => class(&WORD, true),
        's' => class(&SPACE, false),
        'S' => class(&SPACE, true),
        't' => Some(Class::one('\t')),
        'n' => Some(Class::one('\n')),
        'r' => Some(Class::one('\r')),
        _ if character.is_ascii_punctuation() => Some(Class::one(character)),
        _ => None,
    }
}

/// `*`, `+`, `?`, `{2}`, `{2,}`, `{2,4}`, or nothing, which is once. A lazy one matches the same texts.
fn count(characters: &mut Characters<'_>) -> Option<(usize, usize)> {
    let counted = match characters.peek() {
        Some('*') => (0, usize::MAX),
        Some('+') => (1, usize::MAX),
        Some('?') => (0, 1),
        Some('{') => {
            characters.next();
            let inner: String = characters
                .by_ref()
                .take_while(|character| *character != '}')
                .collect();
            let number = |text: &str| {
                text.parse::<usize>()
                    .ok()
                    .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
            };
            let counted = match inner.split_once(',') {
                Some((least, "")) => (number(least)?, usize::MAX),
                Some((least, most)) => (number(least)?, number(most)?),
                None => (number(&inner)?, number(&inner)?),
            };
            characters.next_if_eq(&'?');
            return (counted.0 <= counted.1).then_some(counted);
        }
        _ => return Some((1, 1)),
    };
    characters.next();
    characters.next_if_eq(&'?');
    Some(counted)
}
