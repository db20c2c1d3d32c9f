//! Where the emitted files go: a crate of one document, the modules of a workspace, or one file for `include!`.
//!
//! ```text
//! crate                       workspace                  include!
//!   Cargo.toml                  lib.rs                     pub mod support { … }
//!   src/lib.rs                  support/…                  pub mod petstore { … }
//!   src/support/…               registry.rs
//!   src/petstore/…              frontstream/…
//! ```

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Api;

use crate::api::reserved::is_taken_module;
use crate::emit::comment::docs::{Said, inner_doc};
use crate::emit::comment::line;
use crate::emit::models::types::ident;
use crate::emit::package::gates::Gates;
use crate::emit::package::manifest::manifest;
use crate::emit::package::module::emit_module;
use crate::emit::package::quick_start::quick_start;
use crate::emit::package::support::{needs, support_files};
use crate::emit::text::source::{Malformed, format};

/// A module of a workspace: its name, which is its Cargo feature as well, and its API.
#[derive(Clone, Debug)]
pub struct Module {
    /// The Rust module's name.
    pub name: String,
    /// What it carries.
    pub api: Api,
}

/// The files of one document as a whole crate, by path: `Cargo.toml`, `src/…`. `name` is the package's name.
///
/// # Errors
/// Something would be no Rust, which is a fault of the generator.
pub fn crate_files(api: &Api, name: &str) -> Result<BTreeMap<String, String>, Malformed> {
    let used = needs([api]);
    let module = module_name(name);
    let mut files = BTreeMap::from([("Cargo.toml".to_owned(), manifest(name, api, &used))]);
    put(&mut files, &format!("src/{module}/"), emit_module(api, Gates::FEATURES)?);
    put(&mut files, "src/support/", support_files(&used, Gates::FEATURES));
    let heading = format!("{} {}", api.title, api.version);
    let start = quick_start(api, &crate_name(name), needed_limit([api])).unwrap_or_default();
    let inner = inner_doc(&[
        Said::Line(&heading),
        Said::Ours(&start),
        Said::Text(api.description.as_deref().unwrap_or_default()),
    ]);
    let module = ident(&module);
    let limit = recursion_limit([api]);
    let lib = quote!(#inner #limit #![forbid(unsafe_code)] mod #module; pub mod support; pub use #module::*;);
    files.insert("src/lib.rs".to_owned(), format(lib, "src/lib.rs")?);
    Ok(files)
}

/// The files of several documents as modules of one library, each behind the feature of its name.
///
/// # Errors
/// Something would be no Rust, which is a fault of the generator.
pub fn workspace_files(modules: &[Module]) -> Result<BTreeMap<String, String>, Malformed> {
    let used = needs(modules.iter().map(|module| &module.api));
    let mut files = BTreeMap::new();
    for module in modules {
        put(&mut files, &format!("{}/", module.name), emit_module(&module.api, Gates::FEATURES)?);
    }
    put(&mut files, "support/", support_files(&used, Gates::FEATURES));
    let titles: Vec<String> = modules
        .iter()
        .map(|module| {
            let title = line(&format!("{} {}", module.api.title, module.api.version));
            format!("- [`{}`]{} {title}", module.name, colon(&title))
        })
        .collect();
    let heading = "Typed, validating clients, generated from OpenAPI documents: one module for each.";
    let inner = inner_doc(&[Said::Ours(heading), Said::Ours(&titles.join("\n"))]);
    let parts = modules.iter().map(|module| {
        let (name, feature) = (ident(&module.name), &module.name);
        quote!(#[cfg(feature = #feature)] #[rustfmt::skip] pub mod #name;)
    });
    let limit = recursion_limit(modules.iter().map(|module| &module.api));
    let lib = quote!(#inner #limit #![forbid(unsafe_code)] #(#parts)* #[cfg(feature = "registry")] #[rustfmt::skip] pub mod registry; #[rustfmt::skip] pub mod support;);
    files.insert("lib.rs".to_owned(), format(lib, "lib.rs")?);
    files.insert("registry.rs".to_owned(), format(workspace_registry(modules), "registry.rs")?);
    Ok(files)
}

/// The colon between a link and a title of the document: escaped where the line could be a definition of the link, which is no text
/// (CommonMark 0.31, "Link reference definitions": a destination, and nothing or a title in quotes or parentheses after it).
fn colon(title: &str) -> &'static str {
    let after = title.split_once(' ').map_or("", |(_, after)| after);
    let is_definition = title.starts_with('<') || after.is_empty() || after.starts_with(['"', '\'', '(', '\\']);
    if is_definition { "\\:" } else { ":" }
}

/// What a crate of types within types needs: what a value drops, and whether it is `Send`, are decided along paths from type to type, of
/// several steps each (`Vec<T>`, its buffer, `T`), and the compiler gives up after 128. The limit is one of the crate that asks, so that a
/// program which sends such a value to a thread needs it as well: the documentation of the crate says so.
fn recursion_limit<'a>(apis: impl IntoIterator<Item = &'a Api>) -> Option<TokenStream> {
    let limit = needed_limit(apis)?.to_string();
    let attribute = format!("`#![recursion_limit = \"{limit}\"]`");
    let text = format!(
        "Types hold each other many levels deep. Where a program that uses them does not compile (`overflow evaluating the requirement`), \
         it needs {attribute} at its top, as this crate has it."
    );
    let docs = inner_doc(&[Said::Ours(&text)]);
    Some(quote!(#![doc = ""] #docs #![recursion_limit = #limit]))
}

/// The limit that the types of these APIs need, where it is more than the compiler's own.
fn needed_limit<'a>(apis: impl IntoIterator<Item = &'a Api>) -> Option<usize> {
    let deepest = apis.into_iter().map(|api| crate::lower::deepest_nesting(&api.definitions)).max()?;
    (deepest > SHALLOW).then(|| (deepest * STEPS_OF_A_TYPE).next_power_of_two())
}

/// Steps of the compiler from a type to one that it holds, at most: `Option<BTreeMap<String, T>>` takes seven.
const STEPS_OF_A_TYPE: usize = 8;

/// So many types within each other stay below the compiler's own limit.
const SHALLOW: usize = 128 / STEPS_OF_A_TYPE;

/// What a program may make of code that it includes: it uses what it uses of an API, and its own lints are not meant for that code, which
/// is linted where it is a crate.
const INCLUDED: &str = "#[allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::all,
    clippy::pedantic,
    reason = \"a program uses what it uses of an API, whose code is linted where it is a crate\"
)]
";

