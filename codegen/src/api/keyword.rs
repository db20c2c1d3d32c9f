//! Properties of every keyword in the generator, each in one exhaustive `match`, so that the compiler points out where a new keyword is
//! not handled yet.
//!
//! | keyword | applies its schemas |
//! | --- | --- |
//! | `$ref`, `allOf`, `anyOf`, `oneOf`, `then`, `else`, `dependentSchemas` | to the instance itself |
//! | `not`, `if` | to the instance itself, as a question |
//! | `items`, `contains`, `properties`, `propertyNames`, `unevaluatedItems`, … | to elements, members, names |
//!
//! JSON Schema 2020-12, core, sections 10.2 and 10.3. The keyword itself, its name and what a value must be to break it are in
//! [`crate::runtime`], which emitted crates carry.

use crate::runtime::keyword::{self, Form, in_place, of_elements, of_value};
use crate::runtime::{Measure, Side};

use crate::api::members::{AdditionalProperties, Members, SchemaId};
use crate::api::operand::{Application, Argument, Demand, Mapped, Owned, Term, Transcribe};
use crate::api::types::TypeSet;

/// A keyword of the API.
pub type Keyword = keyword::Keyword<Owned>;
/// `prefixItems` and `items`.
pub type Items = keyword::Items<Owned>;
/// `contains`, `minContains`, `maxContains`.
pub type Contains = keyword::Contains<Owned>;
/// The branches of `anyOf` or `oneOf`.
pub type Branches = keyword::Branches<Owned>;
/// Why no two branches match one instance.
pub type Exclusive = keyword::Exclusive<Owned>;
/// `if`, `then`, `else`.
pub type If = keyword::If<Owned>;

impl Keyword {
    /// Its schemas, each with its application.
    pub fn children(&self) -> Vec<(Application, SchemaId)> {
        use Application::{Condition, Element, ElementsFrom, InPlace, Names};
        match self {
            Self::Ref(schema) => vec![(InPlace, *schema)],
            Self::AllOf(parts) | Self::AnyOf(Branches { parts, .. }) | Self::OneOf(Branches { parts, .. }) => {
                parts.iter().map(|part| (InPlace, *part)).collect()
            }
            Self::DependentSchemas(named) => named.iter().map(|(_, schema)| (InPlace, *schema)).collect(),
            Self::Not(schema) => vec![(Condition, *schema)],
            Self::If(If { condition, then, otherwise }) => {
                let branches = [then, otherwise].into_iter().flatten().map(|branch| (InPlace, *branch));
                [(Condition, *condition)].into_iter().chain(branches).collect()
            }
            Self::Items(Items { prefix, rest }) => {
                let first = prefix.iter().enumerate().map(|(index, schema)| (Element(index), *schema));
                first.chain(rest.iter().map(|schema| (ElementsFrom(prefix.len()), *schema))).collect()
            }
            Self::Members(members) => members.schemas().map(|schema| (Application::Members, schema)).collect(),
            Self::Contains(Contains { schema, .. }) | Self::UnevaluatedItems(schema) => {
                vec![(ElementsFrom(0), *schema)]
            }
            Self::PropertyNames(schema) => vec![(Names, *schema)],
            Self::UnevaluatedProperties(schema) => vec![(Application::Members, *schema)],
            Self::Enum(_)
            | Self::Size { .. }
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::Bound { .. }
            | Self::MultipleOf(_)
            | Self::UniqueItems
            | Self::DependentRequired(_)
            | Self::EveryMember => Vec::new(),
        }
    }

