//! Classes in brackets: `[^a-z\d]`.

use super::super::class::{self, Class};
use super::super::syntax::{Fault, Node};
use super::{MOST_RANGES, Parser, fault};

impl Parser {
    /// A class in brackets, the first of which is read.
    pub(super) fn bracket(&mut self) -> Result<Node, Fault> {
        let negated = self.eat("^");
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        loop {
            if self.eat("]") {
                let class = Class::new(ranges);
                return self.class(class, negated);
            }
            if !self.is_strict() && (self.sees("&&") || self.sees("--[")) {
                return fault("operations on classes are of another dialect");
            }
            let first = self.member()?;
            let mark = self.mark();
            if !self.eat("-") || self.sees("]") {
                self.reset(mark);
                self.add(&mut ranges, &first)?;
                continue;
            }
            let last = self.member()?;
            match (single(&first), single(&last)) {
                (Some(from), Some(to)) if from <= to => ranges.push((from, to)),
                (Some(_), Some(_)) => return fault("a range of a class is out of order"),
                _ => {
                    self.without_unicode("a range of a class has a class at its end")?;
                    self.add(&mut ranges, &first)?;
                    self.add(&mut ranges, &last)?;
                    ranges.push((u32::from('-'), u32::from('-')));
                }
            }
        }
    }

    fn add(&mut self, ranges: &mut Vec<(u32, u32)>, class: &Class) -> Result<(), Fault> {
        ranges.extend(class.ranges());
        if ranges.len() > MOST_RANGES {
            return Err(Fault::Size(format!(
                "more than {} ranges of characters",
                MOST_RANGES
            )));
        }
        Ok(())
    }

    fn member(&mut self) -> Result<Class, Fault> {
        if !self.is_strict() && self.sees("[:") {
            let mark = self.mark();
            self.eat("[:");
            let negated = self.eat("^");
            let name = self.take_while(|c| c.is_ascii_alphanumeric());
            if let Some(class) = class::posix(&name).filter(|_| self.eat(":]")) {
                self.dialect("a class by its name is of another dialect")?;
                return Ok(if negated { class.complement() } else { class });
            }
            self.reset(mark);
        }
        match self.take() {
            None => fault("a class is not closed"),
            Some('\\') => self.class_escape(true),
            Some(character) => Ok(Class::of(&[(character, character)])),
        }
    }
}

/// The only code point of a class.
fn single(class: &Class) -> Option<u32> {
    match class.ranges() {
        [(from, to)] if from == to => Some(*from),
        _ => None,
    }
}
