//! A text as a tree that borrows from it: what a report is made from, once something is known to be wrong.

use std::borrow::Cow;
use std::collections::HashSet;

use super::super::{Entries, Instance, Object, Types, View};
use super::fault::Reason;
use super::{Fault, Reader};

/// Up to so many members are compared with each other to find one that occurs twice; beyond, by hash.
const FEW: usize = 16;

/// A value, as it stands in a text.
pub enum Tree<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Unsigned(u64),
    Number(f64),
    String(Cow<'a, str>),
    Array(Vec<Tree<'a>>),
    Object(Members<'a>),
}

/// The members of an object; of one that occurs twice, the last.
pub struct Members<'a>(Vec<(Cow<'a, str>, Tree<'a>)>);

impl<'a> Reader<'a> {
    /// The value that comes next, and the pointers of the members that occur twice in it.
    ///
    /// # Errors
    /// Where the text is not JSON, or nested too deep.
    pub fn tree(&mut self, duplicates: &mut Vec<String>) -> Result<Tree<'a>, Fault> {
        match self.peek()? {
            Types::NULL => self.null().map(|()| Tree::Null),
            Types::BOOLEAN => self.boolean().map(Tree::Boolean),
            Types::STRING => self.string().map(Tree::String),
            Types::ARRAY => {
                let mut elements = Vec::new();
                self.array()?;
                while self.element()? {
                    let (index, noted) = (elements.len(), duplicates.len());
                    elements.push(self.tree(duplicates).map_err(|fault| fault.under(index.to_string()))?);
                    nest(duplicates, noted, || index.to_string());
                }
                Ok(Tree::Array(elements))
            }
            Types::OBJECT => self.members(duplicates).map(Tree::Object),
            _ => {
                let text = self.number_text()?;
                // Whatever fits 64 bits stays exact; anything else is the nearest float.
                let whole = text.parse().map(Tree::Integer).or_else(|_| text.parse().map(Tree::Unsigned));
                whole.or_else(|_| match text.parse::<f64>() {
                    Ok(number) if number.is_finite() => Ok(Tree::Number(number)),
                    _ => Err(Fault::new(Reason::Range)),
                })
            }
        }
    }

    fn members(&mut self, duplicates: &mut Vec<String>) -> Result<Members<'a>, Fault> {
        let mut members: Vec<(Cow<'a, str>, Tree<'a>)> = Vec::new();
        let mut seen: HashSet<Cow<'a, str>> = HashSet::new();
        self.object()?;
        while let Some(name) = self.name()? {
            let noted = duplicates.len();
            let value = self.tree(duplicates).map_err(|fault| fault.under(name.to_string()))?;
            if members.len() == FEW {
                seen.extend(members.iter().map(|(name, _)| name.clone()));
            }
            let repeated = if members.len() < FEW {
                members.iter().any(|(other, _)| *other == name)
            } else {
                !seen.insert(name.clone())
            };
            if repeated {
                duplicates.push(String::new());
            }
            nest(duplicates, noted, || name.to_string());
            match members.iter_mut().find(|(other, _)| repeated && *other == name) {
                Some((_, place)) => *place = value,
                None => members.push((name, value)),
            }
        }
        Ok(Members(members))
    }
}

/// Puts the duplicates noted since under a step.
fn nest(duplicates: &mut [String], since: usize, step: impl Fn() -> String) {
    for pointer in duplicates.iter_mut().skip(since) {
        pointer.insert_str(0, &format!("/{}", step().replace('~', "~0").replace('/', "~1")));
    }
}

impl Instance for Tree<'_> {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Boolean(value) => View::Boolean(*value),
            Self::Integer(value) => View::Integer(*value),
            Self::Unsigned(value) => View::Unsigned(*value),
            Self::Number(value) => View::Number(*value),
            Self::String(value) => View::String(value),
            Self::Array(elements) => View::Array(elements),
            Self::Object(members) => View::Object(members),
        }
    }
}

impl Object for Members<'_> {
    fn additional(&self) -> Option<&dyn Entries> {
        Some(self)
    }
}

impl Entries for Members<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, name: &str) -> Option<View<'_>> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.view())
    }

    fn all<'a>(&'a self, test: &mut dyn FnMut(&'a str, View<'a>) -> bool) -> bool {
        self.0.iter().all(|(name, value)| test(name, value.view()))
    }
}
