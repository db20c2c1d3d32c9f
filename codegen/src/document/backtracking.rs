//! Patterns on which a backtracking engine can take exponential time: `^(a+)+$`, `^(a|a)*$`, `^(\w+\s?)*$`.
//!
//! A pattern is such where one loop of it can read one text in two ways: then a text of *n* rounds is read in 2ⁿ ways, and an engine
//! tries them all before it says no. On the automaton of Glushkov, whose states are the characters of the pattern, that is a state from
//! which two different paths lead back to it by the same text ("exponential degree of ambiguity", Weber and Seidl, 1991).
//!
//! Nothing but a lint depends on this: a pattern of which [`automaton`] makes nothing is not judged.

use super::automaton::{Automaton, Position, Positions, automaton, members, set};

/// Whether a pattern can take exponential time, as far as it is judged.
pub fn is_exponential(pattern: &str) -> bool {
    automaton(pattern).is_some_and(|automaton| automaton.doubled || has_two_ways_around(&automaton))
}

/// Whether from some position two different paths lead back to it by the same text: the pairs of positions that are reached by one
/// text form a graph, in which the pair (p, p) and a pair (q, r) lie on one cycle.
fn has_two_ways_around(automaton: &Automaton) -> bool {
    let states = states(automaton);
    let ahead = closure(states.iter().map(|state| state.after).collect());
    let mut judged: Positions = 0;
    for (start, reached) in ahead.iter().enumerate() {
        let back = set(&ahead, |ahead| ahead >> start & 1 == 1);
        // The positions of a loop lead to each other, so that one of them stands for all.
        let within = reached & back & !judged;
        if within >> start & 1 == 0 {
            continue;
        }
        judged |= within;
        let forth = pairs(&states, start, within, |state| state.after);
        let back = pairs(&states, start, within, |state| state.before);
        let both = forth.iter().zip(&back).enumerate();
        if both.into_iter().any(|(position, (forth, back))| forth & back & !(1 << position) != 0) {
            return true;
        }
    }
    false
}

fn states(automaton: &Automaton) -> Vec<State> {
    let state = |(at, position): (usize, &Position)| State {
        after: position.follow,
        before: set(&automaton.positions, |other| other.follow >> at & 1 == 1),
        alike: set(&automaton.positions, |other| other.class & position.class != 0),
    };
    automaton.positions.iter().enumerate().map(state).collect()
}

/// A position among the others.
struct State {
    /// Those that can follow it.
    after: Positions,
    /// Those that it can follow.
    before: Positions,
    /// Those that read a character that it reads, itself among them.
    alike: Positions,
}

/// The pairs of positions, within some, that the same text leads to from a position in two ways: for each position the other ones.
fn pairs(states: &[State], start: usize, within: Positions, step: fn(&State) -> Positions) -> Vec<Positions> {
    let next = |at: usize| states.get(at).map_or(0, step) & within;
    let mut found = vec![0; states.len()];
    let mut waiting = vec![(start, start)];
    while let Some((one, other)) = waiting.pop() {
        let (ones, others) = (next(one), next(other));
        for (at, (found, state)) in found.iter_mut().zip(states).enumerate().filter(|(at, _)| ones >> at & 1 == 1) {
            let new = others & state.alike & !*found;
            *found |= new;
            waiting.extend(members(new).map(|other| (at, other)));
        }
    }
    found
}

/// What each position leads to at last, from what it leads to next (Warshall's algorithm).
fn closure(mut next: Vec<Positions>) -> Vec<Positions> {
    for middle in 0..next.len() {
        let further = next.get(middle).copied().unwrap_or_default();
        next.iter_mut().filter(|next| **next >> middle & 1 == 1).for_each(|next| *next |= further);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::is_exponential;

    #[test]
    fn loops_that_read_one_text_in_two_ways() {
        for pattern in [
            "^(a+)+$",
            "^(a|a)*$",
            "^(a|ab|b)*$",
            "^(\\w+\\s?)*$",
            "(.*)*x",
            "^([a-z]+)*$",
            "^(a?b?a?)+$",
            "^(?:\\d+,?)+$",
        ] {
            assert!(is_exponential(pattern), "{pattern}");
        }
    }

    #[test]
    fn loops_that_do_not() {
        for pattern in [
            "^a+$",
            "^\\d+(\\.\\d+)?$",
            "^(a|b)*$",
            "^([a-z]+-)*[a-z]+$",
            "^(\\d{3},)*\\d{3}$",
            "^[^@]+@[^@]+$",
            "a*a*b",
            "^(?=.*a)(a+)+$",
            "^(foo|bar)+$",
            "^\\w+([-.]\\w+)*@\\w+([-.]\\w+)*$",
            "^([a-z0-9]{1,3}-)*x{2,64}$",
        ] {
            assert!(!is_exponential(pattern), "{pattern}");
        }
    }

    #[test]
    fn patterns_of_hostile_shape() {
        let nested = |open: &str, inner: &str, close: &str, depth| open.repeat(depth) + inner + &close.repeat(depth);
        for pattern in [
            nested("(", "a", ")", 100_000),
            "(".repeat(100_000),
            nested("(", "", "){3}", 90),
            nested("(", "^", "){2,}", 90),
            nested("(|", "", "){3}", 90),
            nested("(|", "", "){3}", 100_000),
            nested("(a", "", "){3}", 90),
            "|".repeat(100_000),
            vec!["a"; 100_000].join("|"),
            "()".repeat(100_000),
            "a{".repeat(100_000),
            format!("([{}]+-)+", "a-y".repeat(100_000)),
            // One long loop.
            format!("^({})*$", vec!["a"; 63].join("") + &vec!["[ab]"; 64].join("")),
        ] {
            assert!(!is_exponential(&pattern), "{}", &pattern[..20]);
        }
        assert!(is_exponential(&nested("(", "a+", ")*", 90)));
        assert!(is_exponential(&format!("^({}|{})*$", "a".repeat(60), "a".repeat(59))));
    }
}
