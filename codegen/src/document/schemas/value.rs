//! Whether a keyword holds a value that it may hold; sloppy values with a clear meaning are reported, and read as meant.

use crate::diagnostic::{self as codes, Diagnostic};
use crate::runtime::Pattern;
use crate::runtime::pattern::{Departure, Fault};

use crate::document::frame::Place;
use crate::document::schemas::{Checker, TYPES};
use crate::document::text::node::{Node, NodeValue, escape};
use crate::document::version::Version;
use crate::document::vocabulary::{Holds, holds};

impl<'d> Checker<'d, '_> {
    pub(crate) fn keyword(&mut self, keyword: &str, node: &'d Node, pointer: &str) {
        let wanted = holds(keyword, self.version);
        if wanted == Holds::Anything || keyword == "$ref" {
            return;
        }
        if node.is_null() {
            let message = format!("`{keyword}` is null, which says nothing");
            self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint("remove it"));
            return;
        }
        match wanted {
            Holds::Count => self.demand(keyword, "a non-negative integer", node, node.as_u64().is_some()),
            Holds::Number => self.demand(keyword, "a number", node, node.as_number().is_some()),
            Holds::Positive => {
                let positive = |text: &str| text.parse::<f64>().is_ok_and(|number| number > 0.0);
                self.demand(keyword, "a number greater than 0", node, node.as_number().is_some_and(positive));
            }
            Holds::Text => self.demand(keyword, "a string", node, node.as_str().is_some()),
            Holds::Flag => self.demand(keyword, "a boolean", node, node.as_bool().is_some()),
            Holds::Array if node.as_array().is_some_and(<[Node]>::is_empty) => {
                let says = if self.version > Version::V3_0 { "so that none follows" } else { "and says nothing" };
                let message = format!("`{keyword}` lists no value, {says}");
                self.report.push(Diagnostic::new(&codes::EMPTY_KEYWORD, message).at(node));
            }
            Holds::Array => self.demand(keyword, "an array", node, node.as_array().is_some()),
            Holds::Object => self.demand(keyword, "an object", node, node.as_object().is_some()),
            Holds::Required if node.as_bool().is_some() => {
                let message = "`required` is a boolean, as in JSON Schema draft 3; it is ignored";
                let hint = "list the names of required properties in the object that has them";
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint(hint));
            }
            Holds::Required if node.as_object().is_some_and(|members| members.is_empty()) => {
                let message = "`required` is an empty object; it is ignored";
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(node).hint("remove it"));
            }
            Holds::Required if node.as_array().is_some() => {
                for element in node.as_array().unwrap_or_default().iter().filter(|name| name.as_str().is_none()) {
                    let message = format!("`required` lists names, found {}; it is ignored", element.kind_name());
                    self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(element).hint("remove it"));
                }
            }
            Holds::Required => self.demand(keyword, "an array of strings", node, false),
            Holds::Discriminator if node.as_str().is_some() => {
                let message = "`discriminator` is a string, as in Swagger 2.0; it is taken as `propertyName`";
                self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(node));
            }
            Holds::Discriminator => self.demand(keyword, "an object", node, node.as_object().is_some()),
            Holds::TextArrayMap => match node.as_object() {
                Some(members) => members.values().for_each(|member| self.text_array(keyword, &member.node)),
                None => self.demand(keyword, "an object of arrays of strings", node, false),
            },
            Holds::Type => self.types(node),
            Holds::Pattern => match node.as_str() {
                Some(pattern) => self.pattern(pattern, node),
                None => self.demand(keyword, "a string", node, false),
            },
            Holds::PatternMap => {
                for (pattern, member) in node.as_object().into_iter().flatten() {
                    self.pattern(pattern, &Node { value: NodeValue::Null, location: member.key.clone() });
                }
                self.schema_map(keyword, node, pointer);
            }
            Holds::Schema => self.push(node, pointer.to_owned()),
            Holds::SchemaOrFlag if node.as_bool().is_some() => {}
            Holds::SchemaOrFlag if node.as_object().is_none() => {
                self.demand(keyword, "a schema or a boolean", node, false);
            }
            Holds::SchemaOrFlag => self.push(node, pointer.to_owned()),
            Holds::SchemaArray => self.schema_array(keyword, node, pointer),
            Holds::SchemaMap => self.schema_map(keyword, node, pointer),
            Holds::Items if node.as_array().is_some() => {
                let message = "`items` is an array, as in older drafts of JSON Schema; it is taken as `prefixItems`";
                self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(node));
                for (index, element) in node.as_array().unwrap_or_default().iter().enumerate().rev() {
                    self.push(element, format!("{pointer}/{index}"));
                }
            }
            Holds::Items => self.push(node, pointer.to_owned()),
            Holds::Bound => self.bound(keyword, node),
            Holds::Anything => {}
        }
    }

    fn push(&mut self, node: &'d Node, pointer: String) {
        self.open.push(Place { pointer, node });
    }

    fn demand(&mut self, keyword: &str, what: &str, node: &Node, holds: bool) {
        if holds {
            return;
        }
        let found = match &node.value {
            // A number can be the right kind of thing and still a wrong value.
            NodeValue::Number(text) if text.len() <= 40 => format!("`{text}`"),
            _ => node.kind_name().to_owned(),
        };
        let message = format!("`{keyword}` must be {what}, found {found}; it is ignored");
        self.report.push(Diagnostic::new(&codes::KEYWORD_TYPE, message).at(node));
    }

    fn text_array(&mut self, keyword: &str, node: &Node) {
        let Some(elements) = node.as_array() else {
            self.demand(keyword, "an array of strings", node, false);
            return;
        };
        for element in elements.iter().filter(|element| element.as_str().is_none()) {
            self.demand(keyword, "an array of strings", element, false);
        }
    }

    fn schema_array(&mut self, keyword: &str, node: &'d Node, pointer: &str) {
        match node.as_array() {
            None => self.demand(keyword, "an array of schemas", node, false),
            Some([]) => {
                let message = format!("`{keyword}` lists no schema, and says nothing");
                self.report.push(Diagnostic::new(&codes::EMPTY_KEYWORD, message).at(node));
            }
            Some(elements) => {
                for (index, element) in elements.iter().enumerate().rev() {
                    self.push(element, format!("{pointer}/{index}"));
                }
            }
        }
    }

    fn schema_map(&mut self, keyword: &str, node: &'d Node, pointer: &str) {
        let Some(members) = node.as_object() else {
            self.demand(keyword, "an object of schemas", node, false);
            return;
        };
        for (name, member) in members.iter().rev() {
            self.push(&member.node, format!("{pointer}/{}", escape(name)));
        }
    }

    fn bound(&mut self, keyword: &str, node: &Node) {
        let written = match (&node.value, self.version) {
            (NodeValue::Bool(_), Version::V3_0) | (NodeValue::Number(_), Version::V3_1) => return,
            (NodeValue::Bool(_), _) => "a boolean, as in OpenAPI 3.0",
            (NodeValue::Number(_), _) => "a number, as in OpenAPI 3.1",
            _ => {
                let what = if self.version == Version::V3_0 { "a boolean" } else { "a number" };
                self.demand(keyword, what, node, false);
                return;
            }
        };
        let message = format!("`{keyword}` is {written}");
        self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(node));
    }

    fn types(&mut self, node: &Node) {
        let names: Vec<&Node> = match &node.value {
            NodeValue::String(_) => vec![node],
            NodeValue::Array(elements) => {
                if self.version == Version::V3_0 {
                    let message = "`type` is an array, as in OpenAPI 3.1";
                    self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(node));
                }
                elements.iter().collect()
            }
            _ => {
                self.demand("type", "a string", node, false);
                return;
            }
        };
        if names.is_empty() {
            let message = "`type` lists no type, and says nothing";
            self.report.push(Diagnostic::new(&codes::EMPTY_KEYWORD, message).at(node));
        }
        for name in names {
            if name.is_null() {
                let message = "`type` names are strings, found null";
                self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(name).hint("write `\"null\"`"));
                continue;
            }
            match name.as_str() {
                Some(name) if TYPES.contains(&name) => {}
                Some("null") if self.version > Version::V3_0 => {}
                Some("null") => {
                    let message = "`type: null` is of OpenAPI 3.1";
                    self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(name));
                }
                Some(text) if TYPES.contains(&text.to_ascii_lowercase().as_str()) => {
                    let message = format!("`{text}` is written `{}`", text.to_ascii_lowercase());
                    self.report.push(Diagnostic::new(&codes::SLOPPY_TYPE, message).at(name));
                }
                Some("file") => {
                    let message = "`type: file` is of Swagger 2.0; it is taken as a string of `format: binary`";
                    self.report.push(Diagnostic::new(&codes::KEYWORD_OF_OTHER_VERSION, message).at(name));
                }
                Some(text) => {
                    let shown: String = text.chars().take(40).collect();
                    let message = format!("`{shown}` is no type; any type is allowed");
                    self.report.push(Diagnostic::new(&codes::UNKNOWN_TYPE, message).at(name));
                }
                None => self.demand("type", "a string", name, false),
            }
        }
    }

    fn pattern(&mut self, pattern: &'d str, at: &Node) {
        if self.patterns.contains(pattern) {
            return;
        }
        let (code, message) = match Pattern::read(pattern) {
            Ok(reading) => match (reading.because, reading.departure) {
                (Some(because), _) => (
                    &codes::PATTERN_BUDGET,
                    format!(
                        "matching the pattern has a budget of steps, since {because}: a text that spends it is a violation"
                    ),
                ),
                (None, Some(Departure::Dialect(what))) => {
                    (&codes::PATTERN_DIALECT, format!("the pattern is not of ECMA-262 and is read as meant: {what}"))
                }
                (None, Some(Departure::WithoutUnicode(what))) => {
                    (&codes::PATTERN_WITHOUT_UNICODE, format!("the pattern is valid only without the `u` flag: {what}"))
                }
                (None, None) => {
                    self.patterns.insert(pattern);
                    return;
                }
            },
            Err(Fault::Size(excess)) => (&codes::PATTERN_SIZE, format!("the pattern has {excess}; it is not enforced")),
            Err(Fault::Syntax(error)) => {
                (&codes::INVALID_PATTERN, format!("the pattern is no regular expression, and is not enforced: {error}"))
            }
        };
        self.report.push(Diagnostic::new(code, message).at(at));
    }
}
