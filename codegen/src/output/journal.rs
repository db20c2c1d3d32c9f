//! The plan of a transaction, as a text beside its files: with it on the disk, the next run can finish what a killed run began.
//!
//! ```text
//! planchet journal 1
//! 9f86d081… 60303ae2… src/lib.rs       replaced
//! - 60303ae2… src/pets/models.rs       added
//! 9f86d081… - src/pets/client/dogs.rs  removed
//! end
//! ```
//!
//! The hashes are those of the exact bytes. Line `n` (from 0) finds its new text in `new-n`, its old text in `old-n`.

use crate::output::ledger::LEDGER;
use crate::output::{likeness, place};

/// A journal that the next run finishes.
pub(crate) const JOURNAL: &str = "journal";
/// A journal that the next run undoes.
pub(crate) const UNDO: &str = "undo";
/// A journal that is being written.
pub(crate) const DRAFT: &str = "draft";

/// The largest journal that is read, in bytes.
pub(crate) const MAX_JOURNAL: usize = 16 << 20;

const HEAD: &str = "planchet journal 1";
const END: &str = "end";

/// One file of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The file, relative to the output folder.
    pub path: String,
    /// The hash of its bytes before; `None` where it is not there.
    pub before: Option<String>,
    /// The hash of its bytes afterwards; `None` where it is removed.
    pub after: Option<String>,
}

/// The text of a journal.
pub(crate) fn text(entries: &[Entry]) -> String {
    let word = |hash: &Option<String>| hash.clone().unwrap_or_else(|| "-".to_owned());
    let lines = entries.iter().map(|entry| format!("{} {} {}\n", word(&entry.before), word(&entry.after), entry.path));
    format!("{HEAD}\n{}{END}\n", lines.collect::<String>())
}

/// The entries of a journal; `None` where it is torn, or where a line is not one that Planchet writes.
pub(crate) fn parse(text: &str) -> Option<Vec<Entry>> {
    let lines = text.strip_prefix(HEAD)?.strip_prefix('\n')?.strip_suffix("end\n")?;
    let entries: Vec<Entry> = lines.lines().map(parse_entry).collect::<Option<_>>()?;
    let mut paths: Vec<String> = entries.iter().map(|entry| entry.path.to_lowercase()).collect();
    paths.sort_unstable();
    (!paths.windows(2).any(|pair| pair.first() == pair.last())).then_some(entries)
}

fn parse_entry(line: &str) -> Option<Entry> {
    let (before, rest) = line.split_once(' ')?;
    let (after, path) = rest.split_once(' ')?;
    let hash = |word: &str| -> Option<Option<String>> {
        let is_hash = word.len() == likeness::exact(b"").len() && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        if word == "-" { Some(None) } else { is_hash.then(|| Some(word.to_owned())) }
    };
    let (before, after) = (hash(before)?, hash(after)?);
    let is_known = place::is_emitted(path) || path == LEDGER || path == "Cargo.toml";
    (is_known && before != after).then(|| Entry { path: path.to_owned(), before, after })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn entry(path: &str) -> Entry {
        Entry { path: path.to_owned(), before: None, after: Some(likeness::exact(b"a")) }
    }

    #[test]
    fn a_journal_is_read_as_it_was_written_and_torn_ones_are_not() {
        let entries =
            vec![entry("src/lib.rs"), Entry { after: None, before: Some(likeness::exact(b"b")), ..entry("a.rs") }];
        let whole = text(&entries);
        assert_eq!(parse(&whole).unwrap(), entries);
        for end in 0..whole.len() {
            assert_eq!(parse(whole.get(..end).unwrap()), None, "{end}");
        }
    }

    #[test]
    fn hostile_journals_are_not_read() {
        for path in [
            "../a.rs",
            "/etc/passwd",
            ".git/hooks/pre-commit",
            "build.rs",
            "README.md",
            "a\\..\\b.rs",
            ".planchet-stage-x/a.rs",
        ] {
            assert_eq!(parse(&text(&[entry(path)])), None, "{path}");
        }
        assert_eq!(parse(&text(&[entry("a.rs"), entry("A.rs")])), None);
    }
}