    /// The same keyword in another form; `None` for a format that asserts nothing there.
    pub fn transcribe<F: Form>(&self, to: &mut impl Transcribe<F>) -> Option<keyword::Keyword<F>> {
        use Application::{Condition, Element, ElementsFrom, InPlace, Names};
        Some(match self {
            Self::Enum(values) => {
                let values = values.iter().map(|value| to.literal(value)).collect();
                keyword::Keyword::Enum(to.list(values))
            }
            Self::Size { measure, side, limit } => {
                keyword::Keyword::Size { measure: *measure, side: *side, limit: *limit }
            }
            Self::Pattern(source) => keyword::Keyword::Pattern(to.pattern(source)),
            Self::Format(format) => keyword::Keyword::Format(to.format(format)?),
            Self::Bound { side, exclusive, limit } => {
                keyword::Keyword::Bound { side: *side, exclusive: *exclusive, limit: to.decimal(*limit) }
            }
            Self::MultipleOf(step) => keyword::Keyword::MultipleOf(to.decimal(*step)),
            Self::Items(Items { prefix, rest }) => {
                let first = prefix.iter().enumerate().map(|(index, id)| to.schema(Element(index), *id)).collect();
                let rest = rest.map(|id| to.schema(ElementsFrom(prefix.len()), id));
                let items = keyword::Items { prefix: to.list(first), rest };
                keyword::Keyword::Items(to.indirect(items))
            }
            Self::UniqueItems => keyword::Keyword::UniqueItems,
            Self::Contains(Contains { schema, min, max }) => {
                let contains = keyword::Contains { schema: to.schema(ElementsFrom(0), *schema), min: *min, max: *max };
                keyword::Keyword::Contains(to.indirect(contains))
            }
            Self::Members(members) => keyword::Keyword::Members(to.members(members)),
            Self::PropertyNames(id) => keyword::Keyword::PropertyNames(to.schema(Names, *id)),
            Self::DependentRequired(named) => {
                let mut list = Vec::with_capacity(named.len());
                for (name, required) in named {
                    let required = required.iter().map(|name| to.text(name)).collect();
                    list.push((to.text(name), to.list(required)));
                }
                keyword::Keyword::DependentRequired(to.list(list))
            }
            Self::DependentSchemas(named) => {
                let named = named.iter().map(|(name, id)| (to.text(name), to.schema(InPlace, *id))).collect();
                keyword::Keyword::DependentSchemas(to.list(named))
            }
            Self::Ref(id) => keyword::Keyword::Ref(to.schema(InPlace, *id)),
            Self::AllOf(parts) => {
                let parts = parts.iter().map(|id| to.schema(InPlace, *id)).collect();
                keyword::Keyword::AllOf(to.list(parts))
            }
            Self::AnyOf(branches) => keyword::Keyword::AnyOf(to.branches(branches)),
            Self::OneOf(branches) => keyword::Keyword::OneOf(to.branches(branches)),
            Self::Not(id) => keyword::Keyword::Not(to.schema(Condition, *id)),
            Self::If(If { condition, then, otherwise }) => {
                let condition = to.schema(Condition, *condition);
                let then = then.map(|id| to.schema(InPlace, id));
                let otherwise = otherwise.map(|id| to.schema(InPlace, id));
                keyword::Keyword::If(to.indirect(keyword::If { condition, then, otherwise }))
            }
            Self::EveryMember => keyword::Keyword::EveryMember,
            Self::UnevaluatedItems(id) => keyword::Keyword::UnevaluatedItems(to.schema(ElementsFrom(0), *id)),
            Self::UnevaluatedProperties(id) => {
                keyword::Keyword::UnevaluatedProperties(to.schema(Application::Members, *id))
            }
        })
    }

