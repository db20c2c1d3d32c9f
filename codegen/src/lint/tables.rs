//! Rules as tables, made at run time for one instance.
//!
//! Tables are static data in emitted crates, and schemas lead to themselves there by their names. Here a schema is expanded along the
//! instance instead, which has an end:
//!
//! ```text
//! Tree: { properties: { left: Tree, right: Tree } }    {"left": {}}
//! Rules { keywords: [Members { left: Rules { keywords: [Members {}] } }] }
//! ```
//!
//! A property that is absent and not required is left out. Rules for several values, such as those of `items`, are made once for all
//! of these values together.
//!
//! The checker takes tables for `'static`, so they are leaked.

use std::collections::{HashMap, HashSet};
use std::fmt::Debug;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::api::{
    self, AdditionalProperties, Application, Decimal, FormatCheck, SchemaId, Schemas, Transcribe, formats,
};
use crate::runtime::{
    self, Additional, Branches, Exclusive, Format, Literal, Members, Pattern, Property, Rules, Tables as InTables,
    Types,
};

/// Maximum depth of tables; the checker's own limit is lower.
const DEEPEST: usize = 256;

/// Maximum number of tables, and of steps of the checker, for all examples of a document. Real documents need ten thousand tables and
/// fifty thousand steps.
const MOST_TABLES: usize = 1_000_000;
const MOST_STEPS: u64 = 100_000_000;

/// A stand-in for member names, to which `propertyNames` applies: tables do not depend on their text.
static NAME: Value = Value::String(String::new());

/// Makes tables; those that do not depend on instances are made once.
pub struct Tables<'a> {
    schemas: &'a Schemas,
    /// The tables of schemas without subschemas.
    leaves: HashMap<SchemaId, &'static Rules>,
    patterns: HashMap<&'static str, &'static Pattern>,
    texts: HashSet<&'static str>,
    /// How many tables may still be made.
    tables_left: usize,
    /// How many steps may still be taken.
    steps_left: u64,
}

impl<'a> Tables<'a> {
    /// Tables of these schemas.
    pub fn new(schemas: &'a Schemas) -> Self {
        Self {
            schemas,
            leaves: HashMap::new(),
            patterns: HashMap::new(),
            texts: HashSet::new(),
            tables_left: MOST_TABLES,
            steps_left: MOST_STEPS,
        }
    }

    /// The rules of a schema that apply to an instance; `None` where checking them would take too long.
    pub fn rules(&mut self, id: SchemaId, instance: &Value) -> Option<&'static Rules> {
        let mut expansion =
            Expansion { tables: self, made: HashMap::new(), sets: HashMap::new(), steps: Steps::default() };
        let whole = expansion.set([instance]);
        let rules = expansion.rules(id, &whole, 0);
        let steps = expansion.steps.report;
        let complete = self.tables_left > 0;
        self.steps_left = self.steps_left.checked_sub(steps).filter(|_| complete)?;
        Some(rules)
    }

    fn text(&mut self, text: &str) -> &'static str {
        if let Some(known) = self.texts.get(text) {
            return known;
        }
        let text: &'static str = Box::leak(text.into());
        self.texts.insert(text);
        text
    }

    fn list(&mut self, texts: &[String]) -> &'static [&'static str] {
        leak_list(texts.iter().map(|text| self.text(text)).collect())
    }

    /// `None` for an annotation, and for a format with a function of the user's, which cannot be called here.
    fn format(&mut self, format: &api::Format) -> Option<&'static Format> {
        match &format.check {
            FormatCheck::Annotate => None,
            FormatCheck::Assert => formats::format(&format.name),
            FormatCheck::Function(path) => {
                let function = formats::function(path)?;
                Some(Box::leak(Box::new(Format::of_text(self.text(&format.name), function))))
            }
        }
    }

    fn literal(&mut self, value: &Value) -> Literal {
        match value {
            Value::Null => Literal::Null,
            Value::Bool(value) => Literal::Boolean(*value),
            Value::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(value), _) => Literal::Integer(value),
                (None, Some(value)) => Literal::Unsigned(value),
                (None, None) => Literal::Number(number.as_f64().unwrap_or_default()),
            },
            Value::String(value) => Literal::String(self.text(value)),
            Value::Array(values) => Literal::Array(leak_list(values.iter().map(|value| self.literal(value)).collect())),
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| (self.text(name), self.literal(value)));
                Literal::Object(leak_list(members.collect()))
            }
        }
    }
}

