//! The schema of both databases as committed: a change shows in the diff.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::fixture::Fixture;
use crate::raw::Raw;

/// Set to write the files anew.
const UPDATE: &str = "LINECARD_UPDATE_SCHEMA";

#[tokio::test]
async fn the_committed_sqlite_schema_is_what_the_migrations_make() {
    let fixture = Fixture::sqlite().await;
    let mut raw = Raw::open(&fixture.url).await;
    let made = raw
        .texts(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL \
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' \
             ORDER BY tbl_name, type DESC, name",
        )
        .await;
    compare("sqlite", &format!("{};", made.join(";\n\n")));
    drop(raw);
    fixture.remove().await;
}

#[tokio::test]
async fn the_committed_postgresql_schema_is_what_the_migrations_make() {
    let fixture = Fixture::postgres().await;
    let mut raw = Raw::open(&fixture.url).await;
    let tables = raw
        .texts(
            "SELECT relname::text FROM pg_class \
             WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' \
             AND relname NOT LIKE '\\_sqlx%' ORDER BY relname",
        )
        .await;
    let mut made = String::new();
    for table in tables {
        let parts = raw.texts(&parts_of(&table)).await.join(",\n    ");
        writeln!(made, "CREATE TABLE {table} (\n    {parts}\n);").unwrap();
        for index in raw.texts(&indexes_of(&table)).await {
            writeln!(made, "{index};").unwrap();
        }
        made.push('\n');
    }
    for view in raw.texts(VIEWS).await {
        writeln!(made, "{view}\n").unwrap();
    }
    compare("postgres", &made);
    drop(raw);
    fixture.remove().await;
}

/// The views, and what each shows.
const VIEWS: &str = "SELECT 'CREATE VIEW ' || viewname || ' AS' || chr(10) || definition \
    FROM pg_views WHERE schemaname = 'public' ORDER BY viewname";

/// A table's columns, then its constraints.
fn parts_of(table: &str) -> String {
    format!(
        "SELECT part FROM ( \
           SELECT 1 AS sort, attnum::text AS name, attnum::int AS place, \
             attname || ' ' || format_type(atttypid, atttypmod) \
             || CASE WHEN collname <> 'default' THEN ' COLLATE \"' || collname || '\"' ELSE '' END \
             || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END \
             || CASE attidentity WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE '' END AS part \
           FROM pg_attribute LEFT JOIN pg_collation ON pg_collation.oid = attcollation \
           WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped \
           UNION ALL \
           SELECT 2, conname::text, 0, 'CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(oid) \
           FROM pg_constraint WHERE conrelid = '{table}'::regclass AND contype <> 'n' \
         ) AS parts ORDER BY sort, place, name COLLATE \"C\""
    )
}

/// A table's indexes, without those that a constraint makes.
fn indexes_of(table: &str) -> String {
    format!(
        "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = '{table}'::regclass \
         AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) \
         ORDER BY 1"
    )
}

fn compare(database: &str, made: &str) {
    let made = format!("{}\n", made.trim_end());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{database}.sql"));
    if std::env::var_os(UPDATE).is_some() {
        fs::write(&path, &made).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "{} is not what the migrations make: run this test with {UPDATE}=1 and look at the diff",
        path.display()
    );
}
