//! YAML 1.2 with positions: the events of `saphyr-parser` become a tree.
//!
//! ```yaml
//! base: &base { type: string }
//! name: { <<: *base, maxLength: 30 }     # aliases and merge keys are expanded, within a bound
//! responses: { 200: … }                  # keys are always strings
//! ```
//!
//! It uses an explicit stack instead of recursion; an alias costs as many nodes as its anchor has.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use crate::diagnostic::{self as codes, Code, Diagnostic, Location, Report, Source};

use crate::document::limits::{MAX_ALIASED_BYTES, MAX_ALIASED_VALUES, MAX_DEPTH, MAX_VALUES};
use crate::document::text::json::duplicate_key;
use crate::document::text::node::{Member, Node, NodeValue, Size};
use crate::document::text::repair::Repairs;
use crate::document::text::scalar;

/// Parses a whole source.
pub fn parse(source: &Arc<Source>, report: &mut Report) -> Option<Node> {
    let mut repairs = Repairs::default();
    let mut repaired: Option<String> = None;
    loop {
        let text = repaired.as_deref().unwrap_or(source.text());
        // Findings before a repaired place are found again by the next attempt.
        let mut found = Report::default();
        match read(source, text, &repairs, &mut found) {
            Ok(root) => {
                found.into_diagnostics().into_iter().for_each(|diagnostic| report.push(diagnostic));
                return root;
            }
            Err((at, message)) => {
                if repairs.add(source.text(), at, &message).is_none() {
                    found.into_diagnostics().into_iter().for_each(|diagnostic| report.push(diagnostic));
                    let at = Location { source: source.clone(), span: at..at + 1 };
                    report.push(Diagnostic::new(&codes::YAML_SYNTAX, message).at(at));
                    return None;
                }
            }
        }
        repaired = Some(repairs.apply(source.text()));
    }
}

/// Reads the text, which is that of the source with repairs; an error is its place in the source and its message.
fn read(
    source: &Arc<Source>,
    text: &str,
    repairs: &Repairs,
    report: &mut Report,
) -> Result<Option<Node>, (usize, String)> {
    let mut builder = Builder {
        source,
        cursor: Cursor { text, ascii: text.is_ascii(), chars: 0, bytes: 0, repairs },
        stack: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        aliased: Size::default(),
        values: 0,
        report,
    };
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => return Err((builder.cursor.byte_at(error.marker().index()), error.info().to_owned())),
        };
        if let Event::DocumentStart(_) = event {
            documents += 1;
            if documents > 1 {
                let span = builder.span(&span);
                let message = "a second document begins here; it is not read".to_owned();
                builder.fail(&codes::MULTIPLE_DOCUMENTS, message, span);
                return Ok(builder.root);
            }
        }
        if builder.event(event, &span).is_none() {
            return Ok(None);
        }
    }
    if builder.root.is_none() {
        builder.fail(&codes::EMPTY_DOCUMENT, "the file holds no document".to_owned(), 0..0);
    }
    Ok(builder.root)
}

/// Turns character indices, which come nearly in order, into byte offsets.
struct Cursor<'a> {
    text: &'a str,
    ascii: bool,
    chars: usize,
    bytes: usize,
    repairs: &'a Repairs,
}

impl Cursor<'_> {
    /// The place in the source of a character of the text.
    fn byte_at(&mut self, index: usize) -> usize {
        let at = self.byte_of_text(index);
        self.repairs.original(at)
    }

    fn byte_of_text(&mut self, index: usize) -> usize {
        if self.ascii {
            return index.min(self.text.len());
        }
        let (before, after) = self.text.split_at_checked(self.bytes).unwrap_or((self.text, ""));
        if index >= self.chars {
            let steps = after.chars().take(index - self.chars);
            self.bytes += steps.map(char::len_utf8).sum::<usize>();
        } else {
            let steps = before.chars().rev().take(self.chars - index);
            self.bytes -= steps.map(char::len_utf8).sum::<usize>();
        }
        self.chars = index;
        self.bytes
    }
}

/// A collection that is not yet complete.
struct Open {
    start: usize,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    Sequence(Vec<Node>),
    Mapping {
        members: IndexMap<String, Member>,
        merged: Vec<Node>,
        key: Option<(Key, Location)>,
    },
    /// A collection that is a key, and how many collections within it are open.
    Key(usize),
}

enum Key {
    Name(String),
    Merge,
    /// A key that cannot be a name: its value is left out.
    Nameless,
}

