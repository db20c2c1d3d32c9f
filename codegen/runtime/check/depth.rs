//! How deep the checker goes.

use serde_json::Value;

use super::super::{Limits, Rules, Types};
use super::work::{Undecided, Work};

/// How far a value is from the first one, and the schema that looks at it from the first one; and the account of both.
///
/// A text may be nested by [`Limits::DEEPEST`] levels. A schema that leads to itself goes with it, and where it does so
/// by `allOf` or a union takes further steps on each level.
#[derive(Clone, Copy)]
pub struct Depth<'w> {
    levels: u32,
    steps: u32,
    work: &'w Work,
}

/// As many steps are taken, of which each takes memory of the stack: four for each level, which is more than honest documents need.
pub(super) const STEPS: u32 = 512;

const CONTAINERS: Types = Types::ARRAY.or(Types::OBJECT);

impl<'w> Depth<'w> {
    /// Of the first value.
    #[must_use]
    pub const fn root(work: &'w Work) -> Self {
        Self { levels: 0, steps: 0, work }
    }

    /// So many levels and steps further.
    #[must_use]
    pub const fn further(self, levels: u32, steps: u32) -> Self {
        Self { levels: self.levels + levels, steps: self.steps + steps, work: self.work }
    }

    /// Of a member or an element of the value.
    pub(super) const fn inside(self) -> Self {
        self.further(1, 1)
    }

    /// Of the same value, by a part of the schema.
    pub(super) const fn same(self) -> Self {
        self.further(0, 1)
    }

    /// What has been asked so far.
    pub(super) const fn work(self) -> &'w Work {
        self.work
    }

    /// Of how many levels the pointer of the value is.
    pub(super) const fn levels(self) -> usize {
        self.levels as usize
    }

    /// How many schemas have led here.
    pub(super) const fn steps(self) -> u32 {
        self.steps
    }

    /// Whether the checker goes so far for a value of a type: an array or an object opens one more level, as it does in a text.
    pub(super) const fn admits(self, kind: Types) -> bool {
        let opened = kind.intersects(CONTAINERS) as usize;
        self.levels() + opened <= Limits::DEEPEST && self.steps <= STEPS
    }

    /// Whether the checker goes so far for any value; where it does not, what was asked has no answer.
    pub(super) fn admits_all(self) -> bool {
        let admitted = self.admits(CONTAINERS);
        if !admitted {
            self.work.refuse(Undecided::Depth);
        }
        admitted
    }

    /// Whether emitted code may answer whether a value follows rules, which remembers nothing: near the limits, after many steps, and where
    /// the same is asked again and again, the tables do.
    #[must_use]
    pub fn admits_code(self, value: &Value, rules: &Rules) -> bool {
        self.admits(CONTAINERS) && !self.work.step_of_code(value, rules)
    }
}

/// Whether something holds, asked from the beginning; what cannot be decided does not.
#[inline]
pub(in super::super) fn decided(holds: impl FnOnce(Depth<'_>) -> bool) -> bool {
    let work = Work::default();
    holds(Depth::root(&work)) && work.is_decided()
}
