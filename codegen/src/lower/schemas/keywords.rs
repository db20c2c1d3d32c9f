//! The keywords of one schema object, as the version of the document means them.
//!
//! ```yaml
//! minimum: 1                # Bound { side: Min, exclusive: false, limit: 1 }; in 3.0 exclusive with `exclusiveMinimum: true`
//! exclusiveMinimum: 1       # 3.1: Bound { side: Min, exclusive: true, limit: 1 }
//! const: a                  # 3.1: Enum(["a"])
//! ```

use crate::api::{
    AdditionalProperties, Branches, Contains, Decimal, Format, If, Items, Keyword, Members, Property, SchemaId,
};
use crate::diagnostic as catalogue;
use crate::document::{Node, NodeValue, escape as escape_pointer, resolve};

use crate::runtime::{Measure, Pattern, Side};

use crate::lower::schemas::reader::{Reader, Reading};

/// Reads the keywords of one schema.
pub(crate) struct Keywords<'a, 'c> {
    reader: &'a mut Reader<'c>,
    id: SchemaId,
    node: &'c Node,
    pointer: &'a str,
    reading: &'a Reading,
    list: Vec<Keyword>,
}

impl<'a, 'c> Keywords<'a, 'c> {
    /// The keywords of the schema object at a pointer, in the order of [`Keyword::rank`].
    pub(crate) fn read(
        reader: &'a mut Reader<'c>,
        id: SchemaId,
        reading: &'a Reading,
        node: &'c Node,
        pointer: &'a str,
    ) -> Vec<Keyword> {
        let mut keywords = Self { reader, id, node, pointer, reading, list: Vec::new() };
        keywords.scalars();
        keywords.arrays();
        keywords.objects();
        keywords.applicators();
        keywords.list.sort_by_key(Keyword::rank);
        keywords.list
    }

    fn decimal(&mut self, key: &str) -> Option<Decimal> {
        let node = self.node.get(key)?;
        let NodeValue::Number(text) = &node.value else { return None };
        let decimal = Decimal::parse(text);
        if decimal.is_none() {
            let message = format!("`{key}` has more digits than can be compared exactly, and is not enforced");
            self.reader.context().report(&catalogue::KEYWORD_NOT_ENFORCED, node, message);
        }
        decimal
    }

    /// Says so where a listed value has a number that no type holds.
    fn exact(&mut self, key: &str, value: &Node) {
        if let Some(number) = value.inexact_number() {
            let message = format!(
                "`{key}` lists a number that neither 64 bits nor a float hold; the nearest float is listed instead"
            );
            self.reader.context().report(&catalogue::INEXACT_NUMBER, number, message);
        }
    }

    fn count(&self, key: &str) -> Option<u64> {
        self.node.get(key)?.as_u64()
    }

    fn text(&self, key: &str) -> Option<String> {
        self.node.get(key)?.as_str().map(str::to_owned)
    }

    fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool).unwrap_or(false)
    }

    fn push<T>(&mut self, keyword: fn(T) -> Keyword, value: Option<T>) {
        self.list.extend(value.map(keyword));
    }

    fn child(&mut self, suffix: &str) -> SchemaId {
        let pointer = format!("{}/{suffix}", self.pointer);
        self.reader.schema_from(self.id, &pointer)
    }

    fn child_of(&mut self, key: &str) -> Option<SchemaId> {
        self.node.get(key)?;
        if self.reader.context().document.cuts.parts.contains(&format!("{}/{key}", self.pointer)) {
            return None;
        }
        Some(self.child(key))
    }

    fn children(&mut self, key: &str) -> Option<Vec<SchemaId>> {
        let count = self.node.get(key)?.as_array()?.len();
        let mut children = Vec::with_capacity(count);
        for index in 0..count {
            let pointer = format!("{}/{key}/{index}", self.pointer);
            let cuts = &self.reader.context().document.cuts;
            if cuts.parts.contains(&pointer) {
                continue;
            }
            let null = if key == "allOf" { None } else { self.reader.null_branch(&pointer) };
            if let Some(null) = null {
                children.push(null);
                continue;
            }
            let cuts = &self.reader.context().document.cuts;
            children.push(if cuts.without_union.contains(&pointer) {
                self.reader.schema_without_union(&pointer)
            } else {
                self.reader.schema_from(self.id, &pointer)
            });
        }
        Some(children)
    }

    fn named_children(&mut self, key: &str) -> Option<Vec<(String, SchemaId)>> {
        let members = self.node.get(key)?.as_object()?;
        Some(
            members.keys().map(|name| (name.clone(), self.child(&format!("{key}/{}", escape_pointer(name))))).collect(),
        )
    }

    fn scalars(&mut self) {
        // JSON Schema 2020-12 admits nothing by an empty list; before, a list must not be empty, and says nothing.
        let says = |values: &&[Node]| !values.is_empty() || self.reader.context().is_31();
        if let Some(values) = self.node.get("enum").and_then(Node::as_array).filter(says) {
            values.iter().for_each(|value| self.exact("enum", value));
            let mut listed: Vec<serde_json::Value> = values.iter().map(Node::to_json).collect();
            if self.reader.lists_null_as_meant(self.reading, self.node, values) {
                listed.push(serde_json::Value::Null);
            }
            self.list.push(Keyword::Enum(listed));
        }
        if let Some(value) = self.node.get("const").filter(|_| self.reader.context().is_31()) {
            self.exact("const", value);
            self.list.push(Keyword::Enum(vec![value.to_json()]));
        }
        self.sizes(Measure::Length);
        let pattern = self.text("pattern").filter(|source| is_enforced(source));
        self.push(Keyword::Pattern, pattern);
        let file = self.text("type").is_some_and(|name| name == "file");
        let format = if file { Some("binary".to_owned()) } else { self.text("format") };
        if let Some(name) = format {
            let check = self.reader.context().choices.format_check(&name);
            self.list.push(Keyword::Format(Format { name, check }));
        }
        self.bounds();
        let positive = |text: &str| text.parse::<f64>().is_ok_and(|number| number > 0.0);
        let is_positive = self.node.get("multipleOf").and_then(Node::as_number).is_some_and(positive);
        let multiple_of = if is_positive { self.decimal("multipleOf") } else { None };
        self.push(Keyword::MultipleOf, multiple_of);
    }

    /// The limits of a size; one of at least 0 asserts nothing.
    fn sizes(&mut self, measure: Measure) {
        for side in [Side::Min, Side::Max] {
            let keyword = |limit| Keyword::Size { measure, side, limit };
            let limit = self.count(keyword(0).name()).filter(|limit| side == Side::Max || *limit > 0);
            self.list.extend(limit.map(keyword));
        }
    }

    /// Exclusive bounds are flags in 3.0 and numbers in 3.1.
    fn bounds(&mut self) {
        for side in [Side::Min, Side::Max] {
            let keyword = |exclusive, limit| Keyword::Bound { side, exclusive, limit };
            let [inclusive, exclusive] = [false, true].map(|exclusive| keyword(exclusive, Decimal::ZERO).name());
            let (limit, is_flagged) = (self.decimal(inclusive), self.flag(exclusive));
            self.list.extend(limit.map(|limit| keyword(is_flagged, limit)));
            if !is_flagged {
                let limit = self.decimal(exclusive);
                self.list.extend(limit.map(|limit| keyword(true, limit)));
            }
        }
    }

    fn arrays(&mut self) {
        // Older drafts wrote `prefixItems` as an array of `items`, and `items` as `additionalItems`.
        let tuple = self.children("items");
        let rest = if tuple.is_some() { None } else { self.child_of("items") };
        let prefix = tuple.or_else(|| self.children("prefixItems")).unwrap_or_default();
        if rest.is_some() || !prefix.is_empty() {
            self.list.push(Keyword::Items(Items { prefix, rest }));
        }
        self.sizes(Measure::Items);
        if self.flag("uniqueItems") {
            self.list.push(Keyword::UniqueItems);
        }
        if let Some(schema) = self.child_of("contains") {
            let (min, max) = (self.count("minContains").unwrap_or(1), self.count("maxContains"));
            self.list.push(Keyword::Contains(Contains { schema, min, max }));
        }
    }

    fn objects(&mut self) {
        let required: Vec<String> = self
            .node
            .get("required")
            .and_then(Node::as_array)
            .map(|names| names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
            .unwrap_or_default();
        let properties: Vec<Property> = self
            .named_children("properties")
            .unwrap_or_default()
            .into_iter()
            .map(|(name, schema)| Property { required: required.contains(&name), held: true, name, schema })
            .collect();
        let mut undeclared: Vec<String> = Vec::new();
        for name in required {
            if !undeclared.contains(&name) && !properties.iter().any(|property| property.name == name) {
                undeclared.push(name);
            }
        }
        let mut patterns = self.named_children("patternProperties").unwrap_or_default();
        let stated = patterns.len();
        patterns.retain(|(source, _)| is_enforced(source));
        let additional = match self.node.get("additionalProperties").map(|node| &node.value) {
            // Which names are additional is not known.
            _ if patterns.len() < stated => AdditionalProperties::Allowed,
            Some(NodeValue::Bool(false)) => AdditionalProperties::Denied,
            Some(NodeValue::Object(members)) if !members.is_empty() => {
                AdditionalProperties::Schema(self.child("additionalProperties"))
            }
            _ => AdditionalProperties::Allowed,
        };
        let members = Members { properties, required: undeclared, patterns, additional };
        if members != Members::default() {
            self.list.push(Keyword::Members(members));
        }
        self.sizes(Measure::Properties);
        let names = self.child_of("propertyNames");
        self.push(Keyword::PropertyNames, names);
        let dependent = self.node.get("dependentRequired").and_then(Node::as_object).map(|members| {
            let names = |node: &Node| {
                let names = node.as_array().unwrap_or_default().iter();
                names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
            };
            members.iter().map(|(name, member)| (name.clone(), names(&member.node))).collect()
        });
        self.push(Keyword::DependentRequired, dependent);
        let dependent = self.named_children("dependentSchemas");
        self.push(Keyword::DependentSchemas, dependent);
    }

    fn applicators(&mut self) {
        let cut = self.reader.context().document.cuts.parts.contains(self.pointer);
        let reference = self.text("$ref").filter(|_| !cut);
        if let Some((_, target)) = reference.and_then(|reference| resolve(self.reader.context().document, &reference)) {
            let cut = self.reader.context().document.cuts.without_union.contains(self.pointer);
            let schema =
                if cut { self.reader.schema_without_union(&target) } else { self.reader.schema_from(self.id, &target) };
            self.list.push(Keyword::Ref(schema));
        }
        self.dynamic_reference();
        for (key, keyword) in [
            ("allOf", Keyword::AllOf as fn(Vec<SchemaId>) -> Keyword),
            ("anyOf", |parts| Keyword::AnyOf(Branches::of(parts))),
            ("oneOf", |parts| Keyword::OneOf(Branches::of(parts))),
        ] {
            if *self.reading == Reading::WithoutUnion && key != "allOf" {
                continue;
            }
            let branches = self.children(key).filter(|branches| !branches.is_empty());
            self.push(keyword, branches);
        }
        let not = self.child_of("not");
        self.push(Keyword::Not, not);
        if let Some(condition) = self.child_of("if") {
            let (then, otherwise) = (self.child_of("then"), self.child_of("else"));
            self.list.push(Keyword::If(If { condition, then, otherwise }));
        }
        if self.reader.context().is_31() {
            let every = self.node.get("additionalProperties").is_some_and(allows_everything);
            if every && self.reader.has_unevaluated() {
                self.list.push(Keyword::EveryMember);
            }
            let items = self.child_of("unevaluatedItems");
            self.push(Keyword::UnevaluatedItems, items);
            let properties = self.child_of("unevaluatedProperties");
            self.push(Keyword::UnevaluatedProperties, properties);
        }
    }

    fn dynamic_reference(&mut self) {
        let cut = self.reader.context().document.cuts.parts.contains(self.pointer);
        let Some(node) = self.node.get("$dynamicRef").filter(|_| self.reader.context().is_31() && !cut) else { return };
        match node.as_str().and_then(|reference| resolve(self.reader.context().document, reference)) {
            Some((_, target)) => {
                let schema = self.reader.dynamic_schema(self.id, &target);
                self.list.push(Keyword::Ref(schema));
            }
            None => self.reader.context().report(
                &catalogue::KEYWORD_NOT_ENFORCED,
                node,
                "this `$dynamicRef` leads to nothing, and is not enforced",
            ),
        }
    }
}

/// Whether a pattern is one; reading the document has said so where it is none.
fn is_enforced(source: &str) -> bool {
    Pattern::read(source).is_ok()
}

/// `true` or `{}`.
fn allows_everything(schema: &Node) -> bool {
    schema.as_bool().unwrap_or_else(|| schema.as_object().is_some_and(indexmap::IndexMap::is_empty))
}
