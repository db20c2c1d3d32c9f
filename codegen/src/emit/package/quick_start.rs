//! The quick start that the page of a crate opens with: a program of the document's first operations, which `cargo test` compiles.
//!
//! ```text
//! let client = petstore::Client::builder().api_key(std::env::var("API_KEY")?).build()?;
//!
//! let answer = client.list_pets().await?;
//! println!("{:?}", answer.body());
//! ```
//!
//! It is made of names that `lower/` gave out and of values of ours: no text of the document is in it but the escaped URL of a server. An
//! operation that needs a body with few required members is called with one from its builder. Where no operation is that simple, the body
//! of the first is read from a file.

use crate::api::{
    Api, DefinitionKind, Encoding, Field, FormatType, Keyword, MediaType, Operation, Parameter, Presence, SchemaId,
    SecurityKind, Struct, Type,
};
use crate::runtime::Side;

use crate::emit::client::arguments::{arguments, is_absolute, is_text_body, optional_body};
use crate::emit::client::tags::{UNTAGGED, tag_feature};
use crate::emit::comment::docs::code;
use crate::emit::models::builder::setter_name;
use crate::emit::package::exports::has_client_at_root;

/// Among so many simple operations the second one is looked for.
const LOOKED_AT: usize = 20;

/// A body with more required members is no part of a quick start.
const MEMBERS: usize = 8;

/// Structs within structs, so deep.
const DEEPEST: usize = 3;

/// The schema of a type without rules of its own.
const NO_SCHEMA: SchemaId = SchemaId(usize::MAX);

/// A line that fits, in characters (rustfmt, `chain_width`).
const CHAIN: usize = 60;

/// The quick start of a crate, as Markdown; `None` for a document without operations that can be called.
pub fn quick_start(api: &Api, crate_name: &str, recursion_limit: Option<usize>) -> Option<String> {
    let program = Program { api, crate_name };
    let calls = program.calls()?;
    let mut features: Vec<String> = vec!["feature = \"client\"".to_owned()];
    for call in calls.iter().filter(|_| api.tag_features) {
        let gate = format!("feature = \"{}\"", tag_feature(call.operation.tag.as_deref().unwrap_or(UNTAGGED)));
        if !features.contains(&gate) {
            features.push(gate);
        }
    }
    let gate = if features.len() == 1 { features.concat() } else { format!("all({})", features.join(", ")) };
    let server = api.servers.first().map(|server| server.url.as_str()).filter(|url| is_base_url(url));
    let mut text = String::new();
    text.push_str("Operations are methods of a client. ");
    text.push_str(&match server {
        Some(url) => format!("It sends requests to {}, unless it is given another base URL:", code(url)),
        None => "The document names no server, so it is given a base URL:".to_owned(),
    });
    text.push_str("\n\n```no_run\n");
    if let Some(limit) = recursion_limit {
        text.push_str(&format!("# #![recursion_limit = \"{limit}\"]\n"));
    }
    text.push_str(&format!("# #[cfg({gate})]\n"));
    text.push_str("# async fn quick_start() -> Result<(), Box<dyn std::error::Error>> {\n");
    text.push_str(&program.client(&calls, server.is_some()));
    for call in &calls {
        text.push('\n');
        text.push_str(&call.lines());
    }
    text.push_str("# Ok(())\n# }\n```");
    Some(text)
}

/// Whether a URL of the document is one that a client can send to as it is.
fn is_base_url(url: &str) -> bool {
    is_absolute(url) && !url.contains(['{', '}', ' '])
}

/// A call of an operation.
struct Call<'a> {
    operation: &'a Operation,
    /// The expression of its body, where that has a line of its own.
    body: Option<String>,
    /// What it is called with.
    arguments: Vec<String>,
    /// What is set on it.
    set: Option<String>,
}

