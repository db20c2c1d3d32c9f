//! Rust without its layout: everything that `rustfmt` and the line ends of a checkout change is left out, and nothing else.
//!
//! | text | counts |
//! | --- | --- |
//! | white space between two words | as one space |
//! | other white space; a comma before a closing bracket | not |
//! | strings and characters | as they are, but for line ends |
//! | comments | line by line, without the white space around a line |

/// The bytes of some Rust, or of anything that resembles it, without its layout.
pub(crate) fn without_layout(text: &[u8]) -> Vec<u8> {
    let mut scan = Scan { text, at: 0, out: Vec::with_capacity(text.len()) };
    while scan.at < text.len() {
        scan.token();
    }
    scan.out
}

struct Scan<'t> {
    text: &'t [u8],
    at: usize,
    out: Vec<u8>,
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    fn token(&mut self) {
        let Some(byte) = self.peek(0) else { return };
        match (byte, self.peek(1)) {
            (b'/', Some(b'/')) => self.line_comment(),
            (b'/', Some(b'*')) => self.block_comment(),
            (b'"', _) => self.string(),
            (b'\'', _) => self.character(),
            _ if byte.is_ascii_whitespace() => self.white_space(),
            _ => {
                if matches!(byte, b')' | b']' | b'}' | b'>') && self.out.last() == Some(&b',') {
                    self.out.pop();
                }
                self.out.push(byte);
                self.at += 1;
                self.keep_until(|byte| {
                    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'"' | b'\'' | b')' | b']' | b'}' | b'>')
                });
            }
        }
    }

    /// Copies bytes up to the next one that may have a meaning: most have none, and copying a run is cheap.
    fn keep_until(&mut self, is_special: impl Fn(u8) -> bool) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len());
        self.out.extend_from_slice(rest.get(..end).unwrap_or_default());
        self.at += end;
    }

    fn white_space(&mut self) {
        while self.peek(0).is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        let is_word = |byte: Option<u8>| byte.is_some_and(is_word);
        if is_word(self.out.last().copied()) && is_word(self.peek(0)) {
            self.out.push(b' ');
        }
    }

    /// `// …` to the end of the line, which ends the comment whatever comes next.
    fn line_comment(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        self.out.extend_from_slice(line.trim_ascii());
        self.out.push(b'\n');
        self.at += end;
    }

    /// `/* … */`, in which others may be.
    fn block_comment(&mut self) {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'/'), Some(b'*')) => (depth, self.at) = (depth + 1, self.at + 2),
                (Some(b'*'), Some(b'/')) => (depth, self.at) = (depth - 1, self.at + 2),
                (Some(_), _) => self.at += 1,
                (None, _) => break,
            }
            if depth == 0 {
                break;
            }
        }
        for line in self.text.get(start..self.at).unwrap_or_default().split(|byte| *byte == b'\n') {
            self.out.extend_from_slice(line.trim_ascii());
            self.out.push(b'\n');
        }
    }

    /// A string, raw or not.
    fn string(&mut self) {
        let before = self.text.get(..self.at).unwrap_or_default();
        let hashes = before.iter().rev().take_while(|byte| **byte == b'#').count();
        let before = before.get(..before.len() - hashes).unwrap_or_default();
        let is_raw = [&b"r"[..], b"br", b"cr"].iter().any(|prefix| {
            before.strip_suffix(*prefix).is_some_and(|rest| !rest.last().is_some_and(|byte| is_word(*byte)))
        });
        self.keep();
        loop {
            self.keep_until(|byte| matches!(byte, b'"' | b'\\' | b'\r'));
            let Some(byte) = self.peek(0) else { return };
            if !is_raw && byte == b'\\' {
                self.keep();
                self.keep();
                continue;
            }
            self.keep();
            if byte == b'"' && (!is_raw || (0..hashes).all(|ahead| self.peek(ahead) == Some(b'#'))) {
                return;
            }
        }
    }

    /// A character, or the apostrophe of a lifetime.
    fn character(&mut self) {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let length = match rest.first() {
            // To the apostrophe that ends it: what is escaped stands before.
            Some(b'\\') => rest.iter().skip(2).take(10).position(|byte| *byte == b'\'').map(|end| end + 2),
            Some(first) => {
                Some(first.leading_ones().max(1) as usize).filter(|length| rest.get(*length) == Some(&b'\''))
            }
            None => None,
        };
        for _ in 0..length.map_or(1, |length| length + 2) {
            self.keep();
        }
    }

    /// Takes a byte as it is. A line end is a line feed.
    fn keep(&mut self) {
        if let Some(byte) = self.peek(0) {
            if !(byte == b'\r' && self.peek(1) == Some(b'\n')) {
                self.out.push(byte);
            }
            self.at += 1;
        }
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        without_layout(one.as_bytes()) == without_layout(other.as_bytes())
    }

    #[test]
    fn layout_does_not_count() {
        for (one, other) in [
            ("fn a(x: T, y: U) -> V {\n    x\n}\n", "fn a(\r\n    x: T,\r\n    y: U,\r\n) -> V { x }"),
            ("    /// a b  \n    fn c() {}", "/// a b\r\nfn c() {\n}"),
            ("/* a\n     * b */ fn c() {}", "/* a\r\n * b */\nfn c() {}"),
            ("static A: &str = \"a \\\" b\";", "static A : & str=\"a \\\" b\" ;"),
            ("let a = 'x'; let b: &'a str = c;", "let a='x';let b:&'a str=c;"),
            ("const A: &str = \"a\r\nb\";", "const A: &str = \"a\nb\";"),
        ] {
            assert!(same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn what_means_something_counts() {
        for (one, other) in [
            ("\"^[a-z ]+$\"", "\"^[a-z]+$\""),
            ("r\"a b\"", "r\"ab\""),
            ("r#\"a \" b\"#", "r#\"a \" b \"#"),
            ("br##\"a \"# b\"##", "br##\"a \"#b\"##"),
            ("b\"a \\\\\" c", "b\"a\\\\\" c"),
            ("c\"a,)\"", "c\"a)\""),
            ("'\u{20}'", "'\t'"),
            ("('\\'', \"a b\")", "('\\'', \"ab\")"),
            ("('\"', \"a b\", '\"')", "('\"', \"ab\", '\"')"),
            ("('é', \"a b\")", "('é', \"ab\")"),
            ("<'a> \"b c\"", "<'a> \"bc\""),
            ("// a b\nc", "// ab\nc"),
            ("// a\nb();", "// a b();"),
            ("/* a\n b */", "/* a b */"),
            ("/* a /* b */ \"c d\" */", "/* a /* b */ \"cd\" */"),
            ("/// a: b\n/// c", "/// a: b c"),
            ("unsafe fn a", "unsafefn a"),
            ("a b", "ab"),
        ] {
            assert!(!same(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn anything_has_an_end() {
        for text in ["\"", "r#\"", "'", "'\\", "/*", "/* /*", "//", "\"\\", "é", "'é", "\u{0}", "#\"", "'\\u{10FFFF}'"]
        {
            without_layout(text.as_bytes());
            without_layout(text.as_bytes().get(..text.len() - 1).unwrap_or_default());
        }
        without_layout(&[b'\'', 0xff, 0xff]);
    }
}
