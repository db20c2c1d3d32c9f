//! Expressions and statements as text, laid out as `rustfmt` does with its default settings (style edition 2024).
//!
//! The rules are those of rustfmt's `overflow.rs`, `chains.rs`, `pairs.rs`, `matches.rs` and `closures.rs`, for what the generator emits:
//! an expression stays on one line where it may ([`Expression::flat`]) and fits. Else its kind decides where it is broken. The functions
//! stand in one file, since expressions hold each other and so each function needs the others.

use crate::emit::text::expression::{Arm, Expression, Kind, LIST_WIDTH, Link, Parts, Statement, is_call, items_width};
use crate::emit::text::forms::{extends, is_chain, is_closure, is_opaque, is_simple, overflows, stands_without_block};
use crate::emit::text::page::Page;
use crate::emit::text::shape::{Shape, TAB, WIDTH, break_line, first_line, last_line, width};

/// Items of at most this width are filled into lines, where all of a list are literals or names (rustfmt:
/// `short_array_element_width_threshold`).
const SHORT: usize = 10;

/// Widest `let … else { … };` on one line (rustfmt: `single_line_let_else_max_width`).
const LET_ELSE_WIDTH: usize = 50;

/// The text of an expression, starting at `column` on a line indented by `indent`, with `reserved` columns after it.
pub fn write_at(expression: &Expression, indent: usize, column: usize, reserved: usize, out: &mut String) {
    let shape = Shape { indent, column, edge: WIDTH.saturating_sub(reserved), joined: false };
    Page::write(expression.parts(), out, |page| {
        write(expression, shape, page);
    });
}

/// A static or a constant outside of any block: `before name: ty = value;`.
pub fn write_static(before: &str, name: &str, ty: &str, value: &Expression, out: &mut String) {
    write_constant(before, name, ty, value, 0, out);
}

/// The same on lines of `indent` columns.
pub fn write_constant(before: &str, name: &str, ty: &str, value: &Expression, indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
    let start = format!("{before} {name}: {ty} =");
    out.push_str(&start);
    let shape = Shape { indent, column: indent + width(&start), edge: WIDTH - 1, joined: false };
    Page::write(value.parts(), out, |page| {
        assigned(value, shape, page);
    });
    out.push_str(";\n");
}

/// Statements, each on a line of its own.
pub fn write_statements(statements: &[Statement], indent: usize, out: &mut String) {
    for statement in statements {
        out.extend(std::iter::repeat_n(' ', indent));
        Page::write(statement.parts(), out, |page| self::statement(statement, indent, page));
        out.push('\n');
    }
}

/// What a body ends with, on a line of its own.
pub fn write_result(result: &Expression, indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
    Page::write(result.parts(), out, |page| {
        write(result, Shape::of_line(indent, 0), page);
    });
    out.push('\n');
}

/// An expression on one line; `None` where it has no such form.
pub fn on_one_line(expression: &Expression) -> Option<String> {
    expression.flat?;
    let mut out = String::new();
    flat(expression, &mut out);
    Some(out)
}

/// An arm of a `match`, on lines of its own.
pub fn write_arm(arm: &Arm, indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
    Page::write(arm.parts(), out, |page| self::arm(arm, indent, page));
    out.push('\n');
}

/// Writes an expression; whether it fits.
fn write(expression: &Expression, shape: Shape, out: &mut Page) -> bool {
    out.count();
    if expression.flat.is_some_and(|flat| flat <= shape.room() || (shape.is_hopeless() && flat <= LIST_WIDTH)) {
        flat(expression, out);
        return true;
    }
    match &expression.kind {
        // Too long a text is as long wherever it stands.
        Kind::Leaf(text) => {
            out.push_str(text);
            true
        }
        Kind::Prefix(prefix, inner) => {
            out.push_str(prefix);
            write(inner, shape.after(prefix.len()), out)
        }
        Kind::List { open, items, close } => list(open, items, close, shape, out),
        Kind::Chain { root, links } => chain(root, links, shape, out),
        Kind::Struct { name, fields } => structure(name, fields, shape, out),
        Kind::Binary(operator, operands) => binary(operator, operands, shape, out),
        Kind::Parentheses(inner) => {
            out.push('(');
            let fits = write(inner, shape.after(1).before(1), out);
            out.push(')');
            fits
        }
        Kind::Closure(parameters, body) => closure(parameters, body, shape, out),
        Kind::Match(on, arms) => {
            out.push_str("match ");
            let fits = write(on, shape.after(6), out);
            if on.flat.is_none_or(|on| on + 2 > shape.after(6).room()) {
                break_line(shape.indent, out);
            } else {
                out.push(' ');
            }
            out.push('{');
            for one in arms {
                break_line(shape.indent + TAB, out);
                arm(one, shape.indent + TAB, out);
            }
            break_line(shape.indent, out);
            out.push('}');
            fits
        }
        Kind::If(parts) => conditional(parts, shape, out),
        Kind::Block(statements, result) => {
            out.push('{');
            block(statements, result.as_deref(), shape.indent, out);
            out.push('}');
            true
        }
    }
}

