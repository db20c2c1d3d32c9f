//! What is measured: the same work done by emitted code, by hand, and with other crates.

pub mod floor;

use planchet_payments::{frontstream, orchestra};

pub const TOKEN: &str = include_str!("../payloads/token.json");
pub const TOKEN_BROKEN: &str = include_str!("../payloads/token-broken.json");
pub const AUTH: &str = include_str!("../payloads/auth.json");

/// A response with a thousand elements.
pub fn accounts() -> String {
    let element = |index: usize| {
        format!(r#"{{"name":"account-{index}","paymentGatewayName":"stripe","creationTime":"2026-11-21T10:{:02}:00Z"}}"#, index % 60)
    };
    format!("[{}]", (0..1000).map(element).collect::<Vec<_>>().join(","))
}

pub type Accounts = Vec<orchestra::PaymentGatewayAccountBrief>;
pub use frontstream::GetTokenRequest;
pub use orchestra::AuthRequest;
