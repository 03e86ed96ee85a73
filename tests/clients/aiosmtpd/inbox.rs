//! A mail server that we did not write, on loopback, for the tests of what sends mail.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The server, as `inbox.py` beside this file describes it. It ends when it is dropped.
pub(crate) struct Inbox {
    pub(crate) port: u16,
    letters: Lines<BufReader<ChildStdout>>,
    _server: Child,
}

impl Inbox {
    pub(crate) async fn open(settings: &Value) -> Self {
        let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients");
        let installed = Command::new(clients.join("prepare"))
            .arg("--where")
            .output();
        let installed = installed.await.unwrap();
        assert!(
            installed.status.success(),
            "the third-party clients are not installed: run tests/clients/prepare once"
        );
        let installed = String::from_utf8(installed.stdout).unwrap();
        let mut server = Command::new(Path::new(installed.trim()).join("aiosmtpd/bin/python"))
            .arg("-B")
            .arg(clients.join("aiosmtpd/inbox.py"))
            .arg(settings.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut letters = BufReader::new(server.stdout.take().unwrap()).lines();
        let port = letters.next_line().await.unwrap().unwrap();
        Self {
            port: port.parse().unwrap(),
            letters,
            _server: server,
        }
    }

    /// The next letter it was given.
    pub(crate) async fn next(&mut self) -> Value {
        let letter = self.letters.next_line().await.unwrap().unwrap();
        serde_json::from_str(&letter).unwrap()
    }
}
