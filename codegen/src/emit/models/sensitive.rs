//! What holds secrets, and what holds more than the document describes.

use crate::api::{Api, Definition, DefinitionId, DefinitionKind, Type};

/// For each definition, whether it holds secrets, itself or through others.
pub struct Sensitive(Vec<bool>);

impl Sensitive {
    /// What holds secrets in an API: first nothing, then whatever has one, then what leads there.
    pub fn of(api: &Api) -> Self {
        let mut sensitive = Self(vec![false; api.definitions.0.len()]);
        loop {
            let found: Vec<bool> =
                api.definitions.0.iter().map(|definition| sensitive.definition(definition)).collect();
            if found == sensitive.0 {
                return sensitive;
            }
            sensitive.0 = found;
        }
    }

    /// Whether a definition holds secrets.
    pub fn definition(&self, definition: &Definition) -> bool {
        definition.kind.types().into_iter().any(|ty| self.holds_secret(ty))
    }

    fn named(&self, id: DefinitionId) -> bool {
        self.0.get(id.0).copied().unwrap_or_default()
    }

    /// Whether a type holds secrets.
    pub(crate) fn holds_secret(&self, ty: &Type) -> bool {
        ty.layers().any(|ty| matches!(ty, Type::Secret(_))) || ty.named().is_some_and(|id| self.named(id))
    }
}

/// Whether a type holds what the document does not describe: values of any type, names that the instance chose.
pub(crate) fn holds_unknown(ty: &Type, api: &Api) -> bool {
    match ty {
        Type::Any | Type::Map(_) | Type::Mapped(_) => true,
        Type::Array(inner) | Type::Nullable(inner) | Type::Boxed(inner) => holds_unknown(inner, api),
        // An alias prints as what it stands for; other definitions print themselves.
        Type::Named(id) => match &api.definitions.get(*id).kind {
            DefinitionKind::Alias(ty) => holds_unknown(ty, api),
            DefinitionKind::Struct(_) | DefinitionKind::Union(_) | DefinitionKind::Enum(_) => false,
        },
        Type::Boolean
        | Type::Integer
        | Type::Unsigned
        | Type::Number
        | Type::String
        | Type::Binary
        | Type::Formatted(_)
        | Type::Secret(_) => false,
    }
}
