//! Planchet: OpenAPI documents in; Rust models, validators and clients out.
//!
//! [`build`] is for build scripts, [`pipeline`] for other programs, [`choices`] and [`diagnostic`] for both. The other modules are not
//! part of the stable API. Data passes them once, in this order, and no module depends on a later one:
//!
//! ```no_run
//! use planchet::diagnostic::Report;
//! use planchet::document::{self, Input};
//! use planchet::{contract, emit, lower};
//!
//! let mut report = Report::default();
//! let input = Input::new("openapi/petstore.yaml".as_ref());
//! if let Some(document) = document::load(&input, &mut report) {
//!     let api = lower::lower(&document, &planchet::choices::Choices::default(), &mut report);
//!     let files = emit::package::layout::crate_files(&api, "petstore").expect("Rust"); // path -> text
//!     println!("{}", contract::listing(&api));
//! }
//! print!("{}", report.render());
//! ```

#![warn(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "bad input is a diagnostic; tests fail by panicking"
)]

#[doc(hidden)]
pub mod api;
pub mod build;
pub mod choices;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod contract;
pub mod diagnostic;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod emit;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod lower;
#[doc(hidden)]
pub mod output;
pub mod pipeline;
// Emitted crates carry it, laid out as they are: `runtime/rustfmt.toml`.
#[path = "../runtime/mod.rs"]
#[rustfmt::skip]
pub mod runtime;
mod settings;
