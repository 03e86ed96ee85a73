//! A stand-in that was killed and started again.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use linecard_clock::{SystemClock, SystemEntropy};
use linecard_sandbox::salesforce::{Options, Sandbox, StartError};
use serde_json::json;

use crate::server::{API, client};

fn kept_in(path: &Path, port: u16) -> Options {
    Options {
        port,
        data: Some(path.to_owned()),
        ..Options::default()
    }
}

async fn start(options: Options) -> Result<Sandbox, StartError> {
    Sandbox::start(options, Arc::new(SystemClock), Arc::new(SystemEntropy)).await
}

fn port_of(sandbox: &Sandbox) -> u16 {
    let (_, port) = sandbox.base_url().rsplit_once(':').unwrap();
    port.parse().unwrap()
}

#[tokio::test]
async fn records_and_tokens_survive_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("salesforce.json");
    let first = start(kept_in(&path, 0)).await.unwrap();
    let port = port_of(&first);
    let token = first
        .sign_in("alice@example.com")
        .unwrap()
        .unwrap()
        .access_token;
    let http = client();
    let created = http
        .post(format!("{}{API}/sobjects/Task", first.base_url()))
        .bearer_auth(&token)
        .json(&json!({"CallObject": "0190-kept"}));
    assert_eq!(created.send().await.unwrap().status(), 201);
    drop(first);
    // A kill in the middle of a write leaves half a line.
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"{\"record\":{\"object\":\"Ta").unwrap();

    let second = loop {
        // The first one's socket is closed by its task, a moment after the drop.
        match start(kept_in(&path, port)).await {
            Ok(second) => break second,
            Err(StartError::Port { .. }) => tokio::task::yield_now().await,
            Err(error) => panic!("{error}"),
        }
    };
    let tasks = second.records("Task");
    assert_eq!(tasks.len(), 1);
    assert_eq!(tasks[0]["CallObject"], "0190-kept");
    let created = http
        .post(format!("{}{API}/sobjects/Task", second.base_url()))
        .bearer_auth(&token)
        .json(&json!({}));
    assert_eq!(created.send().await.unwrap().status(), 201);
    let ids: Vec<_> = second
        .records("Task")
        .iter()
        .map(|task| task["Id"].clone())
        .collect();
    assert_eq!(ids.len(), 2, "a new record takes no old one's id");
}

#[tokio::test]
async fn a_stopped_stand_in_leaves_its_port() {
    let sandbox = start(Options::default()).await.unwrap();
    let port = port_of(&sandbox);
    sandbox.stop().await;
    let options = Options {
        port,
        ..Options::default()
    };
    start(options).await.unwrap().stop().await;
}

#[tokio::test]
async fn a_port_in_use_is_said_in_one_sentence() {
    let sandbox = start(Options::default()).await.unwrap();
    let options = Options {
        port: port_of(&sandbox),
        ..Options::default()
    };
    let error = start(options).await.err().unwrap().to_string();
    assert!(error.contains("cannot be used"), "{error}");
    assert!(error.contains("another port"), "{error}");
    assert_eq!(error.lines().count(), 1);
}

#[tokio::test]
async fn a_damaged_file_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("salesforce.json");
    fs::write(&path, "not a journal\n").unwrap();
    let error = start(kept_in(&path, 0)).await.err().unwrap().to_string();
    assert!(error.contains("salesforce.json"), "{error}");
    assert!(error.contains("mend or remove it"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "not a journal\n");
}
