//! Parsing of patterns: as ECMA-262 in Unicode mode, else without it, else as in other dialects.
//!
//! A pattern that is legal in Unicode mode has no other reading. Annex B and other dialects apply only where it is not:
//! `\_` is an underscore, `(?i)` ignores case up to the end of its group, `\A` is the start, `[[:alpha:]]` the letters of ASCII.

mod bracket;
mod escape;
mod group;
mod repetition;

use std::collections::HashMap;

use super::class::{self, Class};
use super::syntax::{Assertion, Departure, Fault, Node, Parsed};
use super::unicode;
use group::{Named, count_groups};

/// Groups inside each other: reading, compiling and dropping a pattern call themselves for each.
pub const DEEPEST: usize = 100;

/// Ranges of characters in all classes together: `\p{L}` has 600.
pub const MOST_RANGES: usize = 100_000;

/// Groups with names: each remembers the groups around it.
pub const MOST_NAMED: u32 = 1_000;

/// Reads a pattern.
pub fn parse(source: &str) -> Result<Parsed, Fault> {
    if let Some((inner, flags)) = literal(source) {
        return Parser::in_slashes(inner, flags).whole();
    }
    parse_strict(source).or_else(|strict| match strict {
        Fault::Syntax(_) => Parser::new(source, false).whole(),
        Fault::Size(_) => Err(strict),
    })
}

/// The inner part and the flags of `/^a$/i`, a literal of a programming language. Read literally it matches nothing, as `^` follows a
/// character.
fn literal(source: &str) -> Option<(&str, &str)> {
    let (inner, flags) = source.strip_prefix('/')?.rsplit_once('/')?;
    let whole = inner.starts_with('^') && inner.ends_with('$') && !inner.ends_with("\\$");
    let alone = flags.len() <= 6 && flags.bytes().all(|flag| b"gimsuy".contains(&flag));
    (whole && alone).then_some((inner, flags))
}

/// Reads a pattern of ECMA-262 in Unicode mode.
pub fn parse_strict(source: &str) -> Result<Parsed, Fault> {
    Parser::new(source, true).whole()
}

#[derive(Clone, Copy, Default)]
struct Flags {
    ignore_case: bool,
    lines: bool,
    dot_all: bool,
}

pub(super) struct Parser {
    characters: Vec<char>,
    at: usize,
    strict: bool,
    flags: Flags,
    groups: u32,
    /// How many groups the whole pattern has, known before they are read: `\2` is a reference if there are two.
    all_groups: u32,
    has_names: bool,
    named: HashMap<String, Named>,
    named_groups: u32,
    /// For each open group a unique number, and the alternative.
    path: Vec<(usize, usize)>,
    opened: usize,
    /// References by name, resolved when all names are known.
    references: Vec<String>,
    refers_back: bool,
    needs_tables: bool,
    departure: Option<Departure>,
    ranges: usize,
}

impl Parser {
    fn new(source: &str, strict: bool) -> Self {
        let characters: Vec<char> = source.chars().collect();
        let (all_groups, has_names) = count_groups(&characters);
        Self {
            characters,
            at: 0,
            strict,
            flags: Flags::default(),
            groups: 0,
            all_groups,
            has_names,
            named: HashMap::new(),
            named_groups: 0,
            path: Vec::new(),
            opened: 0,
            references: Vec::new(),
            refers_back: false,
            needs_tables: false,
            departure: None,
            ranges: 0,
        }
    }

    fn in_slashes(inner: &str, flags: &str) -> Self {
        Self {
            flags: Flags {
                ignore_case: flags.contains('i'),
                lines: flags.contains('m'),
                dot_all: flags.contains('s'),
            },
            departure: Some(Departure::Dialect(
                "it stands between slashes, as in a program".to_owned(),
            )),
            ..Self::new(inner, false)
        }
    }

