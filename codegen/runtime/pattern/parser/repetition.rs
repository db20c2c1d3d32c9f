//! How often a part occurs: `*`, `+?`, `{2,4}`.

use super::super::syntax::{Fault, Node};
use super::{Parser, fault};

impl Parser {
    pub(super) fn repeated(&mut self, node: Node, first_group: u32) -> Result<Node, Fault> {
        let Some((least, most)) = self.counts()? else {
            return Ok(node);
        };
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
        Ok(Node::Repeat {
            node: Box::new(node),
            least,
            most,
            lazy,
            groups: first_group..self.groups + 1,
        })
    }

    /// `*`, `+`, `?`, `{2}`, `{2,}`, `{2,4}`; nothing is consumed where none follows.
    pub(super) fn counts(&mut self) -> Result<Option<(u32, Option<u32>)>, Fault> {
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
}