/// A node behind an anchor, with its size.
struct Anchored {
    node: Node,
    size: Size,
}

struct Builder<'a> {
    source: &'a Arc<Source>,
    cursor: Cursor<'a>,
    stack: Vec<Open>,
    root: Option<Node>,
    anchors: HashMap<usize, Anchored>,
    /// Number of values that anchors and aliases have added so far.
    aliased: Size,
    /// How many values and keys are written in the file so far.
    values: usize,
    report: &'a mut Report,
}

impl Builder<'_> {
    /// Takes one event; `None` after a failure that ends the reading.
    fn event(&mut self, event: Event<'_>, span: &Span) -> Option<()> {
        let span = self.span(span);
        self.values += 1;
        if self.values > MAX_VALUES {
            self.fail(&codes::TOO_LARGE, format!("the file holds more than {MAX_VALUES} values"), span);
            return None;
        }
        if let Some(Open { kind: OpenKind::Key(depth), start, .. }) = self.stack.last_mut() {
            match event {
                Event::SequenceStart(..) | Event::MappingStart(..) => *depth += 1,
                Event::SequenceEnd | Event::MappingEnd if *depth > 0 => *depth -= 1,
                Event::SequenceEnd | Event::MappingEnd => {
                    let span = *start..span.end;
                    self.stack.pop();
                    return self.key(Key::Nameless, span);
                }
                _ => {}
            }
            return Some(());
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                if plain && text == "<<" && self.awaits_key() {
                    return self.key(Key::Merge, span);
                }
                if self.awaits_key() {
                    if anchor > 0 {
                        let value = NodeValue::String(text.clone().into_owned());
                        self.anchor(anchor, &Node { value, location: self.location(span.clone()) })?;
                    }
                    return self.key(Key::Name(text.into_owned()), span);
                }
                let value = match (tag.as_deref(), plain) {
                    (Some(tag), _) => tagged(tag, &text, plain),
                    (None, true) => scalar::resolve(&text),
                    (None, false) => NodeValue::String(text.into_owned()),
                };
                let node = Node { value, location: self.location(span) };
                self.anchor(anchor, &node)?;
                self.add(node)
            }
            Event::SequenceStart(anchor, _) => self.open(span, anchor, OpenKind::Sequence(Vec::new())),
            Event::MappingStart(anchor, _) => {
                let kind = OpenKind::Mapping { members: IndexMap::new(), merged: Vec::new(), key: None };
                self.open(span, anchor, kind)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(id) => self.alias(id, span),
            _ => Some(()),
        }
    }

    fn open(&mut self, span: Range<usize>, anchor: usize, kind: OpenKind) -> Option<()> {
        let kind = if self.awaits_key() {
            let message = "a key must be a scalar, found a collection; it is ignored".to_owned();
            self.fail(&codes::SLOPPY_TYPE, message, span.clone());
            OpenKind::Key(0)
        } else {
            kind
        };
        if self.stack.len() >= MAX_DEPTH {
            self.too_deep(span);
            return None;
        }
        self.stack.push(Open { start: span.start, anchor, kind });
        Some(())
    }

    fn close(&mut self, span: Range<usize>) -> Option<()> {
        let open = self.stack.pop()?;
        let value = match open.kind {
            OpenKind::Sequence(elements) => NodeValue::Array(elements),
            OpenKind::Mapping { mut members, merged, .. } => {
                self.merge(&mut members, merged)?;
                NodeValue::Object(members)
            }
            // Ended by the event itself.
            OpenKind::Key(_) => return Some(()),
        };
        let text = self.source.text().get(open.start..span.end).unwrap_or("");
        let end = open.start + text.trim_end().len();
        let node = Node { value, location: self.location(open.start..end) };
        self.anchor(open.anchor, &node)?;
        self.add(node)
    }

    /// Whether the next node is a key of a mapping.
    fn awaits_key(&self) -> bool {
        self.stack.last().is_some_and(|open| matches!(open.kind, OpenKind::Mapping { key: None, .. }))
    }

    fn key(&mut self, name: Key, span: Range<usize>) -> Option<()> {
        let at = self.location(span);
        if let Some(Open { kind: OpenKind::Mapping { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some((name, at));
        }
        Some(())
    }

    fn add(&mut self, node: Node) -> Option<()> {
        match self.stack.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::Sequence(elements)) => elements.push(node),
            Some(OpenKind::Mapping { members, merged, key }) => match key.take() {
                Some((Key::Merge, _)) => merged.push(node),
                Some((Key::Name(name), at)) => {
                    if let Some(first) = members.get(&name) {
                        self.report.push(duplicate_key(&name, &first.key, &at));
                    }
                    members.insert(name, Member { key: at, node });
                }
                Some((Key::Nameless, _)) | None => {}
            },
            Some(OpenKind::Key(_)) => {}
        }
        Some(())
    }

    /// `<<`: members of the merged mappings that the mapping does not have itself; earlier ones win.
    fn merge(&mut self, members: &mut IndexMap<String, Member>, merged: Vec<Node>) -> Option<()> {
        for node in merged {
            let sources = match node.value {
                NodeValue::Array(nodes) => nodes,
                _ => vec![node],
            };
            for source in sources {
                let NodeValue::Object(inherited) = source.value else {
                    let message = format!("`<<` merges objects, found {}; it is ignored", source.kind_name());
                    self.report.push(Diagnostic::new(&codes::INVALID_ALIAS, message).at(&source));
                    continue;
                };
                for (name, member) in inherited {
                    members.entry(name).or_insert(member);
                }
            }
        }
        Some(())
    }

    fn anchor(&mut self, id: usize, node: &Node) -> Option<()> {
        if id == 0 {
            return Some(());
        }
        let size = node.size();
        self.spend(size, node.location.span.clone())?;
        self.anchors.insert(id, Anchored { node: node.clone(), size });
        Some(())
    }

    fn alias(&mut self, id: usize, span: Range<usize>) -> Option<()> {
        let Some(anchored) = self.anchors.get(&id) else {
            let message = "an alias does not stand inside of what it stands for; it is taken as null".to_owned();
            self.fail(&codes::INVALID_ALIAS, message, span.clone());
            if self.awaits_key() {
                return self.key(Key::Nameless, span);
            }
            return self.add(Node { value: NodeValue::Null, location: self.location(span) });
        };
        let size = anchored.size;
        self.spend(size, span.clone())?;
        if self.stack.len() + size.depth > MAX_DEPTH {
            self.too_deep(span);
            return None;
        }
        let node = self.anchors.get(&id)?.node.clone();
        if !self.awaits_key() {
            return self.add(node);
        }
        match node.value {
            NodeValue::String(name) | NodeValue::Number(name) => self.key(Key::Name(name), span),
            _ => {
                let message = "an alias of a collection cannot be a key; it is ignored".to_owned();
                self.fail(&codes::INVALID_ALIAS, message, span.clone());
                self.key(Key::Nameless, span)
            }
        }
    }

    fn spend(&mut self, size: Size, span: Range<usize>) -> Option<()> {
        self.aliased.values = self.aliased.values.saturating_add(size.values);
        self.aliased.bytes = self.aliased.bytes.saturating_add(size.bytes);
        let what = if self.aliased.values > MAX_ALIASED_VALUES {
            format!("{MAX_ALIASED_VALUES} values")
        } else if self.aliased.bytes > MAX_ALIASED_BYTES {
            format!("{} MiB of text", MAX_ALIASED_BYTES >> 20)
        } else {
            return Some(());
        };
        self.fail(&codes::ALIAS_BOMB, format!("the aliases stand for more than {what}"), span);
        None
    }

    fn too_deep(&mut self, span: Range<usize>) {
        self.fail(&codes::TOO_DEEP, format!("the document is nested deeper than {MAX_DEPTH} levels"), span);
    }

    fn fail(&mut self, code: &'static Code, message: String, span: Range<usize>) {
        let at = self.location(span);
        self.report.push(Diagnostic::new(code, message).at(at));
    }

    fn span(&mut self, span: &Span) -> Range<usize> {
        let start = self.cursor.byte_at(span.start.index());
        start..self.cursor.byte_at(span.end.index()).max(start)
    }

    fn location(&self, span: Range<usize>) -> Location {
        Location { source: self.source.clone(), span }
    }
}

/// A scalar with a tag: `!!str 5` is a string; tags of others are tolerated and say nothing.
fn tagged(tag: &Tag, text: &str, plain: bool) -> NodeValue {
    let string = || NodeValue::String(text.to_owned());
    if tag.handle == "!" && tag.suffix.is_empty() || tag.is_yaml_core_schema() && tag.suffix == "str" {
        return string();
    }
    match tag.suffix.as_str() {
        "int" | "float" | "bool" | "null" if tag.is_yaml_core_schema() => scalar::resolve(text),
        _ if plain => scalar::resolve(text),
        _ => string(),
    }
}
