//! The files to write, and the changes that this makes.

use std::collections::BTreeMap;
use std::path::Path;

use crate::output::owner::Owner;

/// The file that is merged, not replaced.
pub(crate) const MANIFEST: &str = "Cargo.toml";

/// How a file of the output differs from what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is not there yet.
    Added(String),
    /// It is there with other content.
    Changed(String),
    /// It is there and no longer emitted.
    Removed(String),
}

impl Change {
    /// The path of the file, relative to the folder.
    pub fn path(&self) -> &str {
        match self {
            Self::Added(path) | Self::Changed(path) | Self::Removed(path) => path,
        }
    }
}

/// The files to write, and where.
#[derive(Clone, Debug)]
pub struct Output<'a> {
    /// The folder. It may be reached through symbolic links; below it none is followed.
    pub folder: &'a Path,
    /// Whose files these are.
    pub owner: Owner,
    /// The files, by path relative to the folder.
    pub files: &'a BTreeMap<String, String>,
    /// Replaces files of others that are in the way; folders and links are never replaced.
    pub force: bool,
}
