//! Limits that a caller sets for reading.

/// Limits on JSON to be read. Reading takes memory and time in proportion to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Maximum size in bytes.
    pub bytes: usize,
    /// Maximum nesting of arrays and objects, up to [`Limits::DEEPEST`].
    pub depth: usize,
}

impl Limits {
    /// Absolute maximum nesting; no real payload is as deep.
    pub const DEEPEST: usize = 128;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: usize::MAX,
            depth: Self::DEEPEST,
        }
    }
}
