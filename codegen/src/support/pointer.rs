//! JSON Pointers (RFC 6901): where a violation is.

use std::borrow::Cow;

/// A name as a step of a pointer: section 3.
pub fn escaped(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}
