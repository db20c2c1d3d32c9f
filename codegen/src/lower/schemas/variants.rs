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

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::api::{Application, Keyword, Schema, SchemaId, Schemas};

use crate::lower::schemas::arena::Arena;
use crate::lower::schemas::object::Gathered;

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// From callers of the API to it.
    Request,
    /// From the API to its callers.
    Response,
}

impl Direction {
    /// What the names of types end in that hold in this direction only.
    pub(crate) fn suffix(self) -> &'static str {
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

/// The variants of schemas made so far.
#[derive(Default)]
pub(crate) struct Variants {
    /// Schemas as they hold in one direction, by the schema, the direction and the omitted properties.
    known: HashMap<(SchemaId, Direction, BTreeSet<String>), SchemaId>,
    /// Schemas that mean the same in a direction as in general.
    same: HashSet<(SchemaId, Direction)>,
    /// The schemas that variants were made of.
    pub originals: HashMap<SchemaId, (SchemaId, Direction)>,
}

impl Variants {
    /// A schema as it holds in a direction: itself, where that makes no difference.
    pub(crate) fn in_direction(&mut self, arena: &mut Arena<'_>, id: SchemaId, direction: Direction) -> SchemaId {
        if self.differs(&arena.schemas, id, direction) {
            self.variant(arena, id, direction, &BTreeSet::new())
        } else {
            id
        }
    }

    /// Whether a schema leads to an object that requires a property which travels in the other direction only.
    fn differs(&mut self, schemas: &Schemas, id: SchemaId, direction: Direction) -> bool {
        let (mut waiting, mut seen) = (vec![id], BTreeSet::from([id]));
        while let Some(id) = waiting.pop() {
            if self.same.contains(&(id, direction)) {
                continue;
            }
            let gathered = schemas.gathered(id);
            let is_demanded = |name: &String| gathered.required.contains(name) || gathered.dependent.contains(name);
            if omitted(schemas, &gathered, direction).any(is_demanded) {
                return true;
            }
            waiting.extend(schemas.get(id).children().into_iter().filter(|child| seen.insert(*child)));
        }
        self.same.extend(seen.into_iter().map(|id| (id, direction)));
        false
    }

    /// `inherited` are the properties that the compositions around this schema omit.
    fn variant(
        &mut self,
        arena: &mut Arena<'_>,
        id: SchemaId,
        direction: Direction,
        inherited: &BTreeSet<String>,
    ) -> SchemaId {
        let mut names = inherited.clone();
        names.extend(omitted(&arena.schemas, &arena.schemas.gathered(id), direction).cloned());
        let key = (id, direction, names);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if !arena.may_make_schema(id) {
            return id;
        }
        let names = key.2.clone();
        let original = arena.schemas.get(id).clone();
        let name = original.name.as_ref().map(|name| match direction {
            Direction::Request => format!("{name} (as sent)"),
            Direction::Response => format!("{name} (as received)"),
        });
        // The id is given out first: schemas lead to themselves.
        let new = arena.derive(Schema { name, keywords: Vec::new(), ..original.clone() });
        self.known.insert(key, new);
        self.originals.insert(new, (id, direction));
        if let Some(component) = arena.component_names.get(&id).cloned() {
            arena.component_names.insert(new, component);
        }
        let keywords = original.keywords.into_iter();
        let keywords = keywords.map(|keyword| self.keyword(arena, keyword, direction, &names)).collect();
        let discriminator = original.discriminator.map(|mut discriminator| {
            for (_, target) in &mut discriminator.mapping {
                *target = self.part(arena, *target, direction, &names);
            }
            discriminator.default = discriminator.default.map(|target| self.part(arena, target, direction, &names));
            discriminator
        });
        let schema = &mut arena.schemas.0[new.0];
        schema.keywords = keywords;
        schema.discriminator = discriminator;
        new
    }

    /// A schema that applies to the same instance as the one around it.
    fn part(
        &mut self,
        arena: &mut Arena<'_>,
        id: SchemaId,
        direction: Direction,
        omitted: &BTreeSet<String>,
    ) -> SchemaId {
        if omitted.is_empty() {
            self.in_direction(arena, id, direction)
        } else {
            self.variant(arena, id, direction, omitted)
        }
    }

    fn keyword(
        &mut self,
        arena: &mut Arena<'_>,
        mut keyword: Keyword,
        direction: Direction,
        omitted: &BTreeSet<String>,
    ) -> Keyword {
        keyword.release(|name| omitted.contains(name));
        keyword.map_children(|application, schema| match application {
            Application::InPlace => self.part(arena, schema, direction, omitted),
            // A condition is not relaxed by what need not be there: `not: { required: [id] }` stays what it is. What it refers to travels.
            Application::Condition
            | Application::Element(_)
            | Application::ElementsFrom(_)
            | Application::Members
            | Application::Names => self.in_direction(arena, schema, direction),
        })
    }
}

/// The properties that do not travel in a direction.
fn omitted<'g>(schemas: &Schemas, gathered: &'g Gathered, direction: Direction) -> impl Iterator<Item = &'g String> {
    gathered.properties.iter().filter_map(move |(name, sources)| {
        let is_omitted = sources.all.iter().any(|schema| {
            let annotations = &schemas.get(*schema).annotations;
            match direction {
                Direction::Request => annotations.read_only,
                Direction::Response => annotations.write_only,
            }
        });
        is_omitted.then_some(name)
    })
}
