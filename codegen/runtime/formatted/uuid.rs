//! `format: uuid`: `uuid::Uuid`.

use super::FormatText;

impl FormatText for uuid::Uuid {
    fn parse_text(text: &str) -> Option<Self> {
        Self::parse_str(text).ok()
    }

    fn render_text(&self) -> String {
        self.to_string()
    }
}
