//! Credentials: which are given, and where they go.

use std::collections::BTreeMap;
use std::fmt;

use super::super::Secret;

/// Where a security scheme's credential goes (OpenAPI 3.0.4, "Security Scheme Object").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
    /// `Authorization: Basic` (RFC 7617); the credential is `user:password`.
    Basic,
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// The whole value of `Authorization`.
    Authorization,
    /// Nowhere: the document refers to a scheme that it does not define, and no credential can be given for it.
    Undefined,
}

/// A security scheme of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its name in the document.
    pub name: &'static str,
    /// Where its credential goes.
    pub placement: Placement,
}

/// Credentials by security scheme.
#[derive(Clone, Default)]
pub struct Credentials {
    given: BTreeMap<&'static str, Secret<String>>,
    /// A scheme whose credential would be misread.
    ambiguous: Option<&'static str>,
}

impl Credentials {
    /// Sets the credential of a scheme.
    pub fn set(&mut self, scheme: &'static str, credential: Secret<String>) {
        self.given.insert(scheme, credential);
    }

    /// Sets user name and password of a scheme. A colon in the name would be read as its end, and no control character is allowed
    /// (RFC 7617, section 2): no client is built with such values.
    pub fn set_basic(&mut self, scheme: &'static str, user: &str, password: &str) {
        if user.contains(':')
            || [user, password]
                .iter()
                .any(|text| text.contains(char::is_control))
        {
            self.ambiguous = Some(scheme);
        } else if self.ambiguous == Some(scheme) {
            self.ambiguous = None;
        }
        self.set(scheme, Secret::new(format!("{user}:{password}")));
    }

    /// The scheme whose user name or password cannot be sent as it is meant.
    pub(super) const fn ambiguous(&self) -> Option<&'static str> {
        self.ambiguous
    }

    /// The credential of a scheme.
    #[must_use]
    pub fn get(&self, scheme: &str) -> Option<&Secret<String>> {
        self.given.get(scheme)
    }

    /// The first alternative whose credentials are all given. An empty alternative counts last, so that optional credentials are sent if
    /// given (OpenAPI 3.0.4, "Security Requirement Object").
    ///
    /// # Errors
    /// The name of a scheme that would be needed.
    pub fn choose(
        &self,
        alternatives: &'static [&'static [&'static Scheme]],
    ) -> Result<&'static [&'static Scheme], &'static str> {
        let given = |scheme: &&Scheme| {
            scheme.placement != Placement::Undefined && self.given.contains_key(scheme.name)
        };
        let mut missing = None;
        for alternative in alternatives
            .iter()
            .filter(|alternative| !alternative.is_empty())
        {
            match alternative.iter().find(|scheme| !given(scheme)) {
                None => return Ok(alternative),
                Some(scheme) => missing = missing.or(Some(scheme.name)),
            }
        }
        let is_needed = alternatives
            .iter()
            .all(|alternative| !alternative.is_empty());
        missing.filter(|_| is_needed).map_or(Ok(&[]), Err)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.given.keys()).finish()
    }
}
