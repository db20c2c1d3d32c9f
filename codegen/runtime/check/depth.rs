//! How deep the checker goes.

use serde_json::Value;

use super::super::{Limits, Rules, Types};
use super::work::{Undecided, Work};

/// The depth of a value, the depth of the schema that is applied to it, and the account of both.
///
/// A text may be nested by [`Limits::DEEPEST`] levels. A recursive schema follows it, and one that recurs through `allOf` or a union takes
/// further steps on each level.
#[derive(Clone, Copy)]
pub struct Depth<'w> {
    levels: u32,
    steps: u32,
    work: &'w Work,
}

/// Maximum number of steps, each of which takes stack memory: four for each level, more than real documents need.
pub(super) const STEPS: u32 = 512;

const CONTAINERS: Types = Types::ARRAY.or(Types::OBJECT);

impl<'w> Depth<'w> {
    /// The depth of the first value.
    #[must_use]
    pub const fn root(work: &'w Work) -> Self {
        Self {
            levels: 0,
            steps: 0,
            work,
        }
    }

    /// The depth after a number of further levels and steps.
    #[must_use]
    pub const fn further(self, levels: u32, steps: u32) -> Self {
        Self {
            levels: self.levels + levels,
            steps: self.steps + steps,
            work: self.work,
        }
    }

    /// The depth of a member or an element of the value.
    pub(super) const fn inside(self) -> Self {
        self.further(1, 1)
    }

    /// The depth of the same value, for a part of the schema.
    pub(super) const fn same(self) -> Self {
        self.further(0, 1)
    }

    /// The account.
    pub(super) const fn work(self) -> &'w Work {
        self.work
    }

    /// The depth of the value.
    pub(super) const fn levels(self) -> usize {
        self.levels as usize
    }

    /// The depth of the schema.
    pub(super) const fn steps(self) -> u32 {
        self.steps
    }

    /// Whether the checker goes this deep for a value of a type: an array or an object opens one more level, as it does in a text.
    pub(super) const fn admits(self, kind: Types) -> bool {
        let opened = kind.intersects(CONTAINERS) as usize;
        self.levels() + opened <= Limits::DEEPEST && self.steps <= STEPS
    }

    /// Whether the checker goes this deep for any value; where it does not, the question has no answer.
    pub(super) fn admits_all(self) -> bool {
        let admitted = self.admits(CONTAINERS);
        if !admitted {
            self.work.refuse(Undecided::Depth);
        }
        admitted
    }

    /// Whether emitted code, which remembers nothing, may decide about a value: near the limits, after many steps, and for repeated
    /// questions the tables do.
    #[must_use]
    pub fn admits_code(self, value: &Value, rules: &Rules) -> bool {
        self.admits(CONTAINERS) && !self.work.step_of_code(value, rules)
    }
}

/// Whether something holds, with a new account; an undecided question counts as no.
#[inline]
pub(in super::super) fn decided(holds: impl FnOnce(Depth<'_>) -> bool) -> bool {
    let work = Work::default();
    holds(Depth::root(&work)) && work.is_decided()
}
