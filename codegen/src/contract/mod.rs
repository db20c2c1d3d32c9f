//! contract
pub fn listing(_: &crate::api::Api) -> String {
    String::new()
}

pub fn changes(_: &str, _: &str) -> Vec<String> { vec![] }
