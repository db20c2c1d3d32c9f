//! Patterns that would exhaust the stack: the engine goes one call deeper for each alternative, group and look-around.
//!
//! A thread has two megabytes, of which `regress`, unoptimized, takes up to 2 kB for an alternative and 90 kB for a look-around.

/// The most alternatives of a pattern, at all places together.
const MOST_ALTERNATIVES: usize = 500;

/// The most groups inside each other.
const MOST_GROUPS: usize = 100;

/// The most look-aheads and look-behinds inside each other.
const MOST_LOOKS: usize = 8;

/// What a pattern has too much of.
pub fn excess(source: &str) -> Option<String> {
    // Of each group that is open, whether it is look-around.
    let mut open: Vec<bool> = Vec::new();
    let (mut alternatives, mut in_class) = (1, false);
    let mut rest = source.as_bytes();
    while let [byte, behind @ ..] = rest {
        rest = behind;
        match byte {
            b'\\' => rest = behind.get(1..).unwrap_or_default(),
            b'[' => in_class = true,
            b']' => in_class = false,
            b'|' if !in_class => alternatives += 1,
            b'(' if !in_class => {
                open.push(["?=", "?!", "?<=", "?<!"].iter().any(|look| behind.starts_with(look.as_bytes())));
            }
            b')' if !in_class => drop(open.pop()),
            _ => {}
        }
        if alternatives > MOST_ALTERNATIVES {
            return Some(format!("more than {MOST_ALTERNATIVES} alternatives"));
        }
        if open.len() > MOST_GROUPS {
            return Some(format!("groups nested more than {MOST_GROUPS} deep"));
        }
        if open.last() == Some(&true) && open.iter().filter(|look| **look).count() > MOST_LOOKS {
            return Some(format!("look-around nested more than {MOST_LOOKS} deep"));
        }
    }
    None
}
