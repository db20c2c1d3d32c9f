//! Text to a positioned tree: bytes, syntax, values with their places.

pub(crate) mod file;
pub(crate) mod json;
pub(crate) mod node;
pub(crate) mod pointers;
pub(crate) mod read;
mod repair;
mod scalar;
mod yaml;
