//! What users choose about the emitted code: the table `[api.choices]` in `planchet.toml`, or a file of the same keys given
//! with `--choices`.
//!
//! ```toml
//! include = { tags = ["pets"], paths = ["/stores/*"], operations = ["ping"] }
//! exclude = { operations = ["deletePet"] }
//! defaults = "assume"
//! untyped = "any"
//! nullable = "strict"
//! tag-features = true
//!
//! [rename]
//! types = { PetDTO = "Pet" }
//! fields = { "PetDTO.petType" = "kind" }
//! variants = { "Status.in-progress" = "Running" }
//! operations = { getPetById = "pet" }
//!
//! [formats]
//! decimal = "rust_decimal::Decimal"
//! email = "annotate"
//! card-number = { check = "support::formats::card_number::is_card_number" }
//!
//! [schemas]
//! Money = "my_types::Money"
//!
//! [derives]
//! Status = ["Eq", "Hash"]
//!
//! [dependencies]
//! rust_decimal = '{ version = "1", features = ["serde-str"] }'
//! ```

mod origin;
mod selection;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::api::FormatCheck;
use crate::diagnostic::Report;
use crate::settings;

pub use crate::choices::origin::Origin;
pub use crate::choices::selection::Selection;

/// The primitive types of Rust (The Rust Reference, "Types").
const PRIMITIVES: &[&str] = &[
    "bool", "char", "str", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128",
    "usize",
];

/// Choices about one document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Choices {
    /// Operations to emit; if empty, all. Models that none of them needs are left out.
    pub include: Selection,
    /// Operations to leave out.
    pub exclude: Selection,
    /// Names that replace the generated ones.
    pub rename: Renames,
    /// How formats are treated.
    pub formats: BTreeMap<String, FormatChoice>,
    /// Rust types for named schemas: any type with serde's traits.
    pub schemas: BTreeMap<String, String>,
    /// Additional traits to derive, by type; `*` stands for every struct and enum.
    pub derives: BTreeMap<String, Vec<String>>,
    /// How an absent property with a default is treated.
    pub defaults: Defaults,
    /// How a schema is treated that has `properties` and admits more than objects.
    pub untyped: Untyped,
    /// How `nullable: true` (3.0) is treated where it has no effect by the letter of OpenAPI.
    pub nullable: Nulls,
    /// Whether each tag of the client is behind a Cargo feature, `tag-` and its module's name.
    pub tag_features: bool,
    /// Dependencies of an emitted crate besides its own: the right-hand sides of `[dependencies]`.
    pub dependencies: BTreeMap<String, String>,
    /// The source of the choices, and which of them were used.
    #[serde(skip)]
    pub origin: Origin,
}

/// How a format is treated.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum FormatChoice {
    /// `assert`, `annotate`.
    Word(FormatWord),
    /// A Rust type for the values: any type with serde's traits.
    Type(String),
    /// A custom check, and perhaps a type.
    Check(FormatFunction),
}

/// A choice about a format that is one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormatWord {
    /// Values must be of the format: the default.
    Assert,
    /// The format asserts nothing.
    Annotate,
}

/// A format with a custom check.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormatFunction {
    /// The path of a `fn(&str) -> bool`; one that begins with `support::` is in the emitted support code.
    pub check: String,
    /// A Rust type for the values.
    #[serde(rename = "type")]
    pub ty: Option<String>,
}

impl FormatChoice {
    /// The Rust type of the values.
    fn rust_type(&self) -> Option<&str> {
        match self {
            Self::Word(_) => None,
            Self::Type(ty) => Some(ty),
            Self::Check(function) => function.ty.as_deref(),
        }
    }
}

/// Names by what they replace.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Renames {
    /// Types: the name in the document, or the Rust name of an inline type.
    pub types: BTreeMap<String, String>,
    /// Fields: `Type.property`.
    pub fields: BTreeMap<String, String>,
    /// Variants of enums and unions: `Type.value`, `Type.Variant`.
    pub variants: BTreeMap<String, String>,
    /// Methods, by `operationId`.
    pub operations: BTreeMap<String, String>,
}

