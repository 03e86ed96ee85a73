//! Zoho's own client for Python drives the stand-in.

use std::sync::Arc;

use linecard_clock::{SystemClock, SystemEntropy};
use linecard_sandbox::zoho::{Options, Sandbox};
use tokio::process::Command;

use crate::third_party::{clients, installed, passed};

#[tokio::test(flavor = "multi_thread")]
async fn zohocrmsdk_takes_the_stand_in_for_zoho() {
    let installed = installed().await;
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let sandbox = Sandbox::start(Options::default(), clock, entropy)
        .await
        .unwrap();
    let output = Command::new(installed.join("zohocrmsdk/bin/python"))
        .args(["-B", "-m", "unittest", "test_zoho"])
        .current_dir(clients().join("zohocrmsdk"))
        .env("BASE_URL", sandbox.base_url())
        .output()
        .await
        .unwrap();
    passed(&output);
    sandbox.stop().await;
}