    /// How it is written in Rust: the constructor or variant of [`keyword::Keyword`], and its arguments.
    pub fn constructor(&self) -> (&'static str, Vec<Argument<'_>>) {
        match self {
            Self::Enum(values) => ("Enum", vec![Argument::Literals(values)]),
            Self::Size { measure, side, limit } => {
                let name = match (measure, side) {
                    (Measure::Length, Side::Min) => "min_length",
                    (Measure::Length, Side::Max) => "max_length",
                    (Measure::Items, Side::Min) => "min_items",
                    (Measure::Items, Side::Max) => "max_items",
                    (Measure::Properties, Side::Min) => "min_properties",
                    (Measure::Properties, Side::Max) => "max_properties",
                };
                (name, vec![Argument::Count(*limit)])
            }
            Self::Pattern(source) => ("Pattern", vec![Argument::Pattern(source)]),
            Self::Format(format) => ("Format", vec![Argument::Format(format)]),
            Self::Bound { side, exclusive, limit } => {
                let name = match (side, exclusive) {
                    (Side::Min, false) => "minimum",
                    (Side::Min, true) => "exclusive_minimum",
                    (Side::Max, false) => "maximum",
                    (Side::Max, true) => "exclusive_maximum",
                };
                (name, vec![Argument::Decimal(limit)])
            }
            Self::MultipleOf(step) => ("MultipleOf", vec![Argument::Decimal(step)]),
            Self::Items(Items { prefix, rest }) => {
                let fields = vec![("prefix", Argument::Schemas(prefix)), ("rest", Argument::Optional(*rest))];
                ("Items", vec![Argument::Struct("Items", fields)])
            }
            Self::UniqueItems => ("UniqueItems", Vec::new()),
            Self::Contains(Contains { schema, min, max }) => {
                let (min, max) = (("min", Argument::Count(*min)), ("max", Argument::Most(*max)));
                let fields = vec![("schema", Argument::Schema(*schema)), min, max];
                ("Contains", vec![Argument::Struct("Contains", fields)])
            }
            Self::Members(members) => ("Members", vec![Argument::Members(members)]),
            Self::PropertyNames(schema) => ("PropertyNames", vec![Argument::Schema(*schema)]),
            Self::DependentRequired(named) => ("DependentRequired", vec![Argument::NamedNames(named)]),
            Self::DependentSchemas(named) => ("DependentSchemas", vec![Argument::NamedSchemas(named)]),
            Self::Ref(schema) => ("Ref", vec![Argument::Schema(*schema)]),
            Self::AllOf(parts) => ("AllOf", vec![Argument::Schemas(parts)]),
            Self::AnyOf(branches) => ("AnyOf", vec![branches.argument()]),
            Self::OneOf(branches) => ("OneOf", vec![branches.argument()]),
            Self::Not(schema) => ("Not", vec![Argument::Schema(*schema)]),
            Self::If(If { condition, then, otherwise }) => {
                let (then, otherwise) =
                    (("then", Argument::Optional(*then)), ("otherwise", Argument::Optional(*otherwise)));
                let fields = vec![("condition", Argument::Schema(*condition)), then, otherwise];
                ("If", vec![Argument::Struct("If", fields)])
            }
            Self::EveryMember => ("EveryMember", Vec::new()),
            Self::UnevaluatedItems(schema) => ("UnevaluatedItems", vec![Argument::Schema(*schema)]),
            Self::UnevaluatedProperties(schema) => ("UnevaluatedProperties", vec![Argument::Schema(*schema)]),
        }
    }

