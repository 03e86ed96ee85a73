//! What is known of one account between requests: what it has, and what it has not.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use linecard_crm::{Advice, AdviceCode, Failure, PersonNeeded};
use linecard_http::{Daily, Purpose};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::api::{Api, VERSION, objects};
use crate::kind::Kind;
use crate::refusal::Refusal;

/// How long it is remembered that something is missing.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// Something that an account may lack; forgotten after a day.
pub(crate) struct Lacking(AtomicI64);

impl Default for Lacking {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MIN))
    }
}

impl Lacking {
    /// Whether it may be there, as far as is known.
    pub(crate) fn may_be_there(&self, now: Timestamp) -> bool {
        let until = self.0.load(Ordering::Relaxed);
        now.as_second() >= until
    }

    pub(crate) fn is_missing(&self, now: Timestamp) {
        let until = now.as_second().saturating_add(REMEMBERED.as_secs());
        self.0.store(until, Ordering::Relaxed);
    }

    pub(crate) fn forget(&self) {
        self.0.store(i64::MIN, Ordering::Relaxed);
    }
}

/// What is known of one account.
#[derive(Default)]
pub(crate) struct Known {
    /// The calculated phone properties of contacts, and of companies.
    pub(crate) calculated_of_contacts: Lacking,
    pub(crate) calculated_of_companies: Lacking,
    has_leads: Daily<bool>,
    /// The association types that only the account itself knows.
    to_lead: Mutex<Vec<(Kind, u64)>>,
    /// How many pages the list of what is archived had.
    pub(crate) archived_pages: Mutex<Vec<(Kind, usize)>>,
}

#[derive(Deserialize)]
struct Labels {
    results: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    #[serde(rename = "typeId")]
    type_id: u64,
    #[serde(default)]
    label: Option<String>,
}

impl Known {
    /// Asks anew next time: an admin has looked, and may have changed something.
    pub(crate) async fn forget(&self) {
        self.calculated_of_contacts.forget();
        self.calculated_of_companies.forget();
        self.has_leads.forget().await;
    }

    /// Whether the account has leads and the connection may read them.
    pub(crate) async fn has_leads(&self, api: &Api, purpose: Purpose) -> Result<bool, Failure> {
        self.has_leads
            .get(api.now(), ask_for_leads(api, purpose))
            .await
    }

    /// The type of the association between an activity and a person or company.
    pub(crate) async fn association(
        &self,
        api: &Api,
        purpose: Purpose,
        from: Kind,
        to: Kind,
    ) -> Result<u64, Failure> {
        if let Some(type_id) = from.association_to(to) {
            return Ok(type_id);
        }
        let mut kept = self.to_lead.lock().await;
        if let Some((_, type_id)) = kept.iter().find(|(kind, _)| *kind == from) {
            return Ok(*type_id);
        }
        let path = format!(
            "/crm/associations/{VERSION}/{}/{}/labels",
            from.path(),
            to.path()
        );
        let labels: Labels = api.get(purpose, &path, &[]).await?;
        let plain = labels.results.iter().find(|label| label.label.is_none());
        let Some(label) = plain.or(labels.results.first()) else {
            return Err(Failure::refused(Advice::about(
                AdviceCode::NotOffered,
                format!("{} with {}", from.path(), to.path()),
            )));
        };
        kept.push((from, label.type_id));
        Ok(label.type_id)
    }
}

async fn ask_for_leads(api: &Api, purpose: Purpose) -> Result<bool, Failure> {
    let path = objects(Kind::Lead, "");
    let page: Result<Value, Refusal> = api.get(purpose, &path, &[("limit", "1")]).await;
    match page {
        Ok(_) => Ok(true),
        Err(
            Refusal::NotThere { .. }
            | Refusal::Unexplained { .. }
            | Refusal::Failed(
                Failure::Refused { .. }
                | Failure::NeedsPerson {
                    what: PersonNeeded::Permission,
                    ..
                },
            ),
        ) => Ok(false),
        Err(refusal) => Err(refusal.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_looked_for_again_after_a_day() {
        let at = |hours: i64| Timestamp::from_second(hours * 3_600).unwrap();
        let lacking = Lacking::default();
        assert!(lacking.may_be_there(at(0)));
        lacking.is_missing(at(0));
        assert!(!lacking.may_be_there(at(23)));
        assert!(lacking.may_be_there(at(24)));
    }
}
