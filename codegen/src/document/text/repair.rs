//! Repairs of YAML that common readers accept and YAML 1.2 rejects.
//!
//! ```yaml
//! description: "a text that goes on
//! at the margin"                      # libyaml asks for no indentation within quotes
//! enum: [
//!   a
//! ]                                   # nor within brackets
//! version: "1.0"# and takes this for a comment
//! ```
//!
//! Each is repaired by blanks where blanks mean nothing. They are inserted where the reader fails, which then starts again; positions in
//! the repaired text are mapped back to the file ([`Repairs::original`]).

/// Maximum number of bytes that are read again after repairs, which bounds the time they take.
const MAX_REREAD: usize = 64 << 20;

/// Blanks that were inserted into a text.
#[derive(Debug, Default)]
pub struct Repairs {
    /// Where, in the original, and how many; sorted.
    blanks: Vec<(usize, usize)>,
    /// For each of them: where it begins in the repaired text, and how many blanks come before.
    begins: Vec<(usize, usize)>,
    reread: usize,
}

impl Repairs {
    /// Inserts blanks that let the reader get past a place of the original; `None` where no repair is known.
    pub fn add(&mut self, text: &str, at: usize, message: &str) -> Option<()> {
        self.reread += text.len();
        if self.reread > MAX_REREAD {
            return None;
        }
        let found = if message.contains("invalid indentation in quoted scalar") {
            continuation_lines(text, at)
        } else {
            text.get(at..).and_then(|rest| comment(text, at, rest).or_else(|| outdented(text, at, rest, message)))
        };
        let before = self.blanks.len();
        for (at, count) in found? {
            // A repair that failed once is not tried again.
            if let Err(index) = self.blanks.binary_search_by_key(&at, |blank| blank.0) {
                self.blanks.insert(index, (at, count));
            }
        }
        (self.blanks.len() > before).then_some(())
    }

    /// The text with the blanks.
    pub fn apply(&mut self, text: &str) -> String {
        let total: usize = self.blanks.iter().map(|blank| blank.1).sum();
        let mut repaired = String::with_capacity(text.len() + total);
        self.begins.clear();
        let (mut from, mut before) = (0, 0);
        for (at, count) in &self.blanks {
            repaired.push_str(text.get(from..*at).unwrap_or_default());
            self.begins.push((repaired.len(), before));
            repaired.extend(std::iter::repeat_n(' ', *count));
            (from, before) = (*at, before + count);
        }
        repaired.push_str(text.get(from..).unwrap_or_default());
        repaired
    }

    /// The place in the original of a place in the repaired text.
    pub fn original(&self, at: usize) -> usize {
        let next = self.begins.partition_point(|(begin, _)| *begin < at);
        let Some(last) = next.checked_sub(1) else { return at };
        let (Some((begin, before)), Some((_, count))) = (self.begins.get(last), self.blanks.get(last)) else {
            return at;
        };
        at.max(begin + count) - before - count
    }
}

/// The lines of a quoted scalar that begin left of it.
fn continuation_lines(text: &str, start: usize) -> Option<Vec<(usize, usize)>> {
    let rest = text.get(start..)?;
    let quote = rest.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let column = column(text, start);
    let mut found = Vec::new();
    let mut bytes = rest.bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if quote == b'"' => {
                // An escaped character ends nothing; an escaped line end is still followed by a line.
                bytes.next_if(|(_, next)| *next != b'\n');
            }
            _ if byte == quote => {
                // `''` within single quotes is one of them.
                let doubled = quote == b'\'' && bytes.next_if(|(_, next)| *next == quote).is_some();
                if !doubled {
                    break;
                }
            }
            b'\n' => {
                let line = rest.get(at + 1..)?;
                let indent = line.bytes().take_while(|byte| *byte == b' ').count();
                let is_blank = line.as_bytes().get(indent).is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
                if indent < column && !is_blank {
                    found.push((start + at + 1, column - indent));
                }
            }
            _ => {}
        }
    }
    Some(found)
}

/// A comment right behind a quote or a bracket.
fn comment(text: &str, at: usize, rest: &str) -> Option<Vec<(usize, usize)>> {
    let behind = text.get(..at)?.ends_with(['"', '\'', ']', '}']);
    (behind && rest.starts_with('#')).then(|| vec![(at, 1)])
}

/// A line within brackets that is not indented enough.
fn outdented(text: &str, at: usize, rest: &str, message: &str) -> Option<Vec<(usize, usize)>> {
    let line_start = text.get(..at)?.rfind('\n')? + 1;
    let line = text.get(line_start..)?.trim_start_matches(' ');
    // Within blocks, a less indented line ends the deeper ones, so this applies within brackets alone.
    let within = message == "invalid indentation" || message.contains("flow construct");
    if !(line.starts_with([']', '}']) || within && !rest.is_empty()) {
        return None;
    }
    // The line before is within the brackets or opens them, so it ends further right than their holder begins.
    let before = text.get(..line_start - 1)?.rsplit('\n');
    let before =
        before.map(str::trim_end).find(|line| !line.trim_start().is_empty() && !line.trim_start().starts_with('#'))?;
    Some(vec![(line_start, before.chars().count().min(MAX_BLANKS))])
}

/// Maximum indentation that a repair inserts: more than any enclosing line has.
const MAX_BLANKS: usize = 1_000;

fn column(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.chars().count().min(MAX_BLANKS)
}

#[cfg(test)]
mod tests {
    use super::Repairs;

    #[test]
    fn places_are_those_of_the_original() {
        let text = "k: \"a\nb\n\nc\"#d";
        let mut repairs = Repairs::default();
        assert_eq!(repairs.add(text, 3, "invalid indentation in quoted scalar"), Some(()));
        assert_eq!(repairs.add(text, 11, "invalid trailing content"), Some(()));
        let repaired = repairs.apply(text);
        assert_eq!(repaired, "k: \"a\n   b\n\n   c\" #d");
        for (at, c) in repaired.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            assert_eq!(text[repairs.original(at)..].chars().next(), Some(c), "{at}");
        }
        // The same position again would not help.
        assert_eq!(repairs.add(text, 11, "invalid trailing content"), None);
    }
}
