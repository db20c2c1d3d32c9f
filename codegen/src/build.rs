//! For build scripts, those of users and this project's own.
//!
//! ```no_run
//! // build.rs
//! fn main() -> Result<(), planchet::build::Error> {
//!     planchet::build::Builder::new("api/petstore.yaml").name("petstore").generate()
//! }
//! // src/lib.rs: include!(concat!(env!("OUT_DIR"), "/petstore.rs"));
//! ```

use std::path::{Path, PathBuf};

use crate::choices::Choices;
use crate::config::{self, Config};
use crate::diagnostic::Report;
use crate::document::{Input, Sources};
use crate::emit::package::layout::single_file;
use crate::emit::{Gate, Gates};
use crate::output::{self, Change, Failure, Output, Refusal};
use crate::pipeline;
use crate::runtime::{Shown, shown};

/// An error, ready to be printed. `Debug` prints the same as `Display`, because a failing `main` shows `Debug`.
pub struct Error(String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Debug for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{}", self.0)
    }
}

impl std::error::Error for Error {}

/// Generates one document into `OUT_DIR`, as one file for `include!`.
#[derive(Clone, Debug)]
pub struct Builder {
    document: PathBuf,
    overlays: Vec<PathBuf>,
    sources: Sources,
    choices: Option<PathBuf>,
    name: Option<String>,
    gates: Gates,
}

impl Builder {
    /// A builder for a document, by a path relative to the package.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        let gates = Gates { client: Gate::Never, reqwest: Gate::Never, registry: Gate::Never };
        Self {
            document: document.into(),
            overlays: Vec::new(),
            sources: Sources::default(),
            choices: None,
            name: None,
            gates,
        }
    }

    /// Adds an overlay; overlays are applied in order.
    #[must_use]
    pub fn overlay(mut self, overlay: impl Into<PathBuf>) -> Self {
        self.overlays.push(overlay.into());
        self
    }

    /// Lets references lead to the files of another folder as well.
    #[must_use]
    pub fn references(mut self, folder: impl Into<PathBuf>) -> Self {
        self.sources.folders.push(folder.into());
        self
    }

    /// Names the local file that stands for a URL in references. Nothing is ever fetched.
    #[must_use]
    pub fn remote(mut self, url: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        self.sources.remote.push((url.into(), file.into()));
        self
    }

    /// Reads the choices about the emitted code from a file: see [`crate::choices`].
    #[must_use]
    pub fn choices(mut self, file: impl Into<PathBuf>) -> Self {
        self.choices = Some(file.into());
        self
    }

    /// Names the module and the file. Default: the document's file name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Emits the client as well, over a transport that its users bring. The package then depends on `bytes`, `futures-timer`,
    /// `getrandom`, `http`, `http-body`, `http-body-util`, `tower` and `tracing`.
    #[must_use]
    pub fn client(mut self) -> Self {
        self.gates.client = Gate::Always;
        self
    }

    /// Emits the client with its default transport. The package then also depends on `reqwest`.
    #[must_use]
    pub fn client_with_reqwest(mut self) -> Self {
        self.gates.reqwest = Gate::Always;
        self.client()
    }

    /// Emits the registry as well.
    #[must_use]
    pub fn registry(mut self) -> Self {
        self.gates.registry = Gate::Always;
        self
    }

    /// Generates the code, and tells Cargo when to do so again.
    ///
    /// # Errors
    /// Everything wrong with the document, with positions; or that the file could not be written.
    pub fn generate(self) -> Result<(), Error> {
        let out = std::env::var_os("OUT_DIR").map(PathBuf::from);
        let out = out.ok_or_else(|| Error("`OUT_DIR` is not set: call this from a build script".to_owned()))?;
        let mut report = Report::default();
        let choices = match &self.choices {
            Some(path) => Choices::read(path, &mut report),
            None => Some(Choices::default()),
        };
        let input = Input { document: &self.document, overlays: &self.overlays, sources: self.sources.clone() };
        let api = choices.and_then(|choices| pipeline::read_api(&input, &choices, &mut report));
        rerun_if_changed(report.files().iter().chain(&self.choices));
        let api = api.ok_or_else(|| Error(report.render()))?;
        let stem = self.document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = self.name.unwrap_or(stem);
        let path = out.join(format!("{name}.rs"));
        let text = single_file(&api, &name, self.gates).map_err(|fault| {
            pipeline::report_malformed(&fault, &mut report);
            Error(report.render())
        })?;
        replace(&out, &path, &text)
            .map_err(|error| Error(shown(&format!("`{}` cannot be written: {error}", path.display())).to_string()))
    }
}

