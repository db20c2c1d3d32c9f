//! A text as a tree that borrows from it: what a report is made from, once something is known to be wrong.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::{Entries, Instance, Object, Types, View, slot};
use super::fault::Reason;
use super::{Fault, Reader};

/// Up to so many members are looked through for a name; among more it is found by hash.
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
#[derive(Default)]
pub struct Members<'a> {
    list: Vec<(Cow<'a, str>, Tree<'a>)>,
    /// Where each of them is, once they are more than a few.
    places: HashMap<Cow<'a, str>, usize>,
    /// For each name a bit that others may share: of a name without it, there is no other member.
    marks: u64,
}

impl<'a> Members<'a> {
    fn place(&self, name: &str) -> Option<usize> {
        if self.list.len() <= FEW {
            return self.list.iter().position(|(other, _)| other == name);
        }
        self.places.get(name).copied()
    }

    /// Adds a member; whether there was one of its name.
    fn put(&mut self, name: Cow<'a, str>, value: Tree<'a>) -> bool {
        let mark = 1 << slot(&name, 64);
        if self.marks & mark != 0
            && let Some((_, place)) = self.place(&name).and_then(|place| self.list.get_mut(place))
        {
            *place = value;
            return true;
        }
        self.marks |= mark;
        if self.list.len() == FEW {
            self.places.extend(self.list.iter().enumerate().map(|(place, (name, _))| (name.clone(), place)));
        }
        if self.list.len() >= FEW {
            self.places.insert(name.clone(), self.list.len());
        }
        if self.list.is_empty() {
            self.list.reserve(FEW);
        }
        self.list.push((name, value));
        false
    }
}

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
        let mut members = Members::default();
        self.object()?;
        while let Some(name) = self.name()? {
            let noted = duplicates.len();
            let value = self.tree(duplicates).map_err(|fault| fault.under(&*name))?;
            nest(duplicates, noted, || name.to_string());
            // In the order of the text: what is within it comes first.
            if members.put(name.clone(), value) {
                duplicates.push(format!("/{}", escaped(&name)));
            }
        }
        Ok(members)
    }
}

/// Puts the duplicates noted since under a step.
fn nest(duplicates: &mut [String], since: usize, step: impl Fn() -> String) {
    for pointer in duplicates.iter_mut().skip(since) {
        pointer.insert_str(0, &format!("/{}", escaped(&step())));
    }
}

/// A step of a JSON Pointer (RFC 6901, section 3).
fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
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
        self.list.len()
    }

    fn get(&self, name: &str) -> Option<View<'_>> {
        self.place(name).and_then(|place| self.list.get(place)).map(|(_, value)| value.view())
    }

    fn all<'a>(&'a self, test: &mut dyn FnMut(&'a str, View<'a>) -> bool) -> bool {
        self.list.iter().all(|(name, value)| test(name, value.view()))
    }
}