/// What stands between the braces of a block.
fn block(statements: &[Statement], result: Option<&Expression>, indent: usize, out: &mut Page) {
    for one in statements {
        break_line(indent + TAB, out);
        statement(one, indent + TAB, out);
    }
    if let Some(result) = result {
        break_line(indent + TAB, out);
        write(result, Shape::of_line(indent + TAB, 0), out);
    }
    break_line(indent, out);
}

/// An expression in a block of its own: `{`, a line, `}`.
fn in_block(expression: &Expression, indent: usize, out: &mut Page) {
    out.push('{');
    block(&[], Some(expression), indent, out);
    out.push('}');
}

fn flat_items(items: &[Expression], out: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        flat(item, out);
    }
}

/// Writes an expression on one line.
fn flat(expression: &Expression, out: &mut String) {
    match &expression.kind {
        Kind::Leaf(text) => out.push_str(text),
        Kind::Prefix(prefix, inner) => {
            out.push_str(prefix);
            flat(inner, out);
        }
        Kind::List { open, items, close } => {
            out.push_str(open);
            flat_items(items, out);
            out.push_str(close);
        }
        Kind::Chain { root, links } => {
            flat(root, out);
            links.iter().for_each(|link| flat_link(link, out));
        }
        Kind::Struct { name, fields } => {
            out.push_str(name);
            out.push_str(" {");
            for (index, (field, value)) in fields.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { " " });
                out.push_str(field);
                if let Some(value) = value {
                    out.push_str(": ");
                    flat(value, out);
                }
            }
            out.push_str(if fields.is_empty() { "}" } else { " }" });
        }
        Kind::Binary(operator, operands) => {
            for (index, operand) in operands.iter().enumerate() {
                if index > 0 {
                    out.push(' ');
                    out.push_str(operator);
                    out.push(' ');
                }
                flat(operand, out);
            }
        }
        Kind::Parentheses(inner) => {
            out.push('(');
            flat(inner, out);
            out.push(')');
        }
        Kind::Closure(parameters, body) => {
            out.push('|');
            out.push_str(parameters);
            out.push_str("| ");
            flat(body, out);
        }
        Kind::If(parts) => {
            let [condition, then, otherwise] = &**parts;
            out.push_str("if ");
            flat(condition, out);
            out.push_str(" { ");
            flat(then, out);
            out.push_str(" } else { ");
            flat(otherwise, out);
            out.push_str(" }");
        }
        // They have no width on one line.
        Kind::Match(..) | Kind::Block(..) => {
            write_at(expression, 0, 0, 0, out);
        }
    }
}

fn flat_link(link: &Link, out: &mut String) {
    if !link.name.is_empty() {
        out.push('.');
        out.push_str(&link.name);
    }
    if let Some(arguments) = &link.arguments {
        out.push('(');
        flat_items(arguments, out);
        out.push(')');
    }
    if link.is_tried {
        out.push('?');
    }
}

