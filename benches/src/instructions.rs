//! One piece of work, so many times: what `valgrind --tool=callgrind` counts.
use std::hint::black_box;

use planchet_benches as work;
use planchet_benches::floor;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let case = arguments.next().unwrap_or_default();
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1);
    let token = work::GetTokenRequest::from_json(work::TOKEN.as_bytes()).unwrap();
    let auth = work::AuthRequest::from_json(work::AUTH.as_bytes()).unwrap();
    let floor_token: floor::GetTokenRequest = serde_json::from_str(work::TOKEN).unwrap();
    let floor_auth: floor::AuthRequest = serde_json::from_str(work::AUTH).unwrap();
    let token_value: serde_json::Value = serde_json::from_str(work::TOKEN).unwrap();
    let auth_value: serde_json::Value = serde_json::from_str(work::AUTH).unwrap();
    let registry = planchet_payments::registry::get("GetTokenRequest").unwrap();
    let auth_registry = planchet_payments::registry::get("AuthRequest").unwrap();
    let start = std::time::Instant::now();
    for _ in 0..count {
        match case.as_str() {
            "token-validate" => assert!(black_box(&token).validate().is_ok()),
            "token-validate-floor" => assert!(black_box(&floor_token).validate().is_ok()),
            "auth-validate" => assert!(black_box(&auth).validate().is_ok()),
            "auth-validate-floor" => assert!(black_box(&floor_auth).validate().is_ok()),
            "token-from-json" => drop(work::GetTokenRequest::from_json(black_box(work::TOKEN.as_bytes())).unwrap()),
            "token-broken" => drop(work::GetTokenRequest::from_json(black_box(work::TOKEN_BROKEN.as_bytes())).unwrap_err()),
            "token-from-json-floor" => {
                let value: floor::GetTokenRequest = serde_json::from_slice(black_box(work::TOKEN.as_bytes())).unwrap();
                value.validate().unwrap();
            }
            "auth-from-json" => drop(work::AuthRequest::from_json(black_box(work::AUTH.as_bytes())).unwrap()),
            "auth-from-json-floor" => {
                let value: floor::AuthRequest = serde_json::from_slice(black_box(work::AUTH.as_bytes())).unwrap();
                value.validate().unwrap();
            }
            "token-check" => assert!(registry.check(black_box(&token_value)).is_ok()),
            "auth-check" => assert!(auth_registry.check(black_box(&auth_value)).is_ok()),
            _ => {}
        }
    }
    println!("{case}: {:.1} ns", start.elapsed().as_nanos() as f64 / count as f64);
}
