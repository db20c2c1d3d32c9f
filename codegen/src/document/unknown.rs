//! Unknown names: misspelt ones, those of another version, and vendors' own without `x-`.
//!
//! `requierd: [id]` is an `unknown-keyword`: "did you mean `required`?". A name that resembles no known one is reported once, with the
//! number of its places: a vendor's own key may stand at thousands.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic, Location, Report};

/// Number of places of one misspelt name that are reported individually; the last report counts the rest.
const PLACES: usize = 5;

/// Names longer than this many bytes are no misspellings of anything.
const LONGEST: usize = 48;

/// Maximum number of different names that are compared with the known ones; further ones get no suggestion.
const COMPARED: usize = 1_000;

/// What was found, by code and message.
#[derive(Debug, Default)]
pub struct Unknown {
    found: IndexMap<(&'static str, String), Finding>,
    seen: HashSet<(usize, usize, &'static str)>,
    hints: HashMap<(&'static str, String), Option<String>>,
}

#[derive(Debug)]
struct Finding {
    code: &'static Code,
    hint: Option<String>,
    places: Vec<Location>,
    most: usize,
    more: usize,
}

impl Unknown {
    /// Notes a name at its place; a place counts once. With a hint, the first places are reported individually.
    pub fn note(&mut self, code: &'static Code, message: String, hint: Option<String>, at: &Location) {
        let source = std::sync::Arc::as_ptr(&at.source).addr();
        if !self.seen.insert((source, at.span.start, code.name)) {
            return;
        }
        let most = if hint.is_some() { PLACES } else { 1 };
        let new = || Finding { code, hint, places: Vec::new(), most, more: 0 };
        let finding = self.found.entry((code.name, message)).or_insert_with(new);
        if finding.places.len() < finding.most {
            finding.places.push(at.clone());
        } else {
            finding.more += 1;
        }
    }

    /// The hint `did you mean …?`, if the name resembles a known one; `owner` says to what the known names belong.
    pub fn did_you_mean<'k>(
        &mut self,
        owner: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Option<String> {
        if name.len() > LONGEST {
            return None;
        }
        let key = (owner, name.to_owned());
        if let Some(hint) = self.hints.get(&key) {
            return hint.clone();
        }
        if self.hints.len() >= COMPARED {
            return None;
        }
        let hint = resembled(name, known).map(|known| format!("did you mean `{known}`?"));
        self.hints.insert(key, hint.clone());
        hint
    }

    /// Reports everything.
    pub fn report(self, report: &mut Report) {
        for ((_, message), finding) in self.found {
            let last = finding.places.len().saturating_sub(1);
            for (index, place) in finding.places.into_iter().enumerate() {
                let message = match finding.more {
                    0 => message.clone(),
                    _ if index < last => message.clone(),
                    1 => format!("{message} (and at 1 more place)"),
                    more => format!("{message} (and at {more} more places)"),
                };
                let diagnostic = Diagnostic::new(finding.code, message).at(place);
                report.push(match &finding.hint {
                    Some(hint) => diagnostic.hint(hint.clone()),
                    None => diagnostic,
                });
            }
        }
    }
}

/// The known name that a misspelt one resembles: equal but for upper and lower case, or a third of its letters at most
/// missing, extra, wrong or swapped with the next (optimal string alignment).
fn resembled<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let plain = |name: &str| name.to_lowercase().replace(['-', '_', ' '], "");
    let written = plain(name);
    let distances = known
        .into_iter()
        .filter(|known| *known != name)
        .map(|known| (strsim::osa_distance(&written, &plain(known)), known));
    let near = distances.filter(|(distance, known)| {
        let length = known.chars().count();
        *distance <= length / 3 && length.min(written.chars().count()) > 2
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::resembled;
    use crate::document::version::Version;
    use crate::document::vocabulary::keywords;

    #[test]
    fn misspelt_keywords_resemble_what_is_meant() {
        for (written, meant) in [
            ("requierd", "required"),
            ("propertys", "properties"),
            ("property", "properties"),
            ("minLenght", "minLength"),
            ("maxlength", "maxLength"),
            ("max_length", "maxLength"),
            ("formt", "format"),
            ("enm", "enum"),
            ("typ", "type"),
            ("descripton", "description"),
            ("nulable", "nullable"),
            ("aditionalProperties", "additionalProperties"),
            ("read-only", "readOnly"),
            ("allof", "allOf"),
        ] {
            assert_eq!(resembled(written, keywords(Version::V3_0)), Some(meant), "{written}");
        }
        for vendor in ["position", "go-type", "group", "internalComment", "visibility", "tsType", "id"] {
            assert_eq!(resembled(vendor, keywords(Version::V3_0)), None, "{vendor}");
        }
    }
}
