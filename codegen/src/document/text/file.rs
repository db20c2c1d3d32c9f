//! Files as bytes: reading neither blocks nor runs without end.
//!
//! `$ref: pipe.yaml` may name a FIFO, a device, a folder or a file of terabytes. Only a regular file is opened, without
//! waiting for anyone, and read up to [`MAX_FILE_BYTES`]. What a user names on the command line may be a stream of the
//! process besides: `-`, `/dev/stdin`, or `/dev/fd/63` as shells write `<(command)`.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::{Component, Path};

use crate::document::limits::MAX_FILE_BYTES;

/// Why a file was not read.
#[derive(Debug)]
pub enum Refusal {
    /// There is none.
    Missing,
    /// It is a folder.
    Directory,
    /// It is neither a file nor a folder: a FIFO, a socket, a device.
    NotRegular,
    /// It has more than `MAX_FILE_BYTES` bytes.
    TooLarge,
    /// The system refused.
    Failed(io::Error),
}

impl Refusal {
    /// The reason in words, to follow the file's path.
    pub fn reason(&self) -> String {
        match self {
            Self::Missing => "does not exist".to_owned(),
            Self::Directory => "is a directory".to_owned(),
            Self::NotRegular => "is no regular file, and is not read".to_owned(),
            Self::TooLarge => format!("has more than {} MiB, and is not read", MAX_FILE_BYTES >> 20),
            Self::Failed(error) => format!("cannot be read: {error}"),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Directory,
            _ => Self::Failed(error),
        }
    }
}

/// Reads a regular file.
pub fn read_regular(path: &Path) -> Result<Vec<u8>, Refusal> {
    // Opening a device may have effects, so the kind of file is checked first.
    regular(&path.metadata()?)?;
    let file = open(path)?;
    // The file may have been replaced since.
    let metadata = file.metadata()?;
    regular(&metadata)?;
    bounded(file, metadata.len())
}

/// Reads what a user named: a regular file, or a stream of this process.
pub fn read_named(path: &Path) -> Result<Vec<u8>, Refusal> {
    if path == Path::new("-") {
        return bounded(io::stdin().lock(), 0);
    }
    if is_stream(path) {
        return bounded(File::open(path)?, 0);
    }
    read_regular(path)
}

/// Whether a path names a stream that the process was given, which may be a pipe.
pub fn is_stream(path: &Path) -> bool {
    let mut components = path.components().map(Component::as_os_str);
    let mut next = || components.next().and_then(|step| step.to_str()).unwrap_or_default();
    match (path.to_str(), (next(), next(), next())) {
        (Some("-" | "/dev/stdin"), _) => true,
        (_, ("/", "dev", "fd")) => true,
        (_, ("/", "proc", "self")) => next() == "fd",
        _ => false,
    }
}

fn regular(metadata: &std::fs::Metadata) -> Result<(), Refusal> {
    match metadata.file_type() {
        kind if kind.is_dir() => Err(Refusal::Directory),
        kind if !kind.is_file() => Err(Refusal::NotRegular),
        _ if metadata.len() > MAX_FILE_BYTES => Err(Refusal::TooLarge),
        _ => Ok(()),
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK | libc::O_NOCTTY);
    options.open(path)
}

fn bounded(reader: impl Read, size: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(MAX_FILE_BYTES)).unwrap_or(0));
    // A file may grow while it is read, and some of `/proc` say that they are empty.
    reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge);
    }
    Ok(bytes)
}
