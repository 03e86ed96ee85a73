//! What a store promises, held against both databases.
//!
//! SQLite is always tested; PostgreSQL is the one that `LINECARD_TEST_POSTGRES` names. Each test
//! has a fresh database of its own.

mod accounts;
mod fixture;
mod postgres;
mod samples;
mod settings;
mod sign_in;
