//! The writer: Rust as text.

pub mod expression;
mod forms;
pub mod functions;
pub mod imports;
pub mod layout;
pub mod lints;
mod page;
pub mod shape;
pub mod signature;
pub mod source;
mod tokens;
