//! The names that emitted code reserves: `lower/` gives none of them to anything of the document.
//!
//! | scope | names of the document in it | names of the emitted code in it |
//! | --- | --- | --- |
//! | `client/mod.rs`, modules | tags | [`taken_modules`] |
//! | `impl ClientBuilder` | security schemes | [`CLIENT_SETTERS`] |
//! | `impl Client` | operations | [`CLIENT_METHODS`] |
//! | `client/*.rs`, types | operations, with a suffix | [`CLIENT_TYPES`] |
//! | methods of operations and of their calls | parameters | [`OPERATION_LOCALS`] |
//! | `src/`, modules | the package | [`is_taken_module`] |
//!
//! `codegen/tests/reserved.rs` compares the lists with the emitted client and with the run-time code.

/// Methods of `Client`.
pub const CLIENT_METHODS: &[&str] = &["builder", "unchecked"];

/// Methods of `ClientBuilder`.
pub const CLIENT_SETTERS: &[&str] =
    &["base_url", "build", "connect_timeout", "max_response_bytes", "timeout", "transport", "user_agent"];

/// Types that the client's files import, define or re-export. The types of an operation have names of two parts (`ChargeError`,
/// `ChargeCall`):
/// names of one part that only some documents need are not among these.
pub const CLIENT_TYPES: &[&str] = &[
    "BuildError",
    "Client",
    "ClientBuilder",
    "Core",
    "Credentials",
    "DecodeError",
    "Duration",
    "Effect",
    "Error",
    "Formatted",
    "Part",
    "Pending",
    "Placement",
    "Refused",
    "RefusedReason",
    "Response",
    "Scheme",
    "Secret",
    "Sending",
    "Settings",
    "Style",
    "Transport",
    "TransportError",
    "View",
];

/// Local names in the methods of operations and of their calls, which a parameter could have as well.
pub const OPERATION_LOCALS: &[&str] = &["body", "call", "into_future"];

/// The primitive types (The Rust Reference, "Types"): a module of such a name in scope hides the type.
pub const PRIMITIVES: &[&str] = &[
    "bool", "char", "f16", "f32", "f64", "f128", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

/// The crates that every crate can name, and the one that `cargo test` links.
pub const SYSTEM_CRATES: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// The packages that emitted crates may depend on.
pub const DEPENDENCIES: &[&str] = &[
    "bytes",
    "futures-timer",
    "getrandom",
    "http",
    "http-body",
    "http-body-util",
    "idna",
    "jiff",
    "regex-syntax",
    "reqwest",
    "serde",
    "serde_json",
    "tower",
    "tracing",
    "uuid",
    "zeroize",
];

/// Device names of Windows, which cannot be file names there, whatever the extension (Microsoft, "Naming Files, Paths, and Namespaces").
const DEVICES: &[&str] = &["aux", "con", "nul", "prn", "conin$", "conout$", "clock$"];

/// Files and folders of `src/` that Cargo or rustc take for something else than a module, and the parts of a module.
const SOURCES: &[&str] =
    &["bin", "client", "lib", "main", "mod", "models", "registry", "rules", "support", "verdicts", "webhooks"];

/// Whether this name, without an extension, is a device on Windows.
#[must_use]
pub fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    DEVICES.contains(&name.as_str())
        || numbered
            .is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']) || matches!(number, "¹" | "²" | "³"))
}

/// Whether emitted code refers to one of its dependencies by this name.
#[must_use]
pub fn is_dependency(name: &str) -> bool {
    DEPENDENCIES.iter().any(|dependency| dependency.replace('-', "_") == name)
}

/// The names that mean something else than a module of the document where paths of emitted code begin: a primitive type, a crate, a part of
/// a module.
pub fn taken_modules() -> impl Iterator<Item = String> {
    let dependencies = DEPENDENCIES.iter().map(|dependency| dependency.replace('-', "_"));
    [PRIMITIVES, SYSTEM_CRATES, SOURCES].into_iter().flatten().map(|name| (*name).to_owned()).chain(dependencies)
}

/// Whether a module of a crate cannot have this name: it means something else there, or has no file of its own.
#[must_use]
pub fn is_taken_module(name: &str) -> bool {
    is_device(name) || taken_modules().any(|taken| taken == name)
}

#[cfg(test)]
mod tests {
    use super::{is_device, is_taken_module};

    #[test]
    fn devices_are_no_modules() {
        assert!(["con", "AUX", "com1", "lpt9"].iter().all(|name| is_device(name)));
        assert!(["console", "com", "com10", "lpt"].iter().all(|name| !is_device(name)));
        assert!(["lib", "serde_json", "http_body", "nul", "u8"].iter().all(|name| is_taken_module(name)));
        assert!(!is_taken_module("petstore"));
    }
}
