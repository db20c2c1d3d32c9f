//! How much code an API makes, before any of it is made.
//!
//! What is emitted grows with the document, but for what is repeated: the pointer of a schema, in each schema below it; a table that is
//! written in place, in each that holds it; the text of a parameter, in each operation that refers to it. A small document can be
//! written so that its crate fits no memory. An estimate, accurate to a factor of two, prevents that.

use std::collections::HashMap;

use crate::api::{
    Api, Argument, DefinitionKind, Demand, Keyword, Operation, Parameter, ParameterLocation, Schema, SchemaId,
};

use crate::emit::comment::docs::LONGEST_SHOWN;
use crate::emit::text::shape::WIDTH;

/// The bytes of code that an API makes, and what makes most of them, by its pointer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Bytes of all files, more or less.
    pub bytes: usize,
    /// The largest part.
    pub largest: usize,
    /// Where the document states it.
    pub pointer: String,
}

impl Extent {
    fn add(&mut self, bytes: usize, pointer: &str) {
        self.bytes = self.bytes.saturating_add(bytes);
        if bytes > self.largest {
            self.largest = bytes;
            pointer.clone_into(&mut self.pointer);
        }
    }
}

// Bytes of code, as measured on real documents and hostile ones.
const TABLE: usize = 170;
const TABLE_LINES: usize = 12;
const INDENT: usize = 16;
const TYPE: usize = 3_000;
const FIELD: usize = 560;
const VARIANT: usize = 400;
const METHOD: usize = 700;
const CALL: usize = 900;
const ARGUMENT: usize = 350;
const STATUS: usize = 300;
const SCHEME: usize = 40;

/// Estimates how much code an API makes.
pub fn extent(api: &Api) -> Extent {
    let mut extent = Extent::default();
    let mut tables = Tables { api, known: HashMap::new() };
    for (index, schema) in api.schemas.0.iter().enumerate().filter(|(_, schema)| schema.anchor.is_some()) {
        let table = tables.of(SchemaId(index), 0);
        extent.add(table.bytes.saturating_add(table.indentation).saturating_add(schema.pointer.len()), &schema.pointer);
    }
    for definition in &api.definitions.0 {
        let schema = api.schemas.get(definition.schema);
        let parts = match &definition.kind {
            DefinitionKind::Struct(structure) => structure
                .fields
                .iter()
                .map(|field| {
                    let schema = api.schemas.get(field.schema);
                    FIELD + 3 * field.name.len() + text_of(schema) + words_of(schema)
                })
                .fold(0, usize::saturating_add),
            DefinitionKind::Enum(enumeration) => enumeration
                .variants
                .iter()
                .map(|variant| VARIANT + 4 * variant.value.len())
                .fold(0, usize::saturating_add),
            DefinitionKind::Union(union) => union.variants.len() * 2 * VARIANT,
            DefinitionKind::Alias(_) => 0,
        };
        let bytes = TYPE.saturating_add(parts).saturating_add(text_of(schema)).saturating_add(schema.pointer.len());
        extent.add(bytes, &schema.pointer);
    }
    let webhooks = api.webhooks.iter().map(|webhook| &webhook.operation);
    for operation in api.operations.iter().chain(webhooks) {
        extent.add(operation_bytes(operation, api), &operation.pointer);
    }
    extent
}

fn operation_bytes(operation: &Operation, api: &Api) -> usize {
    let texts = |list: &[Option<&String>]| list.iter().flatten().map(|text| text.len()).sum::<usize>();
    let body = operation.body.as_ref();
    let methods = 1 + body.map_or(0, |body| body.others.len());
    let (mut repeated, mut once) = (0usize, 0usize);
    for parameter in &operation.parameters {
        let schema = api.schemas.get(parameter.schema);
        let documented = texts(&[parameter.description.as_ref()]) + text_of(schema) + words_of(schema);
        repeated = repeated.saturating_add(ARGUMENT + 3 * parameter.name.len());
        // An argument is documented at each method, what is set on the call at its setter.
        let place = if is_argument(parameter) { &mut repeated } else { &mut once };
        *place = place.saturating_add(documented);
    }
    let described = texts(&[operation.summary.as_ref(), operation.description.as_ref()])
        + texts(&[body.and_then(|body| body.description.as_ref())]);
    let schemes: usize = operation.security.iter().map(|schemes| SCHEME * (1 + schemes.len())).sum();
    let server = operation.servers.first().map_or(0, |server| server.url.len());
    let method = METHOD + 2 * operation.path.len() + described + schemes + 2 * server;
    let responses = operation.responses.iter().map(|response| {
        let headers = response.headers.iter().map(|header| 60 + texts(&[header.description.as_ref()])).sum::<usize>();
        let links = response.links.iter().map(|link| 60 + link.target.len() + texts(&[link.description.as_ref()]));
        let offered: usize = response.offered.iter().map(String::len).sum();
        STATUS
            + 2 * response.description.len()
            + texts(&[response.summary.as_ref()])
            + headers
            + methods * (links.sum::<usize>() + offered)
    });
    let responses = responses.fold(CALL, usize::saturating_add);
    methods.saturating_mul(method.saturating_add(repeated)).saturating_add(once).saturating_add(responses)
}

