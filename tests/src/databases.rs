//! The databases that `cargo xtask test` brought up.

use std::env;

use anyhow::{Context, Result};

/// The address of a PostgreSQL that tests may do anything with, as superuser.
///
/// It is an error, not a reason to skip, when there is none: a suite that silently runs on
/// SQLite alone shows nothing about PostgreSQL.
pub fn postgres_url() -> Result<String> {
    env::var("LINECARD_TEST_POSTGRES").context(
        "LINECARD_TEST_POSTGRES is not set: run cargo xtask test, or cargo xtask postgres up and \
         export what it prints",
    )
}

/// The address of a MariaDB that tests may do anything with. An error when there is none.
pub fn mariadb_url() -> Result<String> {
    env::var("LINECARD_TEST_MARIADB").context(
        "LINECARD_TEST_MARIADB is not set: run cargo xtask test, or cargo xtask mariadb up and \
         export what it prints",
    )
}
