//! One organisation of Salesforce that is joined.

use std::collections::BTreeMap;

use async_trait::async_trait;
use linecard_crm::{Crm, EntryKey, Failure, LogEntry, Logged, Probe, Record, RecordRef, User};
use linecard_number::{Phone, Plan};
use url::Url;

use crate::api::Api;
use crate::daily::Daily;
use crate::describe::Layouts;
use crate::{describe, find, identity, links, log, users};

/// What is known of one organisation between requests.
pub(crate) struct Organisation {
    api: Api,
    plan: Plan,
    layouts: Daily<Layouts>,
    closed_status: Daily<String>,
}

impl Organisation {
    pub(crate) fn new(api: Api, plan: Plan) -> Self {
        Self {
            api,
            plan,
            layouts: Daily::default(),
            closed_status: Daily::default(),
        }
    }
}

#[async_trait]
impl Crm for Organisation {
    async fn probe(&self) -> Result<Probe, Failure> {
        Ok(Probe {
            identity: identity::identity(&self.api).await?,
            edition: None,
            checks: Vec::new(),
        })
    }

    async fn users(&self) -> Result<Vec<User>, Failure> {
        users::users(&self.api).await
    }

    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure> {
        let layouts = self
            .layouts
            .get(self.api.now(), Box::pin(describe::layouts(&self.api)))
            .await?;
        match find::find(&self.api, &layouts, &self.plan, phone).await {
            Ok(records) => Ok(records),
            Err(find::Error::LayoutsChanged { words }) => {
                self.layouts.forget().await;
                Err(Failure::Retry { after: None, words })
            }
            Err(find::Error::Failed(failure)) => Err(failure),
        }
    }

    async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure> {
        let status = self
            .closed_status
            .get(self.api.now(), log::closed_status(&self.api))
            .await?;
        let id = log::log(&self.api, &status, entry).await?;
        Ok(Logged::whole(id))
    }

    async fn find_logged(
        &self,
        entries: &[LogEntry],
    ) -> Result<BTreeMap<EntryKey, String>, Failure> {
        let mut found = BTreeMap::new();
        for entry in entries {
            if let Some(id) = log::find_logged(&self.api, &entry.key).await? {
                found.insert(entry.key.clone(), id);
            }
        }
        Ok(found)
    }

    fn page(&self, record: &RecordRef) -> Url {
        links::page(&self.api.base(), links::object(record.module), &record.id)
    }

    fn entry_page(&self, id: &str, _: Option<&RecordRef>) -> Url {
        links::page(&self.api.base(), "Task", id)
    }

    async fn revoke(&self) -> Result<(), Failure> {
        self.api.revoke().await
    }
}
