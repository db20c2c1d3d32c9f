//! A mutated document through the whole pipeline; what is emitted must be Rust.
#![no_main]

use libfuzzer_sys::fuzz_target;
use planchet::choices::Choices;
use planchet::diagnostic::Report;
use planchet::document::{check, parse_bytes};
use planchet_fuzz::{Script, documents};

// What is mutated is read beforehand: no input is to blame for the time.
fuzz_target!(init: { documents(); }, |bytes: &[u8]| {
    let text = Script::new(bytes).document().to_string();
    let mut report = Report::default();
    let Some(root) = parse_bytes("x.json", text.into_bytes(), &mut report) else { return };
    let Some(document) = check(root, &mut report) else {
        assert!(report.has_errors(), "refused without a reason");
        return;
    };
    let api = planchet::lower::lower(&document, &Choices::default(), &mut report);
    for (path, text) in planchet::emit::package::layout::crate_files(&api, "api").unwrap() {
        if path.ends_with(".rs") && !path.contains("/support/") {
            assert!(planchet::emit::text::source::is_rust(&text), "{path} is no Rust:\n{text}");
        }
    }
    let _ = report.render();
});
