//! The steps that make the schema, per database. A step that has been released never changes;
//! a new one is added below it with the next number.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every step has a file in the folder of each database.
macro_rules! steps {
    ($database:literal) => {
        steps!(
            $database,
            (1, "first", "0001_first"),
            (2, "audit", "0002_audit"),
            (3, "records", "0003_records"),
            (6, "journal", "0006_journal"),
            (7, "outbox", "0007_outbox"),
            (8, "connections", "0008_connections"),
            (9, "created", "0009_created"),
            (10, "phonebooks", "0010_phonebooks"),
            (11, "contacts", "0011_contacts"),
            (12, "contact_changes", "0012_contact_changes"),
            (13, "imports", "0013_imports"),
            (14, "late", "0014_late"),
            (15, "keys", "0015_keys"),
            (16, "access", "0016_access"),
            (17, "calls", "0017_calls"),
            (18, "telling_others", "0018_telling_others"),
            (19, "extensions", "0019_extensions"),
            (20, "keeping", "0020_keeping"),
            (21, "backup", "0021_backup"),
            (22, "invitations", "0022_invitations"),
            (25, "devices", "0025_devices"),
            (26, "system_users", "0026_system_users"),
            (27, "duties", "0027_duties"),
            (28, "call sounds", "0028_call_sounds"),
            (30, "alerts of nodes", "0030_alerts_of_nodes"),
            (31, "advice", "0031_advice")
        )
    };
    ($database:literal, $(($number:literal, $name:literal, $file:literal)),+) => {
        Migrator::with_migrations(vec![$(step(
            $number,
            $name,
            include_str!(concat!("../../migrations/", $database, "/", $file, ".sql")),
        )),+])
    };
}

pub(super) fn sqlite() -> Migrator {
    steps!("sqlite")
}

pub(super) fn postgres() -> Migrator {
    steps!("postgres")
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