    fn whole(mut self) -> Result<Parsed, Fault> {
        let mut node = self.alternatives()?;
        if self.at < self.characters.len() {
            return fault("a `)` closes no group");
        }
        self.resolve_references(&mut node)?;
        Ok(Parsed {
            node,
            groups: self.groups,
            refers_back: self.refers_back,
            needs_tables: self.needs_tables,
            departure: self.departure,
        })
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += 1;
        Some(character)
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.sees(text);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    fn sees(&self, text: &str) -> bool {
        let ahead = self.characters.get(self.at..).unwrap_or_default();
        text.chars()
            .enumerate()
            .all(|(index, character)| ahead.get(index) == Some(&character))
    }

    fn mark(&self) -> usize {
        self.at
    }

    fn reset(&mut self, mark: usize) {
        self.at = mark;
    }

    /// The characters of a kind that come next.
    fn take_while(&mut self, is_one: impl Fn(char) -> bool) -> String {
        let ahead = self.characters.get(self.at..).unwrap_or_default();
        let text: String = ahead.iter().copied().take_while(|c| is_one(*c)).collect();
        self.at += text.chars().count();
        text
    }

    /// The text up to some characters, which are consumed as well; nothing is consumed where they do not follow.
    fn take_until(&mut self, end: &str) -> Option<String> {
        let start = self.at;
        while self.at < self.characters.len() {
            let stop = self.at;
            if self.eat(end) {
                return Some(self.characters.get(start..stop)?.iter().collect());
            }
            self.at += 1;
        }
        self.at = start;
        None
    }

    /// Notes something that ECMA-262 admits without the `u` flag: an error where the pattern is read with it.
    fn without_unicode(&mut self, what: impl Into<String>) -> Result<(), Fault> {
        if self.strict {
            return fault(what);
        }
        self.departure
            .get_or_insert_with(|| Departure::WithoutUnicode(what.into()));
        Ok(())
    }

    /// Notes something of another dialect.
    fn dialect(&mut self, what: impl Into<String>) -> Result<(), Fault> {
        if self.strict {
            return fault(what);
        }
        if !matches!(self.departure, Some(Departure::Dialect(_))) {
            self.departure = Some(Departure::Dialect(what.into()));
        }
        Ok(())
    }

    const fn is_strict(&self) -> bool {
        self.strict
    }

    /// A class as it is matched: closed under case folding where case is ignored.
    fn class(&mut self, class: Class, negated: bool) -> Result<Node, Fault> {
        self.needs_tables |= self.flags.ignore_case;
        let folded = if self.flags.ignore_case {
            unicode::folded(&class)
        } else {
            Some(class)
        };
        let Some(class) = folded else {
            return fault("case cannot be ignored here");
        };
        let class = if negated { class.complement() } else { class };
        self.ranges += class.ranges().len();
        if self.ranges > MOST_RANGES {
            return Err(Fault::Size(format!(
                "more than {MOST_RANGES} ranges of characters"
            )));
        }
        Ok(Node::Class(class))
    }

    fn literal(&mut self, character: char) -> Result<Node, Fault> {
        self.class(Class::of(&[(character, character)]), false)
    }

    const fn ignores_case(&self) -> bool {
        self.flags.ignore_case
    }

    fn alternatives(&mut self) -> Result<Node, Fault> {
        if self.path.len() > DEEPEST {
            return Err(Fault::Size(format!(
                "groups nested more than {DEEPEST} deep"
            )));
        }
        self.opened += 1;
        self.path.push((self.opened, 0));
        let mut all = vec![self.sequence()?];
        while self.eat("|") {
            if let Some((_, alternative)) = self.path.last_mut() {
                *alternative += 1;
            }
            all.push(self.sequence()?);
        }
        self.path.pop();
        Ok(match (all.len(), all.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                all.extend(last);
                Node::Choice(all)
            }
        })
    }

    fn sequence(&mut self) -> Result<Node, Fault> {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|c| c != '|' && c != ')') {
            let first_group = self.groups + 1;
            let Some(part) = self.atom()? else { continue };
            parts.push(self.repeated(part, first_group)?);
        }
        Ok(match (parts.len(), parts.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                parts.extend(last);
                Node::Sequence(parts)
            }
        })
    }

    /// One part; `None` for what matches nothing by itself (`(?i)`).
    fn atom(&mut self) -> Result<Option<Node>, Fault> {
        let Some(character) = self.take() else {
            return Ok(None);
        };
        let node = match character {
            '^' => Node::Assert(if self.flags.lines {
                Assertion::LineStart
            } else {
                Assertion::Start
            }),
            '$' => Node::Assert(if self.flags.lines {
                Assertion::LineEnd
            } else {
                Assertion::End
            }),
            '.' if self.flags.dot_all => Node::Class(Class::default().complement()),
            '.' => Node::Class(class::line_ends().complement()),
            '(' => return self.group(),
            '[' => self.bracket()?,
            '\\' => return self.escape(),
            '*' | '+' | '?' => return fault(format!("`{character}` has nothing to repeat")),
            '{' => {
                self.at -= 1;
                if self.counts()?.is_some() {
                    return fault("a repetition has nothing to repeat");
                }
                self.at += 1;
                self.without_unicode("`{` is not escaped")?;
                self.literal('{')?
            }
            '}' | ']' => {
                self.without_unicode(format!("`{character}` is not escaped"))?;
                self.literal(character)?
            }
            other => self.literal(other)?,
        };
        Ok(Some(node))
    }
}

fn fault<T>(what: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Syntax(what.into()))
}
