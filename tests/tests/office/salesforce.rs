//! The stand-in Salesforce, which can go away and come back with its records.

use std::sync::Arc;

use linecard_clock::{SystemClock, SystemEntropy};
use linecard_sandbox::salesforce::{Options, Sandbox};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub(crate) struct Salesforce {
    runtime: Runtime,
    running: Option<Sandbox>,
    port: u16,
    folder: TempDir,
}

impl Salesforce {
    pub(crate) fn start() -> Self {
        let mut salesforce = Self {
            runtime: Runtime::new().unwrap(),
            running: None,
            port: 0,
            folder: tempfile::tempdir().unwrap(),
        };
        salesforce.comes_back();
        salesforce
    }

    /// Ends at once, as a kill would.
    pub(crate) fn goes_down(&mut self) {
        let _inside = self.runtime.enter();
        self.running = None;
    }

    /// Starts at the same address with the same records.
    pub(crate) fn comes_back(&mut self) {
        let options = Options {
            port: self.port,
            data: Some(self.folder.path().join("salesforce.json")),
            ..Options::default()
        };
        let start = Sandbox::start(options, Arc::new(SystemClock), Arc::new(SystemEntropy));
        let sandbox = self.runtime.block_on(start).unwrap();
        self.port = sandbox
            .base_url()
            .rsplit(':')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        self.running = Some(sandbox);
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The records of one object.
    pub(crate) fn records(&self, object: &str) -> Vec<Value> {
        self.running.as_ref().unwrap().records(object)
    }

    /// The id of the record of `object` whose `field` is `value`.
    pub(crate) fn id(&self, object: &str, field: &str, value: &str) -> String {
        let records = self.records(object);
        let record = records.iter().find(|record| record[field] == value);
        record.unwrap()["Id"].as_str().unwrap().to_owned()
    }
}
