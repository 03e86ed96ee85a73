//! Work on Linecard: `cargo xtask <check|gen|bench|asterisk>`.
fn main() {}