impl Call<'_> {
    /// The lines of the call.
    fn lines(&self) -> String {
        let body = self.body.as_ref().map(|body| format!("let body = {body};\n")).unwrap_or_default();
        let mut arguments = self.arguments.join(", ");
        if arguments.chars().count() > CHAIN {
            arguments = self.arguments.iter().map(|argument| format!("\n    {argument},")).collect::<String>() + "\n";
        }
        let call = format!("{}({arguments})", self.operation.rust_name);
        let calls: Vec<String> = [call].into_iter().chain(self.set.clone()).chain(["await?".to_owned()]).collect();
        let shown =
            if self.answers() { "println!(\"{:?}\", answer.body());" } else { "println!(\"{}\", answer.status());" };
        format!("{body}let answer = {};\n{shown}\n", chain("client", &calls))
    }

    /// Whether its success has a body of the document's.
    fn answers(&self) -> bool {
        let successes = self.operation.responses.iter().filter(|response| response.status.is_success());
        let mut bodies = successes.filter_map(|response| response.content.as_ref()).peekable();
        // Of a type of the user's it is not known whether it can be shown.
        bodies.peek().is_some() && bodies.all(|media| !media.ty.layers().any(|ty| matches!(ty, Type::Mapped(_))))
    }
}

struct Program<'a> {
    api: &'a Api,
    crate_name: &'a str,
}

