//! What is shown of texts of others: one line, without what hides or turns it, and never the same for two texts.

use planchet::runtime::{Shown, shown};

#[test]
fn what_breaks_hides_or_turns_a_line_is_escaped() {
    for (text, expected) in [
        ("CardNum", "CardNum"),
        ("größe 名前 имя हिन्दी", "größe 名前 имя हिन्दी"),
        (r"^\d+\.\w$", r"^\d+\.\w$"),
        ("a\nb\r\t", r"a\nb\r\t"),
        ("\u{1b}[2J\0\u{7f}\u{9b}", r"\u{1b}[2J\u{0}\u{7f}\u{9b}"),
        ("a\u{202e}b\u{2066}", r"a\u{202e}b\u{2066}"),
        ("\u{feff}\u{200b}\u{2028}\u{2029}", r"\u{feff}\u{200b}\u{2028}\u{2029}"),
        ("\u{e0041}\u{3164}\u{a0}", r"\u{e0041}\u{3164}\u{a0}"),
        (r"a\nb", r"a\\nb"),
        (r"\u{202e}", r"\\u{202e}"),
        ("\\\n", r"\\\n"),
    ] {
        assert_eq!(shown(text).to_string(), expected);
    }
}

#[test]
fn every_range_is_looked_up() {
    let escaped = "\u{a0}\u{ad}\u{34f}\u{605}\u{61c}\u{115f}\u{180e}\u{200b}\u{202a}\u{2066}\u{3000}\u{fe0f}\u{feff}\u{fffb}\u{110bd}\u{1d17a}\u{e0001}\u{f0000}\u{10ffff}";
    assert!(escaped.chars().all(Shown::escapes));
    assert!(!"aé一ก\u{301}\u{1f600}\u{fffd}".chars().any(Shown::escapes));
}

/// Every text of up to five of these characters comes back from what is shown.
#[test]
fn no_two_texts_look_the_same() {
    let letters = ['\\', '\n', 'n', 'u', '{', 'a', '}', '\u{202e}'];
    let mut texts = vec![String::new()];
    for _ in 0..5 {
        texts = texts
            .iter()
            .flat_map(|text| letters.map(|letter| format!("{text}{letter}")))
            .chain(texts.clone())
            .collect();
    }
    texts.sort();
    texts.dedup();
    let shown: std::collections::HashSet<String> = texts.iter().map(|text| shown(text).to_string()).collect();
    assert_eq!(shown.len(), texts.len());
    assert!(shown.iter().all(|text| !text.chars().any(Shown::escapes)));
}
