//! One run at a time in one output folder.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use fd_lock::RwLock;

use crate::output::failure::Failure;
use crate::output::place;
use crate::runtime::shown;

/// The file that is locked where a folder cannot be: on Windows, and on some network file systems.
pub(crate) const LOCK: &str = ".planchet.lock";

const NO_FOLDER: &str = "it is a file, and a folder is needed";

/// Makes a folder, waits until no other run works in it, and runs; on failure the folder is removed again.
///
/// The folder itself may be reached through symbolic links: its path is the user's own word.
pub(crate) fn in_folder<T>(folder: &Path, run: impl FnOnce(&Path) -> Result<T, Failure>) -> Result<T, Failure> {
    let mut made = Vec::new();
    let outcome = make(folder, &mut made).and_then(|()| in_present_folder(folder, run));
    if outcome.is_err() {
        for folder in made.iter().rev() {
            // Another run may have put something there.
            let _ = std::fs::remove_dir(folder);
        }
    }
    outcome
}

/// The same for a folder that is there.
pub(crate) fn in_present_folder<T>(folder: &Path, run: impl FnOnce(&Path) -> Result<T, Failure>) -> Result<T, Failure> {
    let failed = |error| Failure::io(folder.to_path_buf(), error);
    loop {
        let root = std::fs::canonicalize(folder).map_err(failed)?;
        if !root.is_dir() {
            return Err(failed(io::Error::other(NO_FOLDER)));
        }
        let mut lock = RwLock::new(open(&root).map_err(failed)?);
        if lock.try_write().is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock) {
            // A waiting run says so: the other run may be stopped, and this one would wait forever.
            let text = format!("waiting for another run in `{}`\n", shown(&folder.display().to_string()));
            let _ = io::stderr().write_all(text.as_bytes());
        }
        let guard = lock.write().map_err(failed)?;
        // The previous run may have failed and removed the folder that it had made.
        if is_at(&guard, &root) {
            return run(&root);
        }
        drop(guard);
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
}

fn make(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.is_dir()).collect();
    for path in missing.into_iter().rev() {
        let created = match place::metadata(path) {
            Ok(Some(found)) if found.is_symlink() => {
                Err(io::Error::other("it is a symbolic link that leads to no folder"))
            }
            Ok(Some(found)) if !found.is_dir() => Err(io::Error::other(NO_FOLDER)),
            _ => std::fs::create_dir(path),
        };
        match created {
            Ok(()) => made.push(path.to_path_buf()),
            // Another run was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) => {
                made.iter().rev().for_each(|path| drop(std::fs::remove_dir(path)));
                return Err(Failure::io(path.to_path_buf(), error));
            }
        }
    }
    Ok(())
}

#[cfg(unix)]
fn open(root: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    // The file may have become a pipe in the meantime, so opening does not wait.
    let folder = File::options().read(true).custom_flags(libc::O_DIRECTORY | libc::O_NONBLOCK).open(root)?;
    let mut lock = RwLock::new(folder);
    let can_lock = match lock.try_write() {
        Ok(_) => true,
        Err(error) => error.kind() == io::ErrorKind::WouldBlock,
    };
    if can_lock { Ok(lock.into_inner()) } else { open_file(root) }
}

#[cfg(not(unix))]
fn open(root: &Path) -> io::Result<File> {
    open_file(root)
}

fn open_file(root: &Path) -> io::Result<File> {
    let path = root.join(LOCK);
    if place::metadata(&path)?.is_some_and(|found| !found.is_file()) {
        return Err(io::Error::other(format!("`{LOCK}` is no ordinary file")));
    }
    File::options().create(true).truncate(false).write(true).open(path)
}

#[cfg(unix)]
fn is_at(file: &File, root: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let place = |found: std::fs::Metadata| (found.dev(), found.ino());
    let locked = file.metadata().map(place).ok();
    locked.is_some()
        && [root.to_path_buf(), root.join(LOCK)].iter().any(|path| std::fs::metadata(path).map(place).ok() == locked)
}

#[cfg(not(unix))]
fn is_at(_: &File, root: &Path) -> bool {
    root.join(LOCK).is_file()
}
