//! Instances at random: valid ones as far as a schema can be satisfied without search, and such with one thing changed.

use planchet::api::{AdditionalProperties, Api, Branches, If, Items, Keyword, SchemaId, TypeSet};
use planchet::runtime::Pattern;
use planchet::runtime::{Measure, Side};
use serde_json::{Map, Value, json};

/// Deeper than this, only what is required is made.
const DEEP: usize = 4;

/// Number of instances for each named schema: the even ones as they are made, the odd ones changed in one place.
pub fn made(api: &Api, count: usize) -> Vec<Value> {
    let mut found = Vec::new();
    for (number, component) in api.components.iter().enumerate() {
        let schema = api.schemas.get(component.schema);
        if component.name.starts_with("planchet.") {
            continue;
        }
        let mut maker = Maker { api, random: Random(0x9e37_79b9_7f4a_7c15 ^ (number as u64 + 1)) };
        for index in 0..count {
            let mut instance = maker.value(component.schema, 0);
            if index % 2 == 1 {
                maker.change(&mut instance);
            }
            found.push(json!({ "name": component.name, "pointer": schema.pointer, "instance": instance }));
        }
    }
    found
}

/// xorshift64* (Marsaglia; Vigna): the same instances in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap_or_default() % limit.max(1)
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
}

struct Maker<'a> {
    api: &'a Api,
    random: Random,
}

const TEXTS: &[&str] = &[
    "a",
    "A1",
    "123",
    "US",
    "USD",
    "en-US",
    "2020-01-02",
    "2020-01-02T03:04:05Z",
    "https://example.com/a",
    "a@example.com",
    "550e8400-e29b-41d4-a716-446655440000",
    "abc_def-1",
    "10.5",
    "+15551234567",
    "0x1F",
    "Grüße",
    "😀",
    "true",
    "a b",
    "1234",
    "12",
    "abcdef0123456789",
    "/a/b",
    "ABCDEFGHIJKLMNOP",
    "127.0.0.1",
    "v1.2.3",
    "#ffffff",
    "$",
    "",
    "a.b.c",
    "P1D",
    "card_1",
];

