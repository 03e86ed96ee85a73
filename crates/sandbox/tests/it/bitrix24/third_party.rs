//! Programs that were written for the real Bitrix24 drive the stand-in: the vendor's own SDK over
//! TLS, and a small asynchronous client.

use std::path::Path;
use std::sync::Arc;

use linecard_clock::SystemClock;
use linecard_sandbox::bitrix24::{Bucket, Kind, Options, Sandbox, Seed, Webhook};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::authority::authority;
use crate::third_party::{clients, installed, passed};

/// How many users and contacts the clients expect: three pages each.
const MANY: usize = 120;

fn options() -> Options {
    let users: Vec<Value> = (0..MANY)
        .map(|number| {
            json!({
                "NAME": "User", "LAST_NAME": number.to_string(), "ACTIVE": true, "ADMIN": number == 0,
                "EMAIL": format!("user{number}@acme.example"), "USER_TYPE": "employee"
            })
        })
        .collect();
    Options {
        seed: Seed::from_json(&json!({"user": users}).to_string()).unwrap(),
        webhooks: vec![
            Webhook::default(),
            Webhook {
                secret: "usersonly".to_owned(),
                scopes: vec!["user".to_owned()],
                ..Webhook::default()
            },
        ],
        // The clients ask faster than a portal would let them.
        bucket: Bucket {
            size: 10_000.0,
            leak: 2.0,
        },
        ..Options::default()
    }
}

async fn start(options: Options) -> Sandbox {
    let sandbox = Sandbox::start(options, Arc::new(SystemClock))
        .await
        .unwrap();
    for number in 1..=MANY {
        let fields = json!({
            "LAST_NAME": format!("Person {number}"),
            "PHONE": [{"VALUE": format!("+1415556{number:04}"), "VALUE_TYPE": "WORK"}]
        });
        sandbox.put(Kind::Contact, &fields).unwrap();
    }
    sandbox
}

async fn python(client: &str, test: &str, sandbox: &Sandbox, bundle: Option<&Path>) {
    let python = installed().await.join(client).join("bin/python");
    let mut command = Command::new(python);
    command
        .args(["-B", "-m", "unittest", test])
        .current_dir(clients().join(client))
        .env("BASE_URL", sandbox.base_url());
    if let Some(bundle) = bundle {
        command.env("REQUESTS_CA_BUNDLE", bundle);
    }
    passed(&command.output().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn b24pysdk_takes_the_stand_in_for_a_portal_over_tls() {
    let authority = authority();
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("authority.pem");
    std::fs::write(&bundle, &authority.pem).unwrap();
    let sandbox = start(Options {
        tls: Some(authority.tls),
        ..options()
    })
    .await;
    assert!(sandbox.base_url().starts_with("https://"));
    python("b24pysdk", "test_bitrix24", &sandbox, Some(&bundle)).await;
    sandbox.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bitrix24_rest_takes_the_stand_in_for_a_portal() {
    let sandbox = start(options()).await;
    python("bitrix24-rest", "test_bitrix24_rest", &sandbox, None).await;
    sandbox.stop().await;
}
