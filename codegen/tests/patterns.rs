//! Patterns match what ECMA-262 says: `regress`, an engine of it, is the judge here, and Node.js where it is asked for.

use planchet::runtime::Pattern;
use planchet::runtime::pattern::{BUDGET, Departure, LARGEST_BUDGET};

/// Patterns of every kind: those that need no search first.
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
    "^[]$",
    "^[\\]a]$",
    "^[+\\-]?[0-9]{1,2}$",
    "^a\\$",
    "^a\\\\$",
    "^a{2}",
    "^a{1,2}b?",
    "^$",
    "^",
    "",
    "^[0-9a-fA-F]{2}(-[0-9a-fA-F]{2})*$",
    "^(foo|bar)baz$",
    "^x?x$",
    "^\\D\\W$",
    "^é+$",
    "^[\\u0041-Z]$",
    // A search, by a table.
    "a.b",
    "(a|b)*Z$",
    "0{2,3}|9$",
    "^(a|ab|b)*$",
    "^(.*a){2}$",
    "[^a]$",
    "a??b+?$",
    "😀|é",
    "\\p{Lu}|\\p{Emoji_Presentation}",
    "^\\P{L}+$",
    "\\u{1f600}",
    "\\ud83d\\ude00",
    // What stands between two characters.
    "\\bab?\\b",
    "a\\Ba",
    "\\B-",
    "(?=.*0)(?=.*a)",
    "^(?!a)..",
    "(?<=a)b",
    "(?<!a)b",
    "(?<=\\ba.?)[b0]",
    "(?=a(?!b))a|(?<=(?<!0)9)-",
    "(?:(?=a)a|b)+$",
    "(?<!^)a$",
    "^(?:(?!aa|bb).)*$",
    // References to a group.
    "(a|b)\\1",
    "^(.)(.)\\2\\1$",
    "(?<x>[a-z])-\\k<x>",
    "\\1(a)",
    "^(?:(a)|b)*\\1$",
    "(?<=(.)\\1)b",
    "(?<=\\1(a))b",
    "(?=(a+))a*b\\1",
    "(?!(a)b)\\1a",
    "^(a*)*\\1b$",
    "((a)|b)*?\\2Z",
    "(z)((a+)?(b+)?(c))*",
    // Legal without Unicode mode alone.
    "^\\-$",
    "a{",
    "^]$",
    "[\\w-.]",
    "\\_|\\@",
    "[\\d-a]+$",
    "(?=a)*b",
    "\\x4|\\u9",
];

fn engine(pattern: &str) -> regress::Regex {
    regress::Regex::with_flags(pattern, "u").unwrap_or_else(|_| regress::Regex::new(pattern).unwrap())
}

#[test]
fn every_verdict_is_that_of_the_engine() {
    let mut texts: Vec<String> = vec![String::new()];
    // Every text of up to three of these characters, and some longer ones.
    let alphabet = ['a', 'b', 'Z', '0', '9', '-', '.', '@', '$', '\\', 'é', '😀', '\n', ' ', ']', '/'];
    let mut last = texts.clone();
    for _ in 0..3 {
        last = last.iter().flat_map(|text| alphabet.map(|character| format!("{text}{character}"))).collect();
        texts.extend(last.iter().cloned());
    }
    texts.extend(
        [
            "@abcdefghijklmnopqrstuvwxyz012345",
            "aa:bb",
            "0a-1B-2c",
            "foobaz",
            "baz",
            "xx",
            "2025-01",
            "a b",
            "abba",
            "aabaa",
        ]
        .map(String::from),
    );
    for pattern in PATTERNS {
        let (ours, theirs) = (Pattern::new(pattern), engine(pattern));
        for text in &texts {
            assert_eq!(ours.try_match(text), Some(theirs.find(text).is_some()), "{pattern} on {text:?}");
        }
    }
}

