//! Parts of an `allOf` that no instance can satisfy together.
//!
//! ```yaml
//! allOf:
//!   - { type: string }
//!   - { type: object }   # contradiction: `type` is `object` here, and `string` at 3:7
//! ```
//!
//! The rules keep all parts, so such a schema refuses every instance when checked; this says so at generation, naming both
//! places.

use crate::api::{Decimal, Keyword, SchemaId, TypeSet};
use crate::diagnostic as catalogue;
use crate::runtime::{Measure, Side};

use crate::lower::schemas::arena::Arena;

/// A limit and the schema that sets it.
type Limit = (f64, SchemaId);

impl Arena<'_> {
    /// Reports the contradictions of every schema that is composed.
    pub(crate) fn report_contradictions(&self) {
        // What is derived from the document's schemas says nothing new.
        for id in (0..self.schemas.0.len()).map(SchemaId).filter(|id| !self.derived.contains(id)) {
            self.mismatches(id);
            let composed = |keyword: &Keyword| matches!(keyword, Keyword::AllOf(_) | Keyword::Ref(_));
            if self.schemas.get(id).keywords.iter().any(composed) {
                self.contradictions(id);
            }
        }
    }

    /// Reports values that a schema gives and does not allow.
    fn mismatches(&self, id: SchemaId) {
        let schema = self.schemas.get(id);
        let mut found = Vec::new();
        let types = self.schemas.types_of(id);
        if let Some(default) = &schema.annotations.default
            && !types.intersects(TypeSet::of(default))
        {
            let message = format!("`default` is {}, which `type` does not allow", TypeSet::of(default).article());
            found.push((&catalogue::DEFAULT_MISMATCH, "default", message));
        }
        for keyword in &schema.keywords {
            let Keyword::Enum(values) = keyword else { continue };
            let wrong = values.iter().map(TypeSet::of).find(|value| !schema.types.intersects(*value));
            if let Some(wrong) = wrong {
                let message = format!("`enum` lists {}, which `type` does not allow", wrong.article());
                found.push((&catalogue::ENUM_MISMATCH, "enum", message));
            }
        }
        let pointer = schema.pointer.clone();
        for (code, key, message) in found {
            self.context.report_at(code, &format!("{pointer}/{key}"), message);
        }
    }

    fn contradictions(&self, id: SchemaId) {
        let parts = self.schemas.conjuncts(id);
        if let Some((one, other)) = self.disjoint_types(&parts).or_else(|| self.disjoint_enums(&parts)) {
            self.contradiction(id, one, other, "no value is allowed by both");
            return;
        }
        for (measure, what) in LIMITED {
            let most = self.limits(&parts, measure, Side::Min).into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
            let least = self.limits(&parts, measure, Side::Max).into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
            if let (Some((most, one)), Some((least, other))) = (most, least)
                && most > least
                && one != other
            {
                self.contradiction(id, one, other, &format!("{what}: at least {most} and at most {least}"));
            }
        }
        let gathered = self.schemas.gathered(id);
        let several: Vec<(String, Vec<SchemaId>)> = gathered
            .properties
            .into_iter()
            .filter(|(_, sources)| sources.all.len() > 1)
            .map(|(name, sources)| (name, sources.all))
            .collect();
        for (name, schemas) in several {
            if let Some((one, other)) = self.disjoint_types(&schemas).or_else(|| self.disjoint_enums(&schemas)) {
                self.contradiction(id, one, other, &format!("no value of `{name}` is allowed by both"));
            }
        }
    }

    /// Two schemas whose types have nothing in common. Null alone is nothing: each of them means more.
    fn disjoint_types(&self, schemas: &[SchemaId]) -> Option<(SchemaId, SchemaId)> {
        let types: Vec<TypeSet> =
            schemas.iter().map(|schema| self.schemas.types_of(*schema).without(TypeSet::NULL)).collect();
        for (index, own) in types.iter().enumerate() {
            let apart = |other: &TypeSet| !other.is_empty() && !other.intersects(*own);
            if let Some(other) = types[..index].iter().position(apart).filter(|_| !own.is_empty()) {
                return Some((schemas[other], schemas[index]));
            }
        }
        None
    }

    /// Two schemas that list strings, none of them alike.
    fn disjoint_enums(&self, schemas: &[SchemaId]) -> Option<(SchemaId, SchemaId)> {
        let listed: Vec<(SchemaId, Vec<String>)> =
            schemas.iter().filter_map(|schema| Some((*schema, self.schemas.listed_strings(*schema)?))).collect();
        for (index, (own, values)) in listed.iter().enumerate() {
            let apart = |(_, others): &&(SchemaId, Vec<String>)| others.iter().all(|other| !values.contains(other));
            if let Some((other, _)) = listed[..index].iter().find(apart) {
                return Some((*other, *own));
            }
        }
        None
    }

    fn limits(&self, parts: &[SchemaId], of: Option<Measure>, on: Side) -> Vec<Limit> {
        let keywords = parts.iter().flat_map(|part| self.schemas.get(*part).keywords.iter().map(move |k| (k, *part)));
        keywords.filter_map(|(keyword, part)| Some((limit(keyword, of, on)?, part))).collect()
    }

    fn contradiction(&self, id: SchemaId, one: SchemaId, other: SchemaId, what: &str) {
        let pointer = |id: SchemaId| self.schemas.get(id).pointer.clone();
        let (own, one, other) = (pointer(id), pointer(one), pointer(other));
        let message = format!("`#{one}` and `#{other}` contradict each other: {what}");
        self.context.report_at(&catalogue::CONTRADICTION, &own, message);
    }
}

/// What is limited from below and from above, by its name.
const LIMITED: [(Option<Measure>, &str); 4] = [
    (None, "numbers"),
    (Some(Measure::Length), "characters"),
    (Some(Measure::Items), "elements"),
    (Some(Measure::Properties), "members"),
];

/// The limit that a keyword sets to a size, or to numbers where none is named.
fn limit(keyword: &Keyword, of: Option<Measure>, on: Side) -> Option<f64> {
    match keyword {
        Keyword::Bound { side, limit, .. } if of.is_none() && *side == on => Some(approximate(limit)),
        Keyword::Size { measure, side, limit } if of == Some(*measure) && *side == on => Some(*limit as f64),
        _ => None,
    }
}

/// Near enough to say that one bound is beyond another; where they are closer, the checker decides.
fn approximate(decimal: &Decimal) -> f64 {
    decimal.to_string().parse().unwrap_or_default()
}
