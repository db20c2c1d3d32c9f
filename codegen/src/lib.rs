//! Planchet: OpenAPI documents in; Rust models, validators and clients out.

pub mod api;
pub mod contract;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod lower;
pub mod support;
