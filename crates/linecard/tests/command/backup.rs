//! A store goes into a file and comes back on another machine, by the commands alone.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const WORDS: &str = "correct horse battery staple\n";

/// Runs a command on the store in `folder`.
fn linecard(folder: &Path, arguments: &[&str]) -> Output {
    let url = format!("sqlite://{}", folder.join("linecard.db").display());
    Command::new(env!("CARGO_BIN_EXE_linecard"))
        .args(arguments)
        .env("LINECARD_STORE_URL", url)
        .env("LINECARD_STORE_KEY_FILE", folder.join("linecard.key"))
        .env("LANG", "C")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let (out, error) = (&output.stdout, &output.stderr);
    [out.as_slice(), error.as_slice()]
        .map(String::from_utf8_lossy)
        .concat()
}

/// A folder with a backup of a store that was opened once, and its passphrase.
fn backed_up() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("words"), WORDS).unwrap();
    let words = folder.path().join("words").display().to_string();
    let to = folder.path().join("a.backup").display().to_string();
    let arguments = ["backup", "--to", &to, "--passphrase-file", &words];
    let made = linecard(folder.path(), &arguments);
    assert!(made.status.success(), "{}", said(&made));
    let again = linecard(folder.path(), &arguments);
    assert!(!again.status.success(), "it is not overwritten");
    folder
}

fn restore(backup: &TempDir, words: &str, into: &Path) -> Output {
    let file = backup.path().join("a.backup").display().to_string();
    let words = backup.path().join(words).display().to_string();
    linecard(into, &["restore", &file, "--passphrase-file", &words])
}

#[test]
fn a_backup_is_restored_on_another_machine_and_into_nothing_that_holds_something() {
    let backup = backed_up();
    let other = tempfile::tempdir().unwrap();
    let restored = restore(&backup, "words", other.path());
    assert!(restored.status.success(), "{}", said(&restored));
    assert!(
        said(&restored).contains("before an admin confirms it"),
        "{}",
        said(&restored)
    );
    // The audit log has a row now.
    let again = restore(&backup, "words", other.path());
    assert!(!again.status.success());
    assert!(said(&again).contains("is not empty"), "{}", said(&again));
}

#[test]
fn a_wrong_passphrase_makes_no_database_and_no_key_file() {
    let backup = backed_up();
    std::fs::write(backup.path().join("other"), "correct horse\n").unwrap();
    let empty = tempfile::tempdir().unwrap();
    let refused = restore(&backup, "other", empty.path());
    assert!(!refused.status.success());
    assert!(
        said(&refused).contains("does not open this backup"),
        "{}",
        said(&refused)
    );
    let left: Vec<_> = std::fs::read_dir(empty.path()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
