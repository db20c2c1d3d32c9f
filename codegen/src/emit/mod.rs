//! API in, Rust source out: one file per construct, tokens through `quote`, text through `syn` and `prettyplease`.
//!
//! | construct | emitter | file of a module |
//! | --- | --- | --- |
//! | struct, builder, enum, union | [`models::structure`], [`models::builder`], [`models::enumeration`], [`models::union`] | `models.rs` |
//! | rules | [`tables::rules`] | `rules.rs` |
//! | registry | [`tables::registry`] | `registry.rs` |
//! | verdicts about JSON values | [`verdicts`] | `verdicts.rs` |
//! | client, and what it checks | [`client`] | `client/` |
//! | texts of the document | [`comment`], [`comment::docs`] | doc comments |
//! | manifest | [`package::manifest`] | `Cargo.toml` |

pub mod client;
pub mod comment;
pub mod models;
pub mod package;
pub mod tables;
pub mod text;
pub mod verdicts;

pub use crate::emit::package::gates::{Gate, Gates};
pub use crate::emit::package::module::emit_module;
pub use crate::emit::text::source::Malformed;
