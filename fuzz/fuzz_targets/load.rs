//! Any bytes, as JSON and as YAML: read, checked, and nothing else.
#![no_main]

use libfuzzer_sys::fuzz_target;
use planchet::diagnostic::Report;
use planchet::document::{check, parse_bytes};

fuzz_target!(|bytes: &[u8]| {
    for name in ["x.json", "x.yaml"] {
        let mut report = Report::default();
        if let Some(root) = parse_bytes(name, bytes.to_vec(), &mut report) {
            let checked = check(root, &mut report);
            assert!(checked.is_some() || report.has_errors(), "refused without a reason");
        }
        let _ = report.render();
    }
});
