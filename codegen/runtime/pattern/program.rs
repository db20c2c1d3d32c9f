//! Patterns as programs: what the matchers run.
//!
//! `a|b*` is `0: Split(1, 3)  1: Class(a)  2: Jump(6)  3: Split(4, 6)  4: Class(b)  5: Jump(3)  6: Match`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::class::Class;
use super::syntax::{Assertion, Fault, Node};

/// Maximum number of steps of a program, which bounds it to a megabyte: a counted repetition is unrolled, `a{3}` to `aaa`.
pub const MOST_STEPS: usize = 50_000;

/// A step of a program; the next one follows unless it says otherwise.
#[derive(Clone, Debug)]
pub enum Step {
    /// Reads one character of a class.
    Class(u32),
    /// Goes on at either place; the first one is preferred.
    Split(u32, u32),
    /// Goes on at another place.
    Jump(u32),
    /// Goes on where an assertion holds.
    Assert(Assertion),
    /// Goes on where a look-around holds, whose places are computed beforehand.
    Looked(u32),
    /// Goes on where the program from the next step to a `Match` finds something, or finds nothing; then behind it.
    Look {
        behind: u32,
        negative: bool,
        backward: bool,
    },
    /// Notes the place in a slot.
    Save(u32),
    /// Forgets what some groups have captured.
    Forget(Range<u32>),
    /// Notes where a round of a repetition begins.
    Begin(u32),
    /// Goes on where the round has read something.
    Progress(u32),
    /// Reads what a group has captured, or nothing.
    Back {
        groups: Arc<[u32]>,
        ignore_case: bool,
    },
    /// The end.
    Match,
}

/// A program that reads in one direction.
#[derive(Debug)]
pub struct Program {
    pub steps: Vec<Step>,
    /// Whether it reads from the end of the text to its start.
    pub backward: bool,
}

/// A look-around that is computed beforehand for all places of a text.
#[derive(Debug)]
pub struct Look {
    pub program: Program,
    pub negative: bool,
}

/// A pattern, ready to be run.
#[derive(Debug)]
pub struct Compiled {
    pub program: Program,
    /// The look-around of the program and of each other, the inner before the outer.
    pub looks: Vec<Look>,
    pub classes: Vec<Class>,
    pub slots: u32,
    pub rounds: u32,
    /// How many steps there are in all programs together.
    pub size: usize,
}

/// A program that finds out whether a text matches in time proportional to its length. The pattern does not refer back.
pub fn linear(node: &Node) -> Result<Compiled, Fault> {
    compile(node, false, 0)
}

/// A program for backtracking, as ECMA-262 says.
pub fn backtracking(node: &Node, groups: u32) -> Result<Compiled, Fault> {
    compile(node, true, groups)
}

fn compile(node: &Node, captures: bool, groups: u32) -> Result<Compiled, Fault> {
    let mut compiler = Compiler {
        captures,
        ..Compiler::default()
    };
    compiler.node(node)?;
    compiler.push(Step::Match)?;
    Ok(Compiled {
        program: Program {
            steps: compiler.steps,
            backward: false,
        },
        looks: compiler.looks,
        classes: compiler.classes,
        slots: (groups + 1) * 2,
        rounds: compiler.rounds,
        size: compiler.size,
    })
}

#[derive(Default)]
struct Compiler<'n> {
    steps: Vec<Step>,
    looks: Vec<Look>,
    /// Look-arounds that are compiled, by the address of their nodes: a repetition writes them once.
    known_looks: HashMap<*const Node, u32>,
    classes: Vec<Class>,
    known_classes: HashMap<&'n Class, u32>,
    captures: bool,
    backward: bool,
    rounds: u32,
    size: usize,
}

