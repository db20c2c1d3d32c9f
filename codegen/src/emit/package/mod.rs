//! The files of a package: manifest, library, modules, run-time code.

pub mod extent;
pub mod layout;
pub mod manifest;
pub mod module;
pub mod support;