#[test]
fn long_texts_take_one_pass() {
    // The first took 7.8 s on 29 characters, the others as long with a few more.
    let text = format!("{}!", "a".repeat(200_000));
    for pattern in [
        "^[a-z0-9]+(-?[a-z0-9]*)*$",
        "^(a+)+$",
        "^(\\w+\\s?)*$",
        "(.*a){12}$",
        ".*.*.*=.*",
        "^(?:.*,){11}P",
        "(x+x+)+y",
        "^(a|a)*$",
        "^(?=.*[A-Z])(?=.*\\d)(a*)*b$",
        "(?<=(a|aa)*b)c",
    ] {
        assert!(Pattern::is_linear(pattern), "{pattern}");
        assert_eq!(Pattern::new(pattern).try_match(&text), Some(false), "{pattern}");
    }
}

#[test]
fn a_budget_ends_without_an_answer() {
    let repeated = "a".repeat(60);
    for (pattern, text) in [
        ("^(a*)*\\1b$", repeated.as_str()),
        ("^(?:(a)|a|a)*\\1b$", repeated.as_str()),
        ("^(?=(a*)*c|(a*)*\\2d)", repeated.as_str()),
    ] {
        assert!(!Pattern::is_linear(pattern), "{pattern}");
        assert_eq!(Pattern::new(pattern).try_match(text), None, "{pattern}");
        assert!(!Pattern::new(pattern).is_match(text), "{pattern}");
    }
    // Within the budget there is one.
    assert_eq!(Pattern::new("^(a*)*\\1b$").try_match("aab"), Some(true));
    const { assert!(BUDGET < LARGEST_BUDGET) };
    // A large pattern that is regular has a budget as well, and an answer for ordinary texts.
    let large: &'static str = format!("(?:[ab]{{9}}c|[bc]{{{}}}\\b)", 2_000).leak();
    assert!(!Pattern::is_linear(large));
    assert_eq!(Pattern::new(large).try_match("ababababac"), Some(true));
    assert_eq!(Pattern::new(large).try_match(&"b".repeat(100_000)), None);
}

#[test]
fn other_dialects_mean_what_they_mean_there() {
    for (pattern, matching, other) in [
        ("(?i)^(all|none)$", "ALL", "some"),
        ("^(?i:k)$", "\u{212a}", "x"),
        ("^a(?i)b$", "aB", "AB"),
        ("(?s)^a.b$", "a\nb", "a\nbc"),
        ("(?m)^b$", "a\nb\nc", "ab"),
        ("\\A\\d+\\z", "12", "12\n"),
        ("\\Aab\\Z", "ab", "abc"),
        ("^[[:alpha:]_]+$", "ab_", "a1"),
        ("^[^[:space:]]+$", "ab", "a b"),
        ("^a++b$", "aab", "aaa"),
        ("^(?>a|b)c$", "bc", "c"),
        ("(?P<x>a)(?P=x)", "aa", "ab"),
        ("^a(?#letter)b$", "ab", "a"),
        ("^\\Qa.b\\E$", "a.b", "axb"),
        ("^\\x{1F600}$", "😀", "x"),
        ("^\\pL+$", "é", "1"),
        ("^\\p{IsAlphabetic}+$", "é", "1"),
        ("^\\p{Punct}$", ".", "é"),
        ("^\\p{XDigit}$", "f", "g"),
        ("^a{,2}$", "aa", "aaa"),
        ("/^[a-z]+$/i", "AB", "1"),
    ] {
        let reading = Pattern::read(pattern).unwrap_or_else(|fault| panic!("{pattern}: {fault}"));
        let legal = pattern.contains("(?i:");
        assert_eq!(matches!(reading.departure, Some(Departure::Dialect(_))), !legal, "{pattern}: {reading:?}");
        assert_eq!(Pattern::new(pattern).try_match(matching), Some(true), "{pattern} on {matching:?}");
        assert_eq!(Pattern::new(pattern).try_match(other), Some(false), "{pattern} on {other:?}");
    }
}

