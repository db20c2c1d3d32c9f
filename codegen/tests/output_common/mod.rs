//! A folder to generate into, and the command.
#![allow(dead_code, reason = "every test file uses a part of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name of the record.
pub const LEDGER: &str = ".planchet.files";

/// What the command answered.
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A folder of documents and of what is generated.
pub struct Place(tempfile::TempDir);

impl Place {
    /// One in memory, where there is one: every file is written down to the disk, which takes its time.
    pub fn new() -> Self {
        Self(tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap())
    }

    /// One on a disk.
    pub fn on_disk() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A small document whose models differ by kind: `one`, `two`, `uuid`.
    pub fn document(&self, path: &str, kind: &str) {
        let member = match kind {
            "uuid" => "id: {type: string, format: uuid}",
            kind => &format!("{kind}: {{type: string}}"),
        };
        self.write(
            path,
            &format!(
                "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths:\n  /pets:\n    get:\n      operationId: list\n      tags: [{kind}]\n      responses:\n        '200':\n          description: ok\n          content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}\ncomponents:\n  schemas:\n    Pet:\n      type: object\n      properties: {{{member}}}\n"
            ),
        );
    }

    /// A configuration that makes one module of `api.yaml`.
    pub fn configuration(&self, path: &str, output: &str, module: &str) {
        self.write(path, &format!("output = \"{output}\"\n[[api]]\nmodule = \"{module}\"\ndocument = \"api.yaml\"\n"));
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_planchet"));
        command.args(arguments).current_dir(self.root());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Answer { code: output.status.code().unwrap_or(-1), out: text(&output.stdout), err: text(&output.stderr) }
    }

    pub fn generate(&self, document: &str, out: &str, name: &str, more: &[&str]) -> Answer {
        self.run(&[&["generate", document, "--out", out, "--name", name], more].concat())
    }
}

/// Every file below a folder and its text, by path; links are not followed.
pub fn contents(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            let kind = path.symlink_metadata().unwrap();
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_symlink() {
                found.insert(name, format!("-> {}", fs::read_link(&path).unwrap().display()));
            } else {
                found.insert(name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
            }
        }
    }
    found
}

/// The hashes by which a record knows texts of Rust and of anything else.
pub fn hashes(texts: &[&str]) -> Vec<String> {
    let without_layout = |text: &str| text.split_ascii_whitespace().collect::<String>();
    texts.iter().flat_map(|text| [exact(&without_layout(text)), exact(text)]).collect()
}

/// The SHA-256 of a text.
pub fn exact(text: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
