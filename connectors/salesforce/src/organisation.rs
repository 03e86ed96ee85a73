//! One organisation of Salesforce that is joined.

use async_trait::async_trait;
use linecard_crm::{Crm, EntryKey, Failure, Identity, LogEntry, Record, RecordRef, User};
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
    async fn identity(&self) -> Result<Identity, Failure> {
        identity::identity(&self.api).await
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

    async fn log(&self, entry: &LogEntry) -> Result<String, Failure> {
        let status = self
            .closed_status
            .get(self.api.now(), log::closed_status(&self.api))
            .await?;
        log::log(&self.api, &status, entry).await
    }

    async fn find_logged(&self, key: &EntryKey) -> Result<Option<String>, Failure> {
        log::find_logged(&self.api, key).await
    }

    fn page(&self, record: &RecordRef) -> Url {
        links::page(&self.api.base(), links::object(record.module), &record.id)
    }

    fn entry_page(&self, id: &str) -> Url {
        links::page(&self.api.base(), "Task", id)
    }

    async fn revoke(&self) -> Result<(), Failure> {
        self.api.revoke().await
    }
}