#[test]
fn what_is_no_pattern_is_a_fault() {
    for pattern in [
        "^[0-9A-Za-z_-.]+$",
        "(",
        ")",
        "[a",
        "a**",
        "a{2}{3}",
        "*a",
        "a{3,2}",
        "(?x)a b",
        "\\",
        "(?<1>a)",
        "(?<a>a)(?<a>b)",
        "\\k<b>(?<a>a)",
        "[a-z&&[^b]]",
        "\\p{NoSuchThing}",
        "(?i",
        "^*a",
        "(?<=a)+",
    ] {
        assert!(Pattern::read(pattern).is_err(), "{pattern}: {:?}", Pattern::read(pattern));
    }
}

#[test]
fn no_shape_of_a_pattern_takes_long() {
    let nested = |open: &str, close: &str, depth| open.repeat(depth) + "a" + &close.repeat(depth);
    for pattern in [
        nested("(", ")", 100_000),
        "(".repeat(100_000),
        nested("(?=", ")", 99),
        nested("(?:", "){9}", 9),
        nested("(?:", "){0,4294967295}", 90),
        nested("(?:|", "){99}", 90),
        "(?:){4294967295}".repeat(1_000),
        "[^a]".repeat(100_000),
        "|".repeat(100_000),
        "\\p{L}".repeat(10_000),
        "(?i)[\\w\\p{L}]".repeat(1_000),
        "[ab]*a[ab]{400}".to_owned(),
        "(?=a{400}b)".repeat(1_000) + "c",
        "(?:(?=a{400}b)c){100}".to_owned(),
        "(a)\\1{4294967295}".to_owned(),
        "((a|b)\\2){3000}".to_owned(),
        vec!["a"; 20_000].join("|"),
        format!("[{}]", "a-y".repeat(100_000)),
        format!("[{}", "[:".repeat(300_000)),
        "\\u{".repeat(300_000),
        "\\x{1".repeat(300_000),
        (0..100_000).map(|index| format!("(?<a{index}>)")).collect(),
        (0..100_000).map(|index| format!("\\k<a{index}>")).collect::<String>() + "(?<a>)",
        "(?<a>)|".repeat(50_000),
        format!("x{}\\1", "()".repeat(8_000)),
        "(?m:^$)?".repeat(12_000),
    ] {
        let shown: String = pattern.chars().take(30).collect();
        let ours = Pattern::new(pattern.clone().leak());
        if Pattern::read(&pattern).is_ok() {
            assert!(ours.try_match(&"c".repeat(3_000)).is_some() || !Pattern::is_linear(&pattern), "{shown}");
        }
    }
}

#[test]
fn what_refers_to_many_groups_shares_the_list_of_them() {
    let pattern = "(?<a>b)|".repeat(900) + &"\\k<a>".repeat(10_000);
    let bytes = allocation_counter::measure(|| assert!(Pattern::read(&pattern).is_ok())).bytes_max;
    assert!(bytes < 20 << 20, "{bytes} bytes for a pattern of {}", pattern.len());
}

/// Numbers that look random, the same in each run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// A pattern of up to so many levels.
    fn pattern(&mut self, depth: usize) -> String {
        const ATOMS: &[&str] = &[
            "a",
            "b",
            "0",
            "-",
            ".",
            "é",
            "[ab]",
            "[^a]",
            "[a-c0]",
            "\\d",
            "\\D",
            "\\w",
            "\\W",
            "\\s",
            "\\S",
            "\\b",
            "\\B",
            "^",
            "$",
            "\\1",
            "\\2",
            "\\k<n>",
            "\\p{L}",
            "\\P{Lu}",
            "\\u0061",
            "\\u{1f600}",
            "\\x30",
            "\\ca",
            "[\\w-]",
            "[\\d-b]",
            "\\-",
            "\\.",
            "[]",
            "[^]",
            "{",
            "}",
            "]",
            "\\n",
            "[\\b]",
            "\\0",
            "x{2",
            "\\/",
            "\\_",
            "[b-a]",
            "(?i)",
        ];
        let mut out = String::new();
        for _ in 0..=self.below(3) {
            let part = match self.below(10) {
                0..=5 => self.one_of(ATOMS).to_owned(),
                _ if depth == 0 => "a".to_owned(),
                6 => format!("({})", self.pattern(depth - 1)),
                7 => format!("(?:{}|{})", self.pattern(depth - 1), self.pattern(depth - 1)),
                8 => format!("({}{})", self.one_of(&["?=", "?!", "?<=", "?<!"]), self.pattern(depth - 1)),
                _ => format!("(?<n>{})", self.pattern(depth - 1)),
            };
            out.push_str(&part);
            out.push_str(self.one_of(&["", "", "", "*", "+", "?", "*?", "{2}", "{1,2}", "{0,}", "+?"]));
        }
        if self.below(5) == 0 { format!("{out}|{}", self.pattern(depth.saturating_sub(1))) } else { out }
    }

    /// A text of characters that patterns are made of.
    fn text(&mut self, alphabet: &[char]) -> String {
        (0..self.below(9)).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }
}

