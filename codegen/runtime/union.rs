//! Unions: the evidence that identifies a branch, as data, and the reader that uses it.

use std::borrow::Cow;

use super::reader::Choice;
use super::{Fault, Instance, Reader, Rules, Secret, Types};

/// A type of one variant for each branch. `support::union!` makes the other traits of this one.
pub trait Union: Instance + Sized + 'static {
    /// The branches, in document order.
    const BRANCHES: &'static [Branch];
    /// What tells them apart, in the order in which it is looked at.
    const EVIDENCE: &'static [Evidence];

    /// What the variant holds, and the index of its branch; of a value that fits none, an index beyond all.
    fn content(&self) -> (usize, &dyn Instance);

    /// Reads a value of the branch at an index.
    ///
    /// # Errors
    /// Where it is none.
    fn read(reader: &mut Reader<'_>, branch: usize) -> Result<Self, Fault>;

    /// A value that fits no branch.
    fn unknown(value: Secret<serde_json::Value>) -> Self;
}

/// A branch of a union.
#[derive(Debug)]
pub struct Branch {
    /// What the branch demands.
    pub(super) rules: &'static Rules,
    /// Whether a value that follows the branch follows the union.
    pub(super) is_sufficient: bool,
}

impl Branch {
    /// A branch beside which others may hold, of a union that says how many must, or more than that.
    #[must_use]
    pub const fn new(rules: &'static Rules) -> Self {
        Self {
            rules,
            is_sufficient: false,
        }
    }

    /// A branch that is enough: of an `anyOf`, or of a `oneOf` of which no other branch can hold with it.
    #[must_use]
    pub const fn sufficient(rules: &'static Rules) -> Self {
        Self {
            rules,
            is_sufficient: true,
        }
    }
}

/// Evidence that a value belongs to a branch.
#[derive(Debug)]
pub struct Evidence {
    /// Index of the branch.
    branch: usize,
    /// What must hold.
    proof: Proof,
}

impl Evidence {
    /// The type alone tells.
    #[must_use]
    pub const fn of_type(branch: usize, types: Types) -> Self {
        Self {
            branch,
            proof: Proof::Type(types),
        }
    }

    /// A string of these.
    #[must_use]
    pub const fn of_value(branch: usize, values: &'static [&'static str]) -> Self {
        Self {
            branch,
            proof: Proof::Value(values),
        }
    }

    /// A member that has one of these values.
    #[must_use]
    pub const fn of_member_value(
        branch: usize,
        name: &'static str,
        values: &'static [&'static str],
    ) -> Self {
        Self {
            branch,
            proof: Proof::MemberValue(name, values),
        }
    }

    /// One of these members.
    #[must_use]
    pub const fn of_member(branch: usize, names: &'static [&'static str]) -> Self {
        Self {
            branch,
            proof: Proof::Member(names),
        }
    }
}

/// The condition of evidence for a branch.
#[derive(Debug)]
enum Proof {
    /// A value of these types.
    Type(Types),
    /// A string of these.
    Value(&'static [&'static str]),
    /// A member that has one of these values.
    MemberValue(&'static str, &'static [&'static str]),
    /// One of some members.
    Member(&'static [&'static str]),
}

impl<'a> Reader<'a> {
    /// Reads a value of a union: the branch that the evidence speaks for; otherwise the first whose rules hold, otherwise the
    /// first that decodes. A value that fits none is a fault when strict, and kept as it is when lenient.
    ///
    /// # Errors
    /// When strict, where no branch fits; and where the text is not JSON.
    pub fn union<U: Union>(&mut self) -> Result<U, Fault> {
        let (position, union) = (self.start(), U::BRANCHES.as_ptr().addr());
        match self.choice(position, union) {
            Some(Choice::Branch(branch)) => U::read(self, branch),
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
        let indicated = self.indicated_branch(U::EVIDENCE)?;
        let mut fault = None;
        if let Some(branch) = indicated {
            match self.attempt(|reader| U::read(reader, branch)) {
                Ok(value) => return Ok((Choice::Branch(branch), Ok(value))),
                Err(reason) => fault = Some(reason),
            }
            self.retract(mark);
        }
        // The first that decodes, where no rules hold.
        let mut first = None;
        for (branch, Branch { rules, .. }) in U::BRANCHES.iter().enumerate() {
            match self.attempt(|reader| U::read(reader, branch)) {
                Ok(value) if value.holds(rules) => return Ok((Choice::Branch(branch), Ok(value))),
                Ok(_) if indicated.is_none() => first = first.or(Some(branch)),
                _ => {}
            }
            self.retract(mark);
        }
        match first {
            Some(branch) => Ok((
                Choice::Branch(branch),
                self.attempt(|reader| U::read(reader, branch)),
            )),
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

    /// The branch that the evidence speaks for.
    fn indicated_branch(&mut self, evidence: &[Evidence]) -> Result<Option<usize>, Fault> {
        let found = self.peek()?;
        let mut outline = if found == Types::OBJECT {
            Some(self.outline()?)
        } else {
            None
        };
        // Evidence about one member comes in a row: it is looked up once.
        let mut looked_up: Option<(&str, Option<Cow<'a, str>>)> = None;
        for Evidence { branch, proof } in evidence {
            let holds = match (proof, &mut outline) {
                (Proof::Type(types), _) => types.intersects(found),
                (Proof::Value(_), _) if found != Types::STRING => false,
                (Proof::Value(values), _) => {
                    let mark = self.mark();
                    let text = self.string()?;
                    self.reset(mark);
                    values.contains(&&*text)
                }
                (Proof::Member(names), Some(outline)) => outline.has(self, names)?,
                (Proof::MemberValue(name, values), Some(outline)) => {
                    if looked_up.as_ref().is_none_or(|(known, _)| known != name) {
                        looked_up = Some((name, outline.text(self, name)?));
                    }
                    let value = looked_up.as_ref().and_then(|(_, value)| value.as_deref());
                    value.is_some_and(|value| values.contains(&value))
                }
                (Proof::Member(_) | Proof::MemberValue(..), None) => false,
            };
            if holds {
                return Ok(Some(*branch));
            }
        }
        Ok(None)
    }
}
