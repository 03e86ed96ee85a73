//! Explains what becomes of a call with a number, and why (F18).
//!
//! A call is supposed ([`supposed`]): this number rings that agent, now or at another moment. It
//! goes the way of every call: the same rule says whether anybody is asked, the same inquiry asks
//! phonebooks and CRMs ([`asking`]), the same answers name the party, and the same rules decide
//! about page, entry, phonebook and new record ([`verdicts`]). Only nothing is carried out: nothing
//! is written, created or kept, and no card is shown.

mod asking;
mod recorded;
mod supposed;
mod verdicts;

pub use asking::{CrmSaid, NotQueried, PhonebookSaid, Source};
pub use recorded::Recorded;
pub use verdicts::{Ending, Tendency, Verdict, Winner};

use jiff::Timestamp;
use linecard_call::Direction;
use linecard_number::{Explained, Extension, Phone, Reading};
use linecard_rules::lookup::{self, Lookup, NotAsked};
use linecard_store::{Creation, StoreError, StoredCall, StoredCallId};

use crate::Flow;
use crate::card::PhonebookContact;
use crate::directory::Directory;
use supposed::Supposed;

/// How many created records of one CRM are told of.
const CREATIONS: usize = 5;

/// A call that may come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The outside party's number as the phone system gives it; empty: withheld.
    pub number: String,
    /// Who calls whom. A call between extensions explains itself.
    pub direction: Direction,
    /// The agent; `None`: the one who is bound in the most CRMs.
    pub extension: Option<Extension>,
    /// The company's number that is called.
    pub did: Option<String>,
    /// The trunk it comes over, as the phone system names it: one may have habits of its own.
    pub trunk: Option<String>,
    /// When it begins; `None`: now.
    pub at: Option<Timestamp>,
    /// Whether the CRMs are asked though they answered shortly before.
    pub anew: bool,
}

/// What becomes of a call, and why.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The call that is explained; the agent is filled in where there is one.
    pub question: Question,
    /// When it begins.
    pub at: Timestamp,
    /// The agent's name.
    pub agent_name: Option<String>,
    /// How the number was read.
    pub read: Explained,
    /// Whether it is one that the company keeps out (X4, X11).
    pub kept_out: Option<KeptOut>,
    /// Why nobody is asked who that is; `None`: they are.
    pub not_asked: Option<NotAsked>,
    /// What every phonebook and CRM was asked and said, in their order of precedence.
    pub sources: Vec<Source>,
    /// Who has the number in phonebooks that no CRM fills: the first names a caller whom no CRM
    /// knows.
    pub named: Vec<PhonebookContact>,
    /// Who the outside party is, and why this record.
    pub winner: Option<Winner>,
    /// Whether a page opens.
    pub pop: Verdict,
    /// Whether an entry is written, by how the call ends.
    pub log: Vec<(Ending, Verdict)>,
    /// Whether the record comes into the phonebook.
    pub sync: Verdict,
    /// Whether a record is created.
    pub create: Verdict,
    /// What Linecard created for this number before.
    pub created: Vec<Creation>,
    /// What was kept of the call when it ended, where one that was is explained.
    pub recorded: Option<Recorded>,
}

/// A number that the company keeps out of its CRMs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptOut {
    /// It is one of its own (X4).
    Own,
    /// No CRM is asked about it (X11).
    NeverLookedUp,
    /// Nothing is written about it (X11).
    NeverLogged,
}

