//! Types that are expensive to move get a `Box`.
//!
//! A payment with forty optional structs, some of them nested, would take tens of kilobytes, most of them empty and all of them copied
//! whenever it is returned. A field or a variant of a large type is boxed, so that an absent value takes eight bytes.

use crate::api::{AdditionalMembers, DefinitionKind, Definitions, Presence, Type};

/// Maximum size in bytes of a field or a variant without a `Box`.
const LARGEST: usize = 512;

/// Boxes fields and variants of large types; `order` is the result of [`crate::lower::shapes::cycles::box_cycles`].
pub(crate) fn box_large(definitions: &mut Definitions, order: &[usize]) {
    let mut sizes = vec![0; definitions.0.len()];
    for index in order {
        let Some(definition) = definitions.0.get_mut(*index) else { continue };
        let size = match &mut definition.kind {
            DefinitionKind::Struct(structure) => {
                let fields = structure.fields.iter_mut().map(|field| {
                    box_edge(&mut field.ty, &sizes);
                    field_bytes(&field.ty, field.presence, &sizes)
                });
                let additional = match &structure.additional {
                    AdditionalMembers::Closed => 0,
                    AdditionalMembers::Kept { .. } => 24,
                };
                fields.sum::<usize>() + additional
            }
            DefinitionKind::Union(union) => {
                let variants = union.variants.iter_mut().map(|variant| {
                    box_edge(&mut variant.ty, &sizes);
                    bytes(&variant.ty, &sizes)
                });
                variants.max().unwrap_or(0).max(bytes(&Type::Any, &sizes)) + 8
            }
            DefinitionKind::Alias(ty) => bytes(ty, &sizes),
            DefinitionKind::Enum(_) => 24,
        };
        if let Some(place) = sizes.get_mut(*index) {
            *place = size;
        }
    }
}

fn box_edge(ty: &mut Type, sizes: &[usize]) {
    match ty {
        Type::Named(_) if bytes(ty, sizes) > LARGEST => *ty = Type::Boxed(Box::new(ty.clone())),
        Type::Nullable(inner) => box_edge(inner, sizes),
        _ => {}
    }
}

fn field_bytes(ty: &Type, presence: Presence, sizes: &[usize]) -> usize {
    let niche = !matches!(ty, Type::Integer | Type::Unsigned | Type::Number);
    bytes(ty, sizes)
        + match presence {
            Presence::Required => 0,
            Presence::RequiredNullable | Presence::Optional if niche => 0,
            Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => 8,
        }
}

/// Approximate size of a value on a 64-bit machine.
fn bytes(ty: &Type, sizes: &[usize]) -> usize {
    match ty {
        Type::Boolean | Type::Integer | Type::Unsigned | Type::Number | Type::Boxed(_) => 8,
        Type::String | Type::Array(_) | Type::Map(_) => 24,
        Type::Any => 32,
        Type::Binary | Type::Mapped(_) | Type::Formatted(_) => 64,
        Type::Named(id) => sizes.get(id.0).copied().unwrap_or(0),
        Type::Nullable(inner) | Type::Secret(inner) => bytes(inner, sizes),
    }
}