    /// Its constraint in words: `at most 30 characters`. `None` where the type, or the docs of members, state it.
    pub fn demand(&self) -> Option<Demand<'_>> {
        Some(match self {
            Self::Size { measure, side, limit } => Demand::Words(format!("{} {}", least(*side), measure.count(*limit))),
            Self::Pattern(source) => Demand::Pattern(source),
            Self::Format(format) => Demand::Format(&format.name),
            Self::Bound { side, exclusive: false, limit } => Demand::Words(format!("{} {limit}", least(*side))),
            Self::Bound { side: Side::Min, exclusive: true, limit } => Demand::Words(format!("above {limit}")),
            Self::Bound { side: Side::Max, exclusive: true, limit } => Demand::Words(format!("below {limit}")),
            Self::MultipleOf(step) => Demand::Words(format!("a multiple of {step}")),
            Self::UniqueItems => Demand::Words("no two elements alike".to_owned()),
            Self::Enum(_)
            | Self::Items(_)
            | Self::Contains(_)
            | Self::Members(_)
            | Self::PropertyNames(_)
            | Self::DependentRequired(_)
            | Self::DependentSchemas(_)
            | Self::Ref(_)
            | Self::AllOf(_)
            | Self::AnyOf(_)
            | Self::OneOf(_)
            | Self::Not(_)
            | Self::If(_)
            | Self::EveryMember
            | Self::UnevaluatedItems(_)
            | Self::UnevaluatedProperties(_) => return None,
        })
    }

    /// Its description in the listing, phrase by phrase: `maxLength 30`. The listing itself writes enumerated values.
    pub fn terms(&self) -> Vec<Vec<Term<'_>>> {
        let word = |text: String| Term::Word(text);
        let name = || Term::Word(self.name().to_owned());
        match self {
            Self::Enum(_) | Self::EveryMember => Vec::new(),
            Self::Size { limit, .. } => vec![vec![name(), word(limit.to_string())]],
            Self::Bound { limit, .. } | Self::MultipleOf(limit) => vec![vec![name(), word(limit.to_string())]],
            Self::Pattern(source) => vec![vec![name(), Term::Pattern(source)]],
            Self::Format(format) => vec![vec![name(), Term::Name(&format.name)]],
            Self::Items(Items { prefix, rest }) => {
                let first = (!prefix.is_empty()).then(|| vec![word(format!("prefixItems {}", prefix.len()))]);
                let rest = rest.map(|rest| vec![word("of".to_owned()), Term::Within(rest)]);
                first.into_iter().chain(rest).collect()
            }
            Self::UniqueItems => vec![vec![name()]],
            Self::Contains(Contains { schema, min, max }) => {
                let max = max.map(|max| format!(" to {max}")).unwrap_or_default();
                vec![vec![name(), word(format!("{min}{max}")), Term::Within(*schema)]]
            }
            Self::Members(Members { required, additional, .. }) => {
                let required = (!required.is_empty()).then(|| vec![word("requires".to_owned()), Term::Names(required)]);
                let others = match additional {
                    AdditionalProperties::Allowed => None,
                    AdditionalProperties::Denied => Some(vec![word("closed".to_owned())]),
                    AdditionalProperties::Schema(schema) => {
                        Some(vec![word("others".to_owned()), Term::Within(*schema)])
                    }
                };
                required.into_iter().chain(others).collect()
            }
            Self::DependentRequired(named) => named
                .iter()
                .map(|(name, required)| {
                    vec![Term::Names(std::slice::from_ref(name)), word("requires".to_owned()), Term::Names(required)]
                })
                .collect(),
            Self::DependentSchemas(named) => named
                .iter()
                .map(|(name, schema)| {
                    let name = Term::Names(std::slice::from_ref(name));
                    vec![name, word("demands".to_owned()), Term::Within(*schema)]
                })
                .collect(),
            Self::Ref(schema) => vec![vec![word("and".to_owned()), Term::Schema(*schema)]],
            Self::AllOf(parts) | Self::AnyOf(Branches { parts, .. }) | Self::OneOf(Branches { parts, .. }) => {
                vec![vec![name(), word(parts.len().to_string())]]
            }
            Self::If(If { condition, then, otherwise }) => {
                let branches = [("if", Some(condition)), ("then", then.as_ref()), ("else", otherwise.as_ref())];
                let said = |(key, schema): (&str, Option<&SchemaId>)| {
                    Some(vec![Term::Word(key.to_owned()), Term::Within(*schema?)])
                };
                branches.into_iter().filter_map(said).collect()
            }
            Self::PropertyNames(schema)
            | Self::Not(schema)
            | Self::UnevaluatedItems(schema)
            | Self::UnevaluatedProperties(schema) => vec![vec![name(), Term::Within(*schema)]],
        }
    }

    /// Its place among the keywords of a schema, which are kept in this order: checks of the value first, then its elements, its members,
    /// compositions, and what depends on all of those.
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Enum(_) => 0,
            Self::Size { measure: Measure::Length, .. } => 1,
            Self::Pattern(_) => 2,
            Self::Format(_) => 3,
            Self::Bound { .. } => 4,
            Self::MultipleOf(_) => 5,
            Self::Items(_) => 6,
            Self::Size { measure: Measure::Items, .. } => 7,
            Self::UniqueItems => 8,
            Self::Contains(_) => 9,
            Self::Members(_) => 10,
            Self::Size { measure: Measure::Properties, .. } => 11,
            Self::PropertyNames(_) => 12,
            Self::DependentRequired(_) => 13,
            Self::DependentSchemas(_) => 14,
            Self::Ref(_) => 15,
            Self::AllOf(_) => 16,
            Self::AnyOf(_) => 17,
            Self::OneOf(_) => 18,
            Self::Not(_) => 19,
            Self::If(_) => 20,
            Self::EveryMember => 21,
            Self::UnevaluatedItems(_) => 22,
            Self::UnevaluatedProperties(_) => 23,
        }
    }

    /// The types of instances to which it applies.
    pub const fn types(&self) -> TypeSet {
        match self {
            Self::Size { measure: Measure::Length, .. } | Self::Pattern(_) => TypeSet::STRING,
            Self::Bound { .. } | Self::MultipleOf(_) => TypeSet::NUMBER,
            Self::Size { measure: Measure::Items, .. }
            | Self::Items(_)
            | Self::UniqueItems
            | Self::Contains(_)
            | Self::UnevaluatedItems(_) => TypeSet::ARRAY,
            Self::Size { measure: Measure::Properties, .. }
            | Self::Members(_)
            | Self::PropertyNames(_)
            | Self::DependentRequired(_)
            | Self::DependentSchemas(_)
            | Self::EveryMember
            | Self::UnevaluatedProperties(_) => TypeSet::OBJECT,
            Self::Enum(_)
            | Self::Format(_)
            | Self::Ref(_)
            | Self::AllOf(_)
            | Self::AnyOf(_)
            | Self::OneOf(_)
            | Self::Not(_)
            | Self::If(_) => TypeSet::ANY,
        }
    }

    /// The schemas that it applies to the instance itself.
    pub fn in_place(&self) -> Vec<SchemaId> {
        let children = self.children().into_iter();
        children.filter(|(application, _)| application.is_in_place()).map(|(_, schema)| schema).collect()
    }

    /// The schemas against which an instance must be valid as well: those of `$ref` and `allOf`.
    pub fn conjuncts(&self) -> &[SchemaId] {
        match self {
            Self::Ref(part) => std::slice::from_ref(part),
            Self::AllOf(parts) => parts,
            _ => &[],
        }
    }

    /// The same keyword with other schemas. Whether its branches exclude each other has to be determined again.
    pub fn map_children(&self, map: impl FnMut(Application, SchemaId) -> SchemaId) -> Self {
        self.transcribe(&mut Mapped(map)).unwrap_or(Self::EveryMember)
    }

    /// Whether there can be code over JSON values for it. The tables decide all other keywords, new ones included until code is written
    /// for them; a schema with such a keyword gets a name, by which code refers to its tables.
    pub const fn is_coded(&self) -> bool {
        match self {
            Self::Enum(_)
            | Self::Size { .. }
            | Self::Pattern(_)
            | Self::Format(_)
            | Self::Bound { .. }
            | Self::MultipleOf(_)
            | Self::Items(_)
            | Self::UniqueItems
            | Self::Contains(_)
            | Self::Members(_)
            | Self::PropertyNames(_)
            | Self::DependentRequired(_)
            | Self::DependentSchemas(_)
            | in_place!()
            | Self::EveryMember => true,
            // `unevaluatedItems`, `unevaluatedProperties`, and new keywords.
            _ => false,
        }
    }

    /// The members that it requires depending on others.
    pub fn dependent_members(&self) -> impl Iterator<Item = &String> {
        let named = if let Self::DependentRequired(named) = self { named.as_slice() } else { &[] };
        named.iter().flat_map(|(_, required)| required)
    }

    /// Removes some names from those that it requires.
    pub fn release(&mut self, is_released: impl Fn(&str) -> bool) {
        match self {
            Self::Members(members) => members.release(is_released),
            Self::DependentRequired(named) => {
                named.iter_mut().for_each(|(_, required)| required.retain(|name| !is_released(name)));
            }
            of_value!() | of_elements!() | in_place!() => {}
            Self::PropertyNames(_) | Self::DependentSchemas(_) | Self::EveryMember | Self::UnevaluatedProperties(_) => {
            }
        }
    }

    /// Its patterns, of texts and of names of members.
    pub fn patterns(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for argument in self.constructor().1 {
            match argument {
                Argument::Pattern(source) => found.push(source),
                Argument::Members(members) => found.extend(members.patterns.iter().map(|(source, _)| source.as_str())),
                _ => {}
            }
        }
        found
    }
}

const fn least(side: Side) -> &'static str {
    match side {
        Side::Min => "at least",
        Side::Max => "at most",
    }
}

impl Measure {
    /// `1 character`, `2 characters`.
    pub fn count(self, number: u64) -> String {
        let one = match self {
            Self::Length => "character",
            Self::Items => "element",
            Self::Properties => "member",
        };
        format!("{number} {one}{}", if number == 1 { "" } else { "s" })
    }
}

impl Branches {
    /// Branches without further knowledge.
    pub fn of(parts: Vec<SchemaId>) -> Self {
        Self { parts, exclusive: Exclusive::Unknown }
    }

    fn argument(&self) -> Argument<'_> {
        let fields =
            vec![("parts", Argument::Schemas(&self.parts)), ("exclusive", Argument::Exclusive(&self.exclusive))];
        Argument::Struct("Branches", fields)
    }
}
