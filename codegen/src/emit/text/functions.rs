//! Items as rustfmt lays them out, from syntax trees.
//!
//! `prettyplease` breaks lines after 89 columns, and calls in chains that rustfmt leaves together; it puts no empty lines between items.
//! What it prints of types, constants and `mod` lines is what rustfmt prints all the same. Functions are printed here, their bodies by
//! [`crate::emit::text::layout`]; one with syntax that is not known here is printed by `prettyplease` with all that is around it.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, Expr, ImplItem, Item, ItemImpl, Local, Pat, Signature, Stmt};

use crate::emit::text::expression::{Arm, Expression, Statement};
use crate::emit::text::imports::imports;
use crate::emit::text::layout::{write_result, write_statements};
use crate::emit::text::signature::write_signature;
use crate::emit::text::tokens::text;

/// The items of a file as text; `unparsed` prints those that are not printed here.
pub fn items(file: &syn::File, unparsed: impl Fn(Vec<Item>) -> String) -> String {
    let mut out = String::new();
    let mut rest = file.items.as_slice();
    while let Some(first) = rest.first() {
        let like = rest.iter().take_while(|item| are_one_group(first, item)).count().max(1);
        let (group, others) = rest.split_at(like);
        rest = others;
        separate(&mut out);
        match printed(group) {
            Some(text) => out.push_str(&text),
            None => out.push_str(&unparsed(group.to_vec())),
        }
    }
    out
}

/// Whether an item stands below another one without an empty line, and rustfmt may put it before that.
fn are_one_group(one: &Item, other: &Item) -> bool {
    match (one, other) {
        (Item::Use(one), Item::Use(other)) => {
            one.attrs.is_empty() && other.attrs.is_empty() && is_private(&one.vis) == is_private(&other.vis)
        }
        (Item::Mod(one), Item::Mod(other)) => one.attrs.is_empty() && other.attrs.is_empty(),
        // Of one `impl` each, with an empty line before it.
        _ => std::ptr::eq(one, other),
    }
}

fn is_private(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Inherited)
}

