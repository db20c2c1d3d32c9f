//! API in, Rust source out: one file per construct, tokens through `quote`, text through `syn` and `prettyplease`.
//!
//! | construct | emitter | file of a module |
//! | --- | --- | --- |
//! | struct, builder, enum, union | [`structure`], [`builder`], [`enumeration`], [`union`] | `models.rs` |
//! | rules | [`rules`] | `rules.rs` |
//! | registry | [`registry`] | `registry.rs` |
//! | verdicts about JSON values | [`verdicts`] | `verdicts.rs` |
//! | client, and what it checks | [`client`] | `client/` |
//! | texts of the document | [`text`], [`docs`] | doc comments |
//! | manifest | [`manifest`] | `Cargo.toml` |

pub mod client;
pub mod comment;
pub mod models;
pub mod package;
pub mod tables;
pub mod text;
pub mod verdicts;

pub use crate::emit::package::module::{Gate, Gates, emit_module};
