//! Facts about an API that all its operations need, computed once.

use crate::api::{Api, BodyCheck, MediaType, Operation, Parameter, Type};

use crate::emit::client::size::Sizes;
use crate::emit::models::fallible::Fallible;
use crate::emit::models::sensitive::Sensitive;

/// An API, and what follows from it for requests and answers.
pub struct Facts<'a> {
    /// The API.
    pub api: &'a Api,
    /// What holds secrets.
    pub sensitive: Sensitive,
    /// How large values are.
    pub sizes: Sizes,
    fallible: Fallible,
    /// For each definition, whether it holds files.
    files: Vec<bool>,
}

impl<'a> Facts<'a> {
    /// What follows from an API.
    pub fn of(api: &'a Api) -> Self {
        Self {
            api,
            sensitive: Sensitive::of(api),
            sizes: Sizes::of(api),
            fallible: Fallible::of(api),
            files: holders_of_files(api),
        }
    }

    /// Whether some value that a parameter can hold breaks its rules.
    pub fn is_checked(&self, parameter: &Parameter) -> bool {
        self.fallible.value(parameter.schema, &parameter.ty, self.api)
    }

    /// Whether some body that can be sent in a media type breaks its rules, and is found to.
    pub fn is_body_checked(&self, media: &MediaType) -> bool {
        let Some(schema) = media.schema else { return false };
        match media.check {
            BodyCheck::Value if media.nullable => {
                self.fallible.value(schema, &Type::Nullable(Box::new(media.ty.clone())), self.api)
            }
            BodyCheck::Value => self.fallible.value(schema, &media.ty, self.api),
            BodyCheck::Text => self.fallible.value(schema, &Type::String, self.api),
            BodyCheck::Scalar | BodyCheck::Octets => true,
            BodyCheck::Silent | BodyCheck::Unread => false,
        }
    }

    /// Whether a request has secrets in it, whatever its credentials are.
    pub fn holds_secrets(&self, operation: &Operation, media: Option<&MediaType>) -> bool {
        let is_secret = |ty: &Type| self.sensitive.holds_secret(ty);
        media.is_some_and(|media| is_secret(&media.ty))
            || operation.parameters.iter().any(|parameter| parameter.sensitive || is_secret(&parameter.ty))
    }

    /// Whether values of a type hold files, whose bytes need not be text.
    pub fn holds_files(&self, ty: &Type) -> bool {
        is_file(ty) || ty.named().is_some_and(|id| self.files.get(id.0).copied().unwrap_or_default())
    }
}

/// First what has files itself, then what leads there.
fn holders_of_files(api: &Api) -> Vec<bool> {
    let definitions = &api.definitions.0;
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); definitions.len()];
    let mut found = Vec::new();
    for (index, definition) in definitions.iter().enumerate() {
        for ty in definition.kind.types() {
            if is_file(ty) {
                found.push(index);
            }
            if let Some(users) = ty.named().and_then(|id| users.get_mut(id.0)) {
                users.push(index);
            }
        }
    }
    let mut files = vec![false; definitions.len()];
    while let Some(index) = found.pop() {
        let Some(place) = files.get_mut(index).filter(|known| !**known) else { continue };
        *place = true;
        found.extend(users.get(index).into_iter().flatten());
    }
    files
}

fn is_file(ty: &Type) -> bool {
    ty.layers().any(|ty| *ty == Type::Binary)
}
