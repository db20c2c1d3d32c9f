//! The disk operations of a transaction, one at a time, so that tests can make each of them fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Prefix of the names of staging folders.
pub(crate) const STAGE: &str = ".planchet-stage-";

/// The operations that change something.
pub(crate) trait Disk {
    /// Makes a private folder of a new, unpredictable name.
    fn create_stage(&self, root: &Path) -> io::Result<PathBuf>;
    /// Makes a folder.
    fn create_folder(&self, path: &Path) -> io::Result<()>;
    /// Writes a file that is not there yet. No link is followed.
    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Flushes a file to the disk.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Renames a file within the file system, replacing what is there.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// The disk itself.
pub(crate) struct Real;

impl Disk for Real {
    fn create_stage(&self, root: &Path) -> io::Result<PathBuf> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(STAGE).rand_bytes(12);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        Ok(builder.tempdir_in(root)?.keep())
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}

/// Makes the names in a folder durable, where the system can. It matters after a power cut only.
pub(crate) fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(path)
    {
        let _ = folder.sync_all();
    }
}

/// Gives a file the permissions of another, where they differ. Best effort: not every file system has any.
#[cfg(unix)]
pub(crate) fn copy_permissions(from: &Path, to: &Path) {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let mode = |path: &Path| fs::symlink_metadata(path).ok().filter(|found| found.is_file()).map(|found| found.mode());
    if let (Some(wanted), Some(present)) = (mode(from), mode(to))
        && wanted & 0o777 != present & 0o777
    {
        let _ = fs::set_permissions(to, fs::Permissions::from_mode(wanted & 0o777));
    }
}

/// There are none to keep: read-only files are not replaced.
#[cfg(not(unix))]
pub(crate) fn copy_permissions(_: &Path, _: &Path) {}
