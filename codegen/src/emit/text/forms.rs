//! What rustfmt asks of an expression before it breaks it.

use crate::emit::text::expression::{Expression, Kind};

/// Whether the only item of a list may begin on the line of the bracket, and end on that of the closing one.
pub(super) fn overflows(item: &Expression) -> bool {
    match &item.kind {
        Kind::List { .. }
        | Kind::Struct { .. }
        | Kind::Match(..)
        | Kind::If(_)
        | Kind::Closure(..)
        | Kind::Block(..) => true,
        Kind::Chain { links, .. } => links.last().is_some_and(|link| link.arguments.is_some()),
        Kind::Prefix(_, inner) => overflows(inner),
        Kind::Leaf(_) | Kind::Binary(..) | Kind::Parentheses(_) => false,
    }
}

pub(super) fn is_closure(item: &Expression) -> bool {
    match &item.kind {
        Kind::Prefix(_, inner) => is_closure(inner),
        kind => matches!(kind, Kind::Closure(..)),
    }
}

/// A literal, or a name without a path.
pub(super) fn is_simple(item: &Expression) -> bool {
    match &item.kind {
        Kind::Leaf(text) => text.starts_with('"') || !text.contains(['(', ':', ' ']),
        Kind::Prefix(_, inner) => is_simple(inner),
        _ => false,
    }
}

pub(super) fn is_chain(item: &Expression) -> bool {
    match &item.kind {
        Kind::Chain { links, .. } => links.last().is_some_and(|link| link.arguments.is_some()),
        Kind::Prefix(_, inner) => is_chain(inner),
        _ => false,
    }
}

/// Whether the body of a closure may have several lines without a block of its own.
pub(super) fn stands_without_block(body: &Expression) -> bool {
    match &body.kind {
        Kind::Match(..) | Kind::Struct { .. } => true,
        Kind::Prefix(_, inner) => stands_without_block(inner),
        _ => false,
    }
}

/// A macro with a condition in it, which rustfmt does not read: it is put into no block of its own.
pub(super) fn is_opaque(body: &Expression) -> bool {
    matches!(&body.kind, Kind::Leaf(text) if text.starts_with("matches!("))
}

/// Whether an arm's body of several lines may begin on the line of the pattern.
pub(super) fn extends(body: &Expression) -> bool {
    match &body.kind {
        Kind::If(_) => false,
        _ => overflows(body),
    }
}