/// Replaces a file atomically: a killed script leaves no partial file, and a link at its place is not followed.
fn replace(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    // An equal file keeps its modification time, so that its dependents need not be compiled again.
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    if is_file && std::fs::read(path).is_ok_and(|present| present == text.as_bytes()) {
        return Ok(());
    }
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// A path that fits on one line: the file's, or the nearest folder's above it if a name contains a line break, after which Cargo would
/// read a directive (a reference may name any file). Cargo watches whole folders.
fn named_to_cargo(path: &Path) -> Option<&Path> {
    let is_one_line = |path: &&Path| !path.to_string_lossy().chars().any(Shown::escapes);
    path.ancestors().find(is_one_line).map(|path| if path.as_os_str().is_empty() { Path::new(".") } else { path })
}

/// Tells Cargo to run the build script again when one of these files changes, those that references lead to among them.
fn rerun_if_changed<'p>(files: impl IntoIterator<Item = &'p PathBuf>) {
    for file in files {
        if let Some(file) = named_to_cargo(file) {
            println!("cargo:rerun-if-changed={}", file.display());
        }
    }
}

/// Regenerates the workspace of a `planchet.toml` before it is compiled.
///
/// Where the environment variable `CI` is set and not empty, nothing is written, and stale files are an error.
///
/// # Errors
/// Everything wrong with a document; files that cannot be written; in CI, files that are stale.
pub fn regenerate(root: &Path) -> Result<(), Error> {
    let path = root.join(config::FILE);
    let mut report = Report::default();
    let config = Config::read(&path, &mut report).ok_or_else(|| Error(report.render()))?;
    println!("cargo:rerun-if-env-changed=CI");
    let folder = root.join(&config.output);
    rerun_if_changed([&path, &folder]);
    let files = pipeline::generate(&config, &mut report);
    rerun_if_changed(report.files());
    let files = files.ok_or_else(|| Error(report.render()))?;
    let output = Output { folder: &folder, owner: config.owner(), files: &files, force: false };
    let failed = |failure: &Failure| {
        let lines = failure
            .explained(&folder)
            .into_iter()
            .map(|(message, hint)| format!("{}\n  = hint: {hint}", shown(&message)));
        Error(lines.collect::<Vec<_>>().join("\n"))
    };
    if std::env::var_os("CI").is_some_and(|ci| !ci.is_empty()) {
        let found = output::compare(&output).map_err(|failure| failed(&failure))?;
        if found.is_none() {
            return Ok(());
        }
        let changed = found.changes.iter().map(Change::path);
        let paths =
            changed.chain(found.kept.iter().map(String::as_str)).chain(found.refusals.iter().map(Refusal::path));
        let list: Vec<String> =
            paths.map(|path| format!("  {}", shown(&config.output.join(path).display().to_string()))).collect();
        return Err(Error(format!(
            "the generated sources are stale, or were edited by hand:\n{}\nrun `cargo run` and commit what it writes",
            list.join("\n")
        )));
    }
    output::write(&output, &[]).map(|_| ()).map_err(|failure| failed(&failure))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_equal_keeps_its_time_and_one_that_is_not_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.rs");
        let past = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        for (text, is_kept) in [("one", false), ("one", true), ("two", false)] {
            if path.exists() {
                std::fs::File::options().write(true).open(&path).unwrap().set_modified(past).unwrap();
            }
            replace(folder.path(), &path, text).unwrap();
            assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap() == past, is_kept);
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
