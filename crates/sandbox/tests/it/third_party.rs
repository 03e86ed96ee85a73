//! Programs that were written for the real Salesforce drive the stand-in.
//!
//! They live in `tests/clients/`; `tests/clients/prepare` installs them.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;

use linecard_clock::{SystemClock, SystemEntropy};
use linecard_sandbox::salesforce::{Options, Sandbox};
use tokio::process::Command;

use crate::authority::authority;

/// Where the clients' own tests are.
pub(crate) fn clients() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients")
}

/// Where `prepare` has installed them.
pub(crate) async fn installed() -> PathBuf {
    let prepare = clients().join("prepare");
    let output = Command::new(&prepare)
        .arg("--where")
        .output()
        .await
        .unwrap_or_else(|error| panic!("{} does not run: {error}", prepare.display()));
    assert!(
        output.status.success(),
        "the third-party clients are not installed: run tests/clients/prepare once\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
}

async fn start(options: Options) -> Sandbox {
    let clock = Arc::new(SystemClock);
    Sandbox::start(options, clock, Arc::new(SystemEntropy))
        .await
        .unwrap()
}

pub(crate) fn passed(output: &Output) {
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn jsforce_takes_the_stand_in_for_salesforce() {
    let installed = installed().await;
    let sandbox = start(Options::default()).await;
    let output = Command::new("node")
        .args(["--test", "salesforce.test.js"])
        .current_dir(clients().join("jsforce"))
        .env("NODE_PATH", installed.join("jsforce/node_modules"))
        .env("BASE_URL", sandbox.base_url())
        .output()
        .await
        .unwrap();
    passed(&output);
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn simple_salesforce_takes_the_stand_in_for_salesforce() {
    let installed = installed().await;
    let authority = authority();
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("authority.pem");
    std::fs::write(&bundle, &authority.pem).unwrap();
    let sandbox = start(Options {
        tls: Some(authority.tls),
        ..Options::default()
    })
    .await;
    let output = Command::new(installed.join("simple-salesforce/bin/python"))
        .args(["-B", "-m", "unittest", "test_salesforce"])
        .current_dir(clients().join("simple-salesforce"))
        .env("BASE_URL", sandbox.base_url())
        .env("REQUESTS_CA_BUNDLE", &bundle)
        .env("SSL_CERT_FILE", &bundle)
        .output()
        .await
        .unwrap();
    passed(&output);
    sandbox.stop().await;
}
