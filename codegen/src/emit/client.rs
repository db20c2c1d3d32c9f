//! client
pub fn emit_client(_: &crate::api::Api) -> Vec<super::EmittedFile> {
    Vec::new()
}
