//! The writer: Rust as text.

pub mod expression;
pub mod functions;
pub mod imports;
pub mod layout;
pub mod lints;
mod page;
pub mod source;
