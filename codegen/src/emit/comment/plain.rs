//! A text with every punctuation mark escaped: no Markdown is left in it.

/// The lines of a text as paragraphs.
pub fn plain(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut out = String::with_capacity(line.len() * 2);
        for char in line.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
            // A backslash before punctuation is an escape, and before anything else a backslash (CommonMark 0.31, "Backslash escapes").
            if char.is_ascii_punctuation() {
                out.push('\\');
            }
            out.push(char);
        }
        if !out.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(out);
        }
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}
