//! Characters that are no text: what ends lines, what moves the cursor, what turns the order of reading.

use std::borrow::Cow;

/// A text with line feeds for all line ends, and with visible names for what cannot be seen: `\u{202e}`.
///
/// CommonMark 0.31 ("Characters and lines") takes CR for a line end; `rustc` refuses a bare CR in doc comments, and warns of bidirectional
/// controls in them (`text_direction_codepoint_in_comment`).
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_replaced) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            // Line and paragraph separators, vertical tab and form feed end a line wherever they are shown.
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            char if is_hidden(char) => out.extend(char.escape_unicode()),
            char => out.push(char),
        }
    }
    Cow::Owned(out)
}

fn is_replaced(char: char) -> bool {
    is_hidden(char) || matches!(char, '\r' | '\u{2028}' | '\u{2029}')
}

/// Whether a character is a control that does something else than it shows: C0 and C1 but for tab and line feed, the bidirectional
/// controls (UAX 9, "Directional formatting characters", but for the marks, which move nothing), the byte order mark and interlinear
/// annotations.
pub fn is_hidden(char: char) -> bool {
    (char.is_control() && !matches!(char, '\t' | '\n'))
        || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(char, '\u{2028}' | '\u{2029}')
}