/// Items between brackets, where they are not on one line.
fn list(open: &str, items: &[Expression], close: &str, shape: Shape, out: &mut Page) -> bool {
    let Some((last, others)) = items.split_last() else {
        out.push_str(open);
        out.push_str(close);
        return width(open) + close.len() <= shape.room();
    };
    let within = shape.after(width(open)).before(close.len());
    let alone = others.is_empty() && (width(open) <= TAB || overflows(last));
    let with_closure = is_closure(last) && !others.iter().any(is_closure);
    if (alone || with_closure) && !shape.is_hopeless() && out.may_try() {
        let before = items_width(others).map(|others| if others > 0 { others + 2 } else { 0 });
        if let Some(before) = before.filter(|before| *before < within.room().min(LIST_WIDTH)) {
            let start = out.len();
            out.push_str(open);
            for item in others {
                flat(item, out);
                out.push_str(", ");
            }
            let limited = !others.is_empty() || is_call(last);
            let edge = if limited { (within.edge - 1).min(within.column + LIST_WIDTH) } else { within.edge };
            let at = out.len();
            let joined = width(open) > TAB && is_chain(last);
            let fits = write(last, Shape { edge, joined, ..within.after(before) }, out);
            let written = out.get(at..).unwrap_or_default();
            let head = before + width(first_line(written));
            // One that fits on a line of its own is not broken in two.
            let indent = shape.indent + TAB;
            let is_halved = others.is_empty() && written.matches('\n').count() == 1;
            if is_halved && last.flat.is_some_and(|flat| flat < WIDTH.saturating_sub(indent)) {
                out.truncate(at);
                break_line(indent, out);
                flat(last, out);
                break_line(shape.indent, out);
                out.push_str(close);
                return true;
            }
            if fits && head <= within.room().min(LIST_WIDTH) {
                out.push_str(close);
                return true;
            }
            out.truncate(start);
        }
    }
    out.push_str(open);
    let indent = shape.indent + TAB;
    let mut fits = width(open) <= shape.room().max(1);
    if items.iter().all(|item| is_simple(item) && item.flat.is_some_and(|width| width <= SHORT)) {
        fill(items, indent, out);
    } else {
        for item in items {
            break_line(indent, out);
            fits &= write(item, Shape::of_line(indent, 1), out);
            out.push(',');
        }
    }
    break_line(shape.indent, out);
    out.push_str(close);
    fits
}

/// Short items, as many on a line as fit.
fn fill(items: &[Expression], indent: usize, out: &mut String) {
    let room = WIDTH - 1 - indent.min(WIDTH - 1);
    let mut used = 0;
    for item in items {
        let own = item.flat.unwrap_or_default() + 1;
        if used == 0 || used + 1 + own > room {
            break_line(indent, out);
            used = own;
        } else {
            out.push(' ');
            used += own + 1;
        }
        flat(item, out);
        out.push(',');
    }
}

fn structure(name: &str, fields: &[(String, Option<Expression>)], shape: Shape, out: &mut Page) -> bool {
    out.push_str(name);
    out.push_str(" {");
    let indent = shape.indent + TAB;
    let mut fits = true;
    for (field, value) in fields {
        break_line(indent, out);
        out.push_str(field);
        if let Some(value) = value {
            out.push(':');
            fits &= assigned(
                value,
                Shape { indent, column: indent + width(field) + 1, edge: WIDTH - 1, joined: false },
                out,
            );
        }
        out.push(',');
    }
    break_line(shape.indent, out);
    out.push('}');
    fits
}

fn link(link: &Link, shape: Shape, out: &mut Page) -> bool {
    let mut fits = true;
    let tried = usize::from(link.is_tried);
    if link.flat().is_some_and(|flat| flat <= shape.room()) {
        flat_link(link, out);
        return true;
    }
    match &link.arguments {
        Some(arguments) => {
            fits = list(&format!(".{}(", link.name), arguments, ")", shape.before(tried), out);
            if link.is_tried {
                out.push('?');
            }
        }
        None => flat_link(link, out),
    }
    fits
}

