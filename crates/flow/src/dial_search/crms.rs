//! CRMs that are asked for names as an agent types (F14).
//!
//! A CRM's quota is for calls first. So an answer is remembered for a minute, only a few searches
//! of one CRM are under way at a time, and whoever types waits until they pause: that is the
//! caller's part.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use linecard_crm::{Crm, Failure, Record};
use linecard_rules::terms::{Shown, Sight};
use linecard_store::ConnectionId;
use moka::future::Cache;
use tokio::sync::Semaphore;

use super::DialSearch;
use crate::directory::Directory;
use crate::flow::Shared;

/// How many records one CRM shows.
const MOST_SHOWN: usize = 10;
/// The fewest letters or digits that a CRM is asked for.
const SHORTEST: usize = 2;
/// How long an answer is remembered.
const KEEP: Duration = Duration::from_mins(1);
/// How many answers are remembered.
const KEPT: u64 = 10_000;
/// How many searches of one CRM are under way at a time.
const AT_ONCE: usize = 2;
/// How long an agent waits for a CRM.
const PATIENCE: Duration = Duration::from_secs(4);

/// A CRM that is searched as an agent types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedCrm {
    /// Its name, for people.
    pub name: String,
    pub(crate) connection: ConnectionId,
    /// The CRM's id of the user to whom the agent is bound.
    pub(crate) user: String,
    /// What the agent sees of others' records, where the CRM cannot tell.
    pub(crate) sight: Sight,
}

/// Why a CRM found nobody.
#[derive(Debug, thiserror::Error)]
pub enum DialSearchFailure {
    /// The connection is switched off or not signed in.
    #[error("the CRM is not connected")]
    NotConnected,
    /// It did not answer in time.
    #[error("the CRM did not answer within {} seconds", PATIENCE.as_secs())]
    TooSlow,
    /// It could not be asked.
    #[error(transparent)]
    Crm(#[from] Failure),
}

impl DialSearchFailure {
    /// The stable word under which it is shown in the reader's language.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotConnected => "crm_not_connected",
            Self::TooSlow => "crm_too_slow",
            Self::Crm(failure) => failure.code(),
        }
    }
}

type Key = (ConnectionId, String, String);

/// What the CRMs answered, and who is being asked.
pub(crate) struct CrmSearches {
    answers: Cache<Key, Arc<[Record]>>,
    under_way: Mutex<HashMap<ConnectionId, Arc<Semaphore>>>,
}

impl Default for CrmSearches {
    fn default() -> Self {
        Self {
            answers: Cache::builder()
                .max_capacity(KEPT)
                .time_to_live(KEEP)
                .build(),
            under_way: Mutex::default(),
        }
    }
}

impl CrmSearches {
    fn permits(&self, connection: ConnectionId) -> Arc<Semaphore> {
        let mut all = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let permits = all.entry(connection);
        Arc::clone(permits.or_insert_with(|| Arc::new(Semaphore::new(AT_ONCE))))
    }
}

/// The CRMs that are searched for this agent.
pub(super) fn to_ask(shared: &Shared, directory: &Directory, search: &DialSearch) -> Vec<AskedCrm> {
    let letters = search.text.chars().filter(|it| it.is_alphanumeric());
    if search.masked || letters.count() < SHORTEST {
        return Vec::new();
    }
    let bound = directory.bound_in(&search.extension);
    let asked = bound.filter(|(connection, _)| connection.choices.sync.always_query);
    asked
        .map(|(connection, user)| AskedCrm {
            name: (shared.connections.name(&connection.kind))
                .unwrap_or(&connection.kind)
                .to_owned(),
            connection: connection.id,
            user: user.to_owned(),
            sight: connection.terms.sight,
        })
        .collect()
}

/// What one of them finds, and the agent's user there may read (B9).
pub(super) async fn ask(
    shared: &Shared,
    asked: &AskedCrm,
    search: &DialSearch,
) -> Result<Arc<[Record]>, DialSearchFailure> {
    let crm =
        (shared.connections.opened(asked.connection)).ok_or(DialSearchFailure::NotConnected)?;
    let text = search.text.trim().to_lowercase();
    let key = (asked.connection, asked.user.clone(), text.clone());
    let searches = &shared.crm_searches;
    let answer = searches.answers.try_get_with(key, async {
        let permits = searches.permits(asked.connection);
        let _permit = permits.acquire().await;
        found(crm.as_ref(), asked, &text).await
    });
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(answer) => answer.map_err(|failure| failure.as_ref().clone().into()),
        Err(_) => Err(DialSearchFailure::TooSlow),
    }
}

async fn found(crm: &dyn Crm, asked: &AskedCrm, text: &str) -> Result<Arc<[Record]>, Failure> {
    let user = asked.user.as_str();
    let mut records = crm.search(text, MOST_SHOWN).await?;
    let all: Vec<_> = records.iter().map(|record| record.at.clone()).collect();
    match crm.readable_by(user, &all).await? {
        Some(readable) => records.retain(|record| readable.contains(&record.at)),
        None => records.retain_mut(|record| {
            let shown = asked.sight.of(record.owner.as_deref(), user);
            if shown == Shown::Name {
                record.company = None;
            }
            shown != Shown::Nothing
        }),
    }
    for record in &mut records {
        record.page = crm.page(&record.at);
    }
    records.truncate(MOST_SHOWN);
    Ok(records.into())
}
