//! Findings about the examples and defaults of a document.
//!
//! ```text
//! openapi/pay.yaml:41:20: warning[example-mismatch]: this example does not follow its schema: `/card/cvv` must have at least 3
//! characters, has 2
//!    |
//! 41 |             cvv: '12'
//!    |                  ^^^^
//!    = hint: the rule is at openapi/pay.yaml:12:20
//! ```

use std::collections::HashSet;

use serde_json::Value;

use crate::api::{Example, Examples, Role};
use crate::diagnostic::{Code, DEFAULT_MISMATCH, Diagnostic, EXAMPLE_MISMATCH, Location, NOT_CARRIED, Report};
use crate::document::Node;
use crate::runtime::pattern::Reserve;
use crate::runtime::{self, Rule, View, Violation, Violations};

use crate::lint::tables::Tables;

/// Maximum number of findings reported for one example; the rest are counted.
const MOST: usize = 5;

/// Maximum length of a message; those about unions describe every branch.
const LONGEST: usize = 400;

/// Reports every example and default that is not valid against its schema; `root` is their document.
///
/// The tables made for it are never freed: this is for programs that end.
pub fn examples(examples: &Examples, root: &Node, report: &mut Report) {
    // Defaults of the wrong type have been reported already.
    let reported: HashSet<(String, usize)> = report
        .diagnostics()
        .iter()
        .filter(|found| found.code == &DEFAULT_MISMATCH)
        .filter_map(|found| found.at.as_ref().map(position))
        .collect();
    // All examples share one budget for hard patterns.
    let _shared = Reserve::open();
    let mut tables = Tables::new(&examples.schemas);
    for example in &examples.list {
        let Some(node) = root.pointer(&example.pointer) else { continue };
        let (code, what) = role(example.role);
        let mut unjudged = |at: &Node, why: &str| {
            report.push(Diagnostic::new(&NOT_CARRIED, format!("{what} is not judged: {why}")).at(at));
        };
        if let Some(number) = node.inexact_number() {
            unjudged(number, "it has a number that neither 64 bits nor a float hold");
            continue;
        }
        let Some(violations) = violations(example, &mut tables) else {
            unjudged(node, "it would take too long");
            continue;
        };
        if example.role == Role::Default && reported.contains(&position(&node.location)) {
            continue;
        }
        for violation in violations.iter().take(MOST) {
            report.push(finding(example, violation, root, node));
        }
        if let Some(last) = violations.get(MOST - 1).filter(|_| violations.len() > MOST) {
            let least = if violations.len() >= Violations::CAP { "at least " } else { "" };
            let message = format!("{what} does not follow its schema: and {least}{} more", violations.len() - MOST);
            report.push(Diagnostic::new(code, message).at(within(example, last, root).unwrap_or(node)));
        }
    }
}

/// The value that breaks a rule.
fn within<'d>(example: &Example, violation: &Violation, root: &'d Node) -> Option<&'d Node> {
    root.pointer(&format!("{}{}", example.pointer, violation.pointer))
}

fn position(at: &Location) -> (String, usize) {
    (at.source.path().to_owned(), at.span.start)
}

fn role(role: Role) -> (&'static Code, &'static str) {
    match role {
        Role::Example => (&EXAMPLE_MISMATCH, "this example"),
        Role::Default => (&DEFAULT_MISMATCH, "this default"),
    }
}

/// The violations by the schema that the example matches best; `None` where checking would take too long.
fn violations(example: &Example, tables: &mut Tables<'_>) -> Option<Vec<Violation>> {
    let mut best: Option<Vec<Violation>> = None;
    for schema in &example.schemas {
        let rules = tables.rules(*schema, &example.value)?;
        let Err(found) = runtime::check(View::from(&example.value), rules) else { return Some(Vec::new()) };
        // A pattern has exceeded its budget: the verdict is unknown.
        if found.iter().any(|found| matches!(found.rule, Rule::Undecided { .. })) {
            return None;
        }
        // The depth limit is the checker's, not the document's.
        let found: Vec<Violation> =
            found.into_iter().filter(|found| !matches!(found.rule, Rule::Depth { .. })).collect();
        if best.as_ref().is_none_or(|best| found.len() < best.len()) {
            best = Some(found);
        }
    }
    best
}

fn finding(example: &Example, violation: &Violation, root: &Node, whole: &Node) -> Diagnostic {
    let (code, what) = role(example.role);
    let subject = if violation.pointer.is_empty() { "it".to_owned() } else { format!("`{}`", violation.pointer) };
    let mut message = format!("{what} does not follow its schema: {subject} {}", violation.rule);
    if let Some((end, _)) = message.char_indices().nth(LONGEST) {
        message.truncate(end);
        message.push('…');
    }
    let node = within(example, violation, root).unwrap_or(whole);
    let rule = rule_at(violation, root).map(|at| {
        let (line, column) = at.line_column();
        format!("the rule is at {}:{line}:{column}", at.source.path())
    });
    let hints: Vec<String> = mistake(&violation.rule, node).map(str::to_owned).into_iter().chain(rule).collect();
    let diagnostic = Diagnostic::new(code, message).at(node);
    if hints.is_empty() { diagnostic } else { diagnostic.hint(hints.join("; ")) }
}

/// A hint about the probable mistake behind a violation.
fn mistake(rule: &Rule, node: &Node) -> Option<&'static str> {
    if node.get("$ref").is_some_and(|target| target.as_str().is_some()) {
        return Some("a `$ref` within a value is data, and leads nowhere");
    }
    let text = node.as_str().filter(|_| matches!(rule, Rule::Type { .. }))?;
    let parsed: Value = serde_json::from_str(text).ok()?;
    (parsed.is_array() || parsed.is_object()).then_some("the string holds JSON: write the JSON itself")
}

/// The location of the violated rule: the keyword, or else the schema.
fn rule_at<'d>(violation: &Violation, root: &'d Node) -> Option<&'d Location> {
    let schema = root.pointer(violation.schema)?;
    let keyword = match &violation.rule {
        Rule::Enum { .. } => schema.get("enum").or_else(|| schema.get("const")),
        // `exclusiveMinimum: true` is OpenAPI 3.0.
        Rule::Bound { keyword, .. } => schema.get(keyword).filter(|node| node.as_bool().is_none()).or_else(|| {
            schema.get(match *keyword {
                "exclusiveMinimum" => "minimum",
                "exclusiveMaximum" => "maximum",
                other => other,
            })
        }),
        rule => schema.get(rule.name()),
    };
    Some(&keyword.unwrap_or(schema).location)
}
