//! Opening a store: what a person is told when it does not work.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use linecard_clock::{SystemClock, SystemEntropy};
use linecard_store::{OpenError, Sealer, Store};
use tempfile::TempDir;

use crate::fixture::{Fixture, on_both_databases};
use crate::raw::Raw;

on_both_databases!(
    a_store_that_is_opened_again_holds_what_was_kept,
    a_database_does_not_open_with_another_key_file,
    a_database_of_a_newer_program_does_not_open,
    a_database_whose_schema_was_made_otherwise_does_not_open,
);

async fn open(url: &str, sealer: Sealer) -> Result<Store, OpenError> {
    Store::open(url, sealer, Arc::new(SystemClock), Arc::new(SystemEntropy)).await
}

async fn refused(url: &str) -> OpenError {
    match open(url, Sealer::for_tests()).await {
        Ok(_) => panic!("{url} was opened"),
        Err(error) => error,
    }
}

fn sqlite(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// A folder with a SQLite database that was closed in good order.
async fn closed_database() -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("linecard.db");
    let store = open(&sqlite(&path), Sealer::for_tests()).await.unwrap();
    store.close().await;
    (folder, path)
}

async fn a_store_that_is_opened_again_holds_what_was_kept(fixture: &Fixture) {
    let system = fixture.phone_system().await;
    fixture.store.close().await;
    let again = fixture.another().await;
    let mut unit = again.read().await.unwrap();
    assert_eq!(
        unit.phone_systems().list().await.unwrap(),
        std::slice::from_ref(&system)
    );
    assert!(
        !unit
            .phone_systems()
            .secrets(system.id)
            .await
            .unwrap()
            .is_empty()
    );
    drop(unit);
    again.close().await;
}

async fn a_database_does_not_open_with_another_key_file(fixture: &Fixture) {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("linecard.key");
    let other = Sealer::open_or_create(&key, &SystemEntropy).unwrap();
    let error = open(&fixture.url, other).await.unwrap_err();
    assert!(matches!(error, OpenError::WrongKey), "{error:?}");
    assert!(
        error.to_string().contains("put back the key file"),
        "{error}"
    );
    // The right one still does.
    open(&fixture.url, Sealer::for_tests())
        .await
        .unwrap()
        .close()
        .await;
}

async fn a_database_of_a_newer_program_does_not_open(fixture: &Fixture) {
    fixture.store.close().await;
    let mut raw = Raw::open(&fixture.url).await;
    raw.execute(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         SELECT 9000, 'future', success, checksum, 1 FROM _sqlx_migrations WHERE version = 1",
    )
    .await;
    let error = refused(&fixture.url).await;
    assert!(
        matches!(error, OpenError::Newer { version: 9000 }),
        "{error:?}"
    );
    assert!(error.to_string().contains("newer Linecard"), "{error}");
}

async fn a_database_whose_schema_was_made_otherwise_does_not_open(fixture: &Fixture) {
    fixture.store.close().await;
    let mut raw = Raw::open(&fixture.url).await;
    let other = match raw {
        Raw::Sqlite(_) => "zeroblob(48)",
        Raw::Postgres(_) => "decode(repeat('00', 48), 'hex')",
    };
    raw.execute(&format!("UPDATE _sqlx_migrations SET checksum = {other}"))
        .await;
    let error = refused(&fixture.url).await;
    assert!(
        matches!(error, OpenError::OtherSchema { version: 1 }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_new_database_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = Fixture::sqlite().await;
    fixture.phone_system().await;
    let file = fixture.url.trim_start_matches("sqlite://").to_owned();
    for entry in fs::read_dir(Path::new(&file).parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", entry.path().display());
    }
    fixture.remove().await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("linecard.db");
    let letter = "Dear Ada, ".repeat(1_000);
    fs::write(&path, &letter).unwrap();
    let error = refused(&sqlite(&path)).await;
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert!(
        error.to_string().contains(path.to_str().unwrap()),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), letter);
}

#[tokio::test]
async fn a_database_file_whose_content_was_overwritten_is_damaged() {
    let (_folder, path) = closed_database().await;
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..].fill(0xff);
    fs::write(&path, bytes).unwrap();
    let error = refused(&sqlite(&path)).await;
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("backup"), "{error}");
}

#[tokio::test]
async fn a_database_file_that_was_cut_short_is_damaged() {
    let (_folder, path) = closed_database().await;
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = refused(&sqlite(&path)).await;
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
}

#[tokio::test]
async fn a_folder_in_which_nobody_may_write_is_named() {
    // Not even root may make a file there.
    let error = refused("sqlite:///proc/linecard.db").await;
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
    assert!(error.to_string().contains("/proc/linecard.db"), "{error}");
}

#[tokio::test]
async fn a_folder_that_does_not_exist_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere/linecard.db");
    let error = refused(&sqlite(&path)).await;
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
    assert!(error.to_string().contains("create its folder"), "{error}");
}

#[tokio::test]
async fn a_database_file_that_may_only_be_read_is_named() {
    let (_folder, path) = closed_database().await;
    let error = refused(&format!("{}?mode=ro", sqlite(&path))).await;
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
}

#[tokio::test]
async fn an_address_of_no_known_kind_is_not_repeated_for_it_may_hold_a_password() {
    for url in [
        "mysql://me:hunter2@db/linecard",
        "linecard.db",
        "",
        "sqlite::memory:",
    ] {
        let error = refused(url).await;
        assert!(
            matches!(error, OpenError::Address { .. }),
            "{url}: {error:?}"
        );
        assert!(error.to_string().contains("sqlite:///"), "{error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn a_postgresql_that_does_not_answer_is_named_without_its_password() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let error = refused(&format!("postgres://me:hunter2@127.0.0.1:{port}/linecard")).await;
    assert!(matches!(error, OpenError::Unreachable { .. }), "{error:?}");
    assert!(
        error.to_string().contains(&format!("127.0.0.1:{port}")),
        "{error}"
    );
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[tokio::test]
async fn a_postgresql_database_that_does_not_exist_is_named() {
    let mut url = crate::postgres::server();
    url.set_path("linecard_nowhere");
    let error = refused(url.as_str()).await;
    assert!(matches!(error, OpenError::SignIn { .. }), "{error:?}");
    assert!(error.to_string().contains("linecard_nowhere"), "{error}");
}
