//! Phonebooks of the time before the nine slots.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use linecard_book::Slot;
use linecard_clock::{SystemClock, SystemEntropy};
use linecard_store::{ContactSearch, Sealer, SeenBy, Store};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr as _};

use crate::postgres::PostgresDatabase;
use crate::raw::Raw;

/// The step that brought the slots.
const SLOTS: i64 = 11;

#[tokio::test]
async fn labels_become_slots_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("linecard.db");
    labels_become_slots(&format!("sqlite://{}?mode=rwc", file.display()), "sqlite").await;
}

#[tokio::test]
async fn labels_become_slots_in_postgresql() {
    let database = PostgresDatabase::create().await;
    labels_become_slots(&database.url, "postgres").await;
    database.drop().await;
}

async fn labels_become_slots(url: &str, kind: &str) {
    let mut raw = Raw::open(url).await;
    raw.migrate(&steps_before_slots(kind)).await;
    raw.execute(
        "INSERT INTO phonebooks (id, name, created) \
         VALUES ('01900000-0000-7000-8000-000000000001', 'Sales', 0)",
    )
    .await;
    raw.execute(
        "INSERT INTO contacts \
         (id, phonebook, name, folded_name, company, called, stale, updated) \
         VALUES ('01900000-0000-7000-8000-000000000002', \
         '01900000-0000-7000-8000-000000000001', 'Grace', 'grace', 'Navy', 0, 0, 0)",
    )
    .await;
    let labels = [
        "mobile", "work", "work", "work", "home", "mobile", "mobile", "home", "other",
    ];
    for (place, label) in labels.iter().enumerate() {
        raw.execute(&format!(
            "INSERT INTO contact_numbers VALUES ('01900000-0000-7000-8000-000000000002', \
             {place}, '{label}', '41555501{place}0', '+141555501{place}0')"
        ))
        .await;
    }
    drop(raw);

    let store = Store::open(
        url.trim_end_matches("?mode=rwc"),
        Sealer::for_tests(),
        Arc::new(SystemClock),
        Arc::new(SystemEntropy),
    )
    .await
    .unwrap();
    let mut unit = store.read().await.unwrap();
    let sales = unit.phonebooks().list().await.unwrap().remove(0);
    assert_eq!((sales.seen_by, sales.version), (SeenBy::Everyone, 1));
    for text in ["navy", "5550180"] {
        let search = ContactSearch::new(text, None);
        let found = unit.contacts().find(sales.id, &search, None, 9).await;
        let found = found.unwrap();
        assert_eq!(found.len(), 1, "{text}");
        let slots: Vec<_> = found[0].numbers.iter().map(|it| it.slot).collect();
        assert_eq!(
            slots,
            [
                Slot::Mobile,
                Slot::Business,
                Slot::Business2,
                Slot::Other,
                Slot::Home,
                Slot::Mobile2,
                Slot::Other,
                Slot::Home2,
                Slot::Other
            ]
        );
    }
    drop(unit);
    store.close().await;
}

/// The steps that a program before the slots knew.
fn steps_before_slots(kind: &str) -> Migrator {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(kind);
    let mut steps = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let version: i64 = name[..4].parse().unwrap();
        if version < SLOTS {
            let sql = AssertSqlSafe(fs::read_to_string(&path).unwrap()).into_sql_str();
            let kind = MigrationType::Simple;
            steps.push(Migration::new(version, name.into(), kind, sql, false));
        }
    }
    steps.sort_by_key(|step| step.version);
    Migrator::with_migrations(steps)
}