impl Maker<'_> {
    fn value(&mut self, id: SchemaId, depth: usize) -> Value {
        let schema = self.api.schemas.get(id).clone();
        if depth > 12 {
            return Value::Null;
        }
        for keyword in &schema.keywords {
            if let Keyword::Enum(values) = keyword
                && !values.is_empty()
            {
                return values[self.random.below(values.len())].clone();
            }
        }
        // What several schemas ask of one object is put together.
        let mut parts: Vec<Value> = Vec::new();
        for keyword in &schema.keywords {
            match keyword {
                Keyword::Ref(target) => parts.push(self.value(*target, depth + 1)),
                Keyword::AllOf(list) => {
                    parts.extend(list.iter().map(|part| self.value(*part, depth + 1)).collect::<Vec<_>>())
                }
                Keyword::OneOf(Branches { parts: list, .. }) | Keyword::AnyOf(Branches { parts: list, .. })
                    if !list.is_empty() =>
                {
                    let branch = list[self.random.below(list.len())];
                    parts.push(self.value(branch, depth + 1));
                }
                Keyword::If(If { then: Some(then), .. }) if self.random.one_in(2) => {
                    parts.push(self.value(*then, depth + 1))
                }
                _ => {}
            }
        }
        let own = self.own(schema.types, &schema.keywords, depth);
        let says_something = schema.types != TypeSet::ANY
            || schema.keywords.iter().any(|keyword| matches!(keyword, Keyword::Members(_)));
        if says_something || parts.is_empty() {
            parts.push(own);
        }
        let mut merged = Map::new();
        for part in &parts {
            if let Value::Object(members) = part {
                merged.extend(members.clone());
            }
        }
        if !merged.is_empty() {
            return Value::Object(merged);
        }
        parts.swap_remove(0)
    }

    fn own(&mut self, types: TypeSet, keywords: &[Keyword], depth: usize) -> Value {
        let members = keywords.iter().any(|keyword| matches!(keyword, Keyword::Members(_)));
        if members && types.intersects(TypeSet::OBJECT) {
            return self.object(keywords, depth);
        }
        let kinds = [
            TypeSet::STRING,
            TypeSet::OBJECT,
            TypeSet::ARRAY,
            TypeSet::INTEGER,
            TypeSet::NUMBER,
            TypeSet::BOOLEAN,
            TypeSet::NULL,
        ];
        let mut admitted: Vec<TypeSet> = kinds.into_iter().filter(|kind| types.contains(*kind)).collect();
        if admitted.len() > 1 && !self.random.one_in(6) {
            admitted.retain(|kind| *kind != TypeSet::NULL);
        }
        if admitted.is_empty() {
            return Value::Null;
        }
        match admitted[self.random.below(admitted.len())] {
            TypeSet::OBJECT => self.object(keywords, depth),
            TypeSet::ARRAY => self.array(keywords, depth),
            TypeSet::STRING => Value::String(self.text(keywords)),
            TypeSet::INTEGER => self.number(keywords, true),
            TypeSet::NUMBER => self.number(keywords, false),
            TypeSet::BOOLEAN => Value::Bool(self.random.one_in(2)),
            _ => Value::Null,
        }
    }

    fn object(&mut self, keywords: &[Keyword], depth: usize) -> Value {
        let mut out = Map::new();
        for keyword in keywords {
            let Keyword::Members(members) = keyword else { continue };
            for property in &members.properties {
                let rare = if depth > DEEP { 40 } else { 3 };
                if property.required || self.random.one_in(rare) {
                    out.insert(property.name.clone(), self.value(property.schema, depth + 1));
                }
            }
            for name in &members.required {
                let schema = match &members.additional {
                    AdditionalProperties::Schema(schema) => Some(*schema),
                    _ => None,
                };
                let value = schema.map_or_else(|| json!("x"), |schema| self.value(schema, depth + 1));
                out.insert(name.clone(), value);
            }
            if depth <= DEEP && self.random.one_in(3) {
                match &members.additional {
                    AdditionalProperties::Schema(schema) => {
                        let value = self.value(*schema, depth + 1);
                        out.insert(format!("extra{}", self.random.below(3)), value);
                    }
                    AdditionalProperties::Allowed => drop(out.insert("extra".to_owned(), json!([1, null]))),
                    AdditionalProperties::Denied => {}
                }
            }
        }
        Value::Object(out)
    }

    fn array(&mut self, keywords: &[Keyword], depth: usize) -> Value {
        let (mut least, mut most) = (0, 3);
        let (mut prefix, mut rest, mut unique) = (Vec::new(), None, false);
        for keyword in keywords {
            match keyword {
                Keyword::Size { measure: Measure::Items, side: Side::Min, limit } => {
                    least = usize::try_from(*limit).unwrap_or(40).min(40)
                }
                Keyword::Size { measure: Measure::Items, side: Side::Max, limit } => {
                    most = most.min(usize::try_from(*limit).unwrap_or(3))
                }
                Keyword::Items(Items { prefix: first, rest: others }) => (prefix, rest) = (first.clone(), *others),
                Keyword::Contains(contains) => rest = rest.or(Some(contains.schema)),
                Keyword::UniqueItems => unique = true,
                _ => {}
            }
        }
        let most = if depth > DEEP { least } else { most.max(least) };
        let count = least + self.random.below(most - least + 1);
        let mut out: Vec<Value> = Vec::new();
        for index in 0..count {
            let schema = prefix.get(index).copied().or(rest);
            let value = schema.map_or_else(|| json!(index), |schema| self.value(schema, depth + 1));
            if !unique || !out.contains(&value) {
                out.push(value);
            }
        }
        Value::Array(out)
    }

    fn text(&mut self, keywords: &[Keyword]) -> String {
        let patterns: Vec<Pattern> = keywords
            .iter()
            .filter_map(|keyword| match keyword {
                Keyword::Pattern(source) => Some(Pattern::new(Box::leak(source.clone().into_boxed_str()))),
                _ => None,
            })
            .collect();
        let (mut least, mut most) = (0, 40);
        for keyword in keywords {
            match keyword {
                Keyword::Size { measure: Measure::Length, side: Side::Min, limit } => {
                    least = usize::try_from(*limit).unwrap_or(5000).min(5000)
                }
                Keyword::Size { measure: Measure::Length, side: Side::Max, limit } => {
                    most = usize::try_from(*limit).unwrap_or(40).min(5000)
                }
                _ => {}
            }
        }
        let start = self.random.below(TEXTS.len());
        let fits = |text: &str| {
            let length = text.chars().count();
            (least..=most.max(least)).contains(&length) && patterns.iter().all(|pattern| pattern.is_match(text))
        };
        let candidate = (0..TEXTS.len()).map(|offset| TEXTS[(start + offset) % TEXTS.len()]).find(|text| fits(text));
        if let Some(text) = candidate {
            return text.to_owned();
        }
        let characters = ["a", "1", "A", "é", "😀"];
        let character = characters[self.random.below(characters.len())];
        character.repeat(if self.random.one_in(2) { least.max(1) } else { most.max(least).min(least + 20) })
    }

    fn number(&mut self, keywords: &[Keyword], whole: bool) -> Value {
        let (mut least, mut most, mut step) = (-1000.0f64, 1000.0f64, None);
        for keyword in keywords {
            let float = |decimal: &planchet::api::Decimal| decimal.to_string().parse::<f64>().unwrap_or(0.0);
            match keyword {
                Keyword::Bound { side: Side::Min, exclusive: false, limit } => {
                    (least, most) = (float(limit), most.max(float(limit) + 10.0))
                }
                Keyword::Bound { side: Side::Min, exclusive: true, limit } => {
                    (least, most) = (float(limit) + 1.0, most.max(float(limit) + 10.0))
                }
                Keyword::Bound { side: Side::Max, exclusive: false, limit } => {
                    (least, most) = (least.min(float(limit)), float(limit))
                }
                Keyword::Bound { side: Side::Max, exclusive: true, limit } => {
                    (least, most) = (least.min(float(limit) - 2.0), float(limit) - 1.0)
                }
                Keyword::MultipleOf(limit) => step = Some(float(limit)),
                _ => {}
            }
        }
        let part = self.random.below(5) as f64 / 4.0;
        let mut value = least + (most - least) * part;
        if let Some(step) = step {
            value = (value / step).ceil() * step;
        }
        if whole || self.random.one_in(2) {
            let floor = value.ceil().min(most);
            if floor.fract() == 0.0 && floor.abs() < 9e15 {
                // `1.0` is an integer.
                return if self.random.one_in(10) { json!(floor) } else { json!(floor as i64) };
            }
        }
        json!(value)
    }

    /// Changes one thing: drops a member, adds one, changes a type, overruns a bound by one, breaks a text, repeats an element.
    fn change(&mut self, instance: &mut Value) {
        let mut places = Vec::new();
        collect(instance, String::new(), &mut places);
        let place = places[self.random.below(places.len())].clone();
        let choice = self.random.below(6);
        let Some(value) = instance.pointer_mut(&place) else { return };
        match (value, choice) {
            (Value::Object(members), 0 | 1) if !members.is_empty() => {
                let index = self.random.below(members.len());
                if let Some(name) = members.keys().nth(index).cloned() {
                    members.remove(&name);
                }
            }
            (Value::Object(members), 2) => drop(members.insert("undeclared".to_owned(), json!(true))),
            (Value::Array(elements), 0 | 1) if !elements.is_empty() => {
                let index = self.random.below(elements.len());
                elements.push(elements[index].clone());
            }
            (Value::Array(elements), 2) => drop(elements.pop()),
            (Value::String(text), 0) => text.push_str(&"x".repeat(1 + text.len())),
            (Value::String(text), 1) => drop(text.pop()),
            (Value::String(text), 2) => text.insert(0, '😀'),
            (Value::Number(number), 0..=2) => {
                let step = match choice {
                    0 => 1.0,
                    1 => -1.0,
                    _ => 0.5,
                };
                if let Some(changed) = number.as_f64().and_then(|old| serde_json::Number::from_f64(old + step)) {
                    *number = changed;
                }
            }
            (Value::Bool(flag), 0) => *flag = !*flag,
            (value, _) => {
                let others =
                    [json!(null), json!(7), json!("seven"), json!([1]), json!({"a": 1}), json!(1.5), json!(true)];
                *value = others[self.random.below(others.len())].clone();
            }
        }
    }
}

fn collect(value: &Value, pointer: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            collect(value, format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), places);
        }),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, value)| collect(value, format!("{pointer}/{index}"), places));
        }
        _ => {}
    }
    places.push(pointer);
}
