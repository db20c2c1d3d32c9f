//! What a caller is ready to read.

/// Limits of what is read from JSON. What is read takes memory in proportion to the text, and time too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// So many bytes at most.
    pub bytes: usize,
    /// So many levels of arrays and objects at most, up to [`Limits::DEEPEST`].
    pub depth: usize,
}

impl Limits {
    /// No text is followed deeper; an honest payload of this depth does not exist.
    pub const DEEPEST: usize = 128;
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: usize::MAX, depth: Self::DEEPEST }
    }
}
