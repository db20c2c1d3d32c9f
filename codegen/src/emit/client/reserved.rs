//! The names that emitted code has whatever the document says, derived from what is emitted: `lower/` gives none of them out.
//!
//! | scope | names of the document in it | names of the emitted code in it |
//! | --- | --- | --- |
//! | `client/mod.rs`, modules | tags | what its paths begin with, primitive types, `mod` |
//! | `impl ClientBuilder` | security schemes | `base_url`, `build`, … |
//! | `impl Client` | operations | `builder`, … |
//! | `client/*.rs`, types | operations, with a suffix | what is imported: `BuildError`, … |
//! | `src/`, modules | the package | `support`, `lib`, dependencies |

use std::collections::HashSet;
use std::sync::OnceLock;

use quote::ToTokens as _;

use crate::api::Api;

use crate::emit::client::{CLIENT_NAMES, client_file};
use crate::emit::package::manifest::dependency_names;
use crate::emit::text::source::mentioned;

/// The primitive types (The Rust Reference, "Types"): a module of such a name in scope hides the type.
pub const PRIMITIVES: &[&str] = &[
    "bool", "char", "f16", "f32", "f64", "f128", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// The crates that every crate can name, and the one that `cargo test` links.
pub const SYSTEM_CRATES: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// Devices of Windows, which are no file there, whatever follows a dot (Microsoft, "Naming Files, Paths, and Namespaces").
const DEVICES: &[&str] = &["aux", "con", "nul", "prn", "conin$", "conout$", "clock$"];

/// Files and folders of `src/` that Cargo or rustc take for something else than a module, and the parts of a module.
const SOURCES: &[&str] =
    &["bin", "client", "lib", "main", "mod", "models", "registry", "rules", "support", "verdicts", "webhooks"];

/// The names of the client's own items.
#[derive(Debug, Default)]
pub struct ClientNames {
    /// Methods of `Client`.
    pub methods: Vec<String>,
    /// Methods of `ClientBuilder`.
    pub setters: Vec<String>,
    /// What paths in `client/mod.rs` begin with, and what is imported there.
    pub modules: Vec<String>,
    /// Types in scope of the client's files.
    pub types: HashSet<String>,
}

/// The names of the client's own items, read from the client of a document without operations.
pub fn client_names() -> &'static ClientNames {
    static NAMES: OnceLock<ClientNames> = OnceLock::new();
    NAMES.get_or_init(|| {
        let tokens = client_file(&Api::default(), &[]);
        let mut names = ClientNames::default();
        let mut in_scope: Vec<String> = mentioned(&tokens).into_iter().collect();
        // Sets have no order of their own.
        in_scope.sort_unstable();
        names.types.extend(in_scope.iter().cloned());
        names.types.extend(CLIENT_NAMES.iter().map(|name| (*name).to_owned()));
        for item in syn::parse2::<syn::File>(tokens).map(|file| file.items).unwrap_or_default() {
            let syn::Item::Impl(block) = item else { continue };
            let of = block.self_ty.to_token_stream().to_string();
            let methods = block.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
                _ => None,
            });
            match of.as_str() {
                "Client" => names.methods.extend(methods),
                "ClientBuilder" => names.setters.extend(methods),
                _ => {}
            }
        }
        names.modules = in_scope;
        let others = PRIMITIVES.iter().chain(SYSTEM_CRATES).chain(SOURCES).copied().chain(dependency_names());
        names.modules.extend(others.map(str::to_owned));
        names
    })
}

/// Whether a file or a folder of this name, without an extension, is none on Windows.
pub fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    DEVICES.contains(&name.as_str())
        || numbered
            .is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']) || matches!(number, "¹" | "²" | "³"))
}

/// Whether a module of a crate cannot have this name: it means something else there, or has no file of its own.
pub fn is_taken_module(name: &str) -> bool {
    is_device(name)
        || [PRIMITIVES, SYSTEM_CRATES, SOURCES].iter().any(|names| names.contains(&name))
        || dependency_names().any(|dependency| dependency.replace('-', "_") == name)
}

#[cfg(test)]
mod tests {
    use super::{client_names, is_device, is_taken_module};

    #[test]
    fn the_client_has_names_of_its_own() {
        let names = client_names();
        for setter in ["base_url", "build", "timeout", "transport"] {
            assert!(names.setters.iter().any(|name| name == setter), "{setter}");
        }
        assert!(["builder", "unchecked"].iter().all(|method| names.methods.iter().any(|name| name == method)));
        assert!(["std", "str", "mod"].iter().all(|module| names.modules.iter().any(|name| name == module)));
        assert!(["BuildError", "Response"].iter().all(|name| names.types.contains(*name)));
    }

    #[test]
    fn devices_are_no_modules() {
        assert!(["con", "AUX", "com1", "lpt9"].iter().all(|name| is_device(name)));
        assert!(["console", "com", "com10", "lpt"].iter().all(|name| !is_device(name)));
        assert!(["lib", "serde_json", "http_body", "nul", "u8"].iter().all(|name| is_taken_module(name)));
        assert!(!is_taken_module("petstore"));
    }
}