impl<'a> Program<'a> {
    /// The first operation that can be called simply, and the first other one that has a body where it has none, or the other way round;
    /// else the first one that can be called at all.
    fn calls(&self) -> Option<Vec<Call<'a>>> {
        let current = || self.api.operations.iter().filter(|operation| !operation.deprecated);
        let mut simple = current().filter_map(|operation| self.call(operation, Self::built));
        let Some(first) = simple.next() else {
            return current().find_map(|operation| self.call(operation, Self::read)).map(|call| vec![call]);
        };
        let mut next: Option<Call<'a>> = None;
        for call in simple.take(LOOKED_AT) {
            if call.operation.body.is_some() != first.operation.body.is_some() {
                next = Some(call);
                break;
            }
            next.get_or_insert(call);
        }
        Some(std::iter::once(first).chain(next).collect())
    }

    /// A call of an operation with what it requires, and with its body where it has one; `None` where some of that has no simple value.
    fn call(&self, operation: &'a Operation, body_of: fn(&Self, &MediaType) -> Option<String>) -> Option<Call<'a>> {
        let mut given: Vec<String> = Vec::new();
        for parameter in arguments(operation) {
            given.push(self.argument(parameter)?);
        }
        let mut call = Call { operation, body: None, arguments: given, set: None };
        let Some(media) = operation.body.as_ref().map(|body| &body.chosen) else { return Some(call) };
        let body = match media.encoding {
            Encoding::Bytes => "std::fs::read(\"body\")?.into()",
            _ if is_text_body(media) => "\"…\"",
            Encoding::Text | Encoding::Json | Encoding::Form | Encoding::Multipart => {
                call.body = Some(body_of(self, media)?);
                if media.nullable { "&Some(body)" } else { "&body" }
            }
        };
        match optional_body(operation) {
            Some(_) => call.set = Some(format!("body({body})")),
            None => call.arguments.push(body.to_owned()),
        }
        Some(call)
    }

    /// A value of a parameter: its name where it is a text.
    fn argument(&self, parameter: &Parameter) -> Option<String> {
        let name = parameter.rust_name.trim_start_matches("r#");
        match &parameter.ty {
            Type::String => Some(format!("{name:?}")),
            Type::Boolean | Type::Integer | Type::Unsigned | Type::Number => {
                self.exact(&parameter.ty, parameter.schema, DEEPEST)
            }
            Type::Secret(inner) if **inner == Type::String => Some(format!("&{name:?}.into()")),
            Type::Formatted(format) => Some(format!("&{:?}.into()", sample(*format))),
            ty => Some(format!("&{}", self.exact(ty, parameter.schema, DEEPEST)?)),
        }
    }

    /// A body from its builder.
    fn built(&self, media: &MediaType) -> Option<String> {
        let schema = media.schema.unwrap_or(NO_SCHEMA);
        let mut members = 0;
        self.count(&media.ty, DEEPEST, &mut members)?;
        if members > MEMBERS { None } else { self.exact(&media.ty, schema, DEEPEST) }
    }

    /// A body from a file.
    fn read(&self, media: &MediaType) -> Option<String> {
        let mut ty = &media.ty;
        for _ in 0..DEEPEST {
            let definition = self.api.named(ty)?;
            match &definition.kind {
                DefinitionKind::Alias(other) => ty = other,
                DefinitionKind::Struct(_) | DefinitionKind::Union(_) | DefinitionKind::Enum(_) => {
                    return Some(format!(
                        "{}::{}::from_json(&std::fs::read(\"body.json\")?)?",
                        self.crate_name, definition.rust_name
                    ));
                }
            }
        }
        None
    }

    /// Counts the required members of structs, structs within structs included.
    fn count(&self, ty: &Type, depth: usize, members: &mut usize) -> Option<()> {
        let Some(id) = ty.named() else { return Some(()) };
        let DefinitionKind::Struct(structure) = &self.api.definitions.get(id).kind else { return Some(()) };
        for field in required(structure) {
            *members += 1;
            self.count(&field.ty, depth.checked_sub(1)?, members)?;
        }
        Some(())
    }

    /// An expression that is of a type whatever stands around it.
    fn exact(&self, ty: &Type, schema: SchemaId, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        match ty {
            Type::Boolean => Some("true".to_owned()),
            Type::Integer => Some(self.whole(schema, i128::from(i64::MIN)..=i128::from(i64::MAX)).to_string()),
            Type::Unsigned => Some(format!("{}u64", self.whole(schema, 0..=i128::from(u64::MAX)))),
            Type::Number => Some(format!("{}.0", self.whole(schema, -1_000_000_000..=1_000_000_000))),
            Type::String => Some("\"…\".to_owned()".to_owned()),
            Type::Any => Some("serde_json::json!({})".to_owned()),
            Type::Map(_) => Some("std::collections::BTreeMap::new()".to_owned()),
            Type::Array(inner) => match &**inner {
                // Numbers without a suffix are of no type yet.
                Type::Integer => Some("vec![1i64]".to_owned()),
                inner => Some(format!("vec![{}]", self.exact(inner, NO_SCHEMA, depth)?)),
            },
            Type::Boxed(inner) => Some(format!("Box::new({})", self.exact(inner, schema, depth)?)),
            Type::Named(id) => {
                let definition = self.api.definitions.get(*id);
                let path = format!("{}::{}", self.crate_name, definition.rust_name);
                let is_deprecated = self.api.schemas.get(definition.schema).annotations.deprecated;
                match &definition.kind {
                    _ if is_deprecated => None,
                    DefinitionKind::Enum(listed) => {
                        listed.variants.first().map(|variant| format!("{path}::{}", variant.rust_name))
                    }
                    DefinitionKind::Alias(ty) => self.exact(ty, definition.schema, depth),
                    DefinitionKind::Struct(structure) if definition.in_request => {
                        let mut calls = Vec::new();
                        for field in required(structure) {
                            calls.push(format!("{}({})", setter_name(&field.rust_name), self.set(field, depth)?));
                        }
                        calls.push("build()?".to_owned());
                        Some(chain(&format!("{path}::builder()"), &calls))
                    }
                    DefinitionKind::Struct(_) | DefinitionKind::Union(_) => None,
                }
            }
            // What they are made from needs a type beside it.
            Type::Formatted(_) | Type::Mapped(_) | Type::Binary | Type::Secret(_) | Type::Nullable(_) => None,
        }
    }

    /// What the setter of a required member takes: `impl Into<T>`.
    fn set(&self, field: &Field, depth: usize) -> Option<String> {
        let is_deprecated = self.api.schemas.get(field.schema).annotations.deprecated;
        match (&field.ty, field.presence) {
            _ if is_deprecated => None,
            (ty, Presence::RequiredNullable) => {
                let value = match ty {
                    Type::Integer => format!("{}i64", self.exact(ty, field.schema, depth + 1)?),
                    ty => self.exact(ty, field.schema, depth + 1)?,
                };
                Some(format!("Some({value})"))
            }
            (Type::String, _) => Some(format!("{:?}", self.text(field.schema))),
            (Type::Secret(inner), _) if **inner == Type::String => Some(format!("{:?}", self.text(field.schema))),
            (Type::Formatted(format), _) => Some(format!("{:?}", sample(*format))),
            (ty, _) => self.exact(ty, field.schema, depth),
        }
    }

    /// A text of the format that a schema asks for, where that is one that everybody knows.
    fn text(&self, schema: SchemaId) -> &'static str {
        let keywords = &self.api.schemas.get(schema).keywords;
        let format = keywords.iter().find_map(|keyword| match keyword {
            Keyword::Format(format) => Some(format.name.as_str()),
            // No other keyword names a format.
            _ => None,
        });
        match format {
            Some("email") => "jane@example.com",
            Some("uri" | "url") => "https://example.com",
            Some("date-time") => sample(FormatType::DateTime),
            Some("date") => sample(FormatType::Date),
            Some("uuid") => sample(FormatType::Uuid),
            _ => "…",
        }
    }

    /// A whole number that a schema admits, as far as its bounds say.
    fn whole(&self, schema: SchemaId, held: std::ops::RangeInclusive<i128>) -> i128 {
        let (mut least, mut most) = held.into_inner();
        for keyword in self.api.schemas.0.get(schema.0).into_iter().flat_map(|schema| &schema.keywords) {
            if let Keyword::Bound { side, exclusive, limit } = keyword {
                let Some(limit) = limit.to_integer() else { continue };
                match side {
                    Side::Min => least = least.max(limit + i128::from(*exclusive)),
                    Side::Max => most = most.min(limit - i128::from(*exclusive)),
                }
            }
        }
        1.max(least).min(most.max(least))
    }

    /// The lines that build the client, with the credentials that the calls need.
    fn client(&self, calls: &[Call<'_>], is_served: bool) -> String {
        let module = if has_client_at_root(self.api) { "" } else { "client::" };
        let mut setters = Vec::new();
        if !is_served {
            setters.push("base_url(\"https://api.example.com\")".to_owned());
        }
        let needed: Vec<&str> = calls.iter().flat_map(|call| self.needed(call.operation)).collect();
        for scheme in self.api.security_schemes.iter().filter(|scheme| needed.contains(&scheme.name.as_str())) {
            let setter = &scheme.rust_name;
            let variable = setter.trim_start_matches("r#").to_uppercase();
            setters.push(match scheme.kind {
                SecurityKind::Basic => {
                    format!("{setter}(&std::env::var(\"{variable}_USER\")?, &std::env::var(\"{variable}_PASSWORD\")?)")
                }
                SecurityKind::ApiKey { .. } | SecurityKind::Bearer | SecurityKind::Authorization => {
                    format!("{setter}(std::env::var(\"{variable}\")?)")
                }
            });
        }
        setters.push("build()?".to_owned());
        format!("let client = {};\n", chain(&format!("{}::{module}Client::builder()", self.crate_name), &setters))
    }

    /// The schemes of the first alternative that can be given.
    fn needed(&self, operation: &'a Operation) -> Vec<&'a str> {
        let schemes = &self.api.security_schemes;
        let known = |name: &str| schemes.iter().any(|scheme| scheme.name == name);
        let mut alternatives = operation.security.iter().map(|alternative| {
            let given = alternative.iter().filter(|requirement| !requirement.by_transport);
            given.map(|requirement| requirement.scheme.as_str()).collect::<Vec<_>>()
        });
        alternatives.find(|alternative| alternative.iter().all(|name| known(name))).unwrap_or_default()
    }
}

fn required(structure: &Struct) -> impl Iterator<Item = &Field> {
    let is_required = |presence| matches!(presence, Presence::Required | Presence::RequiredNullable);
    structure.fields.iter().filter(move |field| is_required(field.presence))
}

/// A text of a format.
const fn sample(format: FormatType) -> &'static str {
    match format {
        FormatType::Uuid => "123e4567-e89b-12d3-a456-426614174000",
        FormatType::DateTime => "2026-01-31T12:00:00Z",
        FormatType::Date => "2026-01-31",
        FormatType::Byte => "aGVsbG8=",
    }
}

/// Calls one after the other: on a line where they fit, else each on its own.
fn chain(first: &str, calls: &[String]) -> String {
    let line = format!("{first}.{}", calls.join("."));
    if line.chars().count() <= CHAIN && !line.contains('\n') {
        return line;
    }
    // A call that takes several lines is moved in as a whole.
    let calls = calls.iter().map(|call| format!("\n    .{}", call.replace('\n', "\n    ")));
    format!("{first}{}", calls.collect::<String>())
}