/// Values that a schema applies to, all of one instance.
#[derive(Clone)]
struct Set<'v> {
    number: usize,
    values: Rc<[&'v Value]>,
}

impl<'v> Set<'v> {
    fn objects(&self) -> impl Iterator<Item = &'v Map<String, Value>> {
        self.values.iter().filter_map(|value| value.as_object())
    }

    fn arrays(&self) -> impl Iterator<Item = &'v [Value]> {
        self.values.iter().filter_map(|value| value.as_array().map(Vec::as_slice))
    }

    fn members(&self) -> impl Iterator<Item = (&'v String, &'v Value)> {
        self.objects().flatten()
    }
}

/// Maximum number of checks of a value against a schema.
#[derive(Clone, Copy, Default)]
struct Steps {
    /// For the verdict.
    verdict: u64,
    /// For the report, which takes the verdict of each union and then the reports of its branches.
    report: u64,
}

impl Steps {
    fn and(self, other: Self) -> Self {
        Self { verdict: self.verdict.saturating_add(other.verdict), report: self.report.saturating_add(other.report) }
    }
}

/// One schema along one instance.
struct Expansion<'t, 'a, 'v> {
    tables: &'t mut Tables<'a>,
    /// Tables by the schema and the number of the set that they are for.
    made: HashMap<(SchemaId, usize), (&'static Rules, Steps)>,
    /// The sets that were met, by the addresses of their values.
    sets: HashMap<Vec<*const Value>, Set<'v>>,
    /// The steps of the tables made for the current schema.
    steps: Steps,
}

