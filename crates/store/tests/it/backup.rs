//! A backup holds everything, and makes a store anew on either database.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use linecard_clock::SystemEntropy;
use linecard_store::{
    AuditKind, BackupFile, BackupFileError, JobFilter, Passphrase, RestoreError, Sealer, Store,
    WebhookDisabled,
};
use tempfile::TempDir;

use crate::fixture::{Fixture, on_both_databases};
use crate::full::fill;
use crate::postgres::PostgresDatabase;
use crate::raw::Raw;

on_both_databases!(
    a_restored_store_has_every_row_of_the_backup_on_either_database,
    a_restored_store_opens_its_secrets_with_another_key_file,
    after_a_restore_all_is_paused_what_waits_may_be_done_and_nobody_is_signed_in,
    a_store_with_anything_in_it_is_refused_and_left_as_it_is,
);

const WORDS: &str = "correct horse battery staple";

/// What a restore changes on purpose, and what each database counts or seals for itself.
const CHANGED: &[(&str, &[&str])] = &[
    (
        "connections",
        &[
            "paused",
            "renewed_by",
            "renewed_until",
            "sealed_secrets",
            "sealed_grant",
        ],
    ),
    ("phone_systems", &["paused", "sealed_secrets"]),
    ("second_factors", &["sealed_secret"]),
    ("settings", &["sealed"]),
    (
        "jobs",
        &[
            "sequence",
            "state",
            "answer_lost",
            "next_attempt",
            "lease_until",
            "leased_by",
        ],
    ),
    ("creations", &["asked", "lease_until"]),
    ("sync_leases", &["lease_until"]),
    ("imports", &["state", "problem", "ended", "unlisted"]),
    (
        "webhook_endpoints",
        &["sealed", "enabled", "disabled_reason"],
    ),
];
/// What lets somebody in now, what would go out by mail again, what agents were at,
/// what nodes tell each other, and the seal of one key file.
const LEFT_OUT: [&str; 11] = [
    "authorizations",
    "canary",
    "contact_changes",
    "device_codes",
    "device_dials",
    "device_refreshes",
    "devices",
    "duties",
    "invitation_mails",
    "sessions",
    "sign_in_links",
];

async fn rows(url: &str) -> BTreeMap<String, Vec<String>> {
    rows_with(url, |_, _| true).await
}

/// The rows of every table as text, in an order that both databases have, with the columns of these
/// tables and names.
pub(crate) async fn rows_with(
    url: &str,
    is_shown: impl Fn(&str, &str) -> bool,
) -> BTreeMap<String, Vec<String>> {
    let mut raw = Raw::open(url).await;
    let (tables, columns_of): (_, fn(&str) -> String) = match raw {
        Raw::Sqlite(_) => (
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' \
             AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
            |table| format!("SELECT name || ' ' || type FROM pragma_table_info('{table}')"),
        ),
        Raw::Postgres(_) => (
            "SELECT table_name::text FROM information_schema.tables \
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'",
            |table| {
                format!(
                    "SELECT column_name || ' ' || data_type FROM information_schema.columns \
                     WHERE table_schema = 'public' AND table_name = '{table}'"
                )
            },
        ),
    };
    let mut all = BTreeMap::new();
    for table in raw.texts(tables).await {
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        let changed = CHANGED.iter().find(|(name, _)| *name == table);
        let mut columns = raw.texts(&columns_of(&table)).await;
        columns.retain(|column| {
            let name = column.split(' ').next().unwrap();
            !changed.is_some_and(|(_, changed)| changed.contains(&name)) && is_shown(&table, name)
        });
        if columns.is_empty() {
            continue;
        }
        columns.sort();
        let shown: Vec<_> = columns
            .iter()
            .map(|column| {
                let (name, kind) = column.split_once(' ').unwrap();
                let text = match kind {
                    "bytea" => format!("upper(encode({name}, 'hex'))"),
                    "BLOB" => format!("hex({name})"),
                    _ => format!("CAST({name} AS TEXT)"),
                };
                format!("'{name}=' || COALESCE({text}, 'NULL')")
            })
            .collect();
        let sql = format!("SELECT {} FROM {table}", shown.join(" || ' ' || "));
        let mut rows = raw.texts(&sql).await;
        rows.sort();
        all.insert(table, rows);
    }
    all
}

/// A file in a folder of its own, with the folder.
pub(crate) struct InFolder {
    folder: TempDir,
    pub(crate) path: PathBuf,
}

pub(crate) fn in_folder(name: &str) -> InFolder {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    InFolder { folder, path }
}

pub(crate) async fn backup_of(fixture: &Fixture) -> InFolder {
    let file = in_folder("linecard.backup");
    let passphrase = Passphrase::new(WORDS.to_owned()).unwrap();
    let out = std::fs::File::create(&file.path).unwrap();
    fixture.store.back_up(passphrase, out).await.unwrap();
    file
}