fn chain(root: &Expression, links: &[Link], shape: Shape, out: &mut Page) -> bool {
    let start = out.len();
    let mut fits = write(root, shape, out);
    let written = |out: &String| out.get(start..).unwrap_or_default().to_owned();
    let (mut rest, count) = (links, links.len());
    let tab = TAB.saturating_sub(shape.column - shape.indent.min(shape.column));
    while let Some((first, others)) = rest.split_first() {
        let so_far = written(out);
        if so_far.contains('\n') || width(&so_far) > tab {
            break;
        }
        let at = out.len();
        if !out.may_try() || !link(first, shape.after(width(&so_far)), out) {
            out.truncate(at);
            break;
        }
        rest = others;
    }
    let Some((last, middle)) = rest.split_last() else { return fits };
    let root = written(out);
    // A root that ends with a block has its links at its own depth.
    let ends_with_block =
        root.contains('\n') && last_line(&root).trim_start().chars().all(|char| ")]}?".contains(char));
    let indent = if ends_with_block { shape.indent } else { shape.indent + TAB };
    let mut texts = Vec::with_capacity(middle.len());
    for one in middle {
        let mut text = out.draft();
        fits &= link(one, Shape::of_line(indent, 0), &mut text);
        texts.push(text.text);
    }
    let on_one_line = !root.contains('\n') && texts.iter().all(|text| !text.contains('\n'));
    let total = width(&root) + texts.iter().map(|text| width(text)).sum::<usize>();
    let room = if count == 1 { shape.room() } else { shape.room().min(LIST_WIDTH) };
    let budget = room.saturating_sub(total);
    let child = Shape { indent, column: indent, edge: shape.edge, joined: false };
    let mut below = out.draft();
    let mut joined = false;
    if on_one_line && budget > 0 && out.may_try() {
        let mut beside = out.draft();
        let beside_fits = link(last, shape.after(total), &mut beside);
        let lines = beside.lines().count();
        let could = beside_fits && width(first_line(&beside)) <= budget;
        if could && lines >= 5 {
            joined = true;
        } else {
            let below_fits = link(last, child, &mut below);
            joined = could && (!below_fits || below.lines().count() >= lines);
            fits &= joined || below_fits;
        }
        if joined {
            below = beside;
        }
    } else {
        fits &= link(last, child, &mut below);
    }
    if !joined && shape.joined {
        return false;
    }
    for text in texts.iter().chain([&below.text]) {
        // `?` alone follows whatever it is about.
        if !joined && text.starts_with('.') {
            break_line(indent, out);
        }
        out.push_str(text);
    }
    fits
}

fn binary(operator: &str, operands: &[Expression], shape: Shape, out: &mut Page) -> bool {
    let start = out.len();
    let nested = Shape { indent: shape.indent + TAB, column: shape.indent + TAB, ..shape };
    let mut fits = true;
    for (index, operand) in operands.iter().enumerate() {
        if index == 0 {
            fits &= write(operand, shape, out);
            continue;
        }
        let so_far = out.get(start..).unwrap_or_default();
        let last = width(last_line(so_far));
        let used = if so_far.contains('\n') { last } else { last + shape.column };
        // Short enough that the next operand would stand right below it.
        if used <= nested.column && out.may_try() {
            let at = out.len();
            out.push(' ');
            out.push_str(operator);
            out.push(' ');
            if write(operand, Shape { column: used + operator.len() + 2, ..shape }, out) {
                continue;
            }
            out.truncate(at);
        }
        break_line(nested.column, out);
        out.push_str(operator);
        out.push(' ');
        fits &= write(operand, nested.after(operator.len() + 1), out);
    }
    fits
}

fn closure(parameters: &str, body: &Expression, shape: Shape, out: &mut Page) -> bool {
    out.push('|');
    out.push_str(parameters);
    out.push_str("| ");
    // rustfmt keeps room for `|| {` beside the parameters.
    let brace = if matches!(body.kind, Kind::Leaf(_)) { 5 } else { 4 };
    if shape.room() < width(parameters) + brace
        && body.flat.is_none_or(|body| body + width(parameters) + 3 > shape.room())
    {
        return false;
    }
    let shape = shape.after(width(parameters) + 3);
    match &body.kind {
        Kind::Block(..) => write(body, shape, out),
        Kind::If(_) => {
            in_block(body, shape.indent, out);
            true
        }
        _ => {
            let may_break = stands_without_block(body);
            if (may_break || body.flat.is_some_and(|flat| flat <= shape.room())) && out.may_try() {
                let at = out.len();
                if write(body, shape, out) {
                    return true;
                }
                out.truncate(at);
            }
            if is_opaque(body) {
                return false;
            }
            in_block(body, shape.indent, out);
            shape.room() > 0
        }
    }
}