/// Judges `pattern`s against Node.js; returns how many it was asked about, by what matches them.
fn judged_by_node(patterns: &[String], texts: usize) -> std::collections::BTreeMap<String, usize> {
    let mut dice = Dice(0x5eed_5eed_5eed_5eed);
    let mut cases = Vec::new();
    for pattern in patterns {
        let mut alphabet: Vec<char> = pattern.chars().chain("ab0-. \né😀A_".chars()).collect();
        alphabet.dedup();
        let texts: Vec<String> = (0..texts).map(|_| dice.text(&alphabet)).collect();
        cases.push((pattern.clone(), texts));
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    std::fs::write(&file, serde_json::to_vec(&cases).unwrap()).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/patterns.mjs");
    let output = std::process::Command::new("node").arg(script).arg(&file).output().unwrap();
    let answers: Vec<(Option<String>, String)> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answers.len(), cases.len());
    let mut engines = std::collections::BTreeMap::new();
    for ((pattern, texts), (mode, verdicts)) in cases.iter().zip(answers) {
        let reading = Pattern::read(pattern);
        let ours = Pattern::new(pattern.clone().leak());
        let kind = match (&reading, mode.as_deref()) {
            (Err(_), None) => "none".to_owned(),
            (Ok(reading), _) if matches!(reading.departure, Some(Departure::Dialect(_))) => "dialect".to_owned(),
            // Modifiers, and one name for groups of different alternatives, are newer than the engine.
            (Ok(_), None) if pattern.contains("(?i") || pattern.matches("(?<n>").count() > 1 => "newer".to_owned(),
            (Ok(reading), Some(mode)) => {
                let expected = mode.is_empty();
                let found = matches!(reading.departure, Some(Departure::WithoutUnicode(_)));
                assert_eq!(found, expected, "{pattern}: {reading:?}");
                for (text, verdict) in texts.iter().zip(verdicts.bytes()) {
                    // Without Unicode mode a character is two there where it is one here.
                    if mode.is_empty() && text.contains('😀') {
                        continue;
                    }
                    let expected = verdict == b'1';
                    let found = ours.try_match(text);
                    assert!(
                        found.is_none_or(|found| found == expected),
                        "{pattern} on {text:?}: {found:?}, not {expected}"
                    );
                }
                reading.engine.to_owned()
            }
            (reading, mode) => panic!("{pattern}: {reading:?}, and Node.js says {mode:?}"),
        };
        *engines.entry(kind).or_insert(0) += 1;
    }
    engines
}

#[test]
#[ignore = "needs Node.js"]
fn made_patterns_mean_what_node_says() {
    let rounds = std::env::var("PLANCHET_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(5_000);
    let mut dice = Dice(0x0dd0_0dd0_0dd0_0dd1 ^ rounds as u64);
    let patterns: Vec<String> = (0..rounds).map(|_| dice.pattern(3)).collect();
    println!("{:?}", judged_by_node(&patterns, 40));
}

/// The patterns of a file, one JSON array of strings: those of real documents.
#[test]
#[ignore = "needs Node.js, and a file of patterns in PLANCHET_PATTERNS"]
fn given_patterns_mean_what_node_says() {
    let file = std::env::var("PLANCHET_PATTERNS").unwrap();
    let patterns: Vec<String> = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    println!("{:?}", judged_by_node(&patterns, 300));
}
