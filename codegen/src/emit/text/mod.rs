//! The writer: Rust as text.

pub mod pretty;
pub mod source;
