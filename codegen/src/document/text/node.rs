//! The document as a tree in which every value has its source position.
//!
//! `{"a": [1.50]}` becomes an object whose member `a` is an array of the number `"1.50"`: numbers keep their exact
//! text. JSON and YAML make the same tree, except for the places.

use indexmap::IndexMap;
use std::borrow::Cow;

use crate::diagnostic::Location;
use crate::runtime::Numeral;

/// A value of the document with the place it was read from.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: NodeValue,
    /// Where it stands.
    pub location: Location,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug)]
pub enum NodeValue {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as its exact text in JSON's grammar.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Node>),
    /// An object, its members in document order.
    Object(IndexMap<String, Member>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Where its name stands.
    pub key: Location,
    /// Its value.
    pub node: Node,
}

/// The size of a value, including everything in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Values and member names.
    pub values: usize,
    /// Bytes of text in them.
    pub bytes: usize,
    /// Levels below it.
    pub depth: usize,
}

impl From<&Node> for Location {
    fn from(node: &Node) -> Self {
        node.location.clone()
    }
}

impl Node {
    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key).map(|member| &member.node)
    }

    /// The text, if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        if let NodeValue::String(text) = &self.value { Some(text) } else { None }
    }

    /// The flag, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        if let NodeValue::Bool(flag) = self.value { Some(flag) } else { None }
    }

    /// The exact text of a number.
    pub fn as_number(&self) -> Option<&str> {
        if let NodeValue::Number(text) = &self.value { Some(text) } else { None }
    }

    /// The number, if it is a non-negative integer; `30`, `30.0` and `3e1` are the same.
    pub fn as_u64(&self) -> Option<u64> {
        let text = self.as_number()?;
        if let Ok(number) = text.parse() {
            return Some(number);
        }
        let number: f64 = text.parse().ok()?;
        // 2^53: beyond it not every integer has a form of its own.
        let exact = (0.0..=9_007_199_254_740_992.0).contains(&number) && number.fract() == 0.0;
        exact.then_some(number as u64)
    }

    /// The elements, if it is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        if let NodeValue::Array(elements) = &self.value { Some(elements) } else { None }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&IndexMap<String, Member>> {
        if let NodeValue::Object(members) = &self.value { Some(members) } else { None }
    }

    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, NodeValue::Null)
    }

    /// The value at a JSON Pointer (RFC 6901): `/paths/~1pets/get`; the empty pointer is the value itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut node = self;
        for token in pointer.strip_prefix('/')?.split('/') {
            node = match &node.value {
                NodeValue::Object(members) if token.contains('~') => &members.get(&unescape(token))?.node,
                NodeValue::Object(members) => &members.get(token)?.node,
                NodeValue::Array(elements) => elements.get(array_index(token)?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The same value without places. Numbers beyond `u64` and `i64` become the nearest `f64`.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            NodeValue::Null => serde_json::Value::Null,
            NodeValue::Bool(flag) => serde_json::Value::Bool(*flag),
            NodeValue::Number(text) => number(text),
            NodeValue::String(text) => serde_json::Value::String(text.clone()),
            NodeValue::Array(elements) => elements.iter().map(Node::to_json).collect(),
            NodeValue::Object(members) => {
                let members = members.iter().map(|(name, member)| (name.clone(), member.node.to_json()));
                serde_json::Value::Object(members.collect())
            }
        }
    }

    /// The first number in it that neither 64 bits nor a float hold: [`Node::to_json`] has the nearest float in its place.
    pub fn inexact_number(&self) -> Option<&Self> {
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            match &node.value {
                NodeValue::Number(text) if Numeral::is_needed(text) => return Some(node),
                NodeValue::Array(elements) => open.extend(elements.iter().rev()),
                NodeValue::Object(members) => open.extend(members.values().rev().map(|member| &member.node)),
                NodeValue::Null | NodeValue::Bool(_) | NodeValue::Number(_) | NodeValue::String(_) => {}
            }
        }
        None
    }

    /// How large it is.
    pub fn size(&self) -> Size {
        let mut size = Size::default();
        let mut open = vec![(self, 0)];
        while let Some((node, depth)) = open.pop() {
            size.values += 1;
            size.depth = size.depth.max(depth);
            match &node.value {
                NodeValue::Number(text) | NodeValue::String(text) => size.bytes += text.len(),
                NodeValue::Array(elements) => open.extend(elements.iter().map(|element| (element, depth + 1))),
                NodeValue::Object(members) => {
                    size.values += members.len();
                    size.bytes += members.keys().map(String::len).sum::<usize>();
                    open.extend(members.values().map(|member| (&member.node, depth + 1)));
                }
                NodeValue::Null | NodeValue::Bool(_) => {}
            }
        }
        size
    }

    /// Its kind, for messages: `a string`, `an object`, `null`.
    pub fn kind_name(&self) -> &'static str {
        match self.value {
            NodeValue::Null => "null",
            NodeValue::Bool(_) => "a boolean",
            NodeValue::Number(_) => "a number",
            NodeValue::String(_) => "a string",
            NodeValue::Array(_) => "an array",
            NodeValue::Object(_) => "an object",
        }
    }
}

/// A member name as a token of a JSON Pointer: `/` becomes `~1`, `~` becomes `~0`.
pub fn escape(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

/// The member name that a token of a JSON Pointer stands for.
pub fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

fn array_index(token: &str) -> Option<usize> {
    let canonical = token == "0" || !token.starts_with(['0', '+']);
    if canonical { token.parse().ok() } else { None }
}

fn number(text: &str) -> serde_json::Value {
    if let Ok(number) = text.parse::<u64>() {
        return number.into();
    }
    if let Ok(number) = text.parse::<i64>() {
        return number.into();
    }
    let number = text.parse::<f64>().unwrap_or(0.0);
    // `1e999` is infinite as a float; JSON has no such number, the largest finite one is nearest.
    serde_json::Number::from_f64(number.clamp(f64::MIN, f64::MAX)).map_or(serde_json::Value::Null, Into::into)
}