fn is_argument(parameter: &Parameter) -> bool {
    parameter.required || parameter.location == ParameterLocation::Path
}

/// The constraints of a schema in words, and its default, which are repeated wherever a value of it is documented.
fn words_of(schema: &Schema) -> usize {
    let demands = schema.keywords.iter().filter_map(Keyword::demand).map(|demand| match demand {
        Demand::Words(words) => words.len(),
        Demand::Pattern(text) | Demand::Format(text) => text.len().min(LONGEST_SHOWN),
    });
    let default = schema.annotations.default.as_ref().map_or(0, |default| default.to_string().len().min(LONGEST_SHOWN));
    demands.fold(default, usize::saturating_add)
}

/// The texts of a schema that stand wherever a value of it is documented.
fn text_of(schema: &Schema) -> usize {
    let annotations = &schema.annotations;
    let described = annotations.description.as_ref().or(annotations.title.as_ref()).map_or(0, String::len);
    // Each line has its margin.
    described + described / 8
}

/// What a table takes that is written in place.
#[derive(Clone, Copy, Default)]
struct Table {
    /// Without the indentation of its lines.
    bytes: usize,
    lines: usize,
    /// Of all lines.
    indentation: usize,
}

struct Tables<'a> {
    api: &'a Api,
    known: HashMap<SchemaId, Table>,
}

/// Maximum nesting of tables that are written in place: that of a document.
const DEEPEST: usize = 1_000;

impl Tables<'_> {
    fn of(&mut self, id: SchemaId, depth: usize) -> Table {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let schema = self.api.schemas.get(id);
        let mut table = Table { bytes: TABLE + schema.pointer.len(), lines: TABLE_LINES, indentation: 0 };
        table.bytes = table.bytes.saturating_add(schema.keywords.iter().map(own).fold(0, usize::saturating_add));
        for child in schema.children() {
            let child = self.api.schemas.resolve_alias(child);
            let is_named = self.api.schemas.get(child).anchor.is_some();
            let reference = Table { bytes: 60, lines: 1, indentation: 0 };
            let within = if is_named || depth >= DEEPEST { reference } else { self.of(child, depth + 1) };
            table.lines = table.lines.saturating_add(within.lines);
            table.bytes = table.bytes.saturating_add(within.bytes);
            let deeper = within.indentation.saturating_add(within.lines.saturating_mul(INDENT));
            // No line is indented by more than its width.
            table.indentation = table.indentation.saturating_add(deeper.min(within.lines.saturating_mul(WIDTH)));
        }
        self.known.insert(id, table);
        table
    }
}

/// The size of a keyword without the tables of its schemas.
fn own(keyword: &Keyword) -> usize {
    keyword.constructor().1.iter().map(written).fold(40, usize::saturating_add)
}

/// What the texts and values take that a keyword is written with.
fn written(argument: &Argument<'_>) -> usize {
    let names = |names: &[String]| names.iter().map(|name| 6 + name.len()).sum::<usize>();
    match argument {
        Argument::Literals(values) => values.iter().map(|value| 30 + value.to_string().len()).sum(),
        Argument::Pattern(source) => source.len(),
        Argument::Members(members) => {
            let declared = members.properties.iter().map(|property| 60 + property.name.len());
            declared.sum::<usize>() + names(&members.required)
        }
        Argument::NamedNames(named) => named.iter().map(|(name, list)| 10 + name.len() + names(list)).sum(),
        Argument::NamedSchemas(named) => named.iter().map(|(name, _)| 10 + name.len()).sum(),
        Argument::Struct(_, fields) => fields.iter().map(|(_, argument)| written(argument)).sum(),
        Argument::Count(_)
        | Argument::Most(_)
        | Argument::Decimal(_)
        | Argument::Format(_)
        | Argument::Schema(_)
        | Argument::Optional(_)
        | Argument::Schemas(_)
        | Argument::Exclusive(_) => 0,
    }
}
