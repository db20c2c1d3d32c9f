//! How deep the checker goes.

use super::super::{Limits, Types};

/// How far a value is from the first one, and the schema that looks at it from the first one.
///
/// A text may be nested by [`Limits::DEEPEST`] levels. A schema that leads to itself goes with it, and where it does so
/// by `allOf` or a union takes further steps on each level.
#[derive(Clone, Copy, Debug)]
pub struct Depth {
    levels: u32,
    steps: u32,
}

/// As many steps are taken, of which each takes memory of the stack: four for each level, which is more than honest documents need.
const STEPS: u32 = 512;

const CONTAINERS: Types = Types::ARRAY.or(Types::OBJECT);

impl Depth {
    /// Of the first value.
    pub const ROOT: Self = Self { levels: 0, steps: 0 };

    /// So many levels and steps further.
    #[must_use]
    pub const fn further(self, levels: u32, steps: u32) -> Self {
        Self { levels: self.levels + levels, steps: self.steps + steps }
    }

    /// Of a member or an element of the value.
    pub(super) const fn inside(self) -> Self {
        self.further(1, 1)
    }

    /// Of the same value, by a part of the schema.
    pub(super) const fn same(self) -> Self {
        self.further(0, 1)
    }

    /// Of how many levels the pointer of the value is.
    pub(super) const fn levels(self) -> usize {
        self.levels as usize
    }

    /// Whether the checker goes so far for a value of a type: an array or an object opens one more level, as it does in a text.
    pub(super) const fn admits(self, kind: Types) -> bool {
        let opened = kind.intersects(CONTAINERS) as usize;
        self.levels() + opened <= Limits::DEEPEST && self.steps <= STEPS
    }

    /// Whether the checker goes so far for any value.
    #[must_use]
    pub const fn admits_all(self) -> bool {
        self.admits(CONTAINERS)
    }
}