/// A group of items; `None` for what is not printed here.
fn printed(group: &[Item]) -> Option<String> {
    match group {
        [Item::Impl(block)] => impl_block(block),
        [Item::Use(_), ..] => {
            let uses: Option<Vec<&syn::ItemUse>> =
                group.iter().map(|item| if let Item::Use(item) = item { Some(item) } else { None }).collect();
            let uses = uses?;
            let mut out = String::new();
            uses.iter().try_for_each(|item| attributes(&item.attrs, "", &mut out))?;
            out.push_str(&imports(&uses)?);
            Some(out)
        }
        [Item::Mod(_), ..] => {
            let mut out = String::new();
            let mut lines = Vec::with_capacity(group.len());
            for item in group {
                let Item::Mod(syn::ItemMod { attrs, vis, content: None, ident, .. }) = item else { return None };
                attributes(attrs, "", &mut out)?;
                let visibility = text(vis.to_token_stream());
                let space = if visibility.is_empty() { "" } else { " " };
                lines.push((ident.to_string(), format!("{visibility}{space}mod {ident};\n")));
            }
            lines.sort();
            out.extend(lines.into_iter().map(|(_, line)| line));
            Some(out)
        }
        _ => None,
    }
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

/// An `impl` block; `None` where something in it is not known here.
fn impl_block(block: &ItemImpl) -> Option<String> {
    if !block.generics.params.is_empty() || block.unsafety.is_some() || block.defaultness.is_some() {
        return None;
    }
    let mut out = String::new();
    attributes(&block.attrs, "", &mut out)?;
    let of = text(block.self_ty.to_token_stream());
    match &block.trait_ {
        Some((None, path, _)) => {
            let path = text(path.to_token_stream());
            let line = format!("impl {path} for {of} {{");
            out.push_str(&if line.len() <= WIDE { line } else { format!("impl {path}\n    for {of}\n{{") });
        }
        Some(_) => return None,
        None => out.push_str(&format!("impl {of} {{")),
    }
    if block.items.is_empty() {
        out.push_str("}\n");
        return Some(out);
    }
    out.push('\n');
    let items: Option<String> = block.items.iter().map(impl_item).collect::<Option<Vec<_>>>().map(joined);
    out.push_str(&items?);
    out.push_str("}\n");
    Some(out)
}

/// Functions with empty lines between them, and other items without.
fn joined(items: Vec<(bool, String)>) -> String {
    let mut out = String::new();
    let mut follows_function = false;
    for (is_function, text) in items {
        if follows_function {
            out.push('\n');
        }
        out.push_str(&text);
        follows_function = is_function;
    }
    out
}

/// The functions of an `impl` block, without the block around them; `None` where something in them is not known here.
pub fn methods(block: &ItemImpl) -> Option<String> {
    block.items.iter().map(impl_item).collect::<Option<Vec<_>>>().map(joined)
}

/// An item of an `impl` block, and whether it is a function.
fn impl_item(item: &ImplItem) -> Option<(bool, String)> {
    let mut out = String::new();
    match item {
        ImplItem::Fn(function) => {
            attributes(&function.attrs, "    ", &mut out)?;
            signature(&function.vis, &function.sig, &mut out)?;
            body(&function.block, 8, &mut out)?;
            out.push_str("    }\n");
            Some((true, out))
        }
        ImplItem::Type(ty) if ty.generics.params.is_empty() => {
            attributes(&ty.attrs, "    ", &mut out)?;
            let (name, value) = (&ty.ident, text(ty.ty.to_token_stream()));
            let line = format!("    type {name} = {value};\n");
            let below = format!("    type {name} =\n        {value};\n");
            // One that is wider has to be broken within.
            out.push_str(if line.len() <= WIDE + 1 { &line } else { &below });
            Some((false, out))
        }
        _ => None,
    }
}

fn attributes(attributes: &[Attribute], indent: &str, out: &mut String) -> Option<()> {
    for attribute in attributes {
        let comment = match &attribute.meta {
            syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(line), .. }) => Some(line.value()),
                _ => return None,
            },
            _ => None,
        };
        match comment {
            Some(line) if line.contains('\n') => return None,
            Some(line) => out.push_str(&format!("{indent}///{line}\n")),
            None => {
                let arguments = match &attribute.meta {
                    syn::Meta::List(list) => Some(list.tokens.clone()),
                    syn::Meta::Path(_) | syn::Meta::NameValue(_) => None,
                };
                let arguments = arguments.filter(|tokens| text(tokens.clone()).len() > ATTRIBUTE);
                match arguments {
                    None => out.push_str(&format!("{indent}{}\n", text(attribute.to_token_stream()))),
                    Some(tokens) => {
                        let path = text(attribute.path().to_token_stream());
                        out.push_str(&format!("{indent}#[{path}(\n"));
                        for (index, argument) in split(tokens).into_iter().enumerate() {
                            let comma = if index > 0 { ",\n" } else { "" };
                            out.push_str(&format!("{comma}{indent}    {}", text(argument)));
                        }
                        out.push_str(&format!("\n{indent})]\n"));
                    }
                }
            }
        }
    }
    Some(())
}

/// Maximum line width.
const WIDE: usize = 100;

/// Widest list of arguments of an attribute on one line (rustfmt: `attr_fn_like_width`).
const ATTRIBUTE: usize = 70;

/// The parts of tokens between commas.
fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    for token in tokens {
        match (&token, parts.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => parts.push(TokenStream::new()),
            (_, Some(part)) => part.extend([token]),
            (_, None) => {}
        }
    }
    parts
}

fn signature(visibility: &syn::Visibility, signature: &Signature, out: &mut String) -> Option<()> {
    let is_plain = signature.generics.params.is_empty()
        && signature.asyncness.is_none()
        && signature.constness.is_none()
        && signature.unsafety.is_none();
    if !is_plain {
        return None;
    }
    let visibility = text(visibility.to_token_stream());
    let before = if visibility.is_empty() { "fn".to_owned() } else { format!("{visibility} fn") };
    let parameters: Vec<String> = signature.inputs.iter().map(|input| text(input.to_token_stream())).collect();
    let parameters: Vec<&str> = parameters.iter().map(String::as_str).collect();
    let syn::ReturnType::Type(_, result) = &signature.output else { return None };
    write_signature(&before, &signature.ident.to_string(), &parameters, &text(result.to_token_stream()), 4, out);
    Some(())
}

fn body(block: &syn::Block, indent: usize, out: &mut String) -> Option<()> {
    let (statements, result) = block_parts(block)?;
    write_statements(&statements, indent, out);
    if let Some(result) = result {
        write_result(&result, indent, out);
    }
    Some(())
}

