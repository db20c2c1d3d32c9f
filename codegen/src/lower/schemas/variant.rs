//! Types that look otherwise in a request than in a response.
//!
//! ```yaml
//! Pet:
//!   required: [id, name]
//!   properties:
//!     id: { type: integer, readOnly: true }
//!     name: { type: string }
//! ```
//!
//! OpenAPI 3.0.4, "Schema Object", `readOnly`: such a property "SHOULD NOT be sent as part of the request", and `required` "will
//! take effect on the response only". So a body that takes a `Pet` takes a `PetRequest`, which has no `id`, and whose rules
//! do not ask for one; a response has a `Pet`. The same holds for `writeOnly` with requests and responses exchanged
//! (`PetResponse`). Where nothing required travels one way only, there is one type for both.

use std::collections::BTreeSet;

use crate::api::{Application, Keyword, Schema, SchemaId, Type};

use crate::lower::Lowering;
use crate::lower::shapes::object::Gathered;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Request,
    Response,
}

impl Direction {
    fn suffix(self) -> &'static str {
        match self {
            Self::Request => "Request",
            Self::Response => "Response",
        }
    }

    /// The other one.
    pub(crate) fn reversed(self) -> Self {
        match self {
            Self::Request => Self::Response,
            Self::Response => Self::Request,
        }
    }
}

impl Lowering<'_, '_> {
    /// A schema as it holds in a direction: itself, where that makes no difference.
    pub(crate) fn travelling(&mut self, id: SchemaId, direction: Direction) -> SchemaId {
        if self.differs(id, direction) { self.variant(id, direction, &BTreeSet::new()) } else { id }
    }

    /// Whether a schema leads to an object that requires a property which travels the other way only.
    fn differs(&mut self, id: SchemaId, direction: Direction) -> bool {
        let (mut waiting, mut seen) = (vec![id], BTreeSet::from([id]));
        while let Some(id) = waiting.pop() {
            if self.same_both_ways.contains(&(id, direction)) {
                continue;
            }
            let mut gathered = Gathered::default();
            self.gather(id, &mut gathered);
            let is_demanded = |name: &String| gathered.required.contains(name) || gathered.dependent.contains(name);
            if self.held_back(&gathered, direction).any(is_demanded) {
                return true;
            }
            waiting.extend(self.api.schemas.get(id).children().into_iter().filter(|child| seen.insert(*child)));
        }
        self.same_both_ways.extend(seen.into_iter().map(|id| (id, direction)));
        false
    }

    /// The properties that do not travel in a direction.
    fn held_back<'g>(&self, gathered: &'g Gathered, direction: Direction) -> impl Iterator<Item = &'g String> {
        gathered.properties.iter().filter_map(move |(name, sources)| {
            let held_back = sources.all.iter().any(|schema| {
                let annotations = &self.api.schemas.get(*schema).annotations;
                match direction {
                    Direction::Request => annotations.read_only,
                    Direction::Response => annotations.write_only,
                }
            });
            held_back.then_some(name)
        })
    }

    /// `inherited` are the properties that the compositions around this schema hold back.
    fn variant(&mut self, id: SchemaId, direction: Direction, inherited: &BTreeSet<String>) -> SchemaId {
        let mut gathered = Gathered::default();
        self.gather(id, &mut gathered);
        let mut held_back = inherited.clone();
        held_back.extend(self.held_back(&gathered, direction).cloned());
        let key = (id, direction, held_back);
        if let Some(known) = self.variants.get(&key) {
            return *known;
        }
        if !self.may_make_schema(id) {
            return id;
        }
        let held_back = key.2.clone();
        let original = self.api.schemas.get(id).clone();
        let name = original.name.as_ref().map(|name| match direction {
            Direction::Request => format!("{name} (as sent)"),
            Direction::Response => format!("{name} (as received)"),
        });
        // The room is made first: schemas lead to themselves.
        let new = self.api.schemas.add(Schema { name, anchor: None, keywords: Vec::new(), ..original.clone() });
        self.variants.insert(key, new);
        if let Some(Type::Named(definition)) = self.shapes.get(&id) {
            let stem = format!("{}{}", self.api.definitions.get(*definition).rust_name, direction.suffix());
            self.stems.insert(new, stem);
        }
        let keywords = original.keywords.into_iter();
        let keywords = keywords.map(|keyword| self.variant_keyword(keyword, direction, &held_back)).collect();
        let discriminator = original.discriminator.map(|mut discriminator| {
            for (_, target) in &mut discriminator.mapping {
                *target = self.part(*target, direction, &held_back);
            }
            discriminator.default = discriminator.default.map(|target| self.part(target, direction, &held_back));
            discriminator
        });
        let schema = &mut self.api.schemas.0[new.0];
        schema.keywords = keywords;
        schema.discriminator = discriminator;
        if let Some(component) = self.component_names.get(&id).cloned() {
            self.component_names.insert(new, component);
        }
        new
    }

    /// A schema that applies to the same instance as the one around it.
    fn part(&mut self, id: SchemaId, direction: Direction, held_back: &BTreeSet<String>) -> SchemaId {
        if held_back.is_empty() { self.travelling(id, direction) } else { self.variant(id, direction, held_back) }
    }

    fn variant_keyword(&mut self, mut keyword: Keyword, direction: Direction, held_back: &BTreeSet<String>) -> Keyword {
        keyword.release(|name| held_back.contains(name));
        keyword.map_children(|application, schema| match application {
            Application::InPlace => self.part(schema, direction, held_back),
            // A question is not eased by what need not be there: `not: { required: [id] }` stays what it is. What it refers to travels.
            _ => self.travelling(schema, direction),
        })
    }
}
