//! Stores an ended call and what becomes of it in the CRM, in one transaction (E1, X6).

mod together;

use std::sync::Arc;

use jiff::Timestamp;
use linecard_call::Call;
use linecard_clock::Clock;
use linecard_crm::Record;
use linecard_number::Extension;
use linecard_rules::journal::{self, Case, Decision, NotLogged, Part, Target};
use linecard_rules::lookup::{self, Lookup};
use linecard_store::{
    ConnectionId, Entry, EntryState, PhoneSystemId, Store, StoreError, StoredCallId,
};

use crate::answers::{AgentsAnswers, Answers};
use crate::assign::owner_of_missed;
use crate::create;
use crate::directory::{BoundConnection, Directory};
use together::Together;

/// A call that has ended, with what was known about the outside party by then.
#[derive(Debug)]
pub(crate) struct EndedCall {
    pub(crate) phone_system: PhoneSystemId,
    pub(crate) call: Call,
    /// What the CRMs have answered.
    pub(crate) found: Answers,
    /// Nobody listened when it ended: the phone system's own records tell of it.
    pub(crate) reconciled: bool,
}

/// What is kept, in this order.
#[derive(Debug)]
pub(crate) enum Line {
    /// A call ended.
    Ended(Box<EndedCall>),
    /// Every call of a phone system that ended before `until` stands above.
    Heard {
        phone_system: PhoneSystemId,
        until: Timestamp,
    },
}

/// What there is to do after calls were stored.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Accepted {
    /// Something is to be written into a CRM.
    pub(crate) jobs: bool,
    /// Somebody outside is to be told.
    pub(crate) messages: bool,
}

impl Accepted {
    fn add(&mut self, more: Self) {
        self.jobs |= more.jobs;
        self.messages |= more.messages;
    }
}

/// Stores calls, their entries, and a job for each entry that is to be written; all of them or,
/// when that fails, none. Calls that ended together share the disk's one flush. Storing the same
/// call again changes nothing in the CRM: entries and jobs are unique by key. Returns what there is
/// to do now.
pub(crate) async fn accept(
    store: &Store,
    clock: &Arc<dyn Clock>,
    directory: &Directory,
    lines: &[Line],
) -> Result<Accepted, StoreError> {
    let mut unit = store.begin().await?;
    let mut accepted = Accepted::default();
    let mut together = Together::default();
    for line in lines {
        match line {
            Line::Ended(call) => {
                if let Err(again) = together.add(call) {
                    accepted.add(together.put(&mut unit, clock, directory).await?);
                    together = Together::of(again);
                }
            }
            Line::Heard {
                phone_system,
                until,
            } => {
                let mut systems = unit.phone_systems();
                systems.set_heard(*phone_system, *until).await?;
            }
        }
    }
    accepted.add(together.put(&mut unit, clock, directory).await?);
    unit.commit().await?;
    Ok(accepted)
}

/// Decides what becomes of the agents' parts of a call that is over, or that is thought of as over.
pub(crate) struct Judge<'a> {
    directory: &'a Directory,
    call: &'a Call,
    pub(crate) lookup: Lookup,
    /// Nobody has the number yet, and a record is to be created for it.
    pub(crate) to_be_created: bool,
}

/// What becomes of an agent's part.
pub(crate) enum Verdict<'a> {
    /// An entry, which the decision says is written or not.
    Entry {
        connection: &'a BoundConnection,
        decision: Decision<'a>,
    },
    /// No entry: a colleague of the group has it, or its one missed record (E7).
    Relieved(&'a BoundConnection),
    /// No entry: there is no CRM.
    NoCrm,
}

impl<'a> Judge<'a> {
    pub(crate) fn of(
        directory: &'a Directory,
        call: &'a Call,
        found: &Answers,
        now: Timestamp,
    ) -> Self {
        let bound = |extension: &Extension| directory.is_bound(extension);
        Self {
            directory,
            call,
            lookup: lookup::decide(call, &directory.plan, &directory.excluded, bound),
            to_be_created: found.nobody() && create::is_due(directory, call, now),
        }
    }

    pub(crate) fn decide<'p>(
        &'p self,
        link: PhoneSystemId,
        part: &'p Part,
        answers: &'p AgentsAnswers<'p>,
    ) -> Verdict<'p> {
        let decision = journal::decide(&Case {
            call: self.call,
            part,
            lookup: &self.lookup,
            asked: &answers.asked,
            chosen: answers.chosen,
            excluded: &self.directory.excluded,
        });
        // Who is nobody yet is somebody by the time it is written.
        let decision = match decision {
            Decision::Skip {
                why: NotLogged::Nobody,
                at: Some(at),
            } if self.to_be_created => {
                answers
                    .asked
                    .get(at)
                    .map_or(decision, |asked| Decision::AskFirst {
                        at,
                        owner: asked.owner,
                    })
            }
            other => other,
        };
        let connection = decision.at().and_then(|at| answers.connection(at));
        let Some(connection) = connection.or(self.directory.connections.first()) else {
            return Verdict::NoCrm;
        };
        let is_bound = |extension: &Extension| connection.user(extension).is_some();
        let parts = journal::parts(self.call, link.as_uuid(), &connection.journal, is_bound);
        if parts.contains(part) {
            Verdict::Entry {
                connection,
                decision,
            }
        } else {
            Verdict::Relieved(connection)
        }
    }
}

struct Draft<'a> {
    call: &'a Call,
    part: &'a Part,
    stored: StoredCallId,
    connection: ConnectionId,
    directory: &'a Directory,
}

impl Draft<'_> {
    fn entry(&self, decision: Decision<'_>, clock: &Arc<dyn Clock>) -> Entry {
        let mut entry = Entry {
            key: self.part.key.clone(),
            call: self.stored,
            connection: self.connection,
            extension: self.part.extension.clone(),
            state: EntryState::Waiting,
            subject: String::new(),
            description: String::new(),
            owner: None,
            who: None,
            crm_id: None,
            page: None,
            reason: None,
            words: None,
            without: Vec::new(),
            updated: clock.now(),
        };
        match decision {
            Decision::Write(target) => self.target(&mut entry, target),
            Decision::AskFirst { owner, .. } => entry.owner = Some(owner.to_owned()),
            Decision::Show(target, why) => {
                self.target(&mut entry, target);
                skip(&mut entry, why);
            }
            Decision::Skip { why, .. } => skip(&mut entry, why),
        }
        entry
    }

    fn target(&self, entry: &mut Entry, target: Target<'_>) {
        let connection = self.directory.connection(self.connection);
        let owner = connection.map_or(target.owner, |connection| {
            owner_of_missed(connection, self.call, target.who, target.owner)
        });
        entry.owner = Some(owner.to_owned());
        describe(entry, self.call, self.part, target.who, self.directory);
    }
}

/// Nothing is written, for this reason.
pub(crate) fn skip(entry: &mut Entry, why: NotLogged) {
    entry.state = EntryState::Skipped;
    entry.reason = Some(why.code().to_owned());
}

/// Puts the person and the words into an entry.
pub(crate) fn describe(
    entry: &mut Entry,
    call: &Call,
    part: &Part,
    who: &Record,
    directory: &Directory,
) {
    let agent = directory.name(&part.extension);
    let words = directory.words_of(entry.connection);
    let texts = journal::texts(call, part, who, agent, words);
    entry.who = Some(who.clone());
    entry.subject = texts.subject;
    entry.description = texts.description;
}
