#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, its helpers too")]

use crate::emit::comment::*;

fn shown(text: &str) -> String {
    block(text).join("\n")
}

/// Asserts that a text stays as it is, and so that no escape is needless.
fn unchanged(text: &str) {
    assert_eq!(shown(text), text);
}

#[test]
fn what_would_be_a_doctest_is_text() {
    for text in [
        "-     std::process::exit(1)",
        "1.      std::process::exit(1)",
        "    std::process::exit(1)",
        "\tstd::process::exit(1)",
        "```\nstd::process::exit(1)\n```",
        "```rust\nstd::process::exit(1)",
        "~~~rust,should_panic\nstd::process::exit(1)\n~~~",
        "- ``` \n  std::process::exit(1)\n  ```",
        "> ```\n> std::process::exit(1)",
        "- ````\n  ```\n  std::process::exit(1)\n  ````",
        ">     std::process::exit(1)",
        "[^1]: x\n\n        std::process::exit(1)\n\n[^1]",
        "- a\r\r      std::process::exit(1)",
        "-\t\tstd::process::exit(1)",
        "<div>\n\n    std::process::exit(1)",
    ] {
        let lines = block(text);
        assert!(is_faithful(text, &lines), "{text:?}: {lines:#?}");
        let fences: Vec<&str> = lines.iter().map(|line| line.trim_start_matches([' ', '>', '-', '1', '.'])).collect();
        assert!(fences.iter().any(|line| line.starts_with("```") && line.ends_with("text")), "{text:?}: {lines:#?}");
    }
}

#[test]
fn a_fence_is_longer_than_what_it_holds() {
    assert_eq!(shown("~~~\n```\n````\n~~~"), "`````text\n```\n````\n`````");
    assert_eq!(shown("- a\n\n      b\n\n  c"), "- a\n\n  ```text\n  b\n  ```\n\n  c");
}

#[test]
fn html_is_shown() {
    assert_eq!(shown("a <b>bold</b> <!-- c --> d"), "a \\<b>bold\\</b> \\<!-- c --> d");
    assert_eq!(shown("<script>\nalert(1)\n</script>"), "\\<script>\nalert(1)\n\\</script>");
    assert_eq!(shown("<p>one</p>\n\n<p>*two*</p>"), "\\<p>one\\</p>\n\n\\<p>\\*two\\*\\</p>");
    assert_eq!(shown("<svg\nonload='x'>"), "\\<svg\nonload='x'>");
    assert_eq!(line("<script>alert(1)</script>"), "\\<script>alert(1)\\</script>");
}

#[test]
fn what_the_author_escaped_stays_so() {
    unchanged("\\<b> \\*no\\* \\_x\\_ &lt;b&gt; &amp;lt; &copy;");
    unchanged("1\\. no list");
    unchanged("C:\\path\\to and \\\\\\*");
}

#[test]
fn ordinary_texts_stay_as_they_are() {
    unchanged("The `card_number` of snake_case_names, 5 * 3 < 4 -> x & y (see below) #1, 50% ~ 3.5.");
    unchanged("A line\nand another:\n\n- one\n- two\n  more\n  - nested\n\n1. first\n2. second");
    unchanged("# Heading\n\n**Strong** and *weak* and __strong__ and _weak_ and ~~gone~~.\\\nNext");
    unchanged("> quoted\n>\n> - list\n\n---\n\n| a | b |\n| :-- | --: |\n| `x\\|y` | z |");
    unchanged(
        "[link](https://pay.example/a_b?c=d&e=f \"title\") ![image](https://pay.example/i.png) <https://x.example>",
    );
    unchanged("- [ ] open\n- [x] done");
    unchanged("* one\n* two\n\n+ three");
    unchanged("Ends in a \"quote\" -- and ... 'so'");
    unchanged("[sections](#section/Authentication) and [pages](/docs/cards) and [mail](mailto:a@b.example)");
}

#[test]
fn urls_are_links() {
    assert_eq!(
        shown("See https://x.example/a_b_c(d), or http://y.example."),
        "See <https://x.example/a_b_c(d)>, or <http://y.example>."
    );
    assert_eq!(shown("(https://x.example/{id}?a[]=1)"), "(<https://x.example/{id}?a[]=1>)");
    assert_eq!(shown("https://{host}/x https:// http"), "https://{host}/x https:// http");
    assert_eq!(shown("*https://x.example*"), "*<https://x.example>*");
    unchanged("[https://x.example](https://y.example)");
}

