//! A text as a tree that borrows from it, from which a report is made once the text is known to be invalid.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::numeral::is_held;
use super::super::pointer::escaped;
use super::super::{Entries, Instance, Numeral, Object, View, Violations, slot};
use super::fault::Reason;
use super::{Fault, Reader};

/// Maximum number of members that are searched linearly for a name; among more it is found by hash.
const FEW: usize = 16;

/// Maximum total size in bytes of the pointers of repeated members, the first excepted.
const POINTERS: usize = 1 << 20;

/// A value, as it stands in a text.
pub enum Tree<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Unsigned(u64),
    Number(f64),
    /// A number that neither 64 bits nor a float represents: no model can hold it, but rules apply to it.
    Numeral(Numeral<'a>),
    String(Cow<'a, str>),
    Array(Vec<Tree<'a>>),
    Object(Box<Members<'a>>),
}

/// The members of an object; of one that occurs twice, the last.
#[derive(Default)]
pub struct Members<'a> {
    list: Vec<(Cow<'a, str>, Tree<'a>)>,
    /// The index of each, once there are more than a few.
    places: HashMap<Cow<'a, str>, usize>,
    /// A Bloom filter of the names: a name whose bit is not set is new.
    marks: u64,
}

impl<'a> Members<'a> {
    fn place(&self, name: &str) -> Option<usize> {
        if self.list.len() <= FEW {
            return self.list.iter().position(|(other, _)| other == name);
        }
        self.places.get(name).copied()
    }

    /// The place of a member's value, and whether there was one of its name.
    #[inline]
    fn entry(&mut self, name: Cow<'a, str>) -> (usize, bool) {
        let mark = 1 << slot(&name, 64);
        if self.marks & mark != 0
            && let Some(place) = self.place(&name)
        {
            return (place, true);
        }
        self.marks |= mark;
        let place = self.list.len();
        if place == 0 {
            self.list.reserve(FEW);
        }
        self.list.push((name, Tree::Null));
        if place >= FEW {
            self.remember();
        }
        (place, false)
    }

    /// Notes the places of the names that have come since.
    #[inline(never)]
    fn remember(&mut self) {
        let noted = self.places.len();
        let names = self.list.iter().enumerate().skip(noted);
        self.places
            .extend(names.map(|(place, (name, _))| (name.clone(), place)));
    }
}

impl<'a> Reader<'a> {
    /// The value that comes next, and the pointers of the members that occur twice in it.
    ///
    /// # Errors
    /// Where the text is not JSON, or nested too deep.
    pub fn tree(&mut self, duplicates: &mut Duplicates) -> Result<Tree<'a>, Fault> {
        let mut tree = Tree::Null;
        self.tree_into(&mut tree, duplicates)?;
        Ok(tree)
    }

    /// The same, written in place: moving a value takes longer than reading it.
    #[inline(always)]
    fn tree_into(&mut self, tree: &mut Tree<'a>, duplicates: &mut Duplicates) -> Result<(), Fault> {
        match self.space() {
            Some(b'"') => *tree = self.string_here().map(Tree::String)?,
            Some(b'{') => *tree = self.members(duplicates).map(Tree::Object)?,
            Some(b'[') => *tree = self.elements(duplicates).map(Tree::Array)?,
            Some(b'-' | b'0'..=b'9') => {
                let text = self.number_text()?;
                let whole = text
                    .parse()
                    .map(Tree::Integer)
                    .or_else(|_| text.parse().map(Tree::Unsigned));
                *tree = whole.or_else(|_| match text.parse::<f64>() {
                    Ok(number) if number.is_finite() && is_held(text, number) => {
                        Ok(Tree::Number(number))
                    }
                    _ => Numeral::new(text)
                        .map(Tree::Numeral)
                        .ok_or_else(|| Fault::new(Reason::Range)),
                })?;
            }
            Some(b't' | b'f') => *tree = self.boolean().map(Tree::Boolean)?,
            Some(b'n') => {
                self.null()?;
                *tree = Tree::Null;
            }
            _ => return Err(self.syntax()),
        }
        Ok(())
    }

    // A separate function, so that scalars are read without a call.
    #[inline(never)]
    fn elements(&mut self, duplicates: &mut Duplicates) -> Result<Vec<Tree<'a>>, Fault> {
        let mut elements = Vec::new();
        self.array()?;
        while self.element()? {
            let (index, noted) = (elements.len(), duplicates.len());
            elements.push(
                self.tree(duplicates)
                    .map_err(|fault| fault.under(index.to_string()))?,
            );
            nest(duplicates, noted, || index.to_string());
        }
        Ok(elements)
    }

    // A separate function as well.
    #[inline(never)]
    fn members(&mut self, duplicates: &mut Duplicates) -> Result<Box<Members<'a>>, Fault> {
        let mut members = Box::<Members<'_>>::default();
        self.object()?;
        while let Some(name) = self.name()? {
            let noted = duplicates.len();
            let (place, repeated) = members.entry(name);
            let Some((name, value)) = members.list.get_mut(place) else {
                return Err(self.syntax());
            };
            self.tree_into(value, duplicates)
                .map_err(|fault| fault.under(name.to_string()))?;
            nest(duplicates, noted, || name.to_string());
            // In the order of the text: inner duplicates come first.
            if repeated {
                duplicates.push(name);
            }
        }
        Ok(members)
    }
}

/// Prefixes the duplicates noted since with a step. There are hardly ever any.
#[inline(always)]
fn nest(duplicates: &mut Duplicates, since: usize, step: impl Fn() -> String) {
    if duplicates.pointers.len() > since {
        duplicates.nest(since, &step());
    }
}

/// The pointers of members that occur twice, in the order of the text, as far as a report has room for them.
#[derive(Default)]
pub struct Duplicates {
    /// The pointers.
    pub pointers: Vec<String>,
    /// Whether there are more.
    pub truncated: bool,
}

impl Duplicates {
    fn len(&self) -> usize {
        self.pointers.len()
    }

    #[cold]
    fn push(&mut self, name: &str) {
        if self.pointers.len() < Violations::CAP {
            self.pointers.push(format!("/{}", escaped(name)));
        } else {
            self.truncated = true;
        }
    }

    #[cold]
    fn nest(&mut self, since: usize, step: &str) {
        let step = format!("/{}", escaped(step));
        let mut bytes: usize = self.pointers.iter().take(since).map(String::len).sum();
        // The first is reported, however long its pointer.
        let mut kept = since;
        for pointer in self.pointers.iter_mut().skip(since) {
            bytes = bytes.saturating_add(pointer.len() + step.len());
            if kept > 0 && bytes > POINTERS {
                break;
            }
            pointer.insert_str(0, &step);
            kept += 1;
        }
        self.truncated |= kept < self.pointers.len();
        self.pointers.truncate(kept);
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
            Self::Numeral(value) => View::Numeral(*value),
            Self::String(value) => View::String(value),
            Self::Array(elements) => View::Array(elements),
            Self::Object(members) => View::Object(&**members),
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
        self.place(name)
            .and_then(|place| self.list.get(place))
            .map(|(_, value)| value.view())
    }

    fn all<'a>(&'a self, test: &mut dyn FnMut(&'a str, View<'a>) -> bool) -> bool {
        self.list
            .iter()
            .all(|(name, value)| test(name, value.view()))
    }
}