impl<'a, 'v> Expansion<'_, 'a, 'v> {
    fn set(&mut self, values: impl IntoIterator<Item = &'v Value>) -> Set<'v> {
        let values: Rc<[&'v Value]> = values.into_iter().collect();
        let number = self.sets.len();
        let addresses = values.iter().map(|value| std::ptr::from_ref(*value)).collect();
        self.sets.entry(addresses).or_insert(Set { number, values }).clone()
    }

    fn rules(&mut self, id: SchemaId, set: &Set<'v>, depth: usize) -> &'static Rules {
        // These rules apply to no value.
        if set.values.is_empty() || depth > DEEPEST || self.tables.tables_left == 0 {
            return &Rules::ANY;
        }
        let own = Steps { verdict: set.values.len() as u64, report: set.values.len() as u64 };
        let leaf = self.tables.leaves.get(&id).map(|rules| (*rules, own));
        if let Some((known, steps)) = leaf.or_else(|| self.made.get(&(id, set.number)).copied()) {
            self.steps = self.steps.and(steps);
            return known;
        }
        self.tables.tables_left -= 1;
        // A schema that leads to itself at one place is refused by `document/`; there is an end to it all the same.
        self.made.insert((id, set.number), (&Rules::ANY, own));
        let around = std::mem::replace(&mut self.steps, own);
        let schema = self.tables.schemas.get(id);
        let keywords = {
            let mut to = Tabulated { expansion: &mut *self, set, depth };
            schema.keywords.iter().filter_map(|keyword| keyword.transcribe(&mut to)).collect()
        };
        let rules: &'static Rules = leak(Rules {
            schema: self.tables.text(&schema.pointer),
            types: Types(schema.types.0),
            sensitive: schema.sensitive,
            keywords: leak_list(keywords),
        });
        if schema.children().is_empty() && self.steps.report < u64::MAX {
            self.tables.leaves.insert(id, rules);
        }
        self.made.insert((id, set.number), (rules, self.steps));
        self.steps = around.and(self.steps);
        rules
    }

    /// The rules of a schema for values within those of a set.
    fn within(&mut self, id: SchemaId, values: impl IntoIterator<Item = &'v Value>, depth: usize) -> &'static Rules {
        let set = self.set(values);
        self.rules(id, &set, depth + 1)
    }

    fn pattern(&mut self, source: &str) -> &'static Pattern {
        if let Some(known) = self.tables.patterns.get(source) {
            return known;
        }
        let source = self.tables.text(source);
        let pattern: &'static Pattern = leak(Pattern::new(source));
        self.tables.patterns.insert(source, pattern);
        pattern
    }

    /// The values that a keyword applies a schema to.
    fn applied(&mut self, application: Application, set: &Set<'v>) -> Set<'v> {
        match application {
            Application::InPlace | Application::Condition => set.clone(),
            Application::Element(index) => self.set(set.arrays().filter_map(|elements| elements.get(index))),
            Application::ElementsFrom(index) => self.set(set.arrays().flat_map(|elements| elements.iter().skip(index))),
            Application::Members => self.set(set.members().map(|(_, value)| value)),
            Application::Names => self.set([&NAME]),
        }
    }

    fn members(&mut self, members: &api::Members, set: &Set<'v>, depth: usize) -> &'static Members {
        let mut properties = Vec::new();
        for property in &members.properties {
            let values = self.set(set.objects().filter_map(|object| object.get(&property.name)));
            if property.required || !values.values.is_empty() {
                let rules = self.rules(property.schema, &values, depth + 1);
                properties.push(Property {
                    name: self.tables.text(&property.name),
                    required: property.required,
                    rules,
                });
            }
        }
        let mut patterns = Vec::new();
        for (source, id) in &members.patterns {
            let pattern = self.pattern(source);
            let asked = self.steps.report < u64::MAX;
            let matching = set
                .members()
                .filter(|(name, _)| asked && pattern.try_match(name) != Some(false))
                .map(|(_, value)| value);
            patterns.push((pattern, self.within(*id, matching, depth)));
        }
        let names: Vec<&str> = properties.iter().map(|property| property.name).collect();
        let slots = api::slots(&names).into_iter().map(|slot| u32::try_from(slot).unwrap_or_default());
        let slots = leak_list(slots.collect());
        let additional = match members.additional {
            AdditionalProperties::Allowed => Additional::Allowed,
            AdditionalProperties::Denied => Additional::Denied,
            AdditionalProperties::Schema(id) => {
                let declared: HashSet<&str> = names.into_iter().collect();
                let others = set.members().filter(|(name, _)| !declared.contains(name.as_str()));
                Additional::Rules(self.within(id, others.map(|(_, value)| value), depth))
            }
        };
        leak(Members {
            required_properties: properties.iter().filter(|property| property.required).count(),
            properties: leak_list(properties),
            slots,
            required: self.tables.list(&members.required),
            patterns: leak_list(patterns),
            additional,
        })
    }
}

/// A schema at hand, whose keywords are made into tables.
struct Tabulated<'e, 't, 'a, 'v> {
    expansion: &'e mut Expansion<'t, 'a, 'v>,
    set: &'e Set<'v>,
    depth: usize,
}

impl Transcribe<InTables> for Tabulated<'_, '_, '_, '_> {
    fn schema(&mut self, application: Application, schema: SchemaId) -> &'static Rules {
        let set = self.expansion.applied(application, self.set);
        self.expansion.rules(schema, &set, self.depth + 1)
    }

    fn text(&mut self, text: &str) -> &'static str {
        self.expansion.tables.text(text)
    }

    fn literal(&mut self, value: &Value) -> Literal {
        self.expansion.tables.literal(value)
    }

    fn decimal(&mut self, decimal: Decimal) -> runtime::Decimal {
        self::decimal(decimal)
    }

    fn pattern(&mut self, source: &str) -> &'static Pattern {
        self.expansion.pattern(source)
    }

    fn format(&mut self, format: &api::Format) -> Option<&'static Format> {
        self.expansion.tables.format(format)
    }

    fn members(&mut self, members: &api::Members) -> &'static Members {
        self.expansion.members(members, self.set, self.depth)
    }

    fn branches(&mut self, branches: &api::Branches) -> &'static Branches {
        let before = self.expansion.steps.verdict;
        let parts = branches.parts.iter().map(|id| self.schema(Application::InPlace, *id)).collect();
        let steps = &mut self.expansion.steps;
        steps.report = steps.report.saturating_add(steps.verdict - before);
        // Whether they exclude each other need not be known: trying all gives the same verdict.
        leak(Branches { parts: leak_list(parts), exclusive: &Exclusive::Unknown })
    }

    fn list<T: Debug + 'static>(&mut self, list: Vec<T>) -> &'static [T] {
        leak_list(list)
    }

    fn indirect<T: Debug + 'static>(&mut self, value: T) -> &'static T {
        leak(value)
    }
}

fn decimal(decimal: Decimal) -> runtime::Decimal {
    let Decimal { negative, digits, exponent } = decimal.written_out();
    runtime::Decimal::new(negative, digits, exponent)
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn leak_list<T>(list: Vec<T>) -> &'static [T] {
    Box::leak(list.into_boxed_slice())
}
