//! Stand-in CRMs with record pages of their own, for the demo and the tests.
//!
//! A stand-in is a server of its own. It speaks the CRM's HTTP interface as far as Linecard and
//! the tests use it, keeps its records in memory (and in a file, when asked to), shows them on
//! plain pages, and fails on demand. It is not affiliated with the vendor and never claims to be.
//!
//! Each CRM has a folder. What they share stands beside these: how one is served, what goes
//! wrong on demand, how requests are counted, and how a page looks.

mod faults;
mod lost_answer;
mod pages;
mod requests;
mod server;

pub mod bitrix24;
pub mod hubspot;
pub mod salesforce;
pub mod zoho;

pub use faults::{Fault, Target};
pub use server::Tls;
