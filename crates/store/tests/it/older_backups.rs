//! A backup that an older Linecard made: what is restored goes through the steps of the schema since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use linecard_store::Sealer;
use serde_json::{Value, json};

use crate::backup::{backup_of, in_folder, locked, open, restore, rows_with, sqlite, unlocked};
use crate::fixture::Fixture;
use crate::full::fill;
use crate::postgres::PostgresDatabase;
use crate::raw::Raw;

/// Backups came with this step.
const FIRST: i64 = 21;

/// The columns of each table.
type Tables = BTreeMap<String, BTreeSet<String>>;

#[tokio::test]
async fn a_backup_of_each_older_step_has_all_its_rows_when_it_is_restored() {
    let fixture = Fixture::sqlite().await;
    fill(&fixture).await;
    let newest = unlocked(&backup_of(&fixture).await.path);
    let steps = steps();
    let older: Vec<_> = steps
        .keys()
        .copied()
        .filter(|step| *step >= FIRST)
        .collect();
    assert!(older.len() > 5, "{older:?}");
    for step in older {
        let tables = tables_at(step, &steps).await;
        let file = locked(&as_of(step, &newest, &tables));
        let has = |table: &str, column: &str| {
            tables.get(table).is_some_and(|it| it.contains(column)) && table != "audit"
        };
        let mut expected = rows_with(&fixture.url, has).await;
        // On PostgreSQL they are views.
        expected.retain(|table, _| !matches!(table.as_str(), "name_keys" | "number_keys"));
        assert!(expected.len() > 20 && expected.values().all(|rows| !rows.is_empty()));
        let folder = in_folder("restored.db");
        let postgres = PostgresDatabase::create().await;
        for url in [&sqlite(&folder.path), &postgres.url] {
            restore(&file.path, url, &fixture).await.unwrap();
            open(url, Sealer::for_tests(), &fixture).await.close().await;
            let restored = rows_with(url, has).await;
            for (table, rows) in &expected {
                assert_eq!(&restored[table], rows, "{table} of step {step} in {url}");
            }
        }
        postgres.drop().await;
    }
    fixture.remove().await;
}

/// The steps of the schema on SQLite, by number, and what each does.
fn steps() -> BTreeMap<i64, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let files = std::fs::read_dir(folder).unwrap().map(|file| {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let (number, _) = name.split_once('_').unwrap();
        (
            number.parse().unwrap(),
            std::fs::read_to_string(&path).unwrap(),
        )
    });
    files.collect()
}

/// What a store had after this step.
async fn tables_at(step: i64, steps: &BTreeMap<i64, String>) -> Tables {
    let mut raw = Raw::open("sqlite::memory:").await;
    for sql in steps.range(..=step).map(|(_, sql)| sql) {
        raw.execute(sql).await;
    }
    let sql = "SELECT m.name || ' ' || c.name FROM sqlite_schema m, pragma_table_info(m.name) c \
               WHERE m.type = 'table'";
    let mut tables = Tables::new();
    for line in raw.texts(sql).await {
        let (table, column) = line.split_once(' ').unwrap();
        let columns = tables.entry(table.to_owned()).or_default();
        columns.insert(column.to_owned());
    }
    tables
}

/// What the Linecard of this step would have written.
fn as_of(step: i64, newest: &str, tables: &Tables) -> String {
    let (mut lines, mut kept, mut count) = (Vec::new(), Vec::new(), 0);
    for line in newest.lines() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        if let Value::Array(row) = line {
            if kept.is_empty() {
                continue;
            }
            let row = row.into_iter().zip(&kept).filter(|(_, kept)| **kept);
            line = row.map(|(value, _)| value).collect();
            count += 1;
        } else if line.get("linecard").is_some() {
            line["linecard"]["schema"] = json!(step);
        } else if line.get("end").is_some() {
            line["end"]["rows"] = json!(count);
        } else {
            let columns = line["table"]["columns"].as_array_mut().unwrap().clone();
            let table = tables.get(line["table"]["name"].as_str().unwrap());
            kept.clear();
            let Some(table) = table else { continue };
            kept.extend(
                columns
                    .iter()
                    .map(|it| table.contains(it["name"].as_str().unwrap())),
            );
            let there = columns.into_iter().zip(&kept).filter(|(_, kept)| **kept);
            line["table"]["columns"] = there.map(|(column, _)| column).collect();
        }
        lines.push(line.to_string());
    }
    lines.join("\n") + "\n"
}
