//! What a struct's own schema demands of it, part by part: that of each field, and the rest.
//!
//! ```yaml
//! Card:
//!   allOf:
//!     - $ref: '#/components/schemas/Base'     # type: object, properties: { id: { type: string } }
//!     - type: object
//!       required: [number]
//!       properties: { number: { type: string, maxLength: 30 } }
//!       minProperties: 2
//! ```
//!
//! Here `id` follows the first schema's property, `number` the second's, and `minProperties` is left to the tables. What `$ref` and `allOf`
//! name is a part of its own; a part says where its table is ([`Part`]).

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::api::{
    AdditionalMembers, AdditionalProperties, Api, Definition, Field, FormatCheck, Keyword, Members, Presence, SchemaId,
    Struct, TypeSet, formats,
};

/// Schemas within schemas are followed so far; a struct of more is left to the tables.
const DEEPEST: usize = 16;

/// An expression for the table of a schema: `own`, `own.part(1)`, `rules::BASE`.
#[derive(Clone, Debug)]
pub struct Part {
    /// The expression.
    pub rules: String,
    /// Whether it has to be borrowed, as a static has.
    pub is_static: bool,
    /// Whether it begins with `own`.
    pub reads_own: bool,
}

/// One demand.
#[derive(Clone, Debug)]
pub enum Demand<'a> {
    /// A field follows the schema of a property: the one at an index of a part.
    Field { field: &'a Field, schema: SchemaId, part: Part, index: usize },
    /// A field that could be left out is there.
    Present(&'a Field),
    /// A keyword of a part that is about the object as a whole, and its index in the table.
    Keyword { keyword: &'a Keyword, part: Part, index: usize },
    /// Members that a part does not declare: those that it requires, and its rules of all others.
    Others(Part),
}

/// All that its own schema demands of a struct; `None` where the schema never admits an object, or has too many parts.
pub fn demands<'a>(definition: &Definition, structure: &'a Struct, api: &'a Api) -> Option<Vec<Demand<'a>>> {
    let fields = structure.fields.iter().map(|field| (field.name.as_str(), field)).collect();
    let mut parts = Parts { structure, fields: Rc::new(fields), api, seen: HashSet::new(), demands: Vec::new() };
    parts.schema(definition.schema, &Part { rules: "own".to_owned(), is_static: false, reads_own: true }, 0)?;
    Some(parts.demands)
}

struct Parts<'a> {
    structure: &'a Struct,
    /// The fields by the names of their members.
    fields: Rc<HashMap<&'a str, &'a Field>>,
    api: &'a Api,
    seen: HashSet<SchemaId>,
    demands: Vec<Demand<'a>>,
}

impl<'a> Parts<'a> {
    fn schema(&mut self, id: SchemaId, part: &Part, depth: usize) -> Option<()> {
        let schema = self.api.schemas.get(id);
        if depth > DEEPEST || !schema.types.contains(TypeSet::OBJECT) {
            return None;
        }
        // What is said twice is asked once.
        if !self.seen.insert(id) {
            return Some(());
        }
        let mut named = 0;
        let in_table = schema.keywords.iter().filter(|keyword| is_in_table(keyword));
        for (index, keyword) in in_table.enumerate() {
            match keyword {
                Keyword::Members(members) => {
                    if !self.members(members, part) {
                        self.demands.push(Demand::Keyword { keyword, part: part.clone(), index });
                    }
                }
                Keyword::Ref(_) | Keyword::AllOf(_) => {
                    for child in keyword.conjuncts() {
                        let child = self.api.schemas.resolve_alias(*child);
                        let part = match &self.api.schemas.get(child).anchor {
                            Some(anchor) => {
                                Part { rules: format!("rules::{anchor}"), is_static: true, reads_own: false }
                            }
                            None => {
                                let rules = format!("{}.part({named})", part.rules);
                                Part { rules, is_static: false, reads_own: part.reads_own }
                            }
                        };
                        self.schema(child, &part, depth + 1)?;
                        named += 1;
                    }
                }
                Keyword::EveryMember => {}
                keyword if !keyword.types().intersects(TypeSet::OBJECT) => {}
                keyword => self.demands.push(Demand::Keyword { keyword, part: part.clone(), index }),
            }
        }
        Some(())
    }

    /// What a part demands of members, field by field; `false` where that cannot be said of fields.
    fn members(&mut self, members: &'a Members, part: &Part) -> bool {
        let Members { properties, required, patterns, additional } = members;
        let fields = Rc::clone(&self.fields);
        let is_open = matches!(self.structure.additional, AdditionalMembers::Kept { .. });
        let with_field = properties.iter().filter(|property| fields.contains_key(property.name.as_str())).count();
        let asks_others = *additional != AdditionalProperties::Allowed;
        // What is declared elsewhere is one of the others here.
        if !patterns.is_empty() || (asks_others && with_field < fields.len()) {
            return false;
        }
        let field_of = |name: &String| fields.get(name.as_str()).copied();
        // A member without a field can be there in a struct that keeps what is not declared.
        if properties.iter().any(|property| field_of(&property.name).is_none() && (is_open || property.required)) {
            return false;
        }
        for (index, property) in properties.iter().enumerate() {
            let Some(field) = field_of(&property.name) else { continue };
            let schema = property.schema;
            self.demands.push(Demand::Field { field, schema, part: part.clone(), index });
            if property.required {
                self.present(field);
            }
        }
        let (with_field, without): (Vec<_>, Vec<_>) = required.iter().map(field_of).partition(Option::is_some);
        with_field.into_iter().flatten().for_each(|field| self.present(field));
        if !without.is_empty() || (asks_others && is_open) {
            self.demands.push(Demand::Others(part.clone()));
        }
        true
    }

    fn present(&mut self, field: &'a Field) {
        if matches!(field.presence, Presence::Optional | Presence::OptionalNullable) {
            self.demands.push(Demand::Present(field));
        }
    }
}

/// Whether a keyword is written to the table of its schema: all are but a format of which nothing is asserted.
fn is_in_table(keyword: &Keyword) -> bool {
    match keyword {
        Keyword::Format(format) => match format.check {
            FormatCheck::Annotate => false,
            FormatCheck::Function(_) => true,
            FormatCheck::Assert => formats::built_in(&format.name).is_some(),
        },
        _ => true,
    }
}
