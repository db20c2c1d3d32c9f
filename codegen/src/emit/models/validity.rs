//! What is checked of a struct, one check a line.
//!
//! ```text
//! fn is_valid(&self, own: &'static support::Rules) -> bool {
//!     support::length_in(self.number.expose(), 0..=30)
//!         && self.cvv.as_option().is_none_or(|value| support::length_in(value, 3..=4))
//!         && self.owner.holds(&rules::OWNER)
//!         && self.tags.holds(own.property(3))
//!         && (self.month.is_some() || self.date.is_some())
//! }
//! ```
//!
//! Lengths, bounds, patterns and formats of scalars are code; the benches do not allow tables there (four times the time). A value with a
//! table of its own is asked by that; all else is a keyword or a property in the table of the struct.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::api::{
    AdditionalProperties, Api, Definition, Field, Items, Keyword, Members, Presence, Schema, SchemaId, Struct, Type,
    TypeSet,
};
use crate::runtime::{Measure, Side};

use crate::emit::models::coverage::{Demand, Part, demands};
use crate::emit::models::fallible::{Fallible, admits_null, branch_of_types, possible_types};
use crate::emit::models::object::of_self;
use crate::emit::models::scalar::Scalar;
use crate::emit::text::expression::Expression;

/// Makes the checks of structs.
pub struct Checks<'a> {
    /// The schemas.
    pub api: &'a Api,
    /// What can break its rules.
    pub fallible: &'a Fallible,
    /// The names of the statics of patterns, by source.
    pub patterns: &'a IndexMap<String, String>,
}

/// One condition.
#[derive(Clone, Debug)]
pub struct Check {
    /// The expression.
    pub code: Expression,
    /// Whether it reads the table of the struct (`own`).
    pub reads_own: bool,
    /// Whether it is several alternatives (`a || b`), which stand in parentheses beside others.
    pub has_alternatives: bool,
}

impl Check {
    fn new(code: Expression) -> Self {
        Self { code, reads_own: false, has_alternatives: false }
    }

    /// A condition of a part.
    fn of_part(code: Expression, part: &Part) -> Self {
        Self { code, reads_own: part.reads_own, has_alternatives: false }
    }
}

/// A value in emitted code.
#[derive(Clone)]
struct Place {
    expression: Expression,
    /// Whether it is a reference.
    is_reference: bool,
}

impl Place {
    /// A parameter of a closure.
    fn parameter(name: &'static str) -> Self {
        Self { expression: Expression::leaf(name), is_reference: true }
    }

    fn method(&self, name: &str, arguments: Vec<Expression>) -> Expression {
        self.expression.clone().method(name, arguments)
    }
}

impl Part {
    /// The table, as an argument.
    fn argument(&self) -> Expression {
        let rules = Expression::leaf(self.rules.clone());
        if self.is_static { rules.reference() } else { rules }
    }
}

