//! An identity provider that we did not write, on loopback, for the tests of single sign-on.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// The provider, as `provider.py` beside this file describes it. It ends when it is dropped.
pub(crate) struct IdentityProvider {
    pub(crate) issuer: String,
    _server: Child,
}

impl IdentityProvider {
    pub(crate) async fn open(people: &Value) -> Self {
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
        let python = Path::new(installed.trim()).join("oidc-provider-mock/bin/python");
        let mut server = Command::new(python)
            .arg("-B")
            .arg(clients.join("oidc-provider-mock/provider.py"))
            .arg(people.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let port = lines.next_line().await.unwrap().unwrap();
        Self {
            issuer: format!("http://localhost:{port}"),
            _server: server,
        }
    }
}
