//! Stand-in CRMs with record pages of their own, for the demo and the tests.
//!
//! A stand-in is a server of its own. It speaks the CRM's HTTP interface as far as Linecard and
//! the tests use it, keeps its records in memory (and in a file, when asked to), shows them on
//! plain pages, and fails on demand. It is not affiliated with the vendor and never claims to be.

pub mod salesforce;
