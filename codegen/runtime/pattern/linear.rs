//! Matching in one pass: all ways through the program at once, character by character (Thompson's construction).
//!
//! Look-around is computed beforehand, the inner before the outer: a look-ahead by a pass from the end of the text to its start that
//! notes where the reversed part comes to its end, so that the whole takes time proportional to the length of the text as well.

use super::class::Class;
use super::place::{after, before, holds};
use super::program::{Compiled, Program, Step};

/// Whether some part of a text matches; `None` when no steps are left.
pub fn is_match(compiled: &Compiled, text: &str, steps: &mut u64) -> Option<bool> {
    let mut pass = Pass {
        text,
        classes: &compiled.classes,
        places: Vec::new(),
        steps,
    };
    for look in &compiled.looks {
        let mut found = vec![0u64; text.len() / 64 + 1];
        pass.run(&look.program, Some(&mut found))?;
        if look.negative {
            found.iter_mut().for_each(|word| *word = !*word);
        }
        pass.places.push(found);
    }
    pass.run(&compiled.program, None)
}

struct Pass<'t> {
    text: &'t str,
    classes: &'t [Class],
    /// For each look-around a bit for each place, set where it holds.
    places: Vec<Vec<u64>>,
    steps: &'t mut u64,
}

/// The set of steps that are active at one place.
struct Reached {
    /// Those that read a character.
    reading: Vec<u32>,
    /// For each step the last place, counted from 1, at which it was reached.
    last: Vec<usize>,
    waiting: Vec<u32>,
}

impl Pass<'_> {
    /// Runs a program from each place; stops at the first match, or notes all places where one ends.
    fn run(&mut self, program: &Program, mut found: Option<&mut Vec<u64>>) -> Option<bool> {
        let count = program.steps.len();
        let mut reached = Reached {
            reading: Vec::new(),
            last: vec![0; count],
            waiting: Vec::new(),
        };
        let mut next = Vec::new();
        let mut at = if program.backward { self.text.len() } else { 0 };
        let mut number = 1;
        loop {
            next.push(0);
            if self.close(program, &mut next, &mut reached, at, number)? {
                match &mut found {
                    None => return Some(true),
                    Some(found) => {
                        if let Some(word) = found.get_mut(at / 64) {
                            *word |= 1 << (at % 64);
                        }
                    }
                }
            }
            let character = if program.backward {
                before(self.text, at)
            } else {
                after(self.text, at)
            };
            let Some(character) = character else {
                return Some(false);
            };
            let code = u32::from(character);
            for step in reached.reading.drain(..) {
                if let Some(Step::Class(class)) = program.steps.get(step as usize)
                    && self
                        .classes
                        .get(*class as usize)
                        .is_some_and(|class| class.contains(code))
                {
                    next.push(step + 1);
                }
            }
            at = if program.backward {
                at - character.len_utf8()
            } else {
                at + character.len_utf8()
            };
            number += 1;
        }
    }

    /// Adds all steps that are reached without reading; returns whether the end is among them, `None` when the budget is spent.
    fn close(
        &mut self,
        program: &Program,
        from: &mut Vec<u32>,
        reached: &mut Reached,
        at: usize,
        number: usize,
    ) -> Option<bool> {
        let mut ended = false;
        reached.waiting.append(from);
        while let Some(place) = reached.waiting.pop() {
            *self.steps = self.steps.checked_sub(1)?;
            match reached.last.get_mut(place as usize) {
                Some(last) if *last != number => *last = number,
                _ => continue,
            }
            match program.steps.get(place as usize) {
                Some(Step::Class(_)) => reached.reading.push(place),
                Some(Step::Split(one, other)) => reached.waiting.extend([*one, *other]),
                Some(Step::Jump(to)) => reached.waiting.push(*to),
                Some(Step::Assert(assertion)) if holds(*assertion, self.text, at) => {
                    reached.waiting.push(place + 1)
                }
                Some(Step::Looked(look)) => {
                    let words = self.places.get(*look as usize);
                    let holds = words
                        .and_then(|words| words.get(at / 64))
                        .is_some_and(|word| word >> (at % 64) & 1 == 1);
                    if holds {
                        reached.waiting.push(place + 1);
                    }
                }
                Some(Step::Match) => ended = true,
                // The other steps are those of patterns that refer back.
                _ => {}
            }
        }
        Some(ended)
    }
}
