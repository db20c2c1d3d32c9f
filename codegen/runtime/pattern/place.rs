//! Places of a text: between two characters, by the bytes before them.

use super::class::LINE_ENDS;
use super::syntax::Assertion;
use super::unicode;

/// The character behind a place.
pub fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character before a place.
pub fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// Whether an assertion holds at a place.
pub fn holds(assertion: Assertion, text: &str, at: usize) -> bool {
    let ends_line = |character: Option<char>| {
        character.is_none_or(|c| {
            LINE_ENDS
                .iter()
                .any(|(from, to)| (*from..=*to).contains(&c))
        })
    };
    match assertion {
        Assertion::Start => at == 0,
        Assertion::End => at == text.len(),
        Assertion::LineStart => ends_line(before(text, at)),
        Assertion::LineEnd => ends_line(after(text, at)),
        Assertion::Boundary { ignore_case } => is_boundary(text, at, ignore_case),
        Assertion::NoBoundary { ignore_case } => !is_boundary(text, at, ignore_case),
    }
}

fn is_boundary(text: &str, at: usize, ignore_case: bool) -> bool {
    // The long s and the sign of Kelvin fold to letters of ASCII (ECMA-262, WordCharacters).
    let folds = |c: char| ignore_case && matches!(c, '\u{17f}' | '\u{212a}');
    let is_word = |character: Option<char>| {
        character.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || folds(c))
    };
    is_word(before(text, at)) != is_word(after(text, at))
}

/// Whether two characters are the same, where case is ignored.
pub fn fold_alike(one: char, other: char) -> bool {
    one == other
        || unicode::folded(&super::class::Class::of(&[(one, one)]))
            .is_some_and(|class| class.contains(other.into()))
}
