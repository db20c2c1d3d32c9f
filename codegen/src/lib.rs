//! Planchet: OpenAPI documents in; Rust models, validators and clients out.
//!
//! Data passes the rooms once, in this order, and no room looks back:
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
//!     let files = emit::layout::crate_files(&api, "petstore"); // path -> text
//!     println!("{}", contract::listing(&api));
//! }
//! print!("{}", report.render());
//! ```

pub mod api;
pub mod build;
pub mod choices;
pub mod cli;
pub mod config;
pub mod contract;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod lint;
pub mod lower;
pub mod output;
pub mod pipeline;
#[path = "../runtime/mod.rs"]
pub mod runtime;
mod settings;
