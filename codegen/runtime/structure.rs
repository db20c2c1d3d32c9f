//! What emitted structs and their builders have in common with the rest of the run-time code.

use super::keyword::tables::Keyword;
use super::rules::{Members, Rules};
use super::{Entries, Fault, Instance, Nullable, Object, Reader, View, Violations, check};

/// A struct of the document. `support::object!` makes the other traits of this one.
pub trait Struct: Object + Sized {
    /// The declared member at an index, `None` where it is absent.
    fn field(&self, index: usize) -> Option<View<'_>>;

    /// Whether the struct follows the rules of its own schema: what its type does not settle is checked.
    fn is_valid(&self, own: &'static Rules) -> bool {
        check::holds(View::Object(self), own)
    }

    /// Reads an object.
    ///
    /// # Errors
    /// Where a member is missing, undeclared, repeated, or does not decode.
    fn read(reader: &mut Reader<'_>) -> Result<Self, Fault>;
}

/// The names of the members that an object declares, in the order of their indices.
#[derive(Clone, Copy, Debug)]
pub enum Declared {
    /// Those of `properties`.
    Properties(&'static Members),
    /// A list, where several schemas declare the members.
    Names(&'static [&'static str]),
}

impl Declared {
    /// None.
    pub const NONE: Self = Self::Names(&[]);

    /// The properties of a schema.
    #[must_use]
    pub const fn of(rules: &'static Rules) -> Self {
        match rules.keywords {
            [Keyword::Members(members), ..] => Self::Properties(members),
            _ => Self::NONE,
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Self::Properties(members) => members.properties.len(),
            Self::Names(names) => names.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The name at an index.
    #[must_use]
    pub fn name(self, index: usize) -> Option<&'static str> {
        match self {
            Self::Properties(members) => {
                members.properties.get(index).map(|property| property.name)
            }
            Self::Names(names) => names.get(index).copied(),
        }
    }

    /// The index of a name.
    #[must_use]
    pub fn index(self, name: &str) -> Option<usize> {
        match self {
            Self::Properties(members) => members.place(name),
            Self::Names(names) => names.iter().position(|declared| *declared == name),
        }
    }

    /// Whether these are the properties of `members`, in the same order.
    pub(super) fn are_of(self, members: &'static Members) -> bool {
        match self {
            Self::Properties(own) if std::ptr::eq(own, members) => true,
            _ => {
                self.len() == members.properties.len()
                    && members
                        .properties
                        .iter()
                        .enumerate()
                        .all(|(index, property)| {
                            // Both come from one document: the same literal is the same memory more often than not.
                            self.name(index).is_some_and(|name| {
                                std::ptr::eq(name, property.name) || name == property.name
                            })
                        })
            }
        }
    }
}

/// What a builder holds for a member: a value, or nothing yet.
pub trait BuilderField {
    /// The value, if one was set.
    fn value(&self) -> Option<View<'_>>;
}

impl<T: Instance> BuilderField for Option<T> {
    fn value(&self) -> Option<View<'_>> {
        self.as_ref().map(Instance::view)
    }
}

impl<T: Instance> BuilderField for Nullable<T> {
    fn value(&self) -> Option<View<'_>> {
        self.member()
    }
}

/// The members of a builder, seen as an object that may be incomplete.
struct Incomplete<'a> {
    declared: Declared,
    fields: &'a [&'a dyn BuilderField],
    additional: Option<&'a dyn Entries>,
}

impl Object for Incomplete<'_> {
    fn declared(&self) -> Declared {
        self.declared
    }

    fn member(&self, index: usize) -> Option<View<'_>> {
        self.fields.get(index).and_then(|field| field.value())
    }

    fn additional(&self) -> Option<&dyn Entries> {
        self.additional
    }
}

/// Checks the members of a builder: the declared ones in the order of `declared`, and those that the document does not declare.
///
/// # Errors
/// Everything that is missing or wrong.
pub fn check_members(
    rules: &Rules,
    declared: Declared,
    fields: &[&dyn BuilderField],
    additional: Option<&dyn Entries>,
) -> Result<(), Violations> {
    let members = Incomplete {
        declared,
        fields,
        additional,
    };
    check(View::Object(&members), rules)
}
