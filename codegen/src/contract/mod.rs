//! contract
pub fn listing(_: &crate::api::Api) -> String {
    String::new()
}