/// A call cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// There is no such call.
    #[error("there is no such call")]
    NoCall,
    /// A call between extensions has no outside party.
    #[error("a call between extensions concerns no CRM")]
    Internal,
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Flow {
    /// Explains a call that may come.
    pub async fn explain(&self, question: Question) -> Result<Explanation, ExplainError> {
        if question.direction == Direction::Internal {
            return Err(ExplainError::Internal);
        }
        self.explained(question, None).await
    }

    /// Explains a call that was: what becomes of one like it today, beside what was kept of it.
    /// `extension` is the agent whose part of it is meant; `None`: the one who answers for it.
    pub async fn explain_call(
        &self,
        id: StoredCallId,
        extension: Option<Extension>,
        anew: bool,
    ) -> Result<Explanation, ExplainError> {
        let mut unit = self.store().read().await?;
        let stored = unit.calls().get(id).await?.ok_or(ExplainError::NoCall)?;
        drop(unit);
        let call = &stored.call;
        if call.direction == Direction::Internal {
            return Err(ExplainError::Internal);
        }
        let directory = self.shared().directories.newest();
        let is_bound = |extension: &Extension| directory.is_bound(extension);
        let agent = extension.or_else(|| {
            let leg = linecard_rules::attribution::of_record(call, is_bound);
            leg.map(|leg| leg.extension.clone())
        });
        let question = Question {
            number: call.outside().unwrap_or_default().to_owned(),
            direction: call.direction,
            extension: agent,
            did: call.did.clone(),
            trunk: call.trunk.clone(),
            at: Some(call.started),
            anew,
        };
        self.explained(question, Some(stored)).await
    }

    async fn explained(
        &self,
        mut question: Question,
        stored: Option<StoredCall>,
    ) -> Result<Explanation, ExplainError> {
        let shared = self.shared();
        let directory = shared.directories.newest();
        let now = shared.clock.now();
        let at = question.at.unwrap_or(now);
        let agent = question.extension.clone();
        question.extension = agent.or_else(|| directory.most_bound().cloned());
        let supposed = Supposed::of(&question, at);
        let ringing = supposed.rings();
        let is_bound = |extension: &Extension| directory.is_bound(extension);
        let lookup = lookup::decide(&ringing, &directory.plan, &directory.excluded, is_bound);
        let read = directory
            .plan
            .explain(&question.number, question.trunk.as_deref());
        let named = match lookup::party(&ringing, &directory.plan, &directory.excluded) {
            Ok(phone) => asking::named(shared, &phone).await?,
            Err(_) => Vec::new(),
        };
        let asked = asking::ask(
            shared,
            &directory,
            question.extension.as_ref(),
            &lookup,
            question.anew,
        )
        .await?;
        let verdicts = verdicts::Deciding {
            shared,
            directory: &directory,
            question: &question,
            lookup: &lookup,
            answers: &asked.answers,
            at,
        };
        let recorded = match &stored {
            Some(stored) => recorded::of(self, stored, question.extension.as_ref()).await?,
            None => None,
        };
        let endings = match &stored {
            Some(stored) => vec![(Ending::AsItDid, stored.call.clone())],
            None => supposed.ends(),
        };
        let phone = phone(&read.reading);
        Ok(Explanation {
            at,
            agent_name: agent_name(&directory, question.extension.as_ref()),
            kept_out: phone.and_then(|phone| kept_out(&directory, phone)),
            not_asked: match &lookup {
                Lookup::Ask(_) => None,
                Lookup::Skip(why) => Some(*why),
            },
            winner: verdicts.winner(),
            pop: verdicts.pop(&ringing),
            log: verdicts.log(&endings),
            sync: verdicts.sync().await?,
            create: verdicts.create(&ringing),
            created: self.created_for(&directory, phone).await?,
            sources: asked.sources,
            named,
            recorded,
            read: read.clone(),
            question,
        })
    }

    async fn created_for(
        &self,
        directory: &Directory,
        phone: Option<&Phone>,
    ) -> Result<Vec<Creation>, StoreError> {
        let mut created = Vec::new();
        let Some(phone) = phone else {
            return Ok(created);
        };
        let mut unit = self.store().read().await?;
        for connection in &directory.connections {
            let mut creations = unit.creations();
            let some = creations.about(connection.id, &phone.e164, CREATIONS);
            created.extend(some.await?);
        }
        Ok(created)
    }
}

fn phone(reading: &Reading) -> Option<&Phone> {
    match reading {
        Reading::Phone(phone) => Some(phone),
        _ => None,
    }
}

fn kept_out(directory: &Directory, phone: &Phone) -> Option<KeptOut> {
    let excluded = &directory.excluded;
    if excluded.is_own(phone) {
        Some(KeptOut::Own)
    } else if excluded.is_never_looked_up(phone) {
        Some(KeptOut::NeverLookedUp)
    } else {
        excluded
            .is_never_logged(phone)
            .then_some(KeptOut::NeverLogged)
    }
}

fn agent_name(directory: &Directory, extension: Option<&Extension>) -> Option<String> {
    directory.name(extension?).map(str::to_owned)
}
