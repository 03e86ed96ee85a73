//! Bytes that reach ever more of the code, for `linecard_fuzz::replay`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| linecard_fuzz::replay::check(data));
