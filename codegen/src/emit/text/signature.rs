//! Heads of functions.

use crate::emit::text::shape::{TAB, WIDTH, break_line, width};

/// The head of a function, up to the brace that opens its body; `before` is what stands before the name.
pub fn write_signature(before: &str, name: &str, parameters: &[&str], result: &str, indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
    let line = format!("{before} {name}({}) -> {result} {{", parameters.join(", "));
    if indent + width(&line) <= WIDTH {
        out.push_str(&line);
    } else {
        out.push_str(&format!("{before} {name}("));
        for parameter in parameters {
            break_line(indent + TAB, out);
            out.push_str(parameter);
            out.push(',');
        }
        break_line(indent, out);
        out.push_str(&format!(") -> {result} {{"));
    }
    out.push('\n');
}
