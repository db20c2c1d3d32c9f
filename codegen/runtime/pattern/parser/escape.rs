//! Escapes: `\d`, `\u{1F600}`, `\p{L}`, inside of brackets and outside.

use super::super::class::{self, Class};
use super::super::syntax::{Assertion, Fault, Node};
use super::super::unicode;
use super::{Parser, fault};

/// The characters that a backslash makes literal in Unicode mode (ECMA-262, SyntaxCharacter and `/`).
const SYNTAX: &str = "^$\\.*+?()[]{}|/";

impl Parser {
    /// What follows a backslash outside of a class.
    pub(super) fn escape(&mut self) -> Result<Option<Node>, Fault> {
        let Some(next) = self.peek() else {
            return fault("a backslash ends the pattern");
        };
        let ignore_case = self.ignores_case();
        let node = match next {
            'b' => Node::Assert(Assertion::Boundary { ignore_case }),
            'B' => Node::Assert(Assertion::NoBoundary { ignore_case }),
            '1'..='9' => return self.back_reference().map(Some),
            'k' if self.knows_names() => {
                self.take();
                return match self.eat("<").then(|| self.take_until(">")).flatten() {
                    Some(name) => Ok(Some(self.reference(name))),
                    None => fault("`\\k` names no group"),
                };
            }
            'A' | 'G' if !self.is_strict() => {
                self.dialect(format!("`\\{next}` is of another dialect"))?;
                Node::Assert(Assertion::Start)
            }
            'Z' | 'z' if !self.is_strict() => {
                self.dialect(format!("`\\{next}` is of another dialect"))?;
                Node::Assert(Assertion::End)
            }
            'Q' if !self.is_strict() => {
                self.dialect("`\\Q` is of another dialect")?;
                self.take();
                let mut quoted = Vec::new();
                while !self.eat("\\E") {
                    let Some(character) = self.take() else { break };
                    quoted.push(self.literal(character)?);
                }
                return Ok(Some(Node::Sequence(quoted)));
            }
            'R' if !self.is_strict() => {
                self.dialect("`\\R` is of another dialect")?;
                self.take();
                let pair = Node::Sequence(vec![self.literal('\r')?, self.literal('\n')?]);
                let single =
                    Class::of(&[('\n', '\r'), ('\u{85}', '\u{85}'), ('\u{2028}', '\u{2029}')]);
                return Ok(Some(Node::Choice(vec![pair, Node::Class(single)])));
            }
            _ => {
                let class = self.class_escape(false)?;
                return self.class(class, false).map(Some);
            }
        };
        self.take();
        Ok(Some(node))
    }

