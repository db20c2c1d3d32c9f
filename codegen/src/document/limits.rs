//! How much of a stranger's document is read at most: every bound on bytes, values and levels in one place.
//!
//! Real documents stay well below each of them: the largest known ones have 70 MB, 3 million values and 40 levels.

/// Nesting beyond this many levels is refused.
pub const MAX_DEPTH: usize = 256;

/// As many bytes has one file at most: a document, a file that it refers to, an overlay, a file of settings.
pub const MAX_FILE_BYTES: u64 = 128 << 20;

/// As many bytes have all files of one document together at most.
pub const MAX_BYTES: usize = 256 << 20;

/// As many values and member names has one file at most, and so have all files of one document together. A value takes
/// about 200 bytes of memory.
pub const MAX_VALUES: usize = 8_000_000;

/// As many files make a document at most.
pub const MAX_FILES: usize = 5_000;

/// As many values may the aliases of a YAML file add to those that are written in it.
pub const MAX_ALIASED_VALUES: usize = 1_000_000;

/// As many bytes of text, in values and in member names, may they add.
pub const MAX_ALIASED_BYTES: usize = 32 << 20;
