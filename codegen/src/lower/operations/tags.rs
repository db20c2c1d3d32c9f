//! Tags, each with the name of a Rust module.

use std::collections::HashMap;

use crate::api::Tag;
use crate::api::reserved::{is_device, taken_modules};

use crate::lower::names::{self, Scope};

/// The tags met so far.
pub(crate) struct Tags {
    /// Those that are declared, in document order, then those that are used without.
    pub list: Vec<Tag>,
    known: HashMap<String, String>,
    scope: Scope,
}

impl Tags {
    /// No tags. What paths begin with where the client's modules are is taken.
    pub(crate) fn new() -> Self {
        Self { list: Vec::new(), known: HashMap::new(), scope: Scope::with_taken(&taken_modules().collect::<Vec<_>>()) }
    }

    /// The module name of a tag, declared or first met here.
    pub(crate) fn module(&mut self, name: &str, description: Option<String>) -> String {
        if let Some(rust_name) = self.known.get(name) {
            return rust_name.clone();
        }
        let made = names::value_name(name);
        // A device of Windows is no file there.
        let made = if is_device(&made) { format!("{made}_tag") } else { made };
        let rust_name = names::escape(self.scope.claim(made));
        self.known.insert(name.to_owned(), rust_name.clone());
        self.list.push(Tag { name: name.to_owned(), rust_name: rust_name.clone(), description });
        rust_name
    }
}
