//! A whole company: a real Asterisk with SIP phones, a stand-in Salesforce, a Linecard process,
//! and an admin who has joined them.

mod admin;
mod cable;
mod linecard;
mod salesforce;

use std::thread;
use std::time::{Duration, Instant};

use linecard_tests::Asterisk;
use serde_json::{Value, json};

pub(crate) use admin::Admin;
pub(crate) use cable::Cable;
pub(crate) use linecard::Linecard;
pub(crate) use salesforce::Salesforce;

/// Far longer than anything takes; a test that waits this long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct Office {
    pub(crate) asterisk: Asterisk,
    /// Between Linecard and Asterisk's AMI.
    pub(crate) cable: Cable,
    pub(crate) salesforce: Salesforce,
    pub(crate) linecard: Linecard,
    pub(crate) admin: Admin,
}

impl Office {
    /// Opens, with 101 and 102 bound to the CRM users of the same e-mail address.
    pub(crate) fn open() -> Self {
        let asterisk = Asterisk::up().unwrap();
        let cable = Cable::to(asterisk.facts.ami_port);
        let salesforce = Salesforce::start();
        let linecard = Linecard::start();
        let mut admin = Admin::sets_up(&linecard);
        let office_secret = asterisk.facts.ami_secret.clone();
        admin.post(
            "/phone-systems",
            &json!({
                "kind": "asterisk",
                "name": "Asterisk",
                "settings": {
                    "host": "127.0.0.1",
                    "port": cable.port().to_string(),
                    "username": asterisk.facts.ami_username,
                    "own": r"PJSIP/[12]\d\d",
                    "trunk": "PJSIP/trunk",
                },
                "secrets": { "secret": office_secret },
            }),
        );
        for (number, name, email) in [
            ("101", "Alice Adams", "alice@example.com"),
            ("102", "Bob Brown", "bob@example.com"),
        ] {
            admin.put(
                &format!("/extensions/{number}"),
                &json!({ "name": name, "email": email }),
            );
        }
        admin.connects(&salesforce);
        let office = Self {
            asterisk,
            cable,
            salesforce,
            linecard,
            admin,
        };
        office.await_link("up");
        office
    }

    /// The admin says where Asterisk's own records of past calls are.
    pub(crate) fn reads_records(&self, address: &str, settings: &[(&str, &str)]) {
        self.changes(settings, &json!({ "records": address }));
    }

    /// The admin changes some of the phone system's settings.
    pub(crate) fn sets(&self, settings: &[(&str, &str)]) {
        self.changes(settings, &json!({}));
    }

    fn changes(&self, settings: &[(&str, &str)], secrets: &Value) {
        let system = self.admin.get("/phone-systems")[0].clone();
        let mut all = system["settings"].clone();
        for (name, value) in settings {
            all[*name] = json!(value);
        }
        self.admin.put(
            &format!("/phone-systems/{}", system["id"].as_str().unwrap()),
            &json!({
                "kind": "asterisk",
                "name": system["name"],
                "settings": all,
                "secrets": secrets,
                "version": system["version"],
            }),
        );
        self.await_link("up");
    }

    /// Waits until Linecard has heard all that Asterisk has said so far: the answer to a question
    /// comes behind it on the same connection.
    pub(crate) fn catches_up(&self) {
        let systems = self.admin.get("/phone-systems");
        let id = systems[0]["id"].as_str().unwrap();
        self.admin.get(&format!("/phone-systems/{id}/endpoints"));
    }

    /// Waits until the link to Asterisk is so.
    pub(crate) fn await_link(&self, state: &str) {
        eventually(&format!("the link is {state}"), || {
            let systems = self.admin.get("/phone-systems");
            (systems[0]["link"]["state"] == state).then_some(())
        });
    }

    /// The newest stored call, once there is one that `wanted` accepts.
    pub(crate) fn stored_call(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        eventually("a stored call", || {
            let calls = self.admin.get("/calls");
            let calls = calls["calls"].as_array()?;
            calls.iter().find(|call| wanted(call)).cloned()
        })
    }

    /// The one entry of the only call, once it stands in the CRM.
    pub(crate) fn written_call(&self) -> Value {
        self.stored_call(|call| {
            let entries = call["entries"].as_array();
            entries
                .is_some_and(|all| !all.is_empty() && all.iter().all(|it| it["state"] == "written"))
        })
    }

    /// The stand-in's only Task.
    pub(crate) fn only_task(&self) -> Value {
        let tasks = self.salesforce.records("Task");
        assert_eq!(tasks.len(), 1, "{tasks:#?}");
        tasks[0].clone()
    }
}

/// Asks again until there is an answer.
pub(crate) fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "never came true: {what}");
        thread::sleep(Duration::from_millis(50));
    }
}
