//! Sets of code points.

/// The last code point.
const LAST: u32 = 0x10_ffff;

/// Code points, as ranges in ascending order that neither overlap nor touch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Class(Vec<(u32, u32)>);

impl Class {
    /// The class of some ranges, in any order.
    pub fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges {
            match merged.last_mut() {
                Some((_, end)) if from <= end.saturating_add(1) => *end = to.max(*end),
                _ => merged.push((from, to)),
            }
        }
        Self(merged)
    }

    /// The class of ranges of characters.
    pub fn of(ranges: &[(char, char)]) -> Self {
        Self::new(
            ranges
                .iter()
                .map(|(from, to)| (u32::from(*from), u32::from(*to)))
                .collect(),
        )
    }

    /// All code points that are not in it.
    pub fn complement(&self) -> Self {
        let mut from = 0;
        let mut ranges = Vec::with_capacity(self.0.len() + 1);
        for (first, last) in &self.0 {
            if from < *first {
                ranges.push((from, first - 1));
            }
            from = last + 1;
        }
        if from <= LAST {
            ranges.push((from, LAST));
        }
        Self(ranges)
    }

    /// The ranges, in ascending order.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// Whether a code point is in it.
    pub fn contains(&self, code: u32) -> bool {
        let place = self.0.partition_point(|(_, last)| *last < code);
        self.0.get(place).is_some_and(|(first, _)| *first <= code)
    }
}

/// `\d`.
pub fn digits() -> Class {
    Class::of(&[('0', '9')])
}

/// `\w`.
pub const WORD: [(char, char); 4] = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

/// The class of [`WORD`].
pub fn word() -> Class {
    Class::of(&WORD)
}

/// `\s`: white space and line terminators (ECMA-262, sections 12.2 and 12.3).
pub const SPACE: [(char, char); 10] = [
    ('\t', '\r'),
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
    ('\u{feff}', '\u{feff}'),
];

/// The class of [`SPACE`].
pub fn space() -> Class {
    Class::of(&SPACE)
}

/// Line terminators (ECMA-262, section 12.3).
pub const LINE_ENDS: [(char, char); 3] = [('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];

/// The class of [`LINE_ENDS`].
pub fn line_ends() -> Class {
    Class::of(&LINE_ENDS)
}

/// A class that POSIX names: `alpha` of `[[:alpha:]]`.
pub fn posix(name: &str) -> Option<Class> {
    Some(match name.to_ascii_lowercase().as_str() {
        "alpha" => Class::of(&[('A', 'Z'), ('a', 'z')]),
        "digit" => digits(),
        "alnum" => Class::of(&[('0', '9'), ('A', 'Z'), ('a', 'z')]),
        "upper" => Class::of(&[('A', 'Z')]),
        "lower" => Class::of(&[('a', 'z')]),
        "space" => Class::of(&[('\t', '\r'), (' ', ' ')]),
        "blank" => Class::of(&[('\t', '\t'), (' ', ' ')]),
        "punct" => Class::of(&[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')]),
        "print" => Class::of(&[(' ', '~')]),
        "graph" => Class::of(&[('!', '~')]),
        "cntrl" => Class::of(&[('\0', '\u{1f}'), ('\u{7f}', '\u{7f}')]),
        "xdigit" => Class::of(&[('0', '9'), ('A', 'F'), ('a', 'f')]),
        "word" => word(),
        "ascii" => Class::of(&[('\0', '\u{7f}')]),
        _ => return None,
    })
}
