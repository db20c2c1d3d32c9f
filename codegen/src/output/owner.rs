//! Whose files a folder holds: one configuration's, or one crate's.

use std::path::{Component, Path, PathBuf};

/// Who generates into a folder. Two owners do not share one, since each would remove the files of the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The configuration file, by its path.
    Configuration(PathBuf),
    /// The crate of one document, by the name of the package.
    Crate(String),
}

impl Owner {
    /// The owner's name in the record of a folder: the same on every machine, as long as both keep their relative position.
    pub(crate) fn recorded(&self, root: &Path) -> String {
        match self {
            Self::Crate(name) => format!("crate {name}"),
            Self::Configuration(file) => {
                let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.clone());
                let text = relative(root, &file).to_string_lossy().replace('\\', "/");
                text.chars().map(|sign| if sign.is_control() { '_' } else { sign }).collect()
            }
        }
    }

    /// Whether a recorded owner is in the way: a deleted configuration is not.
    pub(crate) fn excludes(&self, root: &Path, other: &str) -> bool {
        other.starts_with("crate ") || matches!(self, Self::Crate(_)) || root.join(other).is_file()
    }
}

/// The relative path from a folder to a file, both absolute.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (mut from, mut to) = (from.components().peekable(), to.components().peekable());
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    from.map(|_| Component::ParentDir).chain(to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_one_folder_to_another_file() {
        for (from, to, way) in [
            ("/a/generated", "/a/planchet.toml", "../planchet.toml"),
            ("/a", "/a/planchet.toml", "planchet.toml"),
            ("/b/c", "/a/x.toml", "../../a/x.toml"),
        ] {
            assert_eq!(relative(Path::new(from), Path::new(to)), Path::new(way));
        }
    }
}