impl Checks<'_> {
    /// The conditions of a struct, all of which hold for one that follows its schema; `None` where the tables alone can say.
    pub fn of(&self, definition: &Definition, structure: &Struct) -> Option<Vec<Check>> {
        let mut checks: Vec<Check> = Vec::new();
        // Several parts may say the same of a field.
        let mut seen: HashSet<(&str, SchemaId)> = HashSet::new();
        for demand in demands(definition, structure, self.api)? {
            match demand {
                Demand::Field { field, schema, part, index } => {
                    if seen.insert((&field.rust_name, self.api.schemas.resolve_alias(schema))) {
                        checks.extend(self.field(field, schema, &part, index));
                    }
                }
                Demand::Present(field) => checks.extend(is_present(field).map(Check::new)),
                Demand::Keyword { keyword, part, index } => checks.push({
                    any_present(keyword, structure, self.api).unwrap_or_else(|| {
                        let index = Expression::leaf(index.to_string());
                        let arguments = vec![Expression::leaf("self"), part.argument(), index];
                        Check::of_part(Expression::call("support::keyword_holds", arguments), &part)
                    })
                }),
                Demand::Others(part) => {
                    let arguments = vec![Expression::leaf("self"), part.argument()];
                    checks.push(Check::of_part(Expression::call("support::others_hold", arguments), &part));
                }
            }
        }
        Some(checks)
    }

    /// That a field follows the schema of a property.
    fn field(&self, field: &Field, schema: SchemaId, part: &Part, index: usize) -> Vec<Check> {
        if !self.fallible.field(field, schema, self.api) {
            return Vec::new();
        }
        let own = of_self(&field.rust_name);
        let nullable = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
        let option = if field.presence == Presence::OptionalNullable { "as_option" } else { "as_ref" };
        let option = own.clone().method(option, vec![]);
        let code = match field.presence {
            _ if nullable && !admits_null(schema, self.api) => None,
            Presence::Required => {
                self.value(&Place { expression: own.clone(), is_reference: false }, &field.ty, schema)
            }
            Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => {
                let checks = self.value(&Place::parameter("value"), &field.ty, schema);
                checks.map(|checks| when_there(option.clone(), checks))
            }
        };
        if let Some(code) = code {
            return code.into_iter().map(Check::new).collect();
        }
        let table = self.table(schema);
        let rules = table.clone().unwrap_or_else(|| {
            Expression::leaf(part.rules.clone()).method("property", vec![Expression::leaf(index.to_string())])
        });
        let code = match field.presence {
            Presence::Required | Presence::RequiredNullable => own.method("holds", vec![rules]),
            Presence::Optional => {
                let holds = Expression::leaf("value").method("holds", vec![rules]);
                option.method("is_none_or", vec![Expression::closure("value", holds)])
            }
            Presence::OptionalNullable => own.method("member_holds", vec![rules]),
        };
        vec![if table.is_some() { Check::new(code) } else { Check::of_part(code, part) }]
    }

    /// The static with the table of a schema.
    fn table(&self, id: SchemaId) -> Option<Expression> {
        let schema = self.api.schemas.get(self.api.schemas.resolve_alias(id));
        schema.anchor.as_ref().map(|anchor| Expression::leaf(format!("rules::{anchor}")).reference())
    }

    /// That a value follows a schema; `None` where code cannot say, and the schema has no table of its own.
    fn value(&self, place: &Place, ty: &Type, id: SchemaId) -> Option<Vec<Expression>> {
        if !self.fallible.value(id, ty, self.api) {
            return Some(Vec::new());
        }
        if let Some(branch) = possible_types(ty, self.api).and_then(|types| branch_of_types(id, types, self.api)) {
            return self.value(place, ty, branch);
        }
        self.as_code(place, ty, id).or_else(|| Some(vec![place.method("holds", vec![self.table(id)?])]))
    }

    fn as_code(&self, place: &Place, ty: &Type, id: SchemaId) -> Option<Vec<Expression>> {
        let schema = self.api.schemas.get(self.api.schemas.resolve_alias(id));
        match ty {
            Type::Array(element) if schema.types.contains(TypeSet::ARRAY) => self.elements(place, element, schema),
            Type::Map(value) if schema.types.contains(TypeSet::OBJECT) => self.values(place, value, schema),
            Type::Nullable(inner) if schema.types.contains(TypeSet::NULL) => {
                let checks = self.as_code(&Place::parameter("value"), inner, id)?;
                Some(when_there(place.method("as_ref", vec![]), checks))
            }
            ty => Scalar::of(place.expression.clone(), place.is_reference, ty)?.checks(schema, self.patterns),
        }
    }

    /// `items`, `minItems`, `maxItems`.
    fn elements(&self, place: &Place, element: &Type, schema: &Schema) -> Option<Vec<Expression>> {
        let mut checks = Vec::new();
        let (mut least, mut most) = (None, None);
        for keyword in schema.keywords.iter().filter(|keyword| keyword.types().intersects(TypeSet::ARRAY)) {
            match keyword {
                Keyword::Size { measure: Measure::Items, side: Side::Min, limit } => least = Some(*limit),
                Keyword::Size { measure: Measure::Items, side: Side::Max, limit } => most = Some(*limit),
                Keyword::Items(Items { prefix, rest: Some(rest) }) if prefix.is_empty() => {
                    checks.extend(self.each(place.method("iter", vec![]), element, *rest)?);
                }
                _ => return None,
            }
        }
        if least.is_some() || most.is_some() {
            let most = most.map_or_else(|| "u64::MAX".to_owned(), |most| most.to_string());
            let range = Expression::leaf(format!("{}..={most}", least.unwrap_or(0)));
            checks.insert(0, Expression::call("support::count_in", vec![place.method("len", vec![]), range]));
        }
        Some(checks)
    }

    /// `additionalProperties` of a map, where there is nothing else.
    fn values(&self, place: &Place, value: &Type, schema: &Schema) -> Option<Vec<Expression>> {
        let mut checks = Vec::new();
        for keyword in schema.keywords.iter().filter(|keyword| keyword.types().intersects(TypeSet::OBJECT)) {
            let Keyword::Members(Members { properties, required, patterns, additional }) = keyword else { return None };
            let AdditionalProperties::Schema(rest) = additional else { return None };
            if !(properties.is_empty() && required.is_empty() && patterns.is_empty()) {
                return None;
            }
            checks.extend(self.each(place.method("values", vec![]), value, *rest)?);
        }
        Some(checks)
    }

    /// That each value of an iterator follows a schema.
    fn each(&self, values: Expression, ty: &Type, schema: SchemaId) -> Option<Option<Expression>> {
        let checks = self.value(&Place::parameter("item"), ty, schema)?;
        let all = |checks| values.method("all", vec![Expression::closure("item", Expression::binary("&&", checks))]);
        Some((!checks.is_empty()).then(|| all(checks)))
    }
}