#[test]
fn no_link_leads_to_an_item_or_runs() {
    assert_eq!(
        shown("[Card] [Card][] [`Card`] [x](Card) [y](crate::Card)"),
        "\\[Card\\] \\[Card\\]\\[\\] \\[`Card`\\] [x](./Card) y (`crate::Card`)"
    );
    assert_eq!(shown("[a]\n\n[a]: Card"), "[a](./Card)");
    assert_eq!(shown("[^n]\n\n[^n]: note"), "\\[^n\\]\n\n\\[^n\\]: note");
    for url in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&Tab;script:alert(1)",
        "&#106;avascript:alert(1)",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ] {
        for text in [format!("[x]({url})"), format!("![x](<{url}>)"), format!("[x]\n\n[x]: {url}"), format!("<{url}>")]
        {
            let lines = shown(&text);
            assert!(!lines.contains("]("), "{text}: {lines}");
            assert!(is_faithful(&text, &block(&text)), "{text}: {lines}");
        }
    }
}

#[test]
fn controls_are_seen() {
    assert_eq!(shown("a\rb\r\nc\u{2028}d\0e\u{1b}[31mf\u{202e}g"), "a\nb\nc\nd\\u{0}e\\u{1b}\\[31mf\\u{202e}g");
    assert_eq!(shown("&#x202e;&#27;&#0;"), "\\u{202e}\\u{1b}&#0;");
    assert_eq!(code("a\u{202e}\rb\n`\0"), "`` a\\u{202e} b `\\u{0} ``".replace("`` a", "``a").replace("} ``", "}``"));
    assert_eq!(shown("```\n\u{202e}\0\n```"), "```text\n\\u{202e}\\u{0}\n```");
}

#[test]
fn code_spans_hold_anything() {
    for text in ["a", "`", "``", "` `", " a ", "  ", "", "a`b``c", "```x", "\\", "<b>", "a\nb", "[x](y)", "*"] {
        let span = code(text);
        let lines = [format!("{span}: required, {span}.")];
        let pieces = read::read_as_rustdoc(&lines[0]);
        assert!(pieces.safe, "{text:?}: {span}");
        let spans = pieces.pieces.iter().filter(|piece| matches!(piece, Piece::Code(_))).count();
        assert_eq!(spans, 2, "{text:?}: {span}");
        assert!(
            matches!(&pieces.pieces[1], Piece::Code(seen) if text.is_empty() || *seen == text.replace('\n', " ")),
            "{text:?}"
        );
    }
}

#[test]
fn lines_are_lines() {
    for (text, expected) in [
        ("  Store\n a   card ", "Store a card"),
        ("1. Store", "1\\. Store"),
        ("- Store", "\\- Store"),
        ("# Store", "\\# Store"),
        ("`card` and *more*", "`card` and *more*"),
        ("a `b", "a \\`b"),
        ("", ""),
        ("[x]: y", "\\[x\\]: y"),
        ("=====", "\\====="),
        ("| a |", "| a |"),
    ] {
        assert_eq!(line(text), expected);
    }
}

#[test]
fn labels_stand_before_paragraphs_and_above_blocks() {
    assert_eq!(labelled("`400`", "Not *valid*.\n\n- x"), ["`400`: Not *valid*.", "", "- x"]);
    assert_eq!(labelled("`400`", "- x"), ["`400`:", "", "- x"]);
    assert_eq!(labelled("`400`", " "), ["`400`:"]);
    assert_eq!(labelled("Body", "<b>"), ["Body: \\<b>"]);
}

/// Texts made of what means something to Markdown, in every order.
fn soup(seed: u64) -> String {
    const PARTS: &[&str] = &[
        "a",
        "b c",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\t",
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~",
        "`",
        "``",
        "```",
        "~~~",
        "-",
        "- ",
        "+ ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        "#",
        "# ",
        "## ",
        "---",
        "===",
        "***",
        "___",
        "|",
        "| a | b |\n|---|---|\n",
        "|-",
        "[",
        "]",
        "[x]",
        "[x](y)",
        "![",
        "](",
        ")",
        "[x]: z\n",
        "[^1]",
        "[^1]: ",
        "<",
        ">",
        "<b>",
        "</b>",
        "<script>",
        "<!--",
        "-->",
        "<?",
        "<![CDATA[",
        "<div>\n",
        "&lt;",
        "&#10;",
        "&#x202e;",
        "&",
        "\\",
        "\\\n",
        "\\*",
        "https://x.example/a",
        "http://",
        "<https://y.example>",
        "<a@b.example>",
        "javascript:",
        "\r",
        "\0",
        "\u{202e}",
        "\u{a0}",
        "!",
        ":",
        "\"",
        "'",
        "--",
        "...",
        "[ ] ",
        "- [x] ",
        "text",
        "rust",
        "{#id}",
        "$",
        "\u{e9}",
        "=",
        "1",
        ".",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    };
    let length = 1 + next(24);
    (0..length).map(|_| PARTS[next(PARTS.len())]).collect()
}