fn block_parts(block: &syn::Block) -> Option<(Vec<Statement>, Option<Expression>)> {
    let mut statements = Vec::new();
    let mut result = None;
    for (index, statement) in block.stmts.iter().enumerate() {
        let is_last = index + 1 == block.stmts.len();
        match statement {
            Stmt::Local(local) => statements.push(binding(local)?),
            Stmt::Expr(Expr::If(condition), None) => {
                let statement = conditional(condition)?;
                statements.push(statement);
            }
            Stmt::Expr(Expr::Assign(assign), Some(_)) => {
                statements.push(Statement::Assign(expression(&assign.left)?, expression(&assign.right)?));
            }
            Stmt::Expr(value, Some(_)) => statements.push(Statement::Does(expression(value)?)),
            Stmt::Expr(value, None) if is_last => result = Some(expression(value)?),
            Stmt::Expr(_, None) | Stmt::Item(_) | Stmt::Macro(_) => return None,
        }
    }
    Some((statements, result))
}

fn binding(local: &Local) -> Option<Statement> {
    let value = local.init.as_ref()?;
    if value.diverge.is_some() || !local.attrs.is_empty() {
        return None;
    }
    Some(Statement::Let { pattern: pattern(&local.pat), value: expression(&value.expr)?, otherwise: None })
}

fn pattern(pattern: &Pat) -> Expression {
    Expression::leaf(text(pattern.to_token_stream()))
}

/// `if condition { statements }`, where nothing comes of it.
fn conditional(condition: &syn::ExprIf) -> Option<Statement> {
    if condition.else_branch.is_some() {
        return None;
    }
    let (statements, None) = block_parts(&condition.then_branch)? else { return None };
    Some(Statement::If(expression(&condition.cond)?, statements))
}

fn expressions<'e>(list: impl IntoIterator<Item = &'e Expr>) -> Option<Vec<Expression>> {
    list.into_iter().map(expression).collect()
}

/// An expression; `None` for one that is not known here.
fn expression(value: &Expr) -> Option<Expression> {
    Some(match value {
        Expr::Path(_) | Expr::Lit(_) | Expr::Range(_) => Expression::leaf(text(value.to_token_stream())),
        Expr::Let(condition) => {
            let bound = format!("let {} = ", text(condition.pat.to_token_stream()));
            expression(&condition.expr)?.after(bound)
        }
        Expr::Call(call) => Expression::call(&text(call.func.to_token_stream()), expressions(&call.args)?),
        Expr::MethodCall(call) => {
            let turbofish = call.turbofish.as_ref().map(|generic| text(generic.to_token_stream())).unwrap_or_default();
            expression(&call.receiver)?.method(&format!("{}{turbofish}", call.method), expressions(&call.args)?)
        }
        Expr::Field(field) => expression(&field.base)?.field(&text(field.member.to_token_stream())),
        Expr::Reference(reference) if reference.mutability.is_some() => expression(&reference.expr)?.exclusive(),
        Expr::Reference(reference) => expression(&reference.expr)?.reference(),
        Expr::Try(tried) => expression(&tried.expr)?.tried(),
        Expr::Array(array) => Expression::array(expressions(&array.elems)?),
        Expr::Tuple(tuple) if tuple.elems.is_empty() => Expression::leaf("()"),
        Expr::Tuple(tuple) if tuple.elems.len() > 1 => Expression::tuple(expressions(&tuple.elems)?),
        Expr::Struct(structure) if structure.rest.is_none() => {
            let field = |field: &syn::FieldValue| {
                let value = match field.colon_token {
                    Some(_) => Some(expression(&field.expr)?),
                    None => None,
                };
                Some((text(field.member.to_token_stream()), value))
            };
            let fields: Option<Vec<_>> = structure.fields.iter().map(field).collect();
            Expression::structure(&text(structure.path.to_token_stream()), fields?)
        }
        Expr::Closure(closure) if closure.capture.is_none() && closure.asyncness.is_none() => {
            let parameters: Vec<String> = closure.inputs.iter().map(|input| text(input.to_token_stream())).collect();
            Expression::closure(&parameters.join(", "), expression(&closure.body)?)
        }
        Expr::Match(matched) => {
            let arm = |arm: &syn::Arm| {
                if arm.guard.is_some() {
                    return None;
                }
                let patterns = match &arm.pat {
                    Pat::Or(or) => or.cases.iter().map(|case| text(case.to_token_stream())).collect(),
                    pattern => vec![text(pattern.to_token_stream())],
                };
                Some(Arm { patterns, body: expression(&arm.body)? })
            };
            let arms: Option<Vec<_>> = matched.arms.iter().map(arm).collect();
            Expression::matching(expression(&matched.expr)?, arms?)
        }
        Expr::Block(block) if block.label.is_none() => {
            let (statements, result) = block_parts(&block.block)?;
            Expression::block(statements, result)
        }
        _ => return None,
    })
}
