//! No pattern of the document needs the tables of Unicode: properties, and simple case folding.

use super::class::Class;

/// The class of `\p{name}`: none is known.
pub const fn property(_name: &str) -> Option<Class> {
    None
}

/// The class of `\p{name}` in other dialects: none is known.
pub const fn similar_property(_name: &str) -> Option<Class> {
    None
}

/// All code points that fold to what a code point of the class folds to: that is not known.
pub const fn folded(_class: &Class) -> Option<Class> {
    None
}
