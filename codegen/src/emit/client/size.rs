//! How much memory values take, between two bounds.
//!
//! Enums by status whose variants differ much in size need the `allow` of a lint, and others need none. What a compiler makes of a type
//! cannot be known here to the byte, so that both bounds are asked.

use crate::api::{AdditionalMembers, Api, DefinitionId, DefinitionKind, Presence, Type};

/// Bytes of a value: at least, at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    least: usize,
    most: usize,
}

impl Size {
    /// The size of what is not there.
    pub const NOTHING: Self = Self::of(0, 0);

    /// A pointer, a length and a capacity.
    pub const OWNED: Self = Self::of(24, 24);

    /// Four words: `bytes::Bytes`.
    pub const BYTES: Self = Self::of(32, 32);

    const fn of(least: usize, most: usize) -> Self {
        Self { least, most }
    }

    const fn and(self, other: Self) -> Self {
        Self::of(self.least.saturating_add(other.least), self.most.saturating_add(other.most))
    }

    /// With a word that says whether it is there, which may have a place within it.
    const fn optional(self) -> Self {
        Self::of(self.least, self.most.saturating_add(8))
    }
}

/// Variants differ much in size where the largest has so many more bytes than the next (clippy, `large_enum_variant`).
const MUCH: usize = 200;

/// Whether variants of these sizes may differ much.
pub fn may_differ_much(sizes: &[Size]) -> bool {
    sizes.iter().enumerate().any(|(index, size)| {
        let others = sizes.iter().enumerate().filter(|(other, _)| *other != index);
        let next = others.map(|(_, other)| other.least).max();
        next.is_some_and(|next| size.most > next.saturating_add(MUCH))
    })
}

/// Types are followed so deep; what is below may be of any size.
const DEEPEST: usize = 64;

/// The sizes of all definitions.
pub struct Sizes(Vec<Size>);

impl Sizes {
    /// The sizes of an API's types. A type that holds itself does so behind a pointer, so that this ends.
    pub fn of(api: &Api) -> Self {
        let mut known = vec![None; api.definitions.0.len()];
        for index in 0..known.len() {
            defined(DefinitionId(index), api, &mut known, 0);
        }
        Self(known.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// The size of a value of a type.
    pub fn value(&self, ty: &Type) -> Size {
        size(ty, &mut |id| self.0.get(id.0).copied().unwrap_or_default())
    }
}

fn defined(id: DefinitionId, api: &Api, known: &mut [Option<Size>], depth: usize) -> Size {
    match known.get_mut(id.0) {
        Some(Some(size)) => return *size,
        _ if depth > DEEPEST => return Size::of(0, usize::MAX),
        // Until it is known, so that no circle goes on.
        Some(place) => *place = Some(Size::NOTHING),
        None => return Size::NOTHING,
    }
    let mut value = |ty: &Type| size(ty, &mut |id| defined(id, api, known, depth + 1));
    let found = match &api.definitions.get(id).kind {
        DefinitionKind::Struct(structure) => {
            let fields = structure.fields.iter().map(|field| {
                let size = value(&field.ty);
                match field.presence {
                    Presence::Required => size,
                    Presence::RequiredNullable | Presence::Optional => size.optional(),
                    Presence::OptionalNullable => size.optional().optional(),
                }
            });
            let fields = fields.fold(Size::NOTHING, Size::and);
            match &structure.additional {
                AdditionalMembers::Closed => fields,
                AdditionalMembers::Kept { .. } => fields.and(Size::OWNED),
            }
        }
        DefinitionKind::Union(union) => {
            let variants = union.variants.iter().map(|variant| value(&variant.ty));
            let largest = variants
                .fold(size_of_any(), |one, other| Size::of(one.least.max(other.least), one.most.max(other.most)));
            largest.optional()
        }
        DefinitionKind::Alias(ty) => value(ty),
        DefinitionKind::Enum(_) => Size::OWNED.optional(),
    };
    if let Some(place) = known.get_mut(id.0) {
        *place = Some(found);
    }
    found
}

/// `serde_json::Value`, whose objects are larger where somebody turns on `preserve_order`.
const fn size_of_any() -> Size {
    Size::of(24, 80)
}

fn size(ty: &Type, named: &mut dyn FnMut(DefinitionId) -> Size) -> Size {
    match ty {
        Type::Boolean => Size::of(1, 8),
        Type::Integer | Type::Unsigned | Type::Number | Type::Boxed(_) => Size::of(8, 8),
        Type::String | Type::Array(_) | Type::Map(_) => Size::OWNED,
        Type::Any => size_of_any(),
        // A text and a value that is made of it; of the user's types nothing is known.
        Type::Formatted(_) => Size::of(24, 96),
        Type::Binary => Size::of(24, 128),
        Type::Mapped(_) => Size::of(0, 1_024),
        Type::Named(id) => named(*id),
        Type::Nullable(inner) => size(inner, named).optional(),
        Type::Secret(inner) => size(inner, named),
    }
}

#[cfg(test)]
mod tests {
    use super::{Size, may_differ_much};

    #[test]
    fn variants_differ_much_where_the_largest_does_from_the_next() {
        let sizes = |list: &[(usize, usize)]| list.iter().map(|(least, most)| Size::of(*least, *most)).collect();
        let differ = |list: &[(usize, usize)]| {
            let sizes: Vec<Size> = sizes(list);
            may_differ_much(&sizes)
        };
        assert!(!differ(&[]) && !differ(&[(900, 900)]), "one has no other to differ from");
        assert!(!differ(&[(0, 0), (200, 200)]) && differ(&[(0, 0), (201, 201)]));
        assert!(!differ(&[(0, 0), (900, 900), (800, 900)]), "the next is as large");
        assert!(differ(&[(100, 100), (50, 301)]), "it may be");
    }
}
