//! Paths inside an output folder, and what is there. No symbolic link below the folder is ever followed.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// The largest file that is read from an output folder, in bytes: Planchet writes no larger one.
pub(crate) const MAX_FILE: u64 = 256 << 20;

/// What is at a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing.
    Nothing,
    /// An ordinary file, with its bytes.
    File(Vec<u8>),
    /// An obstacle, which is never touched: its place (the path, or a folder above it), and its kind.
    Obstacle { path: String, what: &'static str },
}

/// Whether a path leads to a file inside of the folder on every system: relative, of plain names, with `/` between them.
pub(crate) fn is_inside(path: &str) -> bool {
    path.len() <= 1024 && path.split('/').all(is_plain_name)
}

fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        // `.`, `..`, and what Windows reads as another name.
        && !name.ends_with(['.', ' '])
        && !name.chars().any(|sign| sign.is_control() || matches!(sign, '\\' | ':' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

/// The settings of rustfmt, at the root of the folder.
pub(crate) const RUSTFMT: &str = "rustfmt.toml";

/// Whether Planchet ever writes a file of this path: Rust and listings, in folders of Rust modules, and the settings of rustfmt.
///
/// A ledger or a journal that names anything else is not ours.
pub(crate) fn is_emitted(path: &str) -> bool {
    is_inside(path)
        && !path.split('/').any(|name| name.starts_with('.'))
        && path != "build.rs"
        && (path.ends_with(".rs") || path.ends_with(".txt") || path == RUSTFMT)
}

/// What stands at a path of the folder, which [`is_inside`] admits.
///
/// # Errors
/// What the system says, but for a missing file.
pub(crate) fn look(root: &Path, path: &str) -> io::Result<Standing> {
    let obstacle = |path: &str, what| Ok(Standing::Obstacle { path: path.to_owned(), what });
    for (end, _) in path.match_indices('/') {
        let above = &path[..end];
        let Some(found) = metadata(&root.join(above))? else { return Ok(Standing::Nothing) };
        if found.is_symlink() {
            return obstacle(above, "a symbolic link");
        }
        if !found.is_dir() {
            return obstacle(above, "a file");
        }
    }
    let place = root.join(path);
    let Some(found) = metadata(&place)? else { return Ok(Standing::Nothing) };
    if found.is_symlink() {
        return obstacle(path, "a symbolic link");
    }
    if found.is_dir() {
        return obstacle(path, "a folder");
    }
    if !found.is_file() {
        return obstacle(path, "no ordinary file");
    }
    if found.len() > MAX_FILE {
        return obstacle(path, "larger than anything that Planchet writes");
    }
    let mut bytes = Vec::new();
    open(&place)?.take(MAX_FILE).read_to_end(&mut bytes)?;
    Ok(Standing::File(bytes))
}

/// Opens a file for reading without blocking: it may have become a link or a pipe in the meantime.
fn open(path: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::File::options();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NOFOLLOW | libc::O_NONBLOCK | libc::O_NOCTTY);
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is no ordinary file")) }
}

/// The metadata of what is at a path, without following a link; `None` where there is nothing.
pub(crate) fn metadata(path: &Path) -> io::Result<Option<std::fs::Metadata>> {
    match std::fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The folders above a path, from the outermost: `a`, `a/b` for `a/b/c.rs`.
pub(crate) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(end, _)| path.get(..end))
}

/// Whether two paths name one file, as they do where a file system takes `a` and `A` for the same.
pub(crate) fn is_same_file(root: &Path, one: &str, other: &str) -> bool {
    let real = |path: &str| -> Option<PathBuf> { std::fs::canonicalize(root.join(path)).ok() };
    one.eq_ignore_ascii_case(other) && real(one).is_some_and(|one| real(other) == Some(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_lead_outside_are_none() {
        for path in [
            "",
            "/etc/passwd",
            "..",
            "../a.rs",
            "a/../../b.rs",
            "a//b.rs",
            "./a.rs",
            "a\\..\\b.rs",
            "C:/a.rs",
            "C:a.rs",
            "a/",
            "a.rs:x",
            "a\n.rs",
            "a./b.rs",
            "\u{202e}sr.a",
            "a\0.rs",
            "\\\\host\\a.rs",
            "a.rs ",
        ] {
            assert!(!is_inside(path), "{path:?}");
        }
        for path in ["src/lib.rs", "lib.rs", "pay/contract.txt", "rustfmt.toml"] {
            assert!(is_emitted(path), "{path:?}");
        }
        for path in [
            ".git/a.rs",
            "src/rustfmt.toml",
            "build.rs",
            "src/.a.rs",
            "README.md",
            "Cargo.toml",
            ".cargo/config.toml",
            "a",
        ] {
            assert!(!is_emitted(path), "{path:?}");
        }
    }
}