/// One document as one text for `include!`, with the support code and the module inline.
///
/// # Errors
/// Something would be no Rust, which is a fault of the generator.
pub fn single_file(api: &Api, name: &str, gates: Gates) -> Result<String, Malformed> {
    let module = module_name(name);
    let mut files = BTreeMap::new();
    put(&mut files, &format!("{module}/"), emit_module(api, gates)?);
    put(&mut files, "support/", support_files(&needs([api]), gates));
    let mut out = String::new();
    for name in [module.as_str(), "support"] {
        out.push_str(INCLUDED);
        let text = inlined(&files, name);
        out.push_str(&format!("pub mod {name} {{\n{text}}}\n"));
    }
    Ok(out)
}

/// The text of a module with its submodules in place of their `mod` lines.
fn inlined(files: &BTreeMap<String, String>, path: &str) -> String {
    let text = files.get(&format!("{path}/mod.rs")).or_else(|| files.get(&format!("{path}.rs")));
    let mut out = String::new();
    for line in text.map(String::as_str).unwrap_or_default().lines() {
        let declared = line.strip_suffix(';').and_then(|line| {
            let (visibility, name) = line.split_once("mod ")?;
            (matches!(visibility, "" | "pub " | "pub(crate) " | "pub(super) ") && !name.contains(' ')).then_some(name)
        });
        match declared {
            Some(name) => {
                let inner = inlined(files, &format!("{path}/{}", name.trim_start_matches("r#")));
                out.push_str(&format!("{} {{\n{inner}}}\n", line.trim_end_matches(';')));
            }
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// `registry.rs` of a workspace: the schemas of every module that is there.
fn workspace_registry(modules: &[Module]) -> TokenStream {
    let parts = modules.iter().map(|module| {
        let (name, feature) = (ident(&module.name), &module.name);
        quote!(
            #[cfg(feature = #feature)]
            if let Some(schema) = super::#name::registry::get(name) {
                return Some(schema);
            }
        )
    });
    quote! {
        #![doc = " Every named schema of every module."]
        use super::support::Schema;

        /// The schema of a name in some document's `components.schemas`; where two documents share a name, the first
        /// module's. Each module has a `registry` of its own.
        #[must_use]
        pub fn get(name: &str) -> Option<&'static Schema> {
            #(#parts)*
            None
        }
    }
}

fn put(files: &mut BTreeMap<String, String>, folder: &str, part: BTreeMap<String, String>) {
    files.extend(part.into_iter().map(|(path, text)| (format!("{folder}{path}"), text)));
}

/// A package's name as that of its library: the name that Cargo gives it.
fn crate_name(package: &str) -> String {
    package.replace('-', "_")
}

/// A package's name as a module's: `pet-store` becomes `pet_store`; one that a crate has anyway gets the suffix `_api`.
pub fn module_name(package: &str) -> String {
    let name = crate::lower::module_name(package);
    if is_taken_module(&name) { format!("{name}_api") } else { name }
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Parser, Tag};

    use super::colon;

    /// `[name]: <https://evil.example>` is no text, and says where every `[name]` leads.
    #[test]
    fn no_title_makes_a_definition_of_a_link() {
        for title in
            ["Pets 1.0", "Pets", "<https://evil.example> 1", "<a b>", "x \"1.0\"", "x '1'", "x (1)", "x \\(1)", ""]
        {
            let text = format!("- [`pets`]{} {title}", colon(title));
            let parser = Parser::new(&text);
            assert_eq!(parser.reference_definitions().iter().count(), 0, "{text}");
            assert!(parser.into_iter().any(|event| matches!(event, Event::Code(_))), "{text}");
        }
        assert_eq!(colon("Pets 1.0"), ":");
        let defined = Parser::new("- [`pets`]: <https://evil.example>")
            .any(|event| matches!(event, Event::Start(Tag::Link { .. })));
        assert!(!defined);
    }
}
