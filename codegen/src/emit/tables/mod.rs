//! Static tables: rules, and the registry of models.

pub mod patterns;
pub mod registry;
pub mod rules;
