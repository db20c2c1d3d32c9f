//! The contract as reviewable text: what a pull request shows when a document changes.
//!
//! ```text
//! schema GetTokenRequest: object, closed
//!   CardNum: string, required, maxLength 30, sensitive
//! ```
//!
//! One property, one line: a changed `maxLength` is a diff of one line. Every text of the document goes through `text`,
//! so that none of them can forge a line.

mod changes;
mod listing;
mod operation;
mod schema;
mod text;

pub use crate::contract::changes::changes;
pub use crate::contract::listing::listing;
