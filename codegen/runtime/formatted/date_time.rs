//! `format: date-time`: `jiff::Timestamp`.

use super::FormatText;

impl FormatText for jiff::Timestamp {
    fn parse_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn render_text(&self) -> String {
        self.to_string()
    }
}
