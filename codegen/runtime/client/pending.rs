//! A request that is being built.

use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;

use http::Method;

use super::super::{Instance, Rules, View};
use super::call::Call;
use super::checks::Checks;
use super::core::Core;
use super::credentials::Scheme;
use super::error::Error;
use super::response::{Received, Response};

/// A call in progress, which resolves to the answer of an operation.
pub type Sending<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// The common part of the calls of all operations: the request, the client that sends it, and its violations so far.
///
/// It owns its parts: neither the arguments of the operation nor the client have to outlive it.
pub struct Pending {
    core: Core,
    call: Call,
    security: &'static [&'static [&'static Scheme]],
    checks: Checks,
}

impl Pending {
    pub(super) fn new(
        core: Core,
        call: Call,
        security: &'static [&'static [&'static Scheme]],
    ) -> Self {
        Self {
            core,
            call,
            security,
            checks: Checks::default(),
        }
    }

    /// The checks of the request; `None` where the client sends requests as they are.
    fn checks(&mut self) -> Option<&mut Checks> {
        self.core.checks().then_some(&mut self.checks)
    }

    /// Checks a parameter; its violations are at `/path/token`, `/query/limit` and so on.
    pub fn check_parameter(
        &mut self,
        location: &'static str,
        name: &str,
        view: View<'_>,
        rules: &Rules,
    ) {
        if let Some(checks) = self.checks() {
            checks.parameter(location, name, view, rules);
        }
    }

    /// Checks the body; its violations are at their places in the body.
    pub fn check_body(&mut self, body: &dyn Instance, rules: &Rules) {
        if let Some(checks) = self.checks() {
            checks.body(body, rules);
        }
    }

    /// Checks a body of text, which is a string.
    pub fn check_text(&mut self, body: &str, rules: &Rules) {
        if let Some(checks) = self.checks() {
            checks.text(body, rules);
        }
    }

    /// Checks a body of text that spells a number, `true`, `false` or `null`.
    pub fn check_scalar(&mut self, body: &str, rules: &Rules) {
        if let Some(checks) = self.checks() {
            checks.scalar(body, rules);
        }
    }

    /// Checks the length of a body of bytes.
    pub fn check_octets(&mut self, body: &[u8], rules: &Rules) {
        if let Some(checks) = self.checks() {
            checks.octets(body, rules);
        }
    }

    /// Sends the request, and reads the answer.
    #[must_use]
    pub fn send<T: 'static>(self, read: fn(Received) -> Result<Response<T>, Error>) -> Sending<T> {
        Box::pin(async move { read(self.received().await?) })
    }

    async fn received(self) -> Result<Received, Error> {
        self.checks.finish()?;
        self.core.send(self.call, self.security).await
    }
}

impl Core {
    /// Starts a call of an operation, by its id, its method, its path template and the credentials that it needs.
    #[must_use]
    pub fn call(
        &self,
        operation: &'static str,
        method: Method,
        template: &'static str,
        security: &'static [&'static [&'static Scheme]],
    ) -> Pending {
        Pending::new(
            self.clone(),
            Call::new(operation, method, template),
            security,
        )
    }
}

impl Deref for Pending {
    type Target = Call;

    fn deref(&self) -> &Call {
        &self.call
    }
}

impl DerefMut for Pending {
    fn deref_mut(&mut self) -> &mut Call {
        &mut self.call
    }
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.call.fmt(f)
    }
}
