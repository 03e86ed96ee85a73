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
        step(
            12,
            "contact_changes",
            include_str!("../../migrations/sqlite/0012_contact_changes.sql"),
        ),
        step(
            13,
            "imports",
            include_str!("../../migrations/sqlite/0013_imports.sql"),
        ),
        step(
            14,
            "late",
            include_str!("../../migrations/sqlite/0014_late.sql"),
        ),
        step(
            15,
            "keys",
            include_str!("../../migrations/sqlite/0015_keys.sql"),
        ),
        step(
            16,
            "access",
            include_str!("../../migrations/sqlite/0016_access.sql"),
        ),
        step(
            17,
            "calls",
            include_str!("../../migrations/sqlite/0017_calls.sql"),
        ),
        step(
            18,
            "telling_others",
            include_str!("../../migrations/sqlite/0018_telling_others.sql"),
        ),
        step(
            19,
            "extensions",
            include_str!("../../migrations/sqlite/0019_extensions.sql"),
        ),
        step(
            20,
            "keeping",
            include_str!("../../migrations/sqlite/0020_keeping.sql"),
        ),
        step(
            21,
            "backup",
            include_str!("../../migrations/sqlite/0021_backup.sql"),
        ),
        step(
            22,
            "invitations",
            include_str!("../../migrations/sqlite/0022_invitations.sql"),
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
        step(
            12,
            "contact_changes",
            include_str!("../../migrations/postgres/0012_contact_changes.sql"),
        ),
        step(
            13,
            "imports",
            include_str!("../../migrations/postgres/0013_imports.sql"),
        ),
        step(
            14,
            "late",
            include_str!("../../migrations/postgres/0014_late.sql"),
        ),
        step(
            15,
            "keys",
            include_str!("../../migrations/postgres/0015_keys.sql"),
        ),
        step(
            16,
            "access",
            include_str!("../../migrations/postgres/0016_access.sql"),
        ),
        step(
            17,
            "calls",
            include_str!("../../migrations/postgres/0017_calls.sql"),
        ),
        step(
            18,
            "telling_others",
            include_str!("../../migrations/postgres/0018_telling_others.sql"),
        ),
        step(
            19,
            "extensions",
            include_str!("../../migrations/postgres/0019_extensions.sql"),
        ),
        step(
            20,
            "keeping",
            include_str!("../../migrations/postgres/0020_keeping.sql"),
        ),
        step(
            21,
            "backup",
            include_str!("../../migrations/postgres/0021_backup.sql"),
        ),
        step(
            22,
            "invitations",
            include_str!("../../migrations/postgres/0022_invitations.sql"),
        ),
    ])
}

/// The steps up to the one with this number.
pub(super) fn up_to(mut all: Migrator, schema: Option<i64>) -> Migrator {
    if let Some(schema) = schema {
        all.migrations
            .to_mut()
            .retain(|step| step.version <= schema);
    }
    all
}

/// The number of the newest step.
pub(super) fn newest() -> i64 {
    let all = sqlite();
    all.iter().map(|step| step.version).max().unwrap_or(0)
}

fn step(version: i64, name: &'static str, sql: &'static str) -> Migration {
    let sql = sql.into_sql_str();
    Migration::new(version, name.into(), MigrationType::Simple, sql, false)
}
