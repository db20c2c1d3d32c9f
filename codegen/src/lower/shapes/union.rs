//! `oneOf` and `anyOf` to unions.
//!
//! ```yaml
//! oneOf:
//!   - { type: array, items: { $ref: '#/components/schemas/Message' } }
//!   - $ref: '#/components/schemas/Message'
//! ```
//!
//! becomes a union of `Array(Vec<Message>)` and `Message(Message)`, told apart by [`crate::lower::schemas::evidence`]. An `anyOf` of objects that
//! nothing tells apart is one struct with the members of all of them ([`crate::lower::shapes::object`]).

use crate::api::{Definitions, Keyword, SchemaId, Type, TypeSet, Union, UnionVariant};
use crate::diagnostic as catalogue;

use crate::lower::Lowering;
use crate::lower::names::{self, Scope};

impl Lowering<'_, '_> {
    /// The branches of a schema's `oneOf` or `anyOf` that have a shape: null aside, and only if all others have one.
    pub(crate) fn union_branches(&self, id: SchemaId) -> Vec<SchemaId> {
        let schema = self.api.schemas.get(id);
        for keyword in &schema.keywords {
            let (Keyword::OneOf(branches) | Keyword::AnyOf(branches)) = keyword else { continue };
            let branches: Vec<SchemaId> =
                branches.parts.iter().copied().filter(|branch| self.types_of(*branch) != TypeSet::NULL).collect();
            if !branches.is_empty() && branches.iter().any(|branch| self.adds_shape(*branch, 0)) {
                return branches;
            }
        }
        Vec::new()
    }

    /// The branches of an `anyOf` of objects that nothing tells apart: they make one struct.
    pub(crate) fn merged_branches(&self, id: SchemaId) -> Option<Vec<SchemaId>> {
        let schema = self.api.schemas.get(id);
        let any_of = schema.keywords.iter().any(|keyword| matches!(keyword, Keyword::AnyOf(_)));
        let one_of = schema.keywords.iter().any(|keyword| matches!(keyword, Keyword::OneOf(_)));
        if !any_of || one_of {
            return None;
        }
        let branches = self.union_branches(id);
        let is_object = |branch: &SchemaId| {
            self.types_of(*branch).without(TypeSet::NULL) == TypeSet::OBJECT && self.has_properties(*branch, 0)
        };
        let objects = branches.len() > 1 && branches.iter().all(is_object);
        (objects && !self.ladder(id, &branches).ambiguous.is_empty()).then_some(branches)
    }

    pub(crate) fn union(&mut self, id: SchemaId, branches: &[SchemaId], rust_name: &str) -> Union {
        let mut scope = Scope::with_taken(&["Unknown"]);
        let mut variants = Vec::with_capacity(branches.len());
        for (index, branch) in branches.iter().enumerate() {
            let title = self.api.schemas.get(*branch).annotations.title.clone();
            let stem = match &title {
                Some(title) => format!("{rust_name}{}", names::variant_name(title)),
                None => format!("{rust_name}Variant{}", index + 1),
            };
            let ty = self.shape_or_null(*branch, &stem);
            self.anchor(*branch);
            let name = match (self.component_names.get(branch), &title) {
                (Some(name), _) | (None, Some(name)) => names::variant_name(name),
                (None, None) => kind_name(&ty, &self.api.definitions, rust_name),
            };
            let chosen = self.choices.variant_name(&self.names_of(id, rust_name), &name).map(str::to_owned);
            variants.push(UnionVariant { rust_name: scope.claim(chosen.unwrap_or(name)), ty, schema: *branch });
        }
        let ladder = self.ladder(id, branches);
        if let Some((one, other)) = ladder.ambiguous.first() {
            let pointer = self.api.schemas.get(id).pointer.clone();
            let message = format!(
                "nothing tells the branches {} and {} of this union apart; they are tried in order",
                one + 1,
                other + 1
            );
            self.report_at(&catalogue::AMBIGUOUS_UNION, &pointer, message);
        }
        Union { variants, evidence: ladder.evidence }
    }
}

/// What a branch without a name is called.
fn kind_name(ty: &Type, definitions: &Definitions, rust_name: &str) -> String {
    match ty {
        Type::Boolean => "Boolean".to_owned(),
        Type::Integer | Type::Unsigned => "Integer".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::String | Type::Formatted(_) => "String".to_owned(),
        Type::Binary => "Binary".to_owned(),
        Type::Mapped(path) => names::variant_name(path.rsplit("::").next().unwrap_or(path)),
        Type::Array(_) => "Array".to_owned(),
        Type::Map(_) => "Object".to_owned(),
        Type::Any => "Any".to_owned(),
        Type::Named(id) => {
            let name = &definitions.get(*id).rust_name;
            let short = name.strip_prefix(rust_name).unwrap_or(name);
            names::variant_name(if short.is_empty() { name } else { short })
        }
        Type::Nullable(inner) | Type::Boxed(inner) | Type::Secret(inner) => kind_name(inner, definitions, rust_name),
    }
}
