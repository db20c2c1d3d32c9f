//! Unions: the evidence that identifies a branch, as data, and the reader that uses it.

use std::borrow::Cow;

use super::reader::Choice;
use super::{Decode, Fault, Instance, Reader, Rules, Secret, Types};

/// A type of one variant for each branch.
pub trait Union: Instance + Sized + 'static {
    /// The branches, in document order.
    const BRANCHES: &'static [Branch<Self>];
    /// The evidence that identifies them, in order of precedence.
    const EVIDENCE: &'static [Evidence];
    /// A value that matches no branch.
    fn unknown(value: Secret<serde_json::Value>) -> Self;
}

/// A branch of a union.
pub struct Branch<U> {
    /// Reads a value of the branch.
    pub decode: fn(&mut Reader<'_>) -> Result<U, Fault>,
    /// The rules of the branch.
    pub rules: &'static Rules,
}

/// Evidence that a value belongs to a branch.
#[derive(Debug)]
pub struct Evidence {
    /// Index of the branch.
    pub branch: usize,
    /// The types that the value must be of.
    pub types: Types,
    /// A further condition.
    pub proof: Proof,
}

/// The condition of evidence for a branch.
#[derive(Debug)]
pub enum Proof {
    /// A member that has one of these values.
    MemberValue(&'static str, &'static [&'static str]),
    /// A string of these.
    Value(&'static [&'static str]),
    /// A member.
    Member(&'static str),
    /// One of some members.
    AnyMember(&'static [&'static str]),
    /// The type alone.
    Type,
}

/// A branch that decodes a variant.
pub fn branch<T: Decode, U>(reader: &mut Reader<'_>, variant: fn(T) -> U) -> Result<U, Fault> {
    T::decode(reader).map(variant)
}

impl Reader<'_> {
    /// Reads a value of a union: by the branch that the evidence identifies, else by the first whose rules hold, else by the first that
    /// decodes. A value that matches none is an error when strict, and kept as it is when lenient.
    ///
    /// # Errors
    /// When strict, where no branch fits; and where the text is not JSON.
    pub fn union<U: Union>(&mut self) -> Result<U, Fault> {
        let (position, union) = (self.start(), U::BRANCHES.as_ptr().addr());
        match self.choice(position, union) {
            Some(Choice::Branch(index)) => match U::BRANCHES.get(index) {
                Some(branch) => (branch.decode)(self),
                None => Err(Fault::no_branch()),
            },
            Some(Choice::None) => self.no_branch(None),
            None => match self.choose::<U>() {
                Ok((choice, value)) => {
                    self.chose(position, union, choice);
                    value
                }
                Err(fault) => {
                    self.chose(position, union, Choice::None);
                    Err(fault)
                }
            },
        }
    }

    /// Tries the branches; returns the chosen one and its value.
    fn choose<U: Union>(&mut self) -> Result<(Choice, Result<U, Fault>), Fault> {
        let mark = self.mark();
        let identified = self.identified_branch(U::EVIDENCE)?.and_then(|index| Some((index, U::BRANCHES.get(index)?)));
        let mut fault = None;
        if let Some((index, branch)) = identified {
            match self.attempt(branch.decode) {
                Ok(value) => return Ok((Choice::Branch(index), Ok(value))),
                Err(reason) => fault = Some(reason),
            }
            self.retract(mark);
        }
        // The first that decodes, where no rules hold.
        let mut first = None;
        for (index, branch) in U::BRANCHES.iter().enumerate() {
            match self.attempt(branch.decode) {
                Ok(value) if value.holds(branch.rules) => return Ok((Choice::Branch(index), Ok(value))),
                Ok(_) if identified.is_none() => first = first.or(Some((index, branch))),
                _ => {}
            }
            self.retract(mark);
        }
        match first {
            Some((index, branch)) => Ok((Choice::Branch(index), self.attempt(branch.decode))),
            None => Ok((Choice::None, self.no_branch(fault))),
        }
    }

    /// A value that matches no branch.
    fn no_branch<U: Union>(&mut self, fault: Option<Fault>) -> Result<U, Fault> {
        if self.is_strict() {
            return Err(fault.unwrap_or_else(Fault::no_branch));
        }
        Ok(U::unknown(Secret::new(self.value()?)))
    }

    /// The branch that the evidence identifies.
    fn identified_branch(&mut self, evidence: &[Evidence]) -> Result<Option<usize>, Fault> {
        let found = self.peek()?;
        let mut outline = if found == Types::OBJECT { Some(self.outline()?) } else { None };
        // Evidence about one member is adjacent, so the member is looked up once.
        let mut looked_up: Option<(&str, Option<Cow<'_, str>>)> = None;
        for reason in evidence {
            if !reason.types.intersects(found) {
                continue;
            }
            let holds = match (&reason.proof, &mut outline) {
                (Proof::Type, _) => true,
                (Proof::Value(values), _) => {
                    let mark = self.mark();
                    let text = self.string()?;
                    self.reset(mark);
                    values.contains(&&*text)
                }
                (Proof::Member(name), Some(outline)) => outline.has(self, &[*name])?,
                (Proof::AnyMember(names), Some(outline)) => outline.has(self, names)?,
                (Proof::MemberValue(name, values), Some(outline)) => {
                    if looked_up.as_ref().is_none_or(|(known, _)| known != name) {
                        looked_up = Some((name, outline.text(self, name)?));
                    }
                    let value = looked_up.as_ref().and_then(|(_, value)| value.as_deref());
                    value.is_some_and(|value| values.contains(&value))
                }
                (Proof::Member(_) | Proof::AnyMember(_) | Proof::MemberValue(..), None) => false,
            };
            if holds {
                return Ok(Some(reason.branch));
            }
        }
        Ok(None)
    }
}