#[test]
fn no_text_gets_through() {
    let mut plain = 0;
    for seed in 0..10_000 {
        let text = soup(seed);
        let lines = block(&text);
        if !is_faithful(&text, &lines) {
            // What is not the same text is at least one of words alone.
            let found = read::read_as_rustdoc(&lines.join("\n"));
            let words = |piece: &Piece| {
                matches!(
                    piece,
                    Piece::Open(Frame::Paragraph | Frame::Autolink) | Piece::Close | Piece::Text(_) | Piece::SoftBreak
                )
            };
            assert!(found.safe && found.pieces.iter().all(words), "{text:?}: {lines:#?}");
            plain += 1;
        }
        assert!(lines.iter().all(|line| !line.contains(['\n', '\r', '\0', '\u{202e}'])), "{text:?}");
        let single = line(&text);
        let found = read::read_as_rustdoc(&single);
        assert!(found.safe && !single.contains('\n'), "{text:?}: {single}");
    }
    assert!(plain < 20, "{plain} of 10000 lost their layout");
}

#[test]
fn nesting_and_length_are_bounded() {
    let deep =
        [">".repeat(10_000) + "a", "- ".repeat(10_000) + "a", "> - ".repeat(10_000) + "a", "*".repeat(10_000) + "a"];
    let lazy = deep.iter().map(|text| format!("{text}\n{}", "b\n".repeat(10_000)));
    let stairs = (0..60).map(|step| format!("{}{}a\n", " ".repeat(step * 200), "- ".repeat(100))).collect::<String>();
    let wide =
        ["[".repeat(20_000), "`a".repeat(10_000), "<a".repeat(10_000), "**a ".repeat(10_000), "[a](".repeat(10_000)];
    for text in deep.iter().cloned().chain(lazy).chain(wide).chain([stairs]) {
        let bytes: usize = block(&text).iter().map(|line| line.len() + 1).sum();
        assert!(bytes <= text.len() * 24, "{} bytes of {}", bytes, text.len());
    }
    let long = "*a* <b>\n".repeat(10_000_000 / 8);
    let lines = block(&long);
    assert_eq!((lines[0].as_str(), lines.len()), ("```text", 10_000_000 / 8 + 2));
    // What is far to the right is not parsed, what is wide is.
    let far = [" ".repeat(300) + "a", ">".repeat(300) + "a", "- ".repeat(150) + "a", "1. ".repeat(100) + "a"];
    for text in far {
        assert_eq!(block(&text)[0], "```text", "{text}");
    }
    for text in ["-".repeat(300), "=".repeat(300), format!("| a |\n|{}|", "-".repeat(300)), "*".repeat(300) + "a"] {
        assert_ne!(block(&text)[0], "```text", "{text}");
    }
}

/// rustdoc takes `http:Card` for the path of an item, and `mailto:struct@Card` for a struct.
#[test]
fn no_absolute_destination_is_taken_for_an_item() {
    for (text, expected) in [
        ("[x](mailto:struct@Card)", "[x](mailto:struct@Card?)"),
        ("[x](mailto:Card)", "[x](mailto:Card?)"),
        ("[x](mailto:a@b.example?subject=c)", "[x](mailto:a@b.example?subject=c)"),
        ("[x](mailto:a#b)", "[x](mailto:a?#b)"),
        ("[x](mailto:a@b.example)", "[x](mailto:a@b.example)"),
        ("[x](http:Card)", "x (`http:Card`)"),
        ("[x](HTTPS:std::vec::Vec)", "x (`HTTPS:std::vec::Vec`)"),
        ("[x](https://x.example)", "[x](https://x.example)"),
    ] {
        assert_eq!(shown(text), expected, "{text}");
    }
}

/// The short way of [`is_prose`] leads where the long one does.
#[test]
fn prose_is_written_as_it_stands() {
    let parts = [
        "a", "Z", "0", "1.", " ", ".", ",", ";", "?", "(", ")", "'", "1)", "www.a", "e.g.", "(see", "x'", "end of",
        "Setext",
    ];
    let mut state = 1_u64;
    let mut seen = 0;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let number = usize::try_from(state >> 33).unwrap();
            text.push_str(parts[number % parts.len()]);
        }
        if is_prose(&text) {
            seen += 1;
            assert_eq!(vec![text.clone()], written(&text, &read::read(&text).pieces), "{text:?}");
        }
    }
    assert!(seen > 1_000, "{seen} of 20,000 texts were prose");
    for other in [
        "", " a", "a ", "a  b", "a\nb", "a\tb", "1. a", "(a)", "a_b_", "a*b*", "a: b", "a`b`", "é", "a<b>", "a@b.c",
        "a - b", "a&b;",
    ] {
        assert!(!is_prose(other), "{other:?}");
    }
}
