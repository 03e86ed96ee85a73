//! What is in the way of a start is said in one line that tells what to do.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Starts on this database and port; it must end by itself.
fn start(folder: &Path, url: &str, port: u16) -> Output {
    Command::new(env!("CARGO_BIN_EXE_linecard"))
        .arg("serve")
        .env("LINECARD_SERVER_LISTEN", format!("127.0.0.1:{port}"))
        .env("LINECARD_STORE_URL", url)
        .env("LINECARD_STORE_KEY_FILE", folder.join("linecard.key"))
        .env("LINECARD_LOG_FILTER", "off")
        .output()
        .unwrap()
}

/// The one line that was said.
fn complaint(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{words}");
    assert_eq!(words.lines().count(), 1, "{words}");
    assert!(words.starts_with("linecard: "), "{words}");
    words
}

fn database(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("linecard.db").display())
}

#[test]
fn a_port_in_use_is_named() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let folder = tempfile::tempdir().unwrap();
    let words = complaint(&start(folder.path(), &database(&folder), port));
    assert!(
        words.contains(&format!("127.0.0.1:{port} is in use")),
        "{words}"
    );
}

#[test]
fn a_damaged_database_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("linecard.db"), vec![b'x'; 8_192]).unwrap();
    let words = complaint(&start(folder.path(), &database(&folder), 0));
    assert!(words.contains("linecard.db"), "{words}");
}

#[test]
fn a_database_that_cannot_be_reached_is_told_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let url = format!("postgres://linecard:hunter2@127.0.0.1:{port}/linecard");
    let words = complaint(&start(folder.path(), &url, 0));
    assert!(!words.contains("hunter2"), "{words}");
}

#[test]
fn a_lost_key_file_is_said_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    // The first start makes the database, and fails at the port afterwards.
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    start(folder.path(), &database(&folder), port);
    std::fs::remove_file(folder.path().join("linecard.key")).unwrap();
    let words = complaint(&start(folder.path(), &database(&folder), port));
    assert!(words.contains("key"), "{words}");
}

#[test]
fn a_misspelt_setting_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("linecard.toml");
    std::fs::write(&file, "[server]\nlisen = \"127.0.0.1:1\"\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_linecard"))
        .args(["serve", "--config"])
        .arg(&file)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(words.contains("lisen"), "{words}");
}

#[test]
fn a_full_disk_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().display();
    // A file system of a few pages, which nobody else sees.
    let script = format!(
        "mount -t tmpfs -o size=48k linecard {place} && exec {} serve",
        env!("CARGO_BIN_EXE_linecard")
    );
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
        .env("LINECARD_SERVER_LISTEN", "127.0.0.1:0")
        .env("LINECARD_STORE_URL", database(&folder))
        .env(
            "LINECARD_STORE_KEY_FILE",
            folder.path().join("linecard.key"),
        )
        .env("LINECARD_LOG_FILTER", "off")
        .output()
        .unwrap();
    let words = complaint(&output);
    assert!(words.contains("no space left"), "{words}");
}
