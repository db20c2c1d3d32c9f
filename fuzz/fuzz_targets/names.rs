//! Names in every position of a document that has one: see [`planchet_fuzz::names`].
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| planchet_fuzz::names::check(bytes));
