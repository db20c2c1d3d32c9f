//! `oneOf` and `anyOf` to unions, and by what the branch of an instance is told.
//!
//! ```yaml
//! oneOf:
//!   - type: array
//!     items: { $ref: '#/components/schemas/Message' }
//!   - $ref: '#/components/schemas/Message'
//! ```
//!
//! becomes a union of `Array(Vec<Message>)` and `Message(Message)`, told apart by JSON type. The ladder of evidence:
//! discriminator, JSON type, a property that only one branch requires, and otherwise trial in document order, which is reported.

use crate::api::{Definitions, Keyword, Members, SchemaId, Selection, Type, TypeSet, Union, UnionVariant};
use crate::diagnostic as catalogue;

use super::Lowering;
use super::names::{self, Scope};

impl Lowering<'_, '_> {
    /// The branches of a schema's `oneOf` or `anyOf` that have a shape: null aside, and only if all others have one.
    pub(super) fn union_branches(&self, id: SchemaId) -> Vec<SchemaId> {
        let schema = self.api.schemas.get(id);
        for keyword in &schema.keywords {
            let (Keyword::OneOf(branches) | Keyword::AnyOf(branches)) = keyword else { continue };
            let branches: Vec<SchemaId> =
                branches.iter().copied().filter(|branch| self.types_of(*branch) != TypeSet::NULL).collect();
            if !branches.is_empty() && branches.iter().any(|branch| self.adds_shape(*branch, 0)) {
                return branches;
            }
        }
        Vec::new()
    }

    pub(super) fn union(&mut self, id: SchemaId, branches: &[SchemaId], rust_name: &str) -> Union {
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
            variants.push(UnionVariant { rust_name: scope.claim(name), ty, schema: *branch });
        }
        let selection = self.selection(id, branches);
        if selection == Selection::Trial {
            let pointer = self.api.schemas.get(id).pointer.clone();
            let message = "nothing tells the branches of this union apart; they are tried in order".to_owned();
            self.report_at(&catalogue::AMBIGUOUS_UNION, &pointer, message);
        }
        Union { variants, selection }
    }

    fn selection(&self, id: SchemaId, branches: &[SchemaId]) -> Selection {
        self.by_discriminator(id, branches)
            .or_else(|| self.by_type(branches))
            .or_else(|| self.by_required_property(branches))
            .unwrap_or(Selection::Trial)
    }

    fn by_discriminator(&self, id: SchemaId, branches: &[SchemaId]) -> Option<Selection> {
        let discriminator = self.api.schemas.get(id).discriminator.as_ref()?;
        let mut mapping: Vec<(String, usize)> = Vec::new();
        for (value, target) in &discriminator.mapping {
            if let Some(index) = branches.iter().position(|branch| branch == target) {
                mapping.push((value.clone(), index));
            }
        }
        // OpenAPI 3.0.4, "Discriminator Object": a schema's own name stands for it unless the mapping says otherwise.
        for (index, branch) in branches.iter().enumerate() {
            let name = self.component_names.get(branch);
            if let Some(name) = name.filter(|name| !mapping.iter().any(|(value, _)| value == *name)) {
                mapping.push((name.clone(), index));
            }
        }
        let reached = (0..branches.len()).all(|index| mapping.iter().any(|(_, target)| *target == index));
        reached.then(|| Selection::Discriminator { property: discriminator.property.clone(), mapping })
    }

    fn by_type(&self, branches: &[SchemaId]) -> Option<Selection> {
        let types: Vec<TypeSet> = branches.iter().map(|branch| self.types_of(*branch)).collect();
        let apart = types.iter().enumerate().all(|(index, a)| types[..index].iter().all(|b| !a.intersects(*b)));
        apart.then_some(Selection::Types(types))
    }

    fn by_required_property(&self, branches: &[SchemaId]) -> Option<Selection> {
        let members: Vec<&Members> = branches
            .iter()
            .map(|branch| {
                let schema = self.api.schemas.get(*branch);
                let keyword = schema.keywords.iter().find_map(|keyword| match keyword {
                    Keyword::Members(members) => Some(members),
                    _ => None,
                });
                keyword.filter(|_| schema.types == TypeSet::OBJECT)
            })
            .collect::<Option<_>>()?;
        let told: Vec<Option<String>> = members
            .iter()
            .enumerate()
            .map(|(index, own)| {
                let unknown_to_others = |name: &str| {
                    members.iter().enumerate().all(|(other, members)| {
                        other == index
                            || (members.properties.iter().all(|property| property.name != name)
                                && members.required.iter().all(|required| required != name))
                    })
                };
                own.properties
                    .iter()
                    .find(|property| property.required && unknown_to_others(&property.name))
                    .map(|property| property.name.clone())
            })
            .collect();
        (told.iter().filter(|name| name.is_none()).count() <= 1).then_some(Selection::RequiredProperty(told))
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
