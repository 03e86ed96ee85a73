//! The steps that make the schema, per database. A step that has been released never changes;
//! a new one is added below it with the next number.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

pub(super) fn sqlite() -> Migrator {
    Migrator::with_migrations(vec![
        step(
            1,
            "first",
            include_str!("../../migrations/sqlite/0001_first.sql"),
        ),
        step(
            2,
            "audit",
            include_str!("../../migrations/sqlite/0002_audit.sql"),
        ),
        step(
            3,
            "records",
            include_str!("../../migrations/sqlite/0003_records.sql"),
        ),
        step(
            6,
            "journal",
            include_str!("../../migrations/sqlite/0006_journal.sql"),
        ),
        step(
            7,
            "outbox",
            include_str!("../../migrations/sqlite/0007_outbox.sql"),
        ),
        step(
            8,
            "connections",
            include_str!("../../migrations/sqlite/0008_connections.sql"),
        ),
        step(
            9,
            "created",
            include_str!("../../migrations/sqlite/0009_created.sql"),
        ),
        step(
            10,
            "phonebooks",
            include_str!("../../migrations/sqlite/0010_phonebooks.sql"),
        ),
        step(
            11,
            "contacts",
            include_str!("../../migrations/sqlite/0011_contacts.sql"),
        ),
    ])
}

pub(super) fn postgres() -> Migrator {
    Migrator::with_migrations(vec![
        step(
            1,
            "first",
            include_str!("../../migrations/postgres/0001_first.sql"),
        ),
        step(
            2,
            "audit",
            include_str!("../../migrations/postgres/0002_audit.sql"),
        ),
        step(
            3,
            "records",
            include_str!("../../migrations/postgres/0003_records.sql"),
        ),
        step(
            6,
            "journal",
            include_str!("../../migrations/postgres/0006_journal.sql"),
        ),
        step(
            7,
            "outbox",
            include_str!("../../migrations/postgres/0007_outbox.sql"),
        ),
        step(
            8,
            "connections",
            include_str!("../../migrations/postgres/0008_connections.sql"),
        ),
        step(
            9,
            "created",
            include_str!("../../migrations/postgres/0009_created.sql"),
        ),
        step(
            10,
            "phonebooks",
            include_str!("../../migrations/postgres/0010_phonebooks.sql"),
        ),
        step(
            11,
            "contacts",
            include_str!("../../migrations/postgres/0011_contacts.sql"),
        ),
    ])
}

fn step(version: i64, name: &'static str, sql: &'static str) -> Migration {
    let sql = sql.into_sql_str();
    Migration::new(version, name.into(), MigrationType::Simple, sql, false)
}
