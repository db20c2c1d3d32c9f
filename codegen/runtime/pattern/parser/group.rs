//! Groups, their names, and references to them: `(a)`, `(?:a)`, `(?<year>\d{4})`, `(?i:a)`, `\2`, `\k<year>`.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::syntax::{Fault, Node};
use super::{Flags, MOST_NAMED, Parser, fault};

/// The groups of one name.
#[derive(Default)]
pub(super) struct Named {
    /// Their numbers.
    groups: Vec<u32>,
    /// For each of them, the number of each enclosing group and the alternative in which it stands.
    paths: Vec<Vec<(usize, usize)>>,
}

/// Marks the number of a reference by name among all such references.
const NAMED: u32 = 1 << 31;

impl Parser {
    pub(super) fn group(&mut self) -> Result<Option<Node>, Fault> {
        let outer = self.flags;
        if !self.eat("?") {
            self.groups += 1;
            let number = self.groups;
            let inner = self.closed(outer)?;
            return Ok(Some(Node::Group(number, Box::new(inner))));
        }
        for (opening, behind, negative) in [
            ("=", false, false),
            ("!", false, true),
            ("<=", true, false),
            ("<!", true, true),
        ] {
            if self.eat(opening) {
                let node = Box::new(self.closed(outer)?);
                return Ok(Some(Node::Look {
                    node,
                    behind,
                    negative,
                }));
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
            return if self.take_until(")").is_some() {
                Ok(None)
            } else {
                fault("a comment is not closed")
            };
        }
        if self.eat("P=") {
            self.dialect("`(?P=name)` is of another dialect")?;
            let Some(name) = self.take_until(")") else {
                return fault("a group is not closed");
            };
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
        if self.eat(")") {
            Ok(inner)
        } else {
            fault("a group is not closed")
        }
    }

    fn named_group(&mut self, outer: Flags) -> Result<Node, Fault> {
        let Some(name) = self.take_until(">") else {
            return fault("the name of a group is not closed");
        };
        if !is_name(&name) {
            return fault("a group has no proper name");
        }
        self.groups += 1;
        self.named_groups += 1;
        if self.named_groups > MOST_NAMED {
            return Err(Fault::Size(format!(
                "more than {MOST_NAMED} groups with names"
            )));
        }
        let group = self.groups;
        let path = self.path.clone();
        let named = self.named.entry(name.clone()).or_default();
        // Two groups may share a name where they cannot both take part (ECMA-262, section 22.2.1.1).
        let is_exclusive = |other: &Vec<(usize, usize)>| {
            other
                .iter()
                .zip(&path)
                .any(|(one, other)| one.0 == other.0 && one.1 != other.1)
        };
        if !named.paths.iter().all(is_exclusive) {
            return fault(format!("two groups are named `{name}`"));
        }
        named.groups.push(group);
        named.paths.push(path);
        let inner = self.closed(outer)?;
        Ok(Node::Group(group, Box::new(inner)))
    }

    /// `(?i:…)` of ECMA-262, and `(?i)` of others, which applies up to the end of the enclosing group.
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
                'u' | 'U' if on => {
                    self.dialect(format!("the flag `{flag}` is of another dialect"))?
                }
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
        Node::Back {
            groups: Arc::new([NAMED | index]),
            ignore_case: self.flags.ignore_case,
        }
    }

    /// A reference by number; `None` where there is no such group.
    pub(super) fn numbered(&mut self, number: u32) -> Option<Node> {
        (number <= self.all_groups).then(|| {
            self.refers_back = true;
            self.needs_tables |= self.flags.ignore_case;
            Node::Back {
                groups: Arc::new([number]),
                ignore_case: self.flags.ignore_case,
            }
        })
    }

    /// Gives the references by name, all of which are known now, the numbers of their groups.
    pub(super) fn resolve_references(&self, node: &mut Node) -> Result<(), Fault> {
        // References to one name share the list of its groups.
        let shared: HashMap<&str, Arc<[u32]>> = self
            .named
            .iter()
            .map(|(name, named)| (name.as_str(), named.groups.as_slice().into()))
            .collect();
        let mut groups = Vec::with_capacity(self.references.len());
        for name in &self.references {
            match shared.get(name.as_str()) {
                Some(named) => groups.push(Arc::clone(named)),
                None => return fault(format!("`\\k<{name}>` names no group")),
            }
        }
        resolve(node, &groups);
        Ok(())
    }

    /// Whether `\k` is a reference by name.
    pub(super) const fn knows_names(&self) -> bool {
        self.strict || self.has_names
    }
}

/// Gives references by name, each of which has an index, the numbers of their groups.
fn resolve(node: &mut Node, named: &[Arc<[u32]>]) {
    match node {
        Node::Sequence(parts) | Node::Choice(parts) => {
            parts.iter_mut().for_each(|part| resolve(part, named))
        }
        Node::Repeat { node, .. } | Node::Group(_, node) | Node::Look { node, .. } => {
            resolve(node, named)
        }
        Node::Back { groups, .. } => {
            let of_name = match **groups {
                [group] if group & NAMED != 0 => named.get((group & !NAMED) as usize),
                _ => None,
            };
            if let Some(of_name) = of_name {
                *groups = Arc::clone(of_name);
            }
        }
        Node::Class(_) | Node::Assert(_) => {}
    }
}

/// A group's name (ECMA-262, RegExpIdentifierName).
fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_alphabetic() || matches!(first, '$' | '_'))
        && characters.all(|other| {
            other.is_alphanumeric() || matches!(other, '$' | '_' | '\u{200c}' | '\u{200d}')
        })
}

/// How many capturing groups there are, and whether some have names.
pub(super) fn count_groups(characters: &[char]) -> (u32, bool) {
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
