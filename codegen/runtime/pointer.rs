//! JSON Pointers (RFC 6901): where a violation is.

use std::borrow::Cow;

use super::formats::card_number::may_show_card_number;

/// A name as a step of a pointer: section 3. Names of members come from the instance where a schema is a map; a name that could be a card
/// number is not shown.
pub fn escaped(name: &str) -> Cow<'_, str> {
    if may_show_card_number(name) {
        return Cow::Borrowed("[redacted]");
    }
    if name.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}
