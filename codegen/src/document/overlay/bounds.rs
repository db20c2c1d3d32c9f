//! Cost limits of an overlay: the steps of its targets, and the size of its updates.
//!
//! ```yaml
//! - { target: '$..*..*..*..*', update: { a: {} } }     # each `..` may look at a value once for each level above it
//! ```
//!
//! The library that evaluates targets has no limit of its own, so their cost is estimated from their text: how many values a target can
//! visit, and how often each at most.

use crate::diagnostic::{self as codes, Diagnostic};
use crate::document::limits::{
    MAX_DEPTH, MAX_OVERLAID_BYTES, MAX_OVERLAID_VALUES, MAX_TARGET_BYTES, MAX_TARGET_STEPS, MAX_TARGETED,
};
use crate::document::text::node::{Node, NodeValue, Size};

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Index(usize),
    Name(String),
}

/// Cost, in steps, of a regular expression in a filter, which is compiled for each value.
const STEPS_OF_A_PATTERN: usize = 100;

/// The budget used so far.
pub(crate) struct Bounds {
    /// Number of the document's values by level; values that updates add count at every level.
    levels: Vec<usize>,
    added: usize,
    bytes: usize,
    steps: usize,
}

impl Bounds {
    /// The bounds of a document.
    pub(crate) fn of(root: &Node) -> Self {
        let mut levels = Vec::new();
        let mut open = vec![(root, 0)];
        while let Some((node, level)) = open.pop() {
            if levels.len() <= level {
                levels.resize(level + 1, 0);
            }
            if let Some(count) = levels.get_mut(level) {
                *count += 1;
            }
            match &node.value {
                NodeValue::Array(elements) => open.extend(elements.iter().map(|element| (element, level + 1))),
                NodeValue::Object(members) => {
                    open.extend(members.values().map(|member| (&member.node, level + 1)));
                }
                NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => {}
            }
        }
        Self { levels, added: 0, bytes: 0, steps: 0 }
    }

    /// Counts the steps of a target.
    pub(crate) fn look_up(&mut self, target: &str) -> Result<(), Diagnostic> {
        if target.len() > MAX_TARGET_BYTES {
            let message = format!("the target has more than {MAX_TARGET_BYTES} bytes");
            return Err(Diagnostic::new(&codes::TOO_LARGE, message));
        }
        self.steps = self.steps.saturating_add(self.steps_of(target));
        if self.steps > MAX_TARGET_STEPS {
            let message = format!(
                "the targets up to this one may take more than {MAX_TARGET_STEPS} steps; the overlay is applied no further"
            );
            let hint = "name the way to the values, with fewer `..`";
            return Err(Diagnostic::new(&codes::TOO_LARGE, message).hint(hint));
        }
        Ok(())
    }

    /// Counts the matches of a target, each of which is kept with its full path.
    pub(crate) fn found(&self, targets: &[Vec<Step>]) -> Result<(), Diagnostic> {
        if targets.iter().map(|path| path.len() + 1).sum::<usize>() > MAX_TARGETED {
            let message =
                format!("the target matches values whose places have more than {MAX_TARGETED} names together");
            return Err(Diagnostic::new(&codes::TOO_LARGE, message));
        }
        Ok(())
    }

    /// Counts an update of a number of targets.
    pub(crate) fn add(&mut self, update: Size, targets: &[Vec<Step>]) -> Result<(), Diagnostic> {
        self.added = self.added.saturating_add(update.values.saturating_mul(targets.len()));
        self.bytes = self.bytes.saturating_add(update.bytes.saturating_mul(targets.len()));
        if self.added > MAX_OVERLAID_VALUES || self.bytes > MAX_OVERLAID_BYTES {
            let mib = MAX_OVERLAID_BYTES >> 20;
            let message = format!(
                "the updates up to this one add more than {MAX_OVERLAID_VALUES} values or {mib} MiB; the overlay is applied no further"
            );
            return Err(Diagnostic::new(&codes::TOO_LARGE, message));
        }
        // An array holds the update one level further down.
        let depth = targets.iter().map(Vec::len).max().unwrap_or(0) + update.depth + 1;
        if depth > MAX_DEPTH {
            let message = format!("with this update the document is nested deeper than {MAX_DEPTH} levels");
            return Err(Diagnostic::new(&codes::TOO_DEEP, message));
        }
        if self.levels.len() <= depth {
            self.levels.resize(depth + 1, 0);
        }
        Ok(())
    }

    /// How many values a target visits at most, with repetitions.
    ///
    /// Without `..` a segment leads one level down, and visits no value twice unless a bracket has several selectors. Each `..` but the
    /// first may visit a value once for each level above it; in a filter, each `..` does, and each `$` begins at the root again.
    fn steps_of(&self, target: &str) -> usize {
        let text = Outside::of(target);
        let within = text.levels.min(self.levels.len());
        // Every match is recorded with its full path.
        let cost = |(level, count): (usize, &usize)| count.saturating_mul(level + 1);
        let visited: usize = match (text.descents + text.inner_descents, text.is_singular) {
            (0, true) => return text.levels,
            (0, false) => self.levels.iter().enumerate().take(within + 1).map(cost).sum(),
            _ => self.levels.iter().enumerate().map(cost).sum(),
        };
        let all: usize = self.levels.iter().sum::<usize>().saturating_add(self.added);
        let repeated = power(self.levels.len() + 1, text.descents.saturating_sub(1) + text.inner_descents);
        let visited = visited.saturating_add(self.added);
        let anew = power(all, text.roots.saturating_sub(1));
        let patterns = if text.has_pattern { STEPS_OF_A_PATTERN } else { 1 };
        [repeated, text.choices, anew, patterns].into_iter().fold(visited, usize::saturating_mul)
    }
}

