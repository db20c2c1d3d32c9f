//! Limits on what is read of a document: every bound on bytes, values and levels in one place.
//!
//! Real documents stay well below each of them: the largest known ones have 70 MB, 3 million values and 40 levels.

/// Nesting beyond this many levels is refused.
pub const MAX_DEPTH: usize = 256;

/// Maximum size of one file in bytes: a document, a file that it refers to, an overlay, a settings file.
pub const MAX_FILE_BYTES: u64 = 128 << 20;

/// Maximum total size of all files of a document, in bytes.
pub const MAX_BYTES: usize = 256 << 20;

/// Maximum number of values and member names in one file, and in all files of a document. A value takes about 200 bytes of memory.
pub const MAX_VALUES: usize = 8_000_000;

/// Maximum number of files of a document.
pub const MAX_FILES: usize = 5_000;

/// Maximum number of values that the aliases of a YAML file add to those written in it.
pub const MAX_ALIASED_VALUES: usize = 1_000_000;

/// Maximum number of bytes of text, in values and in member names, that they add.
pub const MAX_ALIASED_BYTES: usize = 32 << 20;

/// Maximum number of values and member names that the updates of an overlay add, over all targets.
pub const MAX_OVERLAID_VALUES: usize = 1_000_000;

/// Maximum number of bytes of text, in values and in member names, that they add.
pub const MAX_OVERLAID_BYTES: usize = 32 << 20;

/// Maximum number of steps that the targets of an overlay take, by an upper estimate: a few seconds.
pub const MAX_TARGET_STEPS: usize = 50_000_000;

/// Maximum total length, in names and indices, of the paths that one target matches.
pub const MAX_TARGETED: usize = 4_000_000;

/// Maximum length of a target in bytes.
pub const MAX_TARGET_BYTES: usize = 4_096;

/// Maximum number of values and member names that are copied for references where the specification allows none, and which are replaced by
/// their targets.
pub const MAX_EMBEDDED_VALUES: usize = 1_000_000;

/// Maximum number of bytes of text, in values and in member names, that they add.
pub const MAX_EMBEDDED_BYTES: usize = 32 << 20;

/// Pointers of at most this many bytes are not counted; those of real documents are shorter.
pub const LONG_POINTER: usize = 1_024;

/// Maximum total number of bytes by which the pointers of a document exceed that length. Each pointer is kept several times, and emitted.
pub const MAX_POINTER_BYTES: usize = 32 << 20;

/// Where copies are counted, this many bytes of text count as one value.
pub const PIECE: usize = 64;