/// How an absent property with a default is treated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Defaults {
    /// It stays absent; the default is documented, and a builder can fill it in.
    #[default]
    Document,
    /// Reading fills it in.
    Assume,
}

/// How a schema is treated that has `properties` and admits more than objects, mostly because it has no `type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Untyped {
    /// A struct, as is nearly always meant. It cannot hold values of other types, which the document admits.
    #[default]
    Object,
    /// Any value, checked by the rules.
    Any,
}

/// How `nullable: true` (3.0) is treated beside `allOf`, `oneOf`, `anyOf`, `$ref` or an `enum` without null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nulls {
    /// Null is allowed, as the author means.
    #[default]
    Meant,
    /// It has no effect, as OpenAPI 3.0.3 has it.
    Strict,
}

impl Choices {
    /// Reads a file of choices; `None` if and only if errors were reported.
    pub fn read(path: &Path, report: &mut Report) -> Option<Self> {
        let (choices, source) = settings::read::<Self>(path, "check the path", report)?;
        let choices = Self { origin: Origin::file(&source), ..choices };
        choices.check(report).then_some(choices)
    }

    /// Checks that Rust types, traits and names are well-formed; returns whether all of them are.
    pub fn check(&self, report: &mut Report) -> bool {
        let before = report.errors();
        let functions = self.formats.values().filter_map(|choice| match choice {
            FormatChoice::Check(function) => Some(&function.check),
            _ => None,
        });
        for path in functions {
            if syn::parse_str::<syn::Path>(path).is_err() {
                report.push(self.origin.about_text(path, format!("`{path}` is no path of a function")));
            }
        }
        for path in self.formats.values().filter_map(FormatChoice::rust_type).filter(|path| !is_rust_type(path)) {
            let finding = self.origin.about_text(path, format!("`{path}` is no Rust type"));
            report.push(finding.hint("write `assert`, `annotate` or a type with its path, such as `my_crate::Email`"));
        }
        for path in self.schemas.values().filter(|path| !is_rust_type(path)) {
            report.push(self.origin.about_text(path, format!("`{path}` is no Rust type")));
        }
        for path in self.derives.values().flatten() {
            if syn::parse_str::<syn::Path>(path).is_err() {
                report.push(self.origin.about_text(path, format!("`{path}` is no path of a trait")));
            }
        }
        let renames = &self.rename;
        let names = renames.types.values().chain(renames.fields.values());
        for name in names.chain(renames.variants.values()).chain(renames.operations.values()) {
            if syn::parse_str::<syn::Ident>(name).is_err() {
                report.push(self.origin.about_text(name, format!("`{name}` is no Rust name, or a keyword")));
            }
        }
        for (name, requirement) in &self.dependencies {
            if toml::from_str::<toml::Table>(&format!("{name} = {requirement}")).is_err() {
                let message =
                    format!("`{requirement}` is no requirement: write `'\"1\"'` or `'{{ version = \"1\" }}'`");
                report.push(self.origin.about_text(requirement, message));
            }
        }
        report.errors() == before
    }

