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

pub mod builder;
mod checks;
pub mod client;
mod debug;
pub mod docs;
pub mod enumeration;
pub mod extent;
mod holds;
pub mod layout;
pub mod manifest;
pub mod model;
pub mod module;
pub mod operation;
mod pretty;
pub mod registry;
pub mod reserved;
pub mod response;
pub mod rules;
pub mod source;
pub mod structure;
pub mod support;
pub mod text;
pub mod types;
pub mod union;
pub mod verdicts;
mod webhook;

pub use module::{Gate, Gates, emit_module};
