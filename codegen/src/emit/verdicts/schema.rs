//! The condition of a schema on a `value`: by type first, then for any type.
//!
//! ```yaml
//! type: [string, "null"]
//! maxLength: 30
//! ```
//!
//! ```text
//! match value {
//!     Value::Null => true,
//!     Value::String(text) => length_in(text, 0..=30),
//!     _ => false,
//! }
//! ```

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::api::{
    AdditionalProperties, Api, Branches, Contains, Exclusive, If, Items, Keyword, Members, Schema, SchemaId, TypeSet,
};
use crate::runtime::Pattern;
use crate::runtime::keyword::{in_place, of_elements, of_members, of_value};

use crate::emit::models::types::rules_name;
use crate::emit::text::expression::Expression;
use crate::emit::verdicts::branches::{MOST_ASKED, by_tag};
use crate::emit::verdicts::code::{At, Code, Each, Name};
use crate::emit::verdicts::demand::{Demand, KINDS, Kind};
use crate::emit::verdicts::leaf::{at_most, bounded, compared, listed, number_format, order, size, text_format};
use crate::emit::verdicts::members::{ByName, dependent_required, is_there};

/// Maximum number of schemas that are inlined although they have functions.
const MOST_SHARING: usize = 16;

/// Maximum number of their properties.
const MOST_PROPERTIES: usize = 128;

/// Makes the conditions of schemas.
pub struct Conditions<'a> {
    /// The schemas.
    pub api: &'a Api,
    /// The names of the statics of patterns, by source.
    pub patterns: IndexMap<&'a str, String>,
    /// The schemas that ask a pattern which may have no answer, themselves or by others: code does not know of a third answer.
    pub unanswered: HashSet<SchemaId>,
}

/// The schemas from which a pattern is reached that may have no answer.
pub fn unanswered(api: &Api) -> HashSet<SchemaId> {
    let mut callers: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    let mut waiting = Vec::new();
    for id in (0..api.schemas.0.len()).map(SchemaId) {
        let schema = api.schemas.get(id);
        let children = schema.children();
        for child in children {
            callers.entry(child).or_default().push(id);
        }
        if schema.keywords.iter().flat_map(Keyword::patterns).any(|source| !Pattern::is_linear(source)) {
            waiting.push(id);
        }
    }
    let mut found = HashSet::new();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(callers.get(&id).into_iter().flatten());
        }
    }
    found
}