fn power(base: usize, exponent: usize) -> usize {
    base.saturating_pow(u32::try_from(exponent).unwrap_or(u32::MAX))
}

/// The parts of a target outside of its string literals.
#[derive(Debug, PartialEq, Eq)]
struct Outside {
    /// Segments, those of filters included.
    levels: usize,
    /// `..` of the target itself.
    descents: usize,
    /// `..`, and comparisons of two values of the document, within filters.
    inner_descents: usize,
    /// `$`.
    roots: usize,
    /// How many selectors the brackets have, multiplied.
    choices: usize,
    /// Whether a filter has `match` or `search`.
    has_pattern: bool,
    /// Whether it is nothing but names and indices.
    is_singular: bool,
}

impl Outside {
    fn of(target: &str) -> Self {
        let mut found = Self {
            levels: 0,
            descents: 0,
            inner_descents: 0,
            roots: 0,
            choices: 1,
            has_pattern: false,
            is_singular: true,
        };
        // The selectors of each open bracket; a call has none.
        let mut open: Vec<Option<usize>> = Vec::new();
        let mut bytes = target.bytes().peekable();
        let mut in_filter = false;
        let mut word = Vec::new();
        while let Some(byte) = bytes.next() {
            if byte.is_ascii_alphabetic() {
                word.push(byte);
                continue;
            }
            let before = std::mem::take(&mut word);
            match byte {
                b'"' | b'\'' => {
                    while let Some(inner) = bytes.next() {
                        match inner {
                            b'\\' => drop(bytes.next()),
                            _ if inner == byte => break,
                            _ => {}
                        }
                    }
                }
                b'.' => {
                    found.levels += 1;
                    if bytes.next_if_eq(&b'.').is_some() {
                        found.is_singular = false;
                        if in_filter { found.inner_descents += 1 } else { found.descents += 1 }
                    }
                }
                b'[' => {
                    found.levels += 1;
                    open.push(Some(1));
                }
                b'(' => {
                    found.has_pattern |= matches!(&before[..], b"match" | b"search");
                    open.push(None);
                }
                b']' | b')' => {
                    let selectors = open.pop().flatten().unwrap_or(1);
                    found.choices = found.choices.saturating_mul(selectors);
                }
                b',' => {
                    found.is_singular = false;
                    if let Some(Some(selectors)) = open.last_mut() {
                        *selectors += 1;
                    }
                }
                b'?' => {
                    in_filter = true;
                    found.is_singular = false;
                }
                b'*' | b':' => found.is_singular = false,
                b'$' => found.roots += 1,
                b'=' | b'<' | b'>' if in_filter => {
                    while bytes.next_if(|byte| matches!(byte, b'=' | b' ' | b'\t' | b'\n' | b'\r')).is_some() {}
                    // Two objects may be compared whole.
                    found.inner_descents += usize::from(matches!(bytes.peek(), Some(b'@' | b'$')));
                }
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test fails by panicking, its helpers too")]
mod tests {
    use super::Bounds;
    use crate::diagnostic::Report;
    use crate::document::parse_bytes;

    /// `{"a": {"a": … {}}}` of so many levels.
    fn chain(levels: usize) -> Bounds {
        let text = format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
        let root = parse_bytes("a.json", text.into_bytes(), &mut Report::default());
        Bounds::of(&root.expect("the chain is read"))
    }

    #[test]
    fn ordinary_targets_cost_what_they_visit() {
        let bounds = chain(100);
        for (target, steps) in [
            ("$", 0),
            ("$.components.schemas['Card'].properties.number", 5),
            ("$['a.b..c*?,']['x\\'..']", 2),
            ("$.*", 1 + 2),
            ("$.paths.*.get", 1 + 2 + 3 + 4),
            ("$..description", 101 * 51),
            ("$..[?@.in == 'query']", 101 * 51),
            ("$.paths['/a']['get', 'put']", (1 + 2 + 3 + 4) * 2),
        ] {
            assert_eq!(bounds.steps_of(target), steps, "{target}");
        }
    }

    #[test]
    fn what_multiplies_is_counted() {
        let bounds = chain(100);
        for (target, least) in [
            ("$..*..*", 100 * 100),
            ("$..*..*..*..*", 100 * 100 * 100 * 100),
            ("$..[*,*]..[*,*]", 100 * 100 * 4),
            ("$[*,*][*,*][*,*]", 2 * 2 * 2),
            ("$..[?count(@..*..*) > 3]", 100 * 100 * 100),
            ("$..[?$..*]", 100 * 100),
            ("$..[?@ == $.a]", 100 * 100),
            ("$..[?match(@.a, 'x')]", 100 * 100),
        ] {
            assert!(bounds.steps_of(target) >= least, "{target}: {}", bounds.steps_of(target));
        }
        assert_eq!(bounds.steps_of(&"..*".repeat(400)), usize::MAX);
    }
}
