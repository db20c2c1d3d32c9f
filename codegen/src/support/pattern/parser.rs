//! Patterns as text: ECMA-262 in Unicode mode, else without it, else as other dialects mean it.
//!
//! A pattern that is legal in Unicode mode has no other reading. Only where it is not, annex B and other dialects are asked:
//! `\_` is an underscore, `(?i)` ignores case up to the end of its group, `\A` is the start, `[[:alpha:]]` the letters of ASCII.

use super::class::{self, Class};
use super::syntax::{Assertion, Departure, Fault, Node, Parsed};
use super::unicode;

/// Groups inside each other: reading, compiling and dropping a pattern call themselves for each.
pub const DEEPEST: usize = 100;

/// Ranges of characters in all classes together: `\p{L}` has 600.
pub const MOST_RANGES: usize = 100_000;

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

/// The inner part and the flags of `/^a$/i`, a literal of a program. Taken at its word it matches nothing, as `^` follows a character.
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

/// A named group: its name, its number, and of each group around it the number and the alternative in which it stands.
struct Named {
    name: String,
    group: u32,
    path: Vec<(usize, usize)>,
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
    named: Vec<Named>,
    /// Of each open group a number of its own, and the alternative.
    path: Vec<(usize, usize)>,
    opened: usize,
    /// References by name, judged when all names are known.
    references: Vec<String>,
    refers_back: bool,
    pub(super) needs_tables: bool,
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
            named: Vec::new(),
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
            flags: Flags { ignore_case: flags.contains('i'), lines: flags.contains('m'), dot_all: flags.contains('s') },
            departure: Some(Departure::Dialect("it stands between slashes, as in a program".to_owned())),
            ..Self::new(inner, false)
        }
    }

    fn whole(mut self) -> Result<Parsed, Fault> {
        let mut node = self.alternatives()?;
        if self.at < self.characters.len() {
            return fault("a `)` closes no group");
        }
        for name in &self.references {
            if !self.named.iter().any(|named| named.name == *name) {
                return fault(format!("`\\k<{name}>` names no group"));
            }
        }
        resolve(&mut node, &self.named, &self.references);
        Ok(Parsed {
            node,
            groups: self.groups,
            refers_back: self.refers_back,
            needs_tables: self.needs_tables,
            departure: self.departure,
        })
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    pub(super) fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += 1;
        Some(character)
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.sees(text);
        if found {
            self.at += text.chars().count();
        }
        found
    }

    pub(super) fn sees(&self, text: &str) -> bool {
        let ahead = self.characters.get(self.at..).unwrap_or_default();
        text.chars().enumerate().all(|(index, character)| ahead.get(index) == Some(&character))
    }

    pub(super) fn mark(&self) -> usize {
        self.at
    }

    pub(super) fn reset(&mut self, mark: usize) {
        self.at = mark;
    }

    /// The text up to some characters, which are consumed; nothing is where they do not follow.
    pub(super) fn take_until(&mut self, end: &str) -> Option<String> {
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

    /// Something that ECMA-262 admits without the `u` flag: a fault where the pattern is read with it.
    pub(super) fn without_unicode(&mut self, what: impl Into<String>) -> Result<(), Fault> {
        if self.strict {
            return fault(what);
        }
        self.departure.get_or_insert_with(|| Departure::WithoutUnicode(what.into()));
        Ok(())
    }

    /// Something of another dialect.
    pub(super) fn dialect(&mut self, what: impl Into<String>) -> Result<(), Fault> {
        if self.strict {
            return fault(what);
        }
        if !matches!(self.departure, Some(Departure::Dialect(_))) {
            self.departure = Some(Departure::Dialect(what.into()));
        }
        Ok(())
    }

    pub(super) const fn is_strict(&self) -> bool {
        self.strict
    }

    /// A class as it matches: with all that folds to the same where case is ignored.
    pub(super) fn class(&mut self, class: Class, negated: bool) -> Result<Node, Fault> {
        self.needs_tables |= self.flags.ignore_case;
        let folded = if self.flags.ignore_case { unicode::folded(&class) } else { Some(class) };
        let Some(class) = folded else { return fault("case cannot be ignored here") };
        let class = if negated { class.complement() } else { class };
        self.ranges += class.ranges().len();
        if self.ranges > MOST_RANGES {
            return Err(Fault::Size(format!("more than {MOST_RANGES} ranges of characters")));
        }
        Ok(Node::Class(class))
    }

    pub(super) fn literal(&mut self, character: char) -> Result<Node, Fault> {
        self.class(Class::of(&[(character, character)]), false)
    }

    pub(super) const fn ignores_case(&self) -> bool {
        self.flags.ignore_case
    }

    fn alternatives(&mut self) -> Result<Node, Fault> {
        if self.path.len() > DEEPEST {
            return Err(Fault::Size(format!("groups nested more than {DEEPEST} deep")));
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

    fn repeated(&mut self, node: Node, first_group: u32) -> Result<Node, Fault> {
        let Some((least, most)) = self.counts()? else { return Ok(node) };
        match &node {
            Node::Look { behind: false, .. } => self.without_unicode("a look-ahead is repeated")?,
            Node::Assert(_) | Node::Look { .. } => return fault("an assertion is repeated"),
            _ => {}
        }
        if most.is_some_and(|most| most < least) {
            return fault("the counts of a repetition are out of order");
        }
        let lazy = self.eat("?");
        if !lazy && self.sees("+") {
            self.dialect("a possessive repetition is of another dialect")?;
            self.at += 1;
        }
        if matches!(self.peek(), Some('*' | '+' | '?')) || self.counts()?.is_some() {
            return fault("a repetition has nothing to repeat");
        }
        Ok(Node::Repeat { node: Box::new(node), least, most, lazy, groups: first_group..self.groups + 1 })
    }

    /// `*`, `+`, `?`, `{2}`, `{2,}`, `{2,4}`; nothing is consumed where none follows.
    fn counts(&mut self) -> Result<Option<(u32, Option<u32>)>, Fault> {
        let counts = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                let mark = self.at;
                self.at += 1;
                let counts = self.braces()?;
                if counts.is_none() {
                    self.at = mark;
                }
                return Ok(counts);
            }
            _ => return Ok(None),
        };
        self.at += 1;
        Ok(Some(counts))
    }

    fn braces(&mut self) -> Result<Option<(u32, Option<u32>)>, Fault> {
        let least = self.number();
        let most = if self.eat(",") { self.number() } else { least };
        if !self.eat("}") {
            return Ok(None);
        }
        match (least, most) {
            (Some(least), most) => Ok(Some((least, most))),
            (None, Some(most)) if !self.strict => {
                self.dialect("a repetition without its least count is of another dialect")?;
                Ok(Some((0, Some(most))))
            }
            _ => Ok(None),
        }
    }

    fn number(&mut self) -> Option<u32> {
        let mut number: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            self.at += 1;
        }
        number
    }

    /// One part; `None` for what matches nothing by itself (`(?i)`).
    fn atom(&mut self) -> Result<Option<Node>, Fault> {
        let Some(character) = self.take() else { return Ok(None) };
        let node = match character {
            '^' => Node::Assert(if self.flags.lines { Assertion::LineStart } else { Assertion::Start }),
            '$' => Node::Assert(if self.flags.lines { Assertion::LineEnd } else { Assertion::End }),
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

    fn group(&mut self) -> Result<Option<Node>, Fault> {
        let outer = self.flags;
        if !self.eat("?") {
            self.groups += 1;
            let number = self.groups;
            let inner = self.closed(outer)?;
            return Ok(Some(Node::Group(number, Box::new(inner))));
        }
        for (opening, behind, negative) in
            [("=", false, false), ("!", false, true), ("<=", true, false), ("<!", true, true)]
        {
            if self.eat(opening) {
                let node = Box::new(self.closed(outer)?);
                return Ok(Some(Node::Look { node, behind, negative }));
            }
        }
        if self.eat(":") {
            return self.closed(outer).map(Some);
        }
        if self.eat(">") {
            self.dialect("an atomic group is of another dialect")?;
            return self.closed(outer).map(Some);
        }
        if self.eat("#") {
            self.dialect("a comment is of another dialect")?;
            return if self.take_until(")").is_some() { Ok(None) } else { fault("a comment is not closed") };
        }
        if self.eat("P=") {
            self.dialect("`(?P=name)` is of another dialect")?;
            let Some(name) = self.take_until(")") else { return fault("a group is not closed") };
            return Ok(Some(self.reference(name)));
        }
        if self.sees("P<") {
            self.dialect("`(?P<name>` is of another dialect")?;
            self.at += 1;
        }
        if self.eat("<") {
            return self.named_group(outer).map(Some);
        }
        self.modified(outer)
    }

    fn closed(&mut self, outer: Flags) -> Result<Node, Fault> {
        let inner = self.alternatives()?;
        self.flags = outer;
        if self.eat(")") { Ok(inner) } else { fault("a group is not closed") }
    }

    fn named_group(&mut self, outer: Flags) -> Result<Node, Fault> {
        let Some(name) = self.take_until(">") else { return fault("the name of a group is not closed") };
        if !is_name(&name) {
            return fault("a group has no proper name");
        }
        let path = self.path.clone();
        // Two groups may share a name where they cannot both take part (ECMA-262, section 22.2.1.1).
        let apart =
            |other: &Named| other.path.iter().zip(&path).any(|(one, other)| one.0 == other.0 && one.1 != other.1);
        if !self.named.iter().filter(|other| other.name == name).all(apart) {
            return fault(format!("two groups are named `{name}`"));
        }
        self.groups += 1;
        let group = self.groups;
        self.named.push(Named { name, group, path });
        let inner = self.closed(outer)?;
        Ok(Node::Group(group, Box::new(inner)))
    }

    /// `(?i:…)` of ECMA-262, and `(?i)` of others, which holds up to the end of the group around it.
    fn modified(&mut self, outer: Flags) -> Result<Option<Node>, Fault> {
        let mut flags = outer;
        let (mut on, mut count) = (true, 0);
        let mut seen = String::new();
        while let Some(flag) = self.take() {
            match flag {
                'i' | 'm' | 's' if seen.contains(flag) => return fault("a flag is given twice"),
                'i' => flags.ignore_case = on,
                'm' => flags.lines = on,
                's' => flags.dot_all = on,
                'u' | 'U' if on => self.dialect(format!("the flag `{flag}` is of another dialect"))?,
                '-' if on => on = false,
                ':' if count > 0 => {
                    self.flags = flags;
                    return self.closed(outer).map(Some);
                }
                ')' if count > 0 => {
                    self.dialect("flags for the rest of a pattern are of another dialect")?;
                    self.flags = flags;
                    return Ok(None);
                }
                _ => break,
            }
            seen.push(flag);
            count += usize::from(flag != '-');
        }
        fault("`(?` opens no group that is known")
    }

    /// A reference by name, which is resolved when all names are known.
    pub(super) fn reference(&mut self, name: String) -> Node {
        self.refers_back = true;
        self.needs_tables |= self.flags.ignore_case;
        let index = u32::try_from(self.references.len()).unwrap_or(u32::MAX);
        self.references.push(name);
        Node::Back { groups: vec![NAMED | index], ignore_case: self.flags.ignore_case }
    }

    /// A reference by number; `None` where there is no such group.
    pub(super) fn numbered(&mut self, number: u32) -> Option<Node> {
        (number <= self.all_groups).then(|| {
            self.refers_back = true;
            self.needs_tables |= self.flags.ignore_case;
            Node::Back { groups: vec![number], ignore_case: self.flags.ignore_case }
        })
    }

    /// Whether `\k` is a reference by name.
    pub(super) const fn knows_names(&self) -> bool {
        self.strict || self.has_names
    }
}

/// Marks the number of a reference by name among all such references.
const NAMED: u32 = 1 << 31;

/// Gives references by name the numbers of their groups.
fn resolve(node: &mut Node, named: &[Named], references: &[String]) {
    match node {
        Node::Sequence(parts) | Node::Choice(parts) => {
            parts.iter_mut().for_each(|part| resolve(part, named, references));
        }
        Node::Repeat { node, .. } | Node::Group(_, node) | Node::Look { node, .. } => resolve(node, named, references),
        Node::Back { groups, .. } => {
            let name = match groups.as_slice() {
                [group] if group & NAMED != 0 => references.get((group & !NAMED) as usize),
                _ => None,
            };
            if let Some(name) = name {
                *groups = named.iter().filter(|named| named.name == *name).map(|named| named.group).collect();
            }
        }
        Node::Class(_) | Node::Assert(_) => {}
    }
}

pub(super) fn fault<T>(what: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Syntax(what.into()))
}

/// A group's name (ECMA-262, RegExpIdentifierName).
fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || matches!(first, '$' | '_'))
        && characters.all(|other| other.is_alphanumeric() || matches!(other, '$' | '_' | '\u{200c}' | '\u{200d}'))
}

/// How many capturing groups there are, and whether some have names.
fn count_groups(characters: &[char]) -> (u32, bool) {
    let (mut groups, mut names, mut in_class) = (0, false, false);
    let mut rest = characters;
    while let [character, behind @ ..] = rest {
        rest = behind;
        match character {
            '\\' => rest = behind.get(1..).unwrap_or_default(),
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let named = matches!(behind, ['?', '<', next, ..] if !matches!(next, '=' | '!'))
                    || matches!(behind, ['?', 'P', '<', ..]);
                names |= named;
                groups += u32::from(named || behind.first() != Some(&'?'));
            }
            _ => {}
        }
    }
    (groups, names)
}
