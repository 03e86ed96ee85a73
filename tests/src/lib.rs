//! What crosses rooms: a real Asterisk, a real browser, a stand-in CRM.
//!
//! This library brings up what such a test needs and takes it down again, also when the test
//! fails or is killed. The tests are in `tests/tests/` (Rust) and `tests/browser/` (browser).

mod ami;
mod asterisk;
pub mod catalogue;
mod databases;
pub mod phone;
mod program;
mod recorder;
mod sipp;

pub use ami::{Ami, Block};
pub use asterisk::{Asterisk, Facts};
pub use databases::{mariadb_url, postgres_url};
pub use program::linecard;
pub use recorder::{Event, Recorder};
pub use sipp::{Player, Role};