fn conditional(parts: &[Expression; 3], shape: Shape, out: &mut Page) -> bool {
    let [condition, then, otherwise] = parts;
    out.push_str("if ");
    let start = out.len();
    let fits = write(condition, shape.after(3).before(2), out);
    if out.get(start..).unwrap_or_default().contains('\n') {
        break_line(shape.indent, out);
    } else {
        out.push(' ');
    }
    let of_block = |body: &Expression, out: &mut Page| match &body.kind {
        Kind::Block(..) => drop(write(body, Shape::of_line(shape.indent, 0), out)),
        _ => in_block(body, shape.indent, out),
    };
    of_block(then, out);
    out.push_str(" else ");
    match &otherwise.kind {
        Kind::If(parts) => conditional(parts, Shape { column: shape.indent + 7, ..shape }, out) && fits,
        _ => {
            of_block(otherwise, out);
            fits
        }
    }
}

/// A pattern of a `match` that rustfmt takes for a short one.
fn is_short_pattern(pattern: &str) -> bool {
    width(pattern) <= 20 && (pattern.starts_with('"') || pattern == "_")
}

/// Writes the patterns of an arm, and returns the width of the last line, without the indent.
fn patterns(patterns: &[String], indent: usize, out: &mut String) -> usize {
    let room = WIDTH.saturating_sub(indent + 5);
    let total = patterns.iter().map(|pattern| width(pattern) + 3).sum::<usize>().saturating_sub(3);
    let fills = patterns.iter().all(|pattern| is_short_pattern(pattern));
    let mut used = 0;
    for (index, pattern) in patterns.iter().enumerate() {
        let own = width(pattern) + if index > 0 { 2 } else { 0 };
        if index > 0 {
            let breaks = if fills { used + 1 + own > room } else { total > room };
            if breaks {
                break_line(indent, out);
                used = 0;
            } else {
                out.push(' ');
                used += 1;
            }
            out.push_str("| ");
        }
        out.push_str(pattern);
        used += own;
    }
    used
}

fn arm(arm: &Arm, indent: usize, out: &mut Page) {
    let used = patterns(&arm.patterns, indent, out);
    out.push_str(" => ");
    let shape = Shape { indent, column: indent + used + 4, edge: WIDTH - 1, joined: false };
    let body = &arm.body;
    let start = out.len();
    match &body.kind {
        Kind::Block(..) => {
            write(body, shape, out);
            return;
        }
        // The lines within are the same wherever it begins.
        Kind::Match(..) => {
            write(body, shape, out);
            out.push(',');
            return;
        }
        _ if body.flat.is_some_and(|flat| flat <= shape.room()) => {
            flat(body, out);
            out.push(',');
            return;
        }
        _ => {}
    }
    let fits_below = body.flat.is_some_and(|flat| flat <= WIDTH.saturating_sub(indent + TAB));
    if !extends(body) || fits_below {
        in_block(body, indent, out);
        return;
    }
    let fits = write(body, shape, out);
    let beside = out.get(start..).unwrap_or_default();
    if fits && first_line(beside).ends_with('{') {
        out.push(',');
        return;
    }
    if !out.may_try() {
        out.push(',');
        return;
    }
    let beside = beside.to_owned();
    let mut below = out.draft();
    let below_fits = write(body, Shape::of_line(indent + TAB, 0), &mut below);
    if below_fits && (!fits || prefers_next_line(&beside, &below)) {
        out.truncate(start);
        out.push('{');
        break_line(indent + TAB, out);
        out.push_str(&below);
        break_line(indent, out);
        out.push('}');
    } else {
        out.push(',');
    }
}

/// Whether what is assigned looks better on a line of its own (rustfmt: `prefer_next_line`).
fn prefers_next_line(beside: &str, below: &str) -> bool {
    let ends = |text: &str, end: char| first_line(text).ends_with(end);
    let only_beside = |end: char| ends(beside, end) && !ends(below, end);
    !below.contains('\n')
        || beside.matches('\n').count() > below.matches('\n').count() + 1
        || ['(', '{', '['].into_iter().any(only_beside)
}