impl Conditions<'_> {
    /// Whether `value` follows the rules of a schema, which is so far below that of the function.
    pub fn follows(&mut self, id: SchemaId, at: At) -> Code {
        let id = self.api.schemas.resolve_alias(id);
        let schema = self.api.schemas.get(id);
        match (schema.types, schema.keywords.as_slice()) {
            (TypeSet::ANY, []) => Code::Always,
            (TypeSet::NONE, _) => Code::Never,
            _ if has_function(schema) => Code::Call(id, at),
            _ => self.demands(id, at),
        }
    }

    /// The condition of a schema, inlined.
    pub fn demands(&mut self, id: SchemaId, at: At) -> Code {
        self.demand(id, at, false).code()
    }

    /// The same; `written_out` where the parts are as well, though they have functions.
    fn demand(&mut self, id: SchemaId, at: At, written_out: bool) -> Demand {
        let api = self.api;
        let schema = api.schemas.get(id);
        if !schema.keywords.iter().all(Keyword::is_coded) || self.unanswered.contains(&id) {
            return Demand::whole(Code::Tables(id, at));
        }
        let by_type = KINDS.each_ref().map(|kind| self.of_type(schema, kind, at));
        let members = schema.keywords.iter().filter_map(|keyword| match keyword {
            Keyword::Members(members) => Some(self.by_name(members, at)),
            _ => None,
        });
        let mut demand = Demand::by_type(by_type, members.collect());
        let written_out = written_out || is_shared(schema, api);
        for keyword in &schema.keywords {
            let part = match keyword {
                Keyword::Ref(target) => self.part(*target, at.same(), written_out),
                Keyword::AllOf(parts) => parts
                    .iter()
                    .fold(Demand::whole(Code::Always), |all, part| all.and(self.part(*part, at.same(), written_out))),
                Keyword::AnyOf(branches) => self.branches(branches, Code::any, at),
                Keyword::OneOf(branches) => self.branches(branches, Code::one, at),
                Keyword::Not(ruled_out) => self.part(*ruled_out, at.same(), false).not(),
                Keyword::If(If { condition, then, otherwise }) => {
                    let condition = self.follows(*condition, at.same());
                    let mut branch = |id: &Option<SchemaId>| id.map_or(Code::Always, |id| self.follows(id, at.same()));
                    Demand::whole(Code::either(condition, branch(then), branch(otherwise)))
                }
                // Said of the values of each type, above, or left to the tables ([`Keyword::is_coded`]).
                of_value!() | of_elements!() | of_members!() => continue,
            };
            demand = demand.and(part);
        }
        demand
    }

    /// The condition of a part of a schema: a call of its function, or inlined.
    fn part(&mut self, id: SchemaId, at: At, written_out: bool) -> Demand {
        let id = self.api.schemas.resolve_alias(id);
        let schema = self.api.schemas.get(id);
        if has_function(schema) && !(written_out && names_members(schema)) {
            Demand::whole(self.follows(id, at))
        } else {
            self.demand(id, at, written_out)
        }
    }

    /// The condition of a branch of `anyOf` or `oneOf`. Its function is called for values of its types only.
    fn branch(&mut self, id: SchemaId, at: At) -> Demand {
        let types = self.api.schemas.get(self.api.schemas.resolve_alias(id)).types;
        let demand = self.part(id, at, false);
        if types == TypeSet::ANY { demand } else { demand.of_types(types) }
    }

    /// The condition of a schema on values of one type.
    fn of_type(&mut self, schema: &Schema, kind: &Kind, at: At) -> Code {
        if !schema.types.intersects(kind.types) {
            return Code::Never;
        }
        let mut parts = vec![size(schema, kind.content)];
        if kind.types == TypeSet::NUMBER && !schema.types.contains(TypeSet::NUMBER) {
            let is_integer = Code::leaf("support::json::is_integer(number)", &[Name::Number, Name::Support]);
            parts.push(if schema.types.intersects(TypeSet::INTEGER) { is_integer } else { is_integer.not() });
        }
        for keyword in &schema.keywords {
            parts.push(match keyword {
                Keyword::Enum(values) => listed(values, kind),
                keyword => self.of_keyword(keyword, kind, at),
            });
        }
        Code::all(parts)
    }

    /// The condition of a single keyword on values of one type.
    fn of_keyword(&mut self, keyword: &Keyword, kind: &Kind, at: At) -> Code {
        match (keyword, kind.content) {
            (Keyword::Pattern(source), Some(Name::Text)) => self.matches(source, Name::Text),
            (Keyword::Format(format), Some(Name::Text)) => text_format(format),
            (Keyword::Format(format), Some(Name::Number)) => number_format(format),
            (Keyword::Bound { side, exclusive, limit }, Some(Name::Number)) => {
                compared(keyword, limit, order(*side, *exclusive))
            }
            (Keyword::MultipleOf(step), Some(Name::Number)) => bounded(keyword, step),
            (Keyword::Items(Items { prefix, rest }), Some(Name::Elements)) => self.items(prefix, *rest, at),
            (Keyword::UniqueItems, Some(Name::Elements)) => {
                Code::leaf("support::json::are_unique(elements)", &[Name::Elements, Name::Support])
            }
            (Keyword::Contains(contains), Some(Name::Elements)) => self.contains(contains, at),
            (Keyword::PropertyNames(names), Some(Name::Members)) => self.names(*names),
            (Keyword::DependentRequired(named), Some(Name::Members)) => dependent_required(named),
            (Keyword::DependentSchemas(named), Some(Name::Members)) => self.dependent_schemas(named, at),
            // They say nothing of values of other types; `size` reads both limits of a size at once.
            (of_value!() | of_elements!(), _) => Code::Always,
            // `demand` reads the members of several schemas at once, and what applies to a value whatever its type.
            (of_members!() | in_place!(), _) => Code::Always,
        }
    }

    /// That a text of this name matches a pattern.
    pub fn matches(&self, source: &str, text: Name) -> Code {
        let names: &'static [Name] = match text {
            Name::OfMember => &[Name::OfMember, Name::Rules],
            _ => &[Name::Text, Name::Rules],
        };
        // Every pattern of a schema has a name. One without would be refused rather than passed over.
        self.patterns.get(source).map_or(Code::Never, |name| {
            let argument = Expression::leaf(text.text());
            Code::test(Expression::leaf(format!("rules::{name}")).method("is_match", vec![argument]), names)
        })
    }

    /// `prefixItems` and `items`.
    fn items(&mut self, prefix: &[SchemaId], rest: Option<SchemaId>, at: At) -> Code {
        let mut parts: Vec<Code> = Vec::new();
        for (index, id) in prefix.iter().enumerate() {
            parts.push(match self.follows(*id, at.inside()) {
                Code::Always => Code::Always,
                Code::Never => at_most(index),
                code => code.of_each(Each::Element(index)),
            });
        }
        let rest = rest.map_or(Code::Always, |rest| self.follows(rest, at.inside()));
        parts.push(match (rest, prefix.len()) {
            (Code::Always, _) => Code::Always,
            (Code::Never, most) => at_most(most),
            (code, first) => code.of_each(Each::ElementsAfter(first)),
        });
        Code::all(parts)
    }

    fn contains(&mut self, &Contains { schema, min, max }: &Contains, at: At) -> Code {
        if max.is_some_and(|max| max < min) {
            return Code::Never;
        }
        self.follows(schema, at.inside()).of_each(Each::Contained { min, max })
    }

    /// The condition of branches; `combine` combines, as `anyOf` or `oneOf` does, those that can match together.
    fn branches(&mut self, branches: &Branches, combine: fn(Vec<Code>) -> Code, at: At) -> Demand {
        match &branches.exclusive {
            // All branches without listed values are tried for each tag: too many would be much code.
            Exclusive::Tag { property, values, others } if values.len() * others.len() <= MOST_ASKED => {
                let parts = branches.parts.iter().map(|part| self.follows(*part, at.same())).collect();
                Demand::whole(by_tag(parts, property, values, others, combine))
            }
            _ => {
                let combine = if branches.exclusive == Exclusive::Types { Code::any } else { combine };
                let parts: Vec<Demand> = branches.parts.iter().map(|part| self.branch(*part, at.same())).collect();
                Demand::combined(parts, combine)
            }
        }
    }

    /// `propertyNames`.
    fn names(&self, names: SchemaId) -> Code {
        let rules = rules_name(self.api.schemas.resolve_alias(names), self.api);
        let arguments = vec![Expression::leaf("name"), Expression::leaf(format!("rules::{rules}")).reference()];
        let follows = Expression::call("support::json::name_follows", arguments);
        Code::test(follows, &[Name::OfMember, Name::Support, Name::Rules]).of_each(Each::Names)
    }

    /// `dependentSchemas`.
    fn dependent_schemas(&mut self, named: &[(String, SchemaId)], at: At) -> Code {
        let dependent =
            |(name, id): &(String, SchemaId)| Code::any([is_there(name).not(), self.follows(*id, at.same())]);
        Code::all(named.iter().map(dependent).collect::<Vec<_>>())
    }

    /// What is demanded of members by their names.
    fn by_name(&mut self, members: &Members, at: At) -> ByName {
        let required = members.properties.iter().filter(|property| property.required).map(|property| &property.name);
        ByName {
            required: required.chain(&members.required).cloned().collect(),
            others: match members.additional {
                AdditionalProperties::Allowed => Code::Always,
                AdditionalProperties::Denied => Code::Never,
                AdditionalProperties::Schema(schema) => self.follows(schema, at.inside()),
            },
            properties: members
                .properties
                .iter()
                .map(|property| (property.name.clone(), self.follows(property.schema, at.inside())))
                .collect(),
            patterns: members
                .patterns
                .iter()
                .map(|(source, id)| (self.matches(source, Name::OfMember), self.follows(*id, at.inside())))
                .collect(),
        }
    }
}

/// Whether more than one of a schema and the parts that must hold with it say something of members by name, and all of them
/// together not too much to be written out at each place.
pub fn is_shared(schema: &Schema, api: &Api) -> bool {
    let (mut sharing, mut properties) = (0, 0);
    let mut waiting = vec![schema];
    while let Some(schema) = waiting.pop() {
        for keyword in &schema.keywords {
            if let Keyword::Members(members) = keyword {
                sharing += 1;
                properties += members.properties.len();
            }
            waiting.extend(keyword.conjuncts().iter().map(|part| api.schemas.get(*part)));
        }
        if sharing + waiting.len() > MOST_SHARING || properties > MOST_PROPERTIES {
            return false;
        }
    }
    sharing > 1
}

/// Whether a schema has a verdict function: one that others refer to, and that checks more than a type.
fn has_function(schema: &Schema) -> bool {
    schema.anchor.is_some() && !schema.keywords.is_empty()
}

/// Whether a schema, or one that must hold with it, may say something of members by name.
pub fn names_members(schema: &Schema) -> bool {
    schema.keywords.iter().any(|keyword| matches!(keyword, Keyword::Members(_) | Keyword::Ref(_) | Keyword::AllOf(_)))
}