    fn back_reference(&mut self) -> Result<Node, Fault> {
        let mark = self.mark();
        let mut number = 0u32;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            number = number.saturating_mul(10).saturating_add(digit);
            self.take();
        }
        if let Some(node) = self.numbered(number) {
            return Ok(node);
        }
        self.reset(mark);
        let class = self.octal()?;
        self.class(class, false)
    }

    /// `\101` of annex B; a digit beyond 7 is itself.
    fn octal(&mut self) -> Result<Class, Fault> {
        self.without_unicode("a backslash and digits are no reference to a group")?;
        let mut code = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) {
            let longer = code.unwrap_or(0) * 8 + digit;
            if longer > 0o377 {
                break;
            }
            code = Some(longer);
            self.take();
        }
        Ok(match (code, self.peek()) {
            (Some(code), _) => Class::new(vec![(code, code)]),
            (None, Some(character)) => {
                self.take();
                Class::of(&[(character, character)])
            }
            (None, None) => Class::default(),
        })
    }

    /// The class that an escape stands for, inside of brackets or outside.
    pub(super) fn class_escape(&mut self, in_class: bool) -> Result<Class, Fault> {
        let Some(escaped) = self.take() else {
            return fault("a backslash ends the pattern");
        };
        let one = |character: char| Class::of(&[(character, character)]);
        Ok(match escaped {
            'd' => class::digits(),
            'D' => class::digits().complement(),
            's' => class::space(),
            'S' => class::space().complement(),
            'w' | 'W' => {
                let word = class::word();
                let word = if self.ignores_case() {
                    unicode::folded(&word).unwrap_or(word)
                } else {
                    word
                };
                if escaped == 'w' {
                    word
                } else {
                    word.complement()
                }
            }
            'b' if in_class => one('\u{8}'),
            '-' if in_class => one('-'),
            'f' => one('\u{c}'),
            'n' => one('\n'),
            'r' => one('\r'),
            't' => one('\t'),
            'v' => one('\u{b}'),
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => one('\0'),
            '0'..='9' => {
                self.reset(self.mark() - 1);
                self.octal()?
            }
            'c' => match self.peek().filter(char::is_ascii_alphabetic) {
                Some(letter) => {
                    self.take();
                    one(char::from(letter as u8 % 32))
                }
                None => {
                    self.without_unicode("`\\c` has no letter")?;
                    self.reset(self.mark() - 1);
                    one('\\')
                }
            },
            'x' => self.hexadecimal()?,
            'u' => self.unicode_escape()?,
            'p' | 'P' => self.property(escaped == 'P')?,
            _ if SYNTAX.contains(escaped) => one(escaped),
            'h' | 'H' if !self.is_strict() => {
                self.dialect(format!("`\\{escaped}` is of another dialect"))?;
                let blank = [
                    ('\t', '\t'),
                    (' ', ' '),
                    ('\u{a0}', '\u{a0}'),
                    ('\u{1680}', '\u{1680}'),
                ];
                let wide = [
                    ('\u{2000}', '\u{200a}'),
                    ('\u{202f}', '\u{202f}'),
                    ('\u{205f}', '\u{205f}'),
                ];
                let blank =
                    Class::of(&[&blank[..], &wide[..], &[('\u{3000}', '\u{3000}')]].concat());
                if escaped == 'h' {
                    blank
                } else {
                    blank.complement()
                }
            }
            'a' | 'e' if !self.is_strict() => {
                self.dialect(format!("`\\{escaped}` is of another dialect"))?;
                one(if escaped == 'a' { '\u{7}' } else { '\u{1b}' })
            }
            other => {
                self.without_unicode(format!("`\\{other}` escapes what needs no escape"))?;
                one(other)
            }
        })
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let mark = self.mark();
        let mut code = 0;
        for _ in 0..count {
            match self.take().and_then(|c| c.to_digit(16)) {
                Some(digit) => code = code * 16 + digit,
                None => {
                    self.reset(mark);
                    return None;
                }
            }
        }
        Some(code)
    }

    fn braced(&mut self) -> Option<u32> {
        let mark = self.mark();
        // Anything but a digit ends the search for the brace: there may be many without a closing one.
        let code = self
            .eat("{")
            .then(|| self.take_while(|c| c.is_ascii_hexdigit()));
        let code = code.filter(|text| !text.is_empty() && self.eat("}"));
        let code = code.and_then(|text| {
            u32::from_str_radix(text.trim_start_matches('0'), 16)
                .ok()
                .or(Some(0))
        });
        let code = code.filter(|code| *code <= 0x10_ffff);
        if code.is_none() {
            self.reset(mark);
        }
        code
    }

    fn hexadecimal(&mut self) -> Result<Class, Fault> {
        if let Some(code) = self.digits(2) {
            return Ok(Class::new(vec![(code, code)]));
        }
        if !self.is_strict()
            && let Some(code) = self.braced()
        {
            self.dialect("`\\x{…}` is of another dialect")?;
            return Ok(Class::new(vec![(code, code)]));
        }
        self.without_unicode("`\\x` has no two digits")?;
        Ok(Class::of(&[('x', 'x')]))
    }

    fn unicode_escape(&mut self) -> Result<Class, Fault> {
        if let Some(code) = self.digits(4) {
            let mark = self.mark();
            if (0xd800..0xdc00).contains(&code) && self.eat("\\u") {
                match self.digits(4).filter(|low| (0xdc00..0xe000).contains(low)) {
                    Some(low) => {
                        let code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                        return Ok(Class::new(vec![(code, code)]));
                    }
                    None => self.reset(mark),
                }
            }
            return Ok(Class::new(vec![(code, code)]));
        }
        if let Some(code) = self.braced() {
            if !self.is_strict() {
                self.dialect("`\\u{…}` is of the `u` flag, and the pattern is valid only without")?;
            }
            return Ok(Class::new(vec![(code, code)]));
        }
        self.without_unicode("`\\u` has no four digits")?;
        Ok(Class::of(&[('u', 'u')]))
    }

    fn property(&mut self, negated: bool) -> Result<Class, Fault> {
        let name = if self.eat("{") {
            self.take_until("}")
        } else if self.is_strict() {
            None
        } else {
            self.dialect("a property without braces is of another dialect")?;
            self.take().map(String::from)
        };
        let Some(name) = name else {
            return fault("`\\p` names no property");
        };
        self.needs_tables = true;
        let class = match unicode::property(&name) {
            Some(class) => {
                if !self.is_strict() {
                    self.dialect(
                        "`\\p{…}` is of the `u` flag, and the pattern is valid only without",
                    )?;
                }
                class
            }
            None if self.is_strict() => return fault(format!("`\\p{{{name}}}` names no property")),
            None => {
                let bare = name.strip_prefix("Is").unwrap_or(&name);
                let found = class::posix(bare).or_else(|| unicode::similar_property(bare));
                let Some(class) = found else {
                    return fault(format!("`\\p{{{name}}}` names no property"));
                };
                self.dialect(format!("`\\p{{{name}}}` is of another dialect"))?;
                class
            }
        };
        Ok(if negated { class.complement() } else { class })
    }
}
