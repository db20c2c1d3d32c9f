//! The files of a package: manifest, library, modules, run-time code.

mod exports;
pub mod extent;
pub mod gates;
pub mod layout;
pub mod manifest;
pub mod module;
pub mod quick_start;
pub mod support;
