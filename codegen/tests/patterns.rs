//! Patterns match what `regress`, an ECMA-262 engine, says they match; those simple enough to do without it are the ones at risk.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use planchet::support::Pattern;

const PATTERNS: &[&str] = &[
    "^[A-Z]{2}$",
    "^(@[A-Za-z0-9]{32}|[0-9]{3,4})$",
    "^\\d+$",
    "^\\d*\\.?\\d*$",
    "^-?\\d+(\\.\\d+)?$",
    "^[^@]+@[^@]+$",
    "^[^/]*/[a-z]+$",
    "^a*ab$",
    "^a+?b$",
    "^(a|ab)$",
    "^(?:a|b?c)$",
    "^(a)(b)$",
    "^a|b$",
    "^.$",
    "^.{2,3}$",
    "^\\S+\\s\\S+$",
    "^\\w+-\\w*$",
    "^[\\w.-]+$",
    "^[a-]$",
    "^[-a]+$",
    "^[^]$",
    "^[\\]a]$",
    "^[+\\-]?[0-9]{1,2}$",
    "^a\\$",
    "^a\\\\$",
    "^a{2}",
    "^a{1,2}b?",
    "^$",
    "^",
    "^[0-9a-fA-F]{2}(-[0-9a-fA-F]{2})*$",
    "^(foo|bar)baz$",
    "^x?x$",
    "^\\D\\W$",
    "^é+$",
    "^[\\u0041-Z]$",
];

#[test]
fn every_verdict_is_that_of_the_engine() {
    let mut texts: Vec<String> = vec![String::new()];
    // Every text of up to four of these characters, and some longer ones.
    let alphabet = ['a', 'b', 'Z', '0', '9', '-', '.', '@', '$', '\\', 'é', '😀', '\n', ' ', ']', '/'];
    let mut last = texts.clone();
    for _ in 0..3 {
        last = last.iter().flat_map(|text| alphabet.map(|character| format!("{text}{character}"))).collect();
        texts.extend(last.iter().cloned());
    }
    texts.extend(
        ["@abcdefghijklmnopqrstuvwxyz012345", "aa:bb", "0a-1B-2c", "foobaz", "baz", "xx", "2025-01", "a b"]
            .map(String::from),
    );
    for pattern in PATTERNS {
        let ours = Pattern::new(pattern);
        let theirs = regress::Regex::with_flags(pattern, "u").unwrap_or_else(|_| regress::Regex::new(pattern).unwrap());
        for text in &texts {
            assert_eq!(ours.is_match(text), theirs.find(text).is_some(), "{pattern} on {text:?}");
        }
    }
}