impl<'n> Compiler<'n> {
    fn push(&mut self, step: Step) -> Result<usize, Fault> {
        self.size += 1;
        if self.size > MOST_STEPS {
            return Err(Fault::Size(format!(
                "more than {MOST_STEPS} characters when its repetitions are written out"
            )));
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    /// The place of the next step. `MOST_STEPS` fits.
    fn here(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX)
    }

    fn set(&mut self, place: usize, step: Step) {
        if let Some(slot) = self.steps.get_mut(place) {
            *slot = step;
        }
    }

    fn node(&mut self, node: &'n Node) -> Result<(), Fault> {
        match node {
            Node::Class(class) => {
                let next = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
                let index = *self.known_classes.entry(class).or_insert_with(|| {
                    self.classes.push(class.clone());
                    next
                });
                self.push(Step::Class(index))?;
            }
            Node::Sequence(parts) if self.backward => {
                parts.iter().rev().try_for_each(|part| self.node(part))?
            }
            Node::Sequence(parts) => parts.iter().try_for_each(|part| self.node(part))?,
            Node::Choice(parts) => self.choice(parts)?,
            Node::Repeat {
                node,
                least,
                most,
                lazy,
                groups,
            } => self.repeat(node, *least, *most, *lazy, groups)?,
            Node::Group(number, inner) if self.captures => {
                let (first, last) = if self.backward { (1, 0) } else { (0, 1) };
                self.push(Step::Save(number * 2 + first))?;
                self.node(inner)?;
                self.push(Step::Save(number * 2 + last))?;
            }
            Node::Group(_, inner) => self.node(inner)?,
            Node::Look {
                node: inner,
                behind,
                negative,
            } if self.captures => {
                let outer = std::mem::replace(&mut self.backward, *behind);
                let look = self.push(Step::Match)?;
                self.node(inner)?;
                self.push(Step::Match)?;
                self.set(
                    look,
                    Step::Look {
                        behind: self.here(),
                        negative: *negative,
                        backward: *behind,
                    },
                );
                self.backward = outer;
            }
            Node::Look {
                node: inner,
                behind,
                negative,
            } => {
                let index = match self.known_looks.get(&std::ptr::from_ref(node)) {
                    Some(known) => *known,
                    None => {
                        let index = self.look(inner, !*behind, *negative)?;
                        self.known_looks.insert(std::ptr::from_ref(node), index);
                        index
                    }
                };
                self.push(Step::Looked(index))?;
            }
            Node::Assert(assertion) => {
                self.push(Step::Assert(*assertion))?;
            }
            Node::Back {
                groups,
                ignore_case,
            } => {
                self.push(Step::Back {
                    groups: Arc::clone(groups),
                    ignore_case: *ignore_case,
                })?;
            }
        }
        Ok(())
    }

    /// Look-ahead holds where its part, read from the right to the left, comes to its end; look-behind the other way round.
    fn look(&mut self, inner: &'n Node, backward: bool, negative: bool) -> Result<u32, Fault> {
        let outer = (std::mem::take(&mut self.steps), self.backward);
        self.backward = backward;
        let compiled = self.node(inner).and_then(|()| self.push(Step::Match));
        let steps = std::mem::replace(&mut self.steps, outer.0);
        self.backward = outer.1;
        compiled?;
        self.looks.push(Look {
            program: Program { steps, backward },
            negative,
        });
        Ok(u32::try_from(self.looks.len() - 1).unwrap_or(u32::MAX))
    }

    fn choice(&mut self, parts: &'n [Node]) -> Result<(), Fault> {
        let mut ends = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            if index + 1 == parts.len() {
                self.node(part)?;
                break;
            }
            let split = self.push(Step::Match)?;
            let first = self.here();
            self.node(part)?;
            ends.push(self.push(Step::Match)?);
            self.set(split, Step::Split(first, self.here()));
        }
        let end = self.here();
        ends.into_iter()
            .for_each(|place| self.set(place, Step::Jump(end)));
        Ok(())
    }

    fn repeat(
        &mut self,
        node: &'n Node,
        least: u32,
        most: Option<u32>,
        lazy: bool,
        groups: &Range<u32>,
    ) -> Result<(), Fault> {
        for _ in 0..least {
            let start = self.steps.len();
            self.forget(groups)?;
            self.node(node)?;
            // A part without steps has none however often it is repeated.
            if self.steps.len() == start {
                return Ok(());
            }
        }
        let split = |inside, behind| {
            if lazy {
                Step::Split(behind, inside)
            } else {
                Step::Split(inside, behind)
            }
        };
        match most {
            None => {
                let start = self.here();
                let place = self.push(Step::Match)?;
                let inside = self.here();
                self.round(node, groups)?;
                self.push(Step::Jump(start))?;
                self.set(place, split(inside, self.here()));
            }
            Some(most) => {
                let mut places = Vec::new();
                for _ in least..most {
                    places.push((self.push(Step::Match)?, self.here()));
                    self.round(node, groups)?;
                }
                let end = self.here();
                places
                    .into_iter()
                    .for_each(|(place, inside)| self.set(place, split(inside, end)));
            }
        }
        Ok(())
    }

    /// An optional round: one that reads nothing does not count (ECMA-262, RepeatMatcher).
    fn round(&mut self, node: &'n Node, groups: &Range<u32>) -> Result<(), Fault> {
        if !self.captures {
            return self.node(node);
        }
        let round = self.rounds;
        self.rounds += 1;
        self.forget(groups)?;
        self.push(Step::Begin(round))?;
        self.node(node)?;
        self.push(Step::Progress(round))?;
        Ok(())
    }

    fn forget(&mut self, groups: &Range<u32>) -> Result<(), Fault> {
        if self.captures && !groups.is_empty() {
            self.push(Step::Forget(groups.start * 2..groups.end * 2))?;
        }
        Ok(())
    }
}
