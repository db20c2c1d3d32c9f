//! Tokens as people write them: types, paths, patterns and what else has no layout of its own.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Tokens as they are written: paths and types without spaces, lists with one after each comma.
pub(super) fn text(tokens: TokenStream) -> String {
    let mut out = String::new();
    write_tokens(tokens, &mut out);
    out
}

/// What a token asks of the one after it.
#[derive(Clone, Copy, PartialEq)]
enum After {
    /// Nothing: it follows at once.
    Nothing,
    /// A space, where another word follows.
    Word,
    /// A space, whatever follows.
    Space,
}

fn write_tokens(tokens: TokenStream, out: &mut String) {
    let mut after = After::Nothing;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                if after == After::Space {
                    out.push(' ');
                }
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => (" { ", " }"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write_tokens(group.stream(), out);
                out.push_str(close);
                after = After::Word;
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if after != After::Nothing {
                    out.push(' ');
                }
                // What follows a lifetime is no part of it.
                let is_lifetime = out.ends_with('\'');
                out.push_str(&token.to_string());
                after = if is_lifetime { After::Space } else { After::Word };
            }
            TokenTree::Punct(punct) => {
                // Signs that are one operator: `::`, `..=`.
                let mut operator = String::from(punct.as_char());
                let mut joint = punct.spacing() == Spacing::Joint && punct.as_char() != '\'';
                while joint && let Some(TokenTree::Punct(next)) = tokens.peek() {
                    // `<&T>` and `Vec<Vec<T>>` are no operators.
                    if matches!(operator.as_str(), "<" | ">" | "&") {
                        break;
                    }
                    operator.push(next.as_char());
                    joint = next.spacing() == Spacing::Joint;
                    tokens.next();
                }
                after = write_operator(&operator, after, tokens.peek().is_none(), out);
            }
        }
    }
}

/// Writes an operator; what it asks of what follows.
fn write_operator(operator: &str, after: After, is_last: bool, out: &mut String) -> After {
    match operator {
        // One that nothing follows.
        "," if is_last => after,
        "," | ":" | ";" => {
            out.push_str(operator);
            After::Space
        }
        "::" | "&" | "*" | "'" | "-" | "#" | "!" | "&&" => {
            let is_prefix = matches!(operator, "&" | "*" | "'" | "-" | "#" | "&&");
            if after == After::Space || (after == After::Word && is_prefix) {
                out.push(' ');
            }
            out.push_str(operator);
            After::Nothing
        }
        "<" | "." | ".." | "..=" => {
            if after == After::Space {
                out.push(' ');
            }
            out.push_str(operator);
            After::Nothing
        }
        ">" | "?" => {
            out.push_str(operator);
            After::Word
        }
        _ => {
            out.push(' ');
            out.push_str(operator);
            After::Space
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn tokens_are_written_as_people_write_them() {
        for written in [
            "Option<Vec<Box<models::Card>>>",
            "impl Into<Option<Duration>>",
            "&'static [&'static str]",
            "&mut std::fmt::Formatter<'_>",
            "Result<Response<()>, Error>",
            "Self::Card(_)",
            "400..=499",
            "(a, b)",
            "mut call",
            "impl Fn(&str) -> Option<u8> + Send",
            "#[must_use = \"why\"]",
            "#[allow(clippy::too_many_arguments, reason = \"many\")]",
            "Some(value)",
            "&dyn Entries",
            "-1",
            "dyn for<'a> Fn(&'a str) -> &'a str",
            "[u8; 4]",
            "A | B",
        ] {
            assert_eq!(text(written.parse().unwrap()), written);
        }
    }
}
