//! Static tables: rules, and the registry of models.

pub mod registry;
pub mod rules;
