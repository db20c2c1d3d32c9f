//! Any text as a description, a title and a name between paragraphs of the generator's: nothing of it runs, no HTML of it reaches the
//! page, no link of it leads to an item, and the paragraphs around it stay what they are. The judge is the parser of rustdoc, in another
//! version than the generator's.
#![no_main]

use libfuzzer_sys::fuzz_target;
use planchet::emit::comment::{block, code, is_faithful, is_markdown, labelled, line};
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// What rustdoc enables (`main_body_opts`).
const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// Judges a doc comment of lines, and returns whether it has anything but paragraphs.
fn judge(lines: &[String], text: &str) -> bool {
    let comment = format!("before\n\n{}\n\nafter\n", lines.join("\n"));
    assert!(!lines.iter().any(|line| line.contains(['\n', '\r', '\0', '\u{1b}', '\u{202e}'])), "{text:?}: {lines:#?}");
    let resolve = |_: BrokenLink<'_>| Some((CowStr::Borrowed("item"), CowStr::Borrowed("")));
    let mut structured = false;
    let mut depth = 0;
    let mut top: Vec<String> = Vec::new();
    for event in Parser::new_with_broken_link_callback(&comment, EXTENSIONS, Some(resolve)) {
        match &event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                panic!("HTML: {text:?}: {lines:#?}")
            }
            Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
                panic!("footnote: {text:?}: {lines:#?}")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &**language == "text" => {}
            Event::Start(Tag::CodeBlock(_)) => panic!("code that runs: {text:?}: {lines:#?}"),
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                let in_place = matches!(link_type, LinkType::Inline | LinkType::Autolink | LinkType::Email);
                assert!(in_place, "a link to an item: {text:?}: {lines:#?}");
                let url = dest_url.to_ascii_lowercase();
                let known = ["http:", "https:", "mailto:"].iter().any(|scheme| url.starts_with(scheme));
                let relative =
                    !url.split(['/', '?', '#']).next().unwrap_or_default().contains(':') && url.contains(['/', '#']);
                assert!(known || relative || *link_type == LinkType::Email, "leads astray: {text:?}: {lines:#?}");
            }
            _ => {}
        }
        match &event {
            Event::Start(tag) => {
                structured |= !matches!(tag, Tag::Paragraph | Tag::Link { .. });
                depth += 1;
                if depth == 1 {
                    top.push(String::new());
                }
            }
            Event::End(end) => {
                depth -= 1;
                if depth == 0 && *end == TagEnd::Paragraph {
                    top.last_mut().unwrap().push_str(" paragraph");
                }
            }
            Event::Text(text) => top.last_mut().unwrap().push_str(text),
            Event::Rule if depth == 0 => top.push(String::new()),
            _ => {}
        }
    }
    assert_eq!(top.first().map(String::as_str), Some("before paragraph"), "{text:?}: {lines:#?}");
    assert_eq!(top.last().map(String::as_str), Some("after paragraph"), "{text:?}: {lines:#?}");
    structured
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let lines = block(&text);
    let structured = judge(&lines, &text);
    // What is beyond the limits stands in a block, whatever it says.
    assert!(is_faithful(&text, &lines) || !structured || !is_markdown(&text), "{text:?}: {lines:#?}");
    judge(&labelled("`400`", &text), &text);
    let single = line(&text);
    assert!(single.is_empty() == text.trim().is_empty() || text.contains(char::is_whitespace), "{text:?}: {single}");
    judge(&[single], &text);
    judge(&[format!("{}: required, {}.", code(&text), code(&text))], &text);
});