    /// A choice by its table and its key, noted as used.
    fn choice<'c, T>(&self, table: &str, choices: &'c BTreeMap<String, T>, key: &str) -> Option<&'c T> {
        let found = choices.get(key)?;
        self.origin.note(table, key);
        Some(found)
    }

    /// The name of a type, by its name in the document or the one that was made.
    pub fn type_name(&self, name: &str) -> Option<&str> {
        self.choice("rename.types", &self.rename.types, name).map(String::as_str)
    }

    /// The name of a property's field; `types` are the names of its type.
    pub fn field_name(&self, types: &[&str], property: &str) -> Option<&str> {
        types
            .iter()
            .find_map(|ty| self.choice("rename.fields", &self.rename.fields, &format!("{ty}.{property}")))
            .map(String::as_str)
    }

    /// The name of a variant; `types` are the names of its type.
    pub fn variant_name(&self, types: &[&str], variant: &str) -> Option<&str> {
        types
            .iter()
            .find_map(|ty| self.choice("rename.variants", &self.rename.variants, &format!("{ty}.{variant}")))
            .map(String::as_str)
    }

    /// The name of an operation's method.
    pub fn operation_name(&self, operation_id: &str) -> Option<&str> {
        self.choice("rename.operations", &self.rename.operations, operation_id).map(String::as_str)
    }

    /// The Rust type of a format's values.
    pub fn format_type(&self, format: &str) -> Option<&str> {
        self.choice("formats", &self.formats, format).and_then(FormatChoice::rust_type)
    }

    /// How a format's assertion is treated.
    pub fn format_check(&self, format: &str) -> FormatCheck {
        match self.choice("formats", &self.formats, format) {
            Some(FormatChoice::Word(FormatWord::Annotate)) => FormatCheck::Annotate,
            Some(FormatChoice::Check(function)) => FormatCheck::Function(function.check.clone()),
            _ => FormatCheck::Assert,
        }
    }

    /// The Rust type of a named schema.
    pub fn schema_type(&self, name: &str) -> Option<&str> {
        self.choice("schemas", &self.schemas, name).map(String::as_str)
    }

    /// The traits to derive for a type with these names.
    pub fn derives_of(&self, types: &[&str]) -> Vec<String> {
        let stated = std::iter::once(&"*").chain(types).filter_map(|ty| self.choice("derives", &self.derives, ty));
        let mut derives: Vec<String> = Vec::new();
        for path in stated.flatten() {
            if !derives.contains(path) {
                derives.push(path.clone());
            }
        }
        derives
    }

    /// Whether an operation is emitted.
    pub fn emits(&self, tags: &[String], path: &str, operation_id: &str) -> bool {
        let named_in = |table: &str, selection: &Selection| {
            let mut named = false;
            // All entries are visited, so that each of them is noted as used.
            for (list, entry) in selection.naming(tags, path, operation_id) {
                self.origin.note(&format!("{table}.{list}"), entry);
                named = true;
            }
            named
        };
        let (included, excluded) = (named_in("include", &self.include), named_in("exclude", &self.exclude));
        (included || self.include.is_empty()) && !excluded
    }

    /// Whether some operations may be left out.
    pub fn selects(&self) -> bool {
        !self.include.is_empty() || !self.exclude.is_empty()
    }

    /// Reports unused choices: a document has changed, or a name is misspelt.
    pub fn report_unused(&self, report: &mut Report) {
        let Self { include, exclude, rename, .. } = self;
        let tables: [(&str, Vec<&String>); 13] = [
            ("include.tags", include.tags.iter().collect()),
            ("include.paths", include.paths.iter().collect()),
            ("include.operations", include.operations.iter().collect()),
            ("exclude.tags", exclude.tags.iter().collect()),
            ("exclude.paths", exclude.paths.iter().collect()),
            ("exclude.operations", exclude.operations.iter().collect()),
            ("rename.types", rename.types.keys().collect()),
            ("rename.fields", rename.fields.keys().collect()),
            ("rename.variants", rename.variants.keys().collect()),
            ("rename.operations", rename.operations.keys().collect()),
            ("formats", self.formats.keys().collect()),
            ("schemas", self.schemas.keys().collect()),
            ("derives", self.derives.keys().filter(|ty| *ty != "*").collect()),
        ];
        for (table, entries) in tables {
            for entry in entries.into_iter().filter(|entry| !self.origin.was_used(table, entry)) {
                let nothing = if table == "derives" { "no emitted struct or enum" } else { "nothing in the document" };
                let message = format!("`{entry}` in `{table}` names {nothing}");
                report.push(self.origin.about_entry(table, entry, message));
            }
        }
    }
}

/// Whether a text is a Rust type. A single word in lower case must be a primitive type, as nothing is imported by such a name.
fn is_rust_type(text: &str) -> bool {
    let word = match syn::parse_str::<syn::Type>(text) {
        Ok(syn::Type::Path(path)) => path.path.get_ident().map(ToString::to_string),
        Ok(_) => None,
        Err(_) => return false,
    };
    word.is_none_or(|word| !word.starts_with(char::is_lowercase) || PRIMITIVES.contains(&word.as_str()))
}
