//! Whole or not at all: kills, concurrent runs, full disks, folders that are read-only. `--ignored` kills 500 times.
#![cfg(unix)]

#[path = "output_common/mod.rs"]
mod common;
mod skipped;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use common::{Place, contents, exact};
use skipped::skipped;

type Files = BTreeMap<String, String>;

/// A small generator of numbers (xorshift): what matters is that they spread, and that a seed tells which they were.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }
}

/// A place with two documents, and what each makes of `ws`.
fn place() -> (Place, [Files; 2]) {
    with_states(Place::new())
}

fn with_states(place: Place) -> (Place, [Files; 2]) {
    place.configuration("planchet.toml", "ws", "pets");
    let states = ["one", "two"].map(|kind| {
        place.document("api.yaml", kind);
        assert_eq!(place.run(&["generate"]).code, 0);
        contents(&place.path("ws"))
    });
    (place, states)
}

/// Puts a folder into a state, without the command.
fn restore(folder: &Path, files: &Files) {
    fs::remove_dir_all(folder).unwrap();
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn stage(folder: &Path) -> Option<std::path::PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    entries
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().starts_with(".planchet-stage-"))
        .map(|entry| entry.path())
}

/// Kills `generate` at random moments, most of them after its stage has appeared, and lets a check clean up.
fn kill(times: usize, seed: u64) {
    // On a disk, where writing takes longer.
    let (place, [old, new]) = with_states(Place::on_disk());
    let folder = place.path("ws");
    let mut numbers = Numbers(seed);
    let start = || {
        restore(&folder, &old);
        place.command(&["generate"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let wait_for_stage = |child: &mut Child| {
        while stage(&folder).is_none() && child.try_wait().unwrap().is_none() {}
        Instant::now()
    };
    // How long a run takes, and how much of that is writing.
    let (mut whole, mut writing) = (0, 0);
    for _ in 0..5 {
        let began = Instant::now();
        let mut child = start();
        let staged = wait_for_stage(&mut child);
        child.wait().unwrap();
        whole = whole.max(began.elapsed().as_micros() as u64);
        writing = writing.max(staged.elapsed().as_micros() as u64);
    }
    let (mut with_stage, mut with_journal, mut outcomes) = (0, 0, [0, 0]);
    for number in 0..times {
        let mut child = start();
        if number % 8 == 0 {
            std::thread::sleep(Duration::from_micros(numbers.below(whole)));
        } else {
            let staged = wait_for_stage(&mut child);
            let wait = Duration::from_micros(numbers.below(writing));
            while staged.elapsed() < wait {}
        }
        // SIGKILL.
        child.kill().unwrap();
        child.wait().unwrap();
        if let Some(stage) = stage(&folder) {
            with_stage += 1;
            with_journal += usize::from(stage.join("journal").exists());
        }
        let next = place.run(&[["check", "generate"][number % 2]]);
        assert!(next.code < 2, "{seed} {number}: {}", next.err);
        let found = contents(&folder);
        assert!(found == new || (found == old && number % 2 == 0), "{seed} {number}: {:?}", found.keys());
        outcomes[usize::from(found == new)] += 1;
    }
    println!(
        "{times} kills: {with_stage} left a stage, {with_journal} of them decided; {outcomes:?} old and new after the next run"
    );
    assert!(with_stage * 10 > times, "{with_stage} of {times} kills hit the writing");
}

#[test]
fn a_kill_leaves_the_old_or_the_new_files() {
    kill(40, 0x9e37_79b9_7f4a_7c15);
}

#[test]
#[ignore = "two minutes"]
fn five_hundred_kills_leave_the_old_or_the_new_files() {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    kill(500, now.as_nanos() as u64 | 1);
}

#[test]
fn concurrent_runs_follow_each_other() {
    let place = Place::new();
    place.document("one.yaml", "one");
    place.document("two.yaml", "two");
    let states = ["one.yaml", "two.yaml"].map(|document| {
        assert_eq!(place.generate(document, "ws", "pets", &[]).code, 0);
        contents(&place.path("ws"))
    });
    for round in 0..25 {
        // Into a folder that is not there yet, or over one of the two.
        match round % 3 {
            0 => fs::remove_dir_all(place.path("ws")).unwrap(),
            state => restore(&place.path("ws"), &states[state - 1]),
        }
        let documents = ["one.yaml", "two.yaml", "one.yaml", "two.yaml"];
        let spawn = |document: &&str| {
            let arguments = ["generate", document, "--out", "ws", "--name", "pets"];
            place.command(&arguments).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let children: Vec<_> = documents.iter().map(spawn).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{round}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let found = contents(&place.path("ws"));
        assert!(states.contains(&found), "{round}: {:?}", found.keys());
    }
}

/// A small file system in memory, as long as the value lives.
struct Tmpfs(tempfile::TempDir);

impl Tmpfs {
    fn mount(kilobytes: usize) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &format!("size={kilobytes}k"), "planchet-test"]).arg(folder.path());
        let output = command.output().ok()?;
        output.status.success().then(|| Self(folder))
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_changes_nothing() {
    let (place, [old, new]) = place();
    let Some(disk) = Tmpfs::mount(4096) else {
        skipped("a full disk (1 test): a file system in memory can be mounted by root alone");
        return;
    };
    let folder = disk.0.path().join("ws");
    fs::create_dir(&folder).unwrap();
    place.write(
        "planchet.toml",
        &format!("output = \"{}\"\n[[api]]\nmodule = \"pets\"\ndocument = \"api.yaml\"\n", folder.display()),
    );
    // The record names the configuration by the way to it.
    let mut states = Vec::new();
    for kind in ["one", "two"] {
        place.document("api.yaml", kind);
        let output = place.run(&["generate"]);
        assert_eq!(output.code, 0, "{}", output.err);
        states.push(contents(&folder));
    }
    assert_eq!((states[0].len(), states[1].len()), (old.len(), new.len()));
    let (mut failed, mut done) = (0, 0);
    for free in (0..24).step_by(2).chain((24..192).step_by(24)) {
        restore(&folder, &states[0]);
        let filler = disk.0.path().join("filler");
        fs::write(&filler, "").unwrap();
        let block = vec![b'x'; 4096];
        let mut file = fs::OpenOptions::new().append(true).open(&filler).unwrap();
        while std::io::Write::write_all(&mut file, &block).is_ok() {}
        let length = file.metadata().unwrap().len();
        file.set_len(length.saturating_sub(free * 4096)).unwrap();
        let output = place.run(&["generate"]);
        let found = contents(&folder);
        match output.code {
            0 => {
                done += 1;
                assert_eq!(found, states[1], "{free} pages free");
            }
            code => {
                failed += 1;
                assert_eq!(code, 2);
                assert!(
                    output.err.contains("nothing was changed") && output.err.contains("o space left"),
                    "{}",
                    output.err
                );
                assert_eq!(found, states[0], "{free} pages free");
            }
        }
    }
    println!("a full disk: {failed} runs failed and changed nothing, {done} were done");
    assert!(failed > 5 && done > 0, "{failed} {done}");
}

#[test]
fn a_file_that_may_not_grow_changes_nothing() {
    let (place, [old, new]) = place();
    let folder = place.path("ws");
    let mut failed = 0;
    for blocks in (0..24).step_by(4) {
        for trap in ["", "trap '' XFSZ; "] {
            restore(&folder, &old);
            let script = format!("{trap}ulimit -f {blocks}; exec \"$0\" generate");
            let output = Command::new("sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_planchet")])
                .current_dir(place.root())
                .output()
                .unwrap();
            if !output.status.success() {
                failed += 1;
            }
            assert!(place.run(&["check"]).code < 2);
            let found = contents(&folder);
            assert!(if output.status.success() { found == new } else { found == old }, "{blocks} {trap}");
        }
    }
    assert!(failed > 2, "{failed}");
}

#[test]
fn a_folder_that_is_read_only_changes_nothing() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let (place, [old, _]) = place();
    let folder = place.path("ws");
    let is_root = fs::metadata(place.root()).unwrap().uid() == 0;
    fs::set_permissions(place.root(), fs::Permissions::from_mode(0o777)).unwrap();
    let binary = place.path("planchet");
    fs::copy(env!("CARGO_BIN_EXE_planchet"), &binary).unwrap();
    for locked in ["ws", "ws/pets", "ws/support"] {
        restore(&folder, &old);
        let mode = |mode| fs::set_permissions(place.path(locked), fs::Permissions::from_mode(mode)).unwrap();
        if is_root {
            // Permissions do not bind root, so that somebody else runs.
            let chown = Command::new("chown").arg("-R").arg("65534").arg(&folder).status();
            if !chown.is_ok_and(|status| status.success()) {
                skipped("a read-only folder (1 test): files cannot be given to another user");
                return;
            }
        }
        // Something in each folder changes.
        place.write("ws/support/mod.rs", old.get("support/mod.rs").unwrap().replace(';', " ;").as_str());
        let before = contents(&folder);
        mode(0o555);
        let mut command = if is_root {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", "65534", "--clear-groups"]).arg(&binary);
            command
        } else {
            Command::new(&binary)
        };
        let output = command.arg("generate").current_dir(place.root()).output();
        mode(0o755);
        let Ok(output) = output else {
            skipped("a read-only folder (1 test): `setpriv` is missing");
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{locked}: {said}");
        assert!(said.contains("Permission denied") && said.contains("nothing was changed"), "{locked}: {said}");
        assert_eq!(contents(&folder), before, "{locked}");
    }
}

/// A stage as a stranger could have put it into a repository.
fn forge(folder: &Path, name: &str, kind: &str, entries: &[(Option<&str>, Option<&str>, &str)]) {
    let stage = folder.join(name);
    fs::create_dir_all(&stage).unwrap();
    let mut journal = "planchet journal 1\n".to_owned();
    for (number, (before, after, path)) in entries.iter().enumerate() {
        let hash = |text: &Option<&str>| text.map_or_else(|| "-".to_owned(), exact);
        journal.push_str(&format!("{} {} {path}\n", hash(before), hash(after)));
        for (kind, text) in [("old", before), ("new", after)] {
            if let Some(text) = text {
                fs::write(stage.join(format!("{kind}-{number}")), text).unwrap();
            }
        }
    }
    fs::write(stage.join(kind), journal + "end\n").unwrap();
}

#[test]
fn a_forged_journal_touches_nothing_that_is_not_ours() {
    use std::os::unix::fs::symlink;
    const GENERATED: &str = "// @generated by planchet.\nfn generated() {}\n";
    const EVIL: &str = "// @generated by planchet.\nfn evil() {}\n";
    let (place, [_, new]) = place();
    for kind in ["journal", "undo"] {
        for (before, after, path) in [
            (Some("mine\n"), Some(EVIL), "mine.rs"),
            (Some("mine\n"), None, "mine.rs"),
            (Some(GENERATED), Some(EVIL), "marked.rs"),
            (Some(GENERATED), None, "marked.rs"),
            (Some("mine\n"), Some(EVIL), "../outside/mine.rs"),
            (Some("mine\n"), None, "../outside/mine.rs"),
            (None, Some(EVIL), "../outside/evil.rs"),
            (None, Some(EVIL), "link/evil.rs"),
            (Some("mine\n"), None, "link/mine.rs"),
            (None, Some(EVIL), "build.rs"),
            (None, Some(EVIL), ".cargo/config.rs"),
            (None, Some("[alias]\n"), "Cargo.toml"),
            (None, Some("fn unmarked() {}\n"), "unmarked.rs"),
        ] {
            // The way back reads the same entry from its other end.
            let (from, to) = if kind == "undo" { (after, before) } else { (before, after) };
            if kind == "undo" && before.is_none() && !path.contains("..") && !path.contains("link") {
                continue;
            }
            let folder = place.path("ws");
            restore(&folder, &new);
            place.write("outside/mine.rs", "mine\n");
            place.write("ws/mine.rs", "mine\n");
            place.write("ws/marked.rs", GENERATED);
            symlink(place.path("outside"), place.path("ws/link")).unwrap();
            let before = contents(place.root());
            forge(&folder, ".planchet-stage-forged", kind, &[(from, to, path)]);
            assert!(place.run(&["check"]).code < 2);
            assert_eq!(contents(place.root()), before, "{kind} {path}");
        }
    }
    // A stage that is a link, one that holds somebody's files, and files in it that are links.
    restore(&place.path("ws"), &new);
    place.write("outside/journal", "mine\n");
    place.write("ws/.planchet-stage-mine/notes.txt", "mine\n");
    place.write("ws/.planchet-stage-mine/new-1/notes.txt", "mine\n");
    symlink(place.path("outside"), place.path("ws/.planchet-stage-link")).unwrap();
    let before = contents(place.root());
    assert_eq!(place.run(&["generate"]).code, 0);
    assert_eq!(contents(place.root()), before);
    symlink(place.path("outside/journal"), place.path("ws/.planchet-stage-mine/journal")).unwrap();
    assert_eq!(place.run(&["generate"]).code, 0);
    assert_eq!(contents(place.root()), before);
}
