//! What attackers of web pages try, each with the test that fails when its protection is gone.
//!
//! Who may use which endpoint, `/metrics` among them, is the table in `access.rs`; that a Desk
//! opens from our own page only is told in `desk.rs`.

mod clickjacking;
mod cookies;
mod csrf;
mod disabled;
mod guessing;
mod open_redirect;
mod policy;
mod session_fixation;
