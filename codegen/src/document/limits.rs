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

/// As many values and member names may the updates of an overlay add, for all targets together.
pub const MAX_OVERLAID_VALUES: usize = 1_000_000;

/// As many bytes of text, in values and in member names, may they add.
pub const MAX_OVERLAID_BYTES: usize = 32 << 20;

/// As many steps may the targets of an overlay take, by an estimate from above: a few seconds.
pub const MAX_TARGET_STEPS: usize = 50_000_000;

/// As many names and indices may the places have that one target matches, all together.
pub const MAX_TARGETED: usize = 4_000_000;

/// As many bytes has a target at most.
pub const MAX_TARGET_BYTES: usize = 4_096;

/// As many values and member names may references add that stand where the specification has none, and are replaced by what
/// they point at.
pub const MAX_EMBEDDED_VALUES: usize = 1_000_000;

/// As many bytes of text, in values and in member names, may they add.
pub const MAX_EMBEDDED_BYTES: usize = 32 << 20;

/// The JSON Pointer of an object is counted from so many bytes on; those of real documents are shorter.
pub const LONG_POINTER: usize = 1_024;

/// As many bytes beyond those have the pointers of a document at most. Each is kept several times, and emitted.
pub const MAX_POINTER_BYTES: usize = 32 << 20;

/// Where copies are counted, so many bytes of text count as one value.
pub const PIECE: usize = 64;