fn check(path: &Path) -> Result<BackupFile, BackupFileError> {
    BackupFile::check(path, Passphrase::of_backup(WORDS.to_owned()))
}

pub(crate) async fn restore(file: &Path, url: &str, fixture: &Fixture) -> Result<(), RestoreError> {
    restore_with(file, url, Sealer::for_tests(), fixture).await
}

async fn restore_with(
    file: &Path,
    url: &str,
    sealer: Sealer,
    fixture: &Fixture,
) -> Result<(), RestoreError> {
    let (clock, entropy) = (Arc::clone(&fixture.clock), Arc::new(SystemEntropy));
    let file = check(file).unwrap();
    file.restore(url, sealer, clock, entropy).await.map(|_| ())
}

pub(crate) async fn open(url: &str, sealer: Sealer, fixture: &Fixture) -> Store {
    let (clock, entropy) = (Arc::clone(&fixture.clock), Arc::new(SystemEntropy));
    Store::open(url, sealer, clock, entropy).await.unwrap()
}

pub(crate) fn sqlite(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// The lines of a backup.
pub(crate) fn unlocked(path: &Path) -> String {
    let identity = age::scrypt::Identity::new(WORDS.to_owned().into());
    let decryptor = age::Decryptor::new(std::fs::File::open(path).unwrap()).unwrap();
    let opened = decryptor.decrypt(std::iter::once(&identity as _)).unwrap();
    std::io::read_to_string(opened).unwrap()
}

/// Locks lines as a backup is locked.
pub(crate) fn locked(lines: &str) -> InFolder {
    let file = in_folder("made.backup");
    let mut recipient = age::scrypt::Recipient::new(WORDS.to_owned().into());
    recipient.set_work_factor(2);
    let out = std::fs::File::create(&file.path).unwrap();
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as _)).unwrap();
    let mut out = encryptor.wrap_output(out).unwrap();
    out.write_all(lines.as_bytes()).unwrap();
    out.finish().unwrap();
    file
}

async fn a_restored_store_has_every_row_of_the_backup_on_either_database(fixture: &Fixture) {
    fill(fixture).await;
    let mut expected = rows(&fixture.url).await;
    // On PostgreSQL they are views.
    expected.remove("name_keys");
    expected.remove("number_keys");
    for (table, rows) in &expected {
        assert!(!rows.is_empty(), "the sample has nothing in {table}");
    }
    let file = backup_of(fixture).await;

    let postgres = PostgresDatabase::create().await;
    let folder = in_folder("restored.db");
    let file_url = sqlite(&folder.path);
    for url in [&file_url, &postgres.url] {
        restore(&file.path, url, fixture).await.unwrap();
        let mut restored = rows(url).await;
        let told = restored.get_mut("audit").unwrap();
        let before = told.len();
        told.retain(|row| !row.contains("kind=backup_restore"));
        assert_eq!(before - told.len(), 1, "the restore is written down once");
        let (names, numbers) = (
            restored.remove("name_keys").unwrap(),
            restored.remove("number_keys").unwrap(),
        );
        assert_eq!(names.len(), expected["contacts"].len());
        assert_eq!(numbers.len(), expected["contact_numbers"].len());
        for (table, rows) in &expected {
            assert_eq!(&restored[table], rows, "{table} in {url}");
        }
        assert_eq!(restored.len(), expected.len());
    }
    postgres.drop().await;
}

async fn a_restored_store_opens_its_secrets_with_another_key_file(fixture: &Fixture) {
    let filled = fill(fixture).await;
    let file = backup_of(fixture).await;
    let target = in_folder("restored.db");
    let key = target.folder.path().join("other.key");
    let other = || Sealer::open_or_create(&key, &SystemEntropy).unwrap();
    let url = sqlite(&target.path);
    restore_with(&file.path, &url, other(), fixture)
        .await
        .unwrap();

    let store = open(&url, other(), fixture).await;
    let (mut here, mut there) = (fixture.read().await, store.read().await.unwrap());
    macro_rules! same {
        ($($repository:ident.$get:ident($id:expr)),+ $(,)?) => {$({
            let kept = here.$repository().$get($id).await.unwrap();
            let restored = there.$repository().$get($id).await.unwrap();
            assert!(kept == restored, stringify!($repository.$get));
        })+};
    }
    same!(
        connections.secrets(filled.connection),
        connections.grant(filled.connection),
        phone_systems.secrets(filled.phone_system),
        webhooks.secrets(filled.webhook),
        second_factors.get(filled.account),
    );
    let secret: Option<String> = there.settings().secret("mail").await.unwrap();
    assert_eq!(secret.as_deref(), Some("smtp-password-in-clear"));
    drop((here, there));
    store.close().await;
}

