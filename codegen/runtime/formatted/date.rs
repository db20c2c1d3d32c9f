//! `format: date`: `jiff::civil::Date`.

use super::FormatText;

impl FormatText for jiff::civil::Date {
    fn parse_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }

    fn render_text(&self) -> String {
        self.to_string()
    }
}