/// The right side of an assignment, the space before it included; `shape` begins where the left side ended.
fn assigned(value: &Expression, shape: Shape, out: &mut Page) -> bool {
    let beside_shape = shape.after(1);
    if value.flat.is_some_and(|flat| flat <= beside_shape.room()) {
        out.push(' ');
        flat(value, out);
        return true;
    }
    let below_shape = Shape { indent: shape.indent + TAB, column: shape.indent + TAB, edge: shape.edge, joined: false };
    if value.flat.is_some_and(|flat| flat <= below_shape.room()) {
        break_line(below_shape.column, out);
        flat(value, out);
        return true;
    }
    let start = out.len();
    out.push(' ');
    let fits = write(value, beside_shape, out);
    let beside = out.get(start + 1..).unwrap_or_default();
    // What begins with the end of a line is broken in the same way below.
    if fits && matches!(value.kind, Kind::List { .. } | Kind::Prefix(..) | Kind::Struct { .. } | Kind::Match(..)) {
        return true;
    }
    if !out.may_try() {
        return fits;
    }
    let beside = beside.to_owned();
    let mut below = out.draft();
    let below_fits = write(value, below_shape, &mut below);
    if below_fits && (!fits || prefers_next_line(&beside, &below)) {
        out.truncate(start);
        break_line(below_shape.column, out);
        out.push_str(&below);
        return true;
    }
    fits
}

/// The condition of a block, and the brace that opens it: on a line of its own after a condition of several.
fn head(condition: &Expression, indent: usize, column: usize, out: &mut Page) {
    let start = out.len();
    write(condition, Shape { indent, column, edge: WIDTH - 2, joined: false }, out);
    if out.get(start..).unwrap_or_default().contains('\n') {
        break_line(indent, out);
    } else {
        out.push(' ');
    }
    out.push('{');
}

fn statement(statement: &Statement, indent: usize, out: &mut Page) {
    match statement {
        Statement::If(condition, statements) => {
            out.push_str("if ");
            head(condition, indent, indent + 3, out);
            block(statements, None, indent, out);
            out.push('}');
        }
        Statement::Unless(condition, value) => {
            out.push_str("if !");
            head(condition, indent, indent + 4, out);
            break_line(indent + TAB, out);
            out.push_str("return ");
            write(value, Shape { indent: indent + TAB, column: indent + TAB + 7, edge: WIDTH - 1, joined: false }, out);
            out.push(';');
            break_line(indent, out);
            out.push('}');
        }
        Statement::Assign(place, value) => {
            let start = out.len();
            flat(place, out);
            out.push_str(" =");
            let used = width(out.get(start..).unwrap_or_default());
            assigned(value, Shape { indent, column: indent + used, edge: WIDTH - 1, joined: false }, out);
            out.push(';');
        }
        Statement::Does(value) => {
            write(value, Shape::of_line(indent, 1), out);
            out.push(';');
        }
        Statement::Let { pattern, value, otherwise } => {
            let start = out.len();
            out.push_str("let ");
            write(pattern, Shape { indent, column: indent + 4, edge: WIDTH - 2, joined: false }, out);
            out.push_str(" =");
            let head = out.get(start..).unwrap_or_default();
            let is_broken = head.contains('\n');
            let used = width(last_line(head)) + if is_broken { 0 } else { indent };
            let at = out.len();
            assigned(
                value,
                Shape { indent, column: used, edge: WIDTH - usize::from(otherwise.is_none()), joined: false },
                out,
            );
            if let Some(otherwise) = otherwise {
                let beside = out.get(at..).unwrap_or_default();
                let whole = value
                    .flat
                    .zip(otherwise.flat)
                    .zip(pattern.flat)
                    .map(|((value, body), pattern)| value + body + pattern + 19);
                let last = last_line(beside);
                let beside = if is_broken {
                    false
                } else if beside.contains('\n') {
                    let closes = last.trim_start().chars().all(|char| ")]}?".contains(char));
                    closes && last.len() - last.trim_start().len() <= indent
                } else {
                    used + width(beside) + " else {".len() < WIDTH
                };
                if beside {
                    out.push_str(" else ");
                } else {
                    break_line(indent, out);
                    out.push_str("else ");
                }
                if whole.is_some_and(|whole| whole <= LET_ELSE_WIDTH) {
                    out.push_str("{ ");
                    flat(otherwise, out);
                    out.push_str(" }");
                } else {
                    out.push('{');
                    break_line(indent + TAB, out);
                    write(otherwise, Shape::of_line(indent + TAB, 2), out);
                    out.push(';');
                    break_line(indent, out);
                    out.push('}');
                }
            }
            out.push(';');
        }
    }
}
