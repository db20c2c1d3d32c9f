//! Folders of strangers, to generate into: see [`planchet_fuzz::folders`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| planchet_fuzz::folders::check(bytes));
