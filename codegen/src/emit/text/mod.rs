//! The writer: Rust as text.

pub mod lints;
pub mod pretty;
pub mod source;
