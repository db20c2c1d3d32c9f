//! Selections of operations by tag, path or id: `{ tags = ["pets"], paths = ["/stores/*"], operations = ["ping"] }`.

use serde::Deserialize;

/// A selection of operations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Selection {
    /// Tags.
    pub tags: Vec<String>,
    /// Paths; `*` stands for anything.
    pub paths: Vec<String>,
    /// `operationId`s.
    pub operations: Vec<String>,
}

impl Selection {
    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }

    /// The entries that name an operation, each with the list in which it is.
    pub fn naming(
        &self,
        tags: &[String],
        path: &str,
        operation_id: &str,
    ) -> impl Iterator<Item = (&'static str, &String)> {
        let by_tag = self.tags.iter().filter(|tag| tags.contains(tag)).map(|tag| ("tags", tag));
        let by_path = self.paths.iter().filter(|pattern| matches(pattern, path)).map(|pattern| ("paths", pattern));
        let by_id = self.operations.iter().filter(move |id| *id == operation_id).map(|id| ("operations", id));
        by_tag.chain(by_path).chain(by_id)
    }
}

/// Whether a text matches a pattern with `*`: it begins with the first part, ends with the last, and contains the others in between, in
/// order.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, others)) = pattern.split_once('*') else { return pattern == text };
    let (middle, last) = others.rsplit_once('*').unwrap_or(("", others));
    let between = text.strip_prefix(first).and_then(|rest| rest.strip_suffix(last));
    let Some(mut rest) = between else { return false };
    for part in middle.split('*') {
        // The leftmost match of a part leaves the most text to the parts behind it.
        let Some((_, behind)) = rest.split_once(part) else { return false };
        rest = behind;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text) in [
            ("/a", "/a"),
            ("*", ""),
            ("*", "/a"),
            ("/a*", "/a"),
            ("/a/*", "/a/b/c"),
            ("*/c", "/a/b/c"),
            ("/a*b", "/ab"),
            ("/a*b", "/abxb"),
            ("/a*b*", "/abxb"),
            ("/*/b/*/c", "/a/b/b/c/c"),
            ("/a**b", "/a/b"),
            ("/*{id}*", "/pets/{id}/toys"),
        ] {
            assert!(matches(pattern, text), "{pattern} on {text}");
        }
        for (pattern, text) in [
            ("/a", "/a/b"),
            ("/a", "/"),
            ("", "/a"),
            ("/a/*", "/a"),
            ("/a*a", "/a"),
            ("*/c", "/c/b"),
            ("/a*b", "/abx"),
            ("/*/b/*/c", "/a/b/c"),
            ("/a*b*b", "/ab"),
        ] {
            assert!(!matches(pattern, text), "{pattern} on {text}");
        }
    }
}
