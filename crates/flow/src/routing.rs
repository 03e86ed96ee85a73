//! To whom a dial plan puts a caller through (X8): within 50 ms, or to nobody in particular.

mod question;

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use linecard_number::{Extension, Phone};
use linecard_rules::route::{self, Caller, Reason};
use linecard_store::StoreError;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::flow::Shared;
use crate::lookups::{CALLING, Records};
use question::Question;

/// The name under which the store keeps the token.
pub(crate) const SETTING: &str = "routing_token";
/// How long the CRM has. With the way there and back the dial plan has its answer within 50 ms.
const CRM_WITHIN: Duration = Duration::from_millis(40);
/// How many questions may be under way to a CRM that does not answer; callers beyond that go the
/// default way at once.
const ASKED_AT_ONCE: usize = 64;

/// Where a caller goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Routed {
    /// To the owner of the contact.
    Owner {
        /// The owner's extensions, the smallest first; never empty.
        extensions: Vec<Extension>,
        /// The name of the person at the first of them.
        name: Option<String>,
    },
    /// Wherever the dial plan sends callers without an owner.
    Default(Reason),
}

/// What programs other than a dial plan on this machine must show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Token {
    /// Only this is kept: who reads the store cannot ask with it.
    sha256: String,
    created: Timestamp,
}

impl Token {
    fn new(token: &str, created: Timestamp) -> Self {
        Self {
            sha256: sha256(token),
            created,
        }
    }
}

fn sha256(token: &str) -> String {
    Sha256::digest(token.as_bytes())
        .iter()
        .fold(String::new(), |mut text, byte| {
            // Writing into a text does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Answers dial plans.
#[derive(Clone)]
pub struct Routing {
    shared: Arc<Shared>,
    questions: Arc<Semaphore>,
}

impl Routing {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            questions: Arc::new(Semaphore::new(ASKED_AT_ONCE)),
        }
    }

    /// Where a caller goes whose number is `number`, empty when it is withheld. A CRM that does
    /// not answer in time is not waited for; when it answers later, that is remembered for the
    /// next time somebody asks.
    pub async fn route(&self, number: &str) -> Routed {
        let directory = self.shared.directories.newest();
        let phone = match route::caller(number, &directory.plan) {
            Caller::Phone(phone) => phone,
            Caller::Nobody(reason) => return Routed::Default(reason),
        };
        if directory.connections.is_empty() {
            return Routed::Default(Reason::NoCrm);
        }
        if directory.excluded.is_own(&phone) {
            return Routed::Default(Reason::Internal);
        }
        if directory.excluded.is_never_looked_up(&phone) {
            return Routed::Default(Reason::Unknown);
        }
        let mut question = Question::new(&directory);
        for (place, connection) in directory.connections.iter().enumerate() {
            let at_once = self.shared.connections.at_once(connection.id, &phone).await;
            // A dial plan waits for no CRM, not even for one that is always queried.
            let known = match at_once {
                Some(known) => Some(Records::clone(known.records())),
                None => self.shared.lookups.known(connection.id, &phone).await,
            };
            if known.is_some() {
                question.answers(place, known);
            }
        }
        if let Some(routed) = question.remembered() {
            return routed;
        }
        let Ok(permit) = Arc::clone(&self.questions).try_acquire_owned() else {
            return Routed::Default(Reason::Unavailable);
        };
        let mut answers = self.ask(&question, &phone, permit);
        let in_time = tokio::time::timeout(CRM_WITHIN, async {
            while let Some((place, found)) = answers.recv().await {
                question.answers(place, found);
                if let Some(routed) = question.settled() {
                    return routed;
                }
            }
            Routed::Default(Reason::Unavailable)
        });
        match in_time.await {
            Ok(routed) => routed,
            Err(_) => question.too_late(),
        }
    }

    /// Asks those that have not answered, all at the same time. They go on by themselves when they
    /// are not waited for any more.
    fn ask(
        &self,
        question: &Question<'_>,
        phone: &Phone,
        permit: OwnedSemaphorePermit,
    ) -> mpsc::UnboundedReceiver<(usize, Option<Records>)> {
        let (told, answers) = mpsc::unbounded_channel();
        let permit = Arc::new(permit);
        for (place, id) in question.open() {
            let (shared, phone, told) = (Arc::clone(&self.shared), phone.clone(), told.clone());
            let permit = Arc::clone(&permit);
            tokio::spawn(async move {
                let found = shared.connections.find(id, &phone, CALLING).await;
                drop(permit);
                let found = found.inspect_err(|failure| {
                    tracing::warn!(number = ?phone.e164, %failure, "the CRM could not be asked");
                });
                // Nobody may be waiting any more.
                let _ = told.send((place, found.ok()));
            });
        }
        answers
    }

    /// Whether whoever shows this token may ask.
    #[must_use]
    pub fn admits(&self, token: &str) -> bool {
        let directory = self.shared.directories.newest();
        // Hashes are compared: how long that takes tells nothing about the token.
        directory
            .routing_token
            .as_ref()
            .is_some_and(|kept| kept.sha256 == sha256(token))
    }

    /// When the token that counts was made; `None` when there is none.
    #[must_use]
    pub fn token_created(&self) -> Option<Timestamp> {
        let directory = self.shared.directories.newest();
        Some(directory.routing_token.as_ref()?.created)
    }

    /// Makes a token; the one before counts no more. It is told this once.
    pub async fn create_token(&self) -> Result<String, StoreError> {
        let token = self.shared.entropy.token();
        self.keep(Some(Token::new(&token, self.shared.clock.now())))
            .await?;
        Ok(token)
    }

    /// Lets nobody ask by token any more.
    pub async fn delete_token(&self) -> Result<(), StoreError> {
        self.keep(None).await
    }

    async fn keep(&self, token: Option<Token>) -> Result<(), StoreError> {
        let mut unit = self.shared.store.begin().await?;
        unit.settings().put(SETTING, &token).await?;
        unit.commit().await?;
        self.shared.directories.refresh(&self.shared.store).await
    }
}
