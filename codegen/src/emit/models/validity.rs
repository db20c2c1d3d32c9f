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

use indexmap::IndexMap;

use crate::api::{
    AdditionalProperties, Api, Decimal, Definition, Field, Format, FormatCheck, Items, Keyword, Members, Presence,
    Schema, SchemaId, Struct, Type, TypeSet, formats,
};
use crate::runtime::{Measure, Pattern, Side};

use crate::emit::models::coverage::{Demand, Part, demands};
use crate::emit::models::fallible::{Fallible, admits_null, branch_of_types, possible_types};

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The expression.
    pub code: String,
    /// Whether it reads the table of the struct (`own`).
    pub reads_own: bool,
    /// Whether it is several alternatives (`a || b`), which stand in parentheses beside others.
    pub has_alternatives: bool,
}

impl Check {
    fn new(code: String) -> Self {
        Self { code, reads_own: false, has_alternatives: false }
    }

    /// A condition of a part.
    fn of_part(code: String, part: &Part) -> Self {
        Self { code, reads_own: !part.is_static, has_alternatives: false }
    }
}

/// A value in emitted code.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The expression.
    text: &'a str,
    /// Whether it is a reference.
    is_reference: bool,
}

impl Checks<'_> {
    /// The conditions of a struct, all of which hold for one that follows its schema; `None` where the tables alone can say.
    pub fn of(&self, definition: &Definition, structure: &Struct) -> Option<Vec<Check>> {
        let mut checks: Vec<Check> = Vec::new();
        for demand in demands(definition, structure, self.api)? {
            let found = match demand {
                Demand::Field { field, schema, part, index } => self.field(field, schema, &part, index),
                Demand::Present(field) => vec![Check::new(is_present(field))],
                Demand::Keyword { keyword, part, index } => match any_present(keyword, structure, self.api) {
                    Some(check) => vec![check],
                    None => {
                        let code = format!("support::keyword_holds(self, {}, {index})", part.borrowed());
                        vec![Check::of_part(code, &part)]
                    }
                },
                Demand::Others(part) => {
                    vec![Check::of_part(format!("support::others_hold(self, {})", part.borrowed()), &part)]
                }
            };
            for check in found {
                if !checks.contains(&check) {
                    checks.push(check);
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
        let own = format!("self.{}", field.rust_name);
        let nullable = matches!(field.presence, Presence::RequiredNullable | Presence::OptionalNullable);
        let code = match field.presence {
            _ if nullable && !admits_null(schema, self.api) => None,
            Presence::Required => self.value(Place { text: &own, is_reference: false }, &field.ty, schema),
            Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => {
                let access = if field.presence == Presence::OptionalNullable { "as_option()" } else { "as_ref()" };
                let checks = self.value(Place { text: "value", is_reference: true }, &field.ty, schema);
                checks.map(|checks| when_there(&format!("{own}.{access}"), &checks))
            }
        };
        if let Some(code) = code {
            return code.into_iter().map(Check::new).collect();
        }
        let table = self.table(schema);
        let rules = table.clone().unwrap_or_else(|| format!("{}.property({index})", part.rules));
        let code = match field.presence {
            Presence::Required | Presence::RequiredNullable => format!("{own}.holds({rules})"),
            Presence::Optional => format!("{own}.as_ref().is_none_or(|value| value.holds({rules}))"),
            Presence::OptionalNullable => format!("{own}.member_holds({rules})"),
        };
        vec![if table.is_some() { Check::new(code) } else { Check::of_part(code, part) }]
    }

    /// The static with the table of a schema.
    fn table(&self, id: SchemaId) -> Option<String> {
        let schema = self.api.schemas.get(self.api.schemas.decisive(id));
        schema.anchor.as_ref().map(|anchor| format!("&rules::{anchor}"))
    }

    /// That a value follows a schema; `None` where code cannot say, and the schema has no table of its own.
    fn value(&self, place: Place<'_>, ty: &Type, id: SchemaId) -> Option<Vec<String>> {
        if !self.fallible.value(id, ty, self.api) {
            return Some(Vec::new());
        }
        if let Some(branch) = possible_types(ty, self.api).and_then(|types| branch_of_types(id, types, self.api)) {
            return self.value(place, ty, branch);
        }
        self.as_code(place, ty, id).or_else(|| Some(vec![format!("{}.holds({})", place.text, self.table(id)?)]))
    }

    fn as_code(&self, place: Place<'_>, ty: &Type, id: SchemaId) -> Option<Vec<String>> {
        let schema = self.api.schemas.get(self.api.schemas.decisive(id));
        match ty {
            Type::Array(element) if schema.types.contains(TypeSet::ARRAY) => self.elements(place, element, schema),
            Type::Map(value) if schema.types.contains(TypeSet::OBJECT) => self.values(place, value, schema),
            Type::Nullable(inner) if schema.types.contains(TypeSet::NULL) => {
                let some = Place { text: "value", is_reference: true };
                let checks = self.as_code(some, inner, id)?;
                Some(when_there(&format!("{}.as_ref()", place.text), &checks))
            }
            ty => scalar(place, ty, schema, self.patterns),
        }
    }

    /// `items`, `minItems`, `maxItems`.
    fn elements(&self, place: Place<'_>, element: &Type, schema: &Schema) -> Option<Vec<String>> {
        let mut checks = Vec::new();
        let (mut least, mut most) = (None, None);
        for keyword in schema.keywords.iter().filter(|keyword| keyword.types().intersects(TypeSet::ARRAY)) {
            match keyword {
                Keyword::Size { measure: Measure::Items, side: Side::Min, limit } => least = Some(*limit),
                Keyword::Size { measure: Measure::Items, side: Side::Max, limit } => most = Some(*limit),
                Keyword::Items(Items { prefix, rest: Some(rest) }) if prefix.is_empty() => {
                    checks.extend(self.each(&format!("{}.iter()", place.text), element, *rest)?);
                }
                _ => return None,
            }
        }
        if least.is_some() || most.is_some() {
            checks.insert(0, format!("support::count_in({}.len(), {})", place.text, range(least, most)));
        }
        Some(checks)
    }

    /// `additionalProperties` of a map, where there is nothing else.
    fn values(&self, place: Place<'_>, value: &Type, schema: &Schema) -> Option<Vec<String>> {
        let mut checks = Vec::new();
        for keyword in schema.keywords.iter().filter(|keyword| keyword.types().intersects(TypeSet::OBJECT)) {
            let Keyword::Members(Members { properties, required, patterns, additional }) = keyword else { return None };
            let AdditionalProperties::Schema(rest) = additional else { return None };
            if !(properties.is_empty() && required.is_empty() && patterns.is_empty()) {
                return None;
            }
            checks.extend(self.each(&format!("{}.values()", place.text), value, *rest)?);
        }
        Some(checks)
    }

    /// That each value of an iterator follows a schema.
    fn each(&self, values: &str, ty: &Type, schema: SchemaId) -> Option<Option<String>> {
        let checks = self.value(Place { text: "item", is_reference: true }, ty, schema)?;
        Some((!checks.is_empty()).then(|| format!("{values}.all(|item| {})", checks.join(" && "))))
    }
}

/// That a value of an `Option` passes all checks.
fn when_there(option: &str, checks: &[String]) -> Vec<String> {
    if checks.is_empty() { Vec::new() } else { vec![format!("{option}.is_none_or(|value| {})", checks.join(" && "))] }
}

/// That a field is there.
fn is_present(field: &Field) -> String {
    match field.presence {
        Presence::Required | Presence::RequiredNullable => "true".to_owned(),
        Presence::Optional => format!("self.{}.is_some()", field.rust_name),
        Presence::OptionalNullable => format!("!self.{}.is_absent()", field.rust_name),
    }
}

/// `anyOf` of lists of required members as code: `self.a.is_some() || self.b.is_some()`; `None` for any other keyword.
fn any_present(keyword: &Keyword, structure: &Struct, api: &Api) -> Option<Check> {
    let Keyword::AnyOf(branches) = keyword else { return None };
    let lists: Option<Vec<String>> =
        branches.parts.iter().map(|part| required_alone(api.schemas.get(*part), structure)).collect();
    let code = lists?.join(" || ");
    Some(Check { code, reads_own: false, has_alternatives: branches.parts.len() > 1 })
}

/// That all members are there which a schema requires, where it says nothing else.
fn required_alone(schema: &Schema, structure: &Struct) -> Option<String> {
    let [Keyword::Members(Members { properties, required, patterns, additional })] = schema.keywords.as_slice() else {
        return None;
    };
    let alone = properties.is_empty() && patterns.is_empty() && *additional == AdditionalProperties::Allowed;
    if !alone || required.is_empty() || !schema.types.contains(TypeSet::OBJECT) {
        return None;
    }
    let is_there = |name: &String| {
        let field = structure.fields.iter().find(|field| field.name == *name)?;
        let optional = matches!(field.presence, Presence::Optional | Presence::OptionalNullable);
        optional.then(|| is_present(field))
    };
    required.iter().map(is_there).collect::<Option<Vec<String>>>().map(|terms| terms.join(" && "))
}

/// The rules of a scalar, where they are lengths, bounds, patterns and formats; `None` for all others.
fn scalar(place: Place<'_>, ty: &Type, schema: &Schema, patterns: &IndexMap<String, String>) -> Option<Vec<String>> {
    let Place { text: value, is_reference } = place;
    let text = match ty {
        Type::String if is_reference => value.to_owned(),
        Type::String => format!("&{value}"),
        Type::Formatted(_) => format!("{value}.as_str()"),
        Type::Secret(inner) if **inner == Type::String => format!("{value}.expose()"),
        Type::Integer | Type::Number if is_reference => format!("*{value}"),
        Type::Integer | Type::Number => value.to_owned(),
        _ => return None,
    };
    let own_type = match ty {
        Type::Integer => TypeSet::INTEGER,
        Type::Number => TypeSet::NUMBER,
        _ => TypeSet::STRING,
    };
    if !schema.types.contains(own_type) {
        return None;
    }
    let (mut least, mut most) = (None, None);
    let mut checks = Vec::new();
    let mut bounds = Bounds::default();
    for keyword in &schema.keywords {
        match keyword {
            // It says nothing of values of another type.
            keyword if !keyword.types().intersects(own_type) => {}
            Keyword::Size { measure: Measure::Length, side: Side::Min, limit } => least = Some(*limit),
            Keyword::Size { measure: Measure::Length, side: Side::Max, limit } => most = Some(*limit),
            // One that may have no answer is left to the tables.
            Keyword::Pattern(source) if !Pattern::is_linear(source) => return None,
            Keyword::Pattern(source) => {
                checks.push(format!("rules::{}.is_match({text})", patterns.get(source)?));
            }
            Keyword::Format(format) => checks.extend(format_check(value, &text, ty, format)?),
            Keyword::Bound { side, exclusive, limit } => {
                let bound = match (side, exclusive) {
                    (Side::Min, false) => &mut bounds.least,
                    (Side::Max, false) => &mut bounds.most,
                    (Side::Min, true) => &mut bounds.above,
                    (Side::Max, true) => &mut bounds.below,
                };
                *bound = Some(whole(limit)?);
            }
            _ => return None,
        }
    }
    checks.extend(bounds.checks(value, is_reference, ty));
    match (least, most) {
        (None, None) => {}
        (Some(1), None) => {
            let owner = if matches!(ty, Type::String) { value } else { &text };
            checks.insert(0, format!("!{owner}.is_empty()"));
        }
        (least, most) => checks.insert(0, format!("support::length_in({text}, {})", range(least, most))),
    }
    Some(checks)
}

/// `2..=4`, from 0 where nothing is said.
fn range(least: Option<u64>, most: Option<u64>) -> String {
    match (least.unwrap_or(0), most) {
        (least, Some(most)) => format!("{least}..={most}"),
        (least, None) => format!("{least}..=u64::MAX"),
    }
}

/// A format as code: `Some(None)` for one that cannot fail, `None` for what is left to the tables. `value` is the name of the value, `argument`
/// what is passed to a function of it.
fn format_check(value: &str, argument: &str, ty: &Type, format: &Format) -> Option<Option<String>> {
    match (format.check.clone(), ty, format.name.as_str()) {
        (FormatCheck::Annotate, ..) | (_, Type::Integer, "int64") => Some(None),
        (FormatCheck::Function(_), Type::Integer | Type::Number, _) => Some(None),
        (FormatCheck::Function(path), ..) => Some(Some(format!("{path}({argument})"))),
        (_, Type::Integer, "int32") => Some(Some(format!("i32::try_from({argument}).is_ok()"))),
        (_, Type::Number, "double") => Some(Some(format!("{value}.is_finite()"))),
        (_, Type::Integer | Type::Number, name) => formats::built_in(name).is_none().then_some(None),
        (_, _, name) => {
            Some(formats::built_in(name).map(|path| format!("support::formats::{path}.text_holds({argument})")))
        }
    }
}

/// A limit that is a literal of either type without loss: beyond 2^53 not every whole number is a float (IEEE 754 binary64).
pub fn whole(limit: &Decimal) -> Option<i128> {
    limit.to_integer().filter(|whole| whole.unsigned_abs() <= 1 << 53)
}

/// The bounds of a number.
#[derive(Default)]
struct Bounds {
    least: Option<i128>,
    most: Option<i128>,
    above: Option<i128>,
    below: Option<i128>,
}

impl Bounds {
    fn checks(&self, name: &str, is_reference: bool, ty: &Type) -> Vec<String> {
        let (value, place) = match is_reference {
            true => (format!("*{name}"), name.to_owned()),
            false => (name.to_owned(), format!("&{name}")),
        };
        let literal = |whole: i128| if *ty == Type::Number { format!("{whole}.0") } else { whole.to_string() };
        let mut checks = Vec::new();
        match (self.least, self.most) {
            (Some(least), Some(most)) => {
                checks.push(format!("({}..={}).contains({place})", literal(least), literal(most)));
            }
            (Some(least), None) => checks.push(format!("{value} >= {}", literal(least))),
            (None, Some(most)) => checks.push(format!("{value} <= {}", literal(most))),
            (None, None) => {}
        }
        checks.extend(self.above.map(|above| format!("{value} > {}", literal(above))));
        checks.extend(self.below.map(|below| format!("{value} < {}", literal(below))));
        checks
    }
}