async fn after_a_restore_all_is_paused_what_waits_may_be_done_and_nobody_is_signed_in(
    fixture: &Fixture,
) {
    let filled = fill(fixture).await;
    let file = backup_of(fixture).await;
    fixture.advance(3_600);
    let target = in_folder("restored.db");
    let url = sqlite(&target.path);
    restore(&file.path, &url, fixture).await.unwrap();

    let store = open(&url, Sealer::for_tests(), fixture).await;
    let mut unit = store.read().await.unwrap();
    let connection = unit.connections().get(filled.connection).await.unwrap();
    assert_eq!(connection.unwrap().paused, Some(fixture.now()));
    let system = unit.phone_systems().get(filled.phone_system).await.unwrap();
    assert_eq!(system.unwrap().paused, Some(fixture.now()));
    let jobs = unit.jobs().recent(None, JobFilter::Waiting, None, 10).await;
    let jobs = jobs.unwrap();
    assert!(!jobs.is_empty());
    for job in jobs {
        assert!(job.answer_lost && job.lease_until.is_none(), "{job:?}");
    }
    let webhook = unit.webhooks().get(filled.webhook).await.unwrap().unwrap();
    assert_eq!(
        (webhook.enabled, webhook.disabled),
        (false, Some(WebhookDisabled::Restored))
    );
    let now = fixture.now();
    let session = unit.sessions().find(&[9; 32], now).await.unwrap();
    assert!(session.is_none(), "the session of before is over");
    let told = unit.audit().recent(None, None, 1).await.unwrap();
    assert_eq!(told[0].kind, AuditKind::BackupRestore);
    drop(unit);
    store.close().await;
}

async fn a_store_with_anything_in_it_is_refused_and_left_as_it_is(fixture: &Fixture) {
    fill(fixture).await;
    let file = backup_of(fixture).await;
    let before = rows(&fixture.url).await;
    let error = restore(&file.path, &fixture.url, fixture)
        .await
        .unwrap_err();
    assert!(matches!(error, RestoreError::NotEmpty { .. }), "{error:?}");
    assert_eq!(rows(&fixture.url).await, before);
}

#[tokio::test]
async fn a_wrong_passphrase_a_cut_file_and_a_changed_byte_are_told() {
    let fixture = Fixture::sqlite().await;
    fill(&fixture).await;
    let file = backup_of(&fixture).await;
    let whole = std::fs::read(&file.path).unwrap();
    check(&file.path).unwrap();

    let other = Passphrase::of_backup("correct horse battery".to_owned());
    let error = BackupFile::check(&file.path, other).unwrap_err();
    assert!(
        matches!(error, BackupFileError::WrongPassphrase),
        "{error:?}"
    );
    let header = 200;
    for length in [0, 10, header, whole.len() / 2, whole.len() - 1] {
        std::fs::write(&file.path, &whole[..length]).unwrap();
        check(&file.path).expect_err("it was cut");
    }
    for place in [40, header, whole.len() / 2, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        std::fs::write(&file.path, &changed).unwrap();
        check(&file.path).expect_err("it was changed");
    }
    fixture.remove().await;
}

#[test]
fn a_backup_of_a_newer_linecard_is_told_and_so_is_what_is_none() {
    let newer = r#"{"linecard":{"format":1,"schema":9000,"made":"2026-03-01T09:00:00Z"}}"#;
    let error = check(&locked(newer).path).unwrap_err();
    assert!(
        matches!(error, BackupFileError::Newer { schema: 9000, .. }),
        "{error:?}"
    );
    let error = check(&locked("Dear Ada,\n").path).unwrap_err();
    assert!(
        matches!(error, BackupFileError::Damaged { .. }),
        "{error:?}"
    );
    let letter = in_folder("letter.txt");
    std::fs::write(&letter.path, "Dear Ada,\n").unwrap();
    let error = check(&letter.path).unwrap_err();
    assert!(
        matches!(error, BackupFileError::NotABackup { .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_restore_that_fails_on_the_way_leaves_no_database_behind() {
    let fixture = Fixture::sqlite().await;
    // Two rows of one key; the other tables are missing.
    let header = r#"{"linecard":{"format":1,"schema":21,"made":"2026-03-01T09:00:00Z"}}"#;
    let columns = r#"[{"name":"number","kind":"text"},{"name":"name","kind":"text"},{"name":"email","kind":"text"},{"name":"version","kind":"int"}]"#;
    let table = format!(r#"{{"table":{{"name":"extensions","columns":{columns}}}}}"#);
    let row = r#"["101","Ada",null,1]"#;
    let twice = format!("{header}\n{table}\n{row}\n{row}\n{{\"end\":{{\"rows\":2}}}}\n");
    let once = format!("{header}\n{table}\n{row}\n{{\"end\":{{\"rows\":1}}}}\n");
    for lines in [twice, once] {
        let target = in_folder("restored.db");
        let file = locked(&lines);
        let url = sqlite(&target.path);
        restore(&file.path, &url, &fixture).await.unwrap_err();
        let left: Vec<_> = std::fs::read_dir(target.folder.path()).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
    }
    fixture.remove().await;
}