/// That a value of an `Option` passes all checks.
fn when_there(option: Expression, checks: Vec<Expression>) -> Vec<Expression> {
    if checks.is_empty() {
        return checks;
    }
    let closure = Expression::closure("value", Expression::binary("&&", checks));
    vec![option.method("is_none_or", vec![closure])]
}

/// That a field is there; `None` for one that always is.
fn is_present(field: &Field) -> Option<Expression> {
    let value = of_self(&field.rust_name);
    match field.presence {
        Presence::Required | Presence::RequiredNullable => None,
        Presence::Optional => Some(value.method("is_some", vec![])),
        Presence::OptionalNullable => Some(value.method("is_absent", vec![]).negated()),
    }
}

/// `anyOf` of lists of required members as code: `self.a.is_some() || self.b.is_some()`; `None` for any other keyword.
fn any_present(keyword: &Keyword, structure: &Struct, api: &Api) -> Option<Check> {
    let Keyword::AnyOf(branches) = keyword else { return None };
    let lists: Option<Vec<Expression>> =
        branches.parts.iter().map(|part| required_alone(api.schemas.get(*part), structure)).collect();
    let code = Expression::binary("||", lists?);
    Some(Check { code, reads_own: false, has_alternatives: branches.parts.len() > 1 })
}

/// That all members are there which a schema requires, where it says nothing else.
fn required_alone(schema: &Schema, structure: &Struct) -> Option<Expression> {
    let [Keyword::Members(Members { properties, required, patterns, additional })] = schema.keywords.as_slice() else {
        return None;
    };
    let alone = properties.is_empty() && patterns.is_empty() && *additional == AdditionalProperties::Allowed;
    if !alone || required.is_empty() || !schema.types.contains(TypeSet::OBJECT) {
        return None;
    }
    let is_there = |name: &String| is_present(structure.fields.iter().find(|field| field.name == *name)?);
    required.iter().map(is_there).collect::<Option<Vec<_>>>().map(|terms| Expression::binary("&&", terms))
}
