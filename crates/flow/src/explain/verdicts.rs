//! What the rules decide about the supposed call. Each of these asks what decides for a call that
//! lives, and words the answer; none decides by itself.

use jiff::Timestamp;
use linecard_call::Call;
use linecard_crm::Record;
use linecard_number::Extension;
use linecard_rules::create::{Decision as Creation, NotCreated, When};
use linecard_rules::journal::{self, Decision};
use linecard_rules::lookup::Lookup;
use linecard_rules::matching::{Answer, DecidedBy};
use linecard_rules::pop::{self, Client, Manner, Trigger};
use linecard_store::{ConnectionId, PhoneSystemId, StoreError};

use super::Question;
use crate::answers::{AgentsAnswers, Answers, Party};
use crate::create;
use crate::desk::Presence;
use crate::directory::Directory;
use crate::flow::Shared;
use crate::journal::{Judge, Verdict as Judged};
use crate::sync;

/// What becomes of something, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it happens.
    pub tendency: Tendency,
    /// Why, where it does not happen, or not at once: a stable word, shown in the reader's
    /// language.
    pub reason: Option<&'static str>,
    /// The connection it happens in, or would.
    pub connection: Option<ConnectionId>,
    /// The record it happens with, or would.
    pub who: Option<Record>,
}

/// Whether something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tendency {
    /// It does.
    Yes,
    /// It does once what the reason says has come.
    Later,
    /// It does not.
    No,
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The two talk.
    Answered,
    /// The agent does not take it.
    Missed,
    /// As this one did, which is over.
    AsItDid,
}

/// Who the outside party is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Winner {
    /// The connection whose record it is.
    pub connection: ConnectionId,
    /// The record.
    pub record: Record,
    /// Whether several CRMs were asked, and what the earlier ones said: `only_crm`, `first_crm`,
    /// `earlier_know_nobody`, `earlier_failed`.
    pub precedence: &'static str,
    /// What put it before the other records of that CRM.
    pub decided_by: DecidedBy,
    /// Every record with the number, of all CRMs, as the agent's chooser shows them (X3).
    pub matches: Vec<(ConnectionId, Record)>,
}

impl Verdict {
    fn no(reason: &'static str) -> Self {
        Self {
            tendency: Tendency::No,
            reason: Some(reason),
            connection: None,
            who: None,
        }
    }

    fn yes(connection: ConnectionId, who: Option<&Record>) -> Self {
        Self {
            tendency: Tendency::Yes,
            reason: None,
            connection: Some(connection),
            who: who.cloned(),
        }
    }

    fn later(reason: &'static str, connection: Option<ConnectionId>) -> Self {
        Self {
            tendency: Tendency::Later,
            reason: Some(reason),
            connection,
            who: None,
        }
    }

    fn at(self, connection: Option<ConnectionId>) -> Self {
        Self { connection, ..self }
    }

    fn with(self, who: &Record) -> Self {
        Self {
            who: Some(who.clone()),
            ..self
        }
    }
}

/// What there is to decide with.
pub(super) struct Deciding<'a> {
    pub(super) shared: &'a Shared,
    pub(super) directory: &'a Directory,
    pub(super) question: &'a Question,
    pub(super) lookup: &'a Lookup,
    pub(super) answers: &'a Answers,
    pub(super) at: Timestamp,
}

impl<'a> Deciding<'a> {
    fn agents(&self, extension: &Extension) -> AgentsAnswers<'a> {
        self.answers.of(extension, self.directory)
    }

    /// Why there is nobody with whom anything could happen.
    fn nobody(&self) -> &'static str {
        let Some(extension) = &self.question.extension else {
            return "not_bound";
        };
        match self.lookup {
            Lookup::Skip(why) => why.code(),
            Lookup::Ask(_) => match self.agents(extension).party() {
                Party::NotBound => "not_bound",
                Party::Searching | Party::Unavailable => "crm_unavailable",
                Party::Nobody | Party::Known(..) => "nobody",
            },
        }
    }

    pub(super) fn winner(&self) -> Option<Winner> {
        let extension = self.question.extension.as_ref()?;
        let answers = self.agents(extension);
        let Party::Known(connection, who) = answers.party() else {
            return None;
        };
        let matches = answers.matches();
        let own: Vec<Record> = matches
            .iter()
            .filter(|(of, _)| of.id == connection.id)
            .map(|(_, record)| (*record).clone())
            .collect();
        let user = connection.user(extension);
        Some(Winner {
            connection: connection.id,
            record: who.clone(),
            precedence: self.precedence(&answers, connection.id),
            decided_by: connection.terms.matching.decided_by(&own, user),
            matches: matches
                .into_iter()
                .map(|(of, record)| (of.id, record.clone()))
                .collect(),
        })
    }

    fn bound(&self) -> impl Iterator<Item = ConnectionId> {
        let extension = self.question.extension.iter();
        let bound = extension.flat_map(|extension| self.directory.bound_in(extension));
        bound.map(|(connection, _)| connection.id)
    }

    fn precedence(&self, answers: &AgentsAnswers<'_>, winner: ConnectionId) -> &'static str {
        let before: Vec<Answer<'_>> = self
            .bound()
            .zip(&answers.asked)
            .take_while(|(id, _)| *id != winner)
            .map(|(_, asked)| asked.answer)
            .collect();
        if answers.asked.len() == 1 {
            "only_crm"
        } else if before.is_empty() {
            "first_crm"
        } else if before.contains(&Answer::Failed) {
            "earlier_failed"
        } else {
            "earlier_know_nobody"
        }
    }

    pub(super) fn pop(&self, ringing: &Call) -> Verdict {
        let (Some(extension), Some(leg)) = (&self.question.extension, ringing.legs.first()) else {
            return Verdict::no("not_bound");
        };
        let answers = self.agents(extension);
        let known = match answers.party() {
            Party::Known(connection, who) => Some((connection.id, who)),
            _ => None,
        };
        let connection = known.map(|(connection, _)| connection);
        let client = self.shared.desk.client(extension).unwrap_or(Client::Web);
        let manner = self.directory.manners(extension).of(client);
        // The call rings; what comes of it later opens the page then.
        let at_once = Manner {
            trigger: Trigger::Ringing,
            ..manner
        };
        match pop::decide(at_once, ringing, leg, known.map(|(_, who)| who)) {
            Err(pop::NotPopped::Nobody) => Verdict::no(self.nobody()),
            Err(why) => Verdict::no(why.code()),
            Ok(who) => {
                let (tendency, reason) =
                    match (self.shared.desk.presence(extension), manner.trigger) {
                        (Presence::OnBreak, _) => (Tendency::No, Some("on_break")),
                        (Presence::OffDuty, _) => (Tendency::No, Some("off_duty")),
                        (Presence::SignedOut, _) => (Tendency::No, Some("signed_out")),
                        (Presence::OnDuty, Trigger::Ringing) => (Tendency::Yes, None),
                        (Presence::OnDuty, Trigger::Answered) => {
                            (Tendency::Later, Some("once_answered_by_agent"))
                        }
                        (Presence::OnDuty, Trigger::Ended) => (Tendency::Later, Some("once_ended")),
                    };
                Verdict {
                    tendency,
                    reason,
                    connection,
                    who: Some(who.clone()),
                }
            }
        }
    }

    pub(super) fn log(&self, endings: &[(Ending, Call)]) -> Vec<(Ending, Verdict)> {
        let all = endings.iter();
        all.map(|(ending, call)| (*ending, self.logged(call)))
            .collect()
    }

    fn logged(&self, ended: &Call) -> Verdict {
        let Some(extension) = &self.question.extension else {
            return Verdict::no("not_bound");
        };
        let answers = self.agents(extension);
        let judge = Judge::of(self.directory, ended, self.answers, self.at);
        // Which link it comes over changes an entry's key and nothing else.
        let link = PhoneSystemId::new(self.shared.entropy.as_ref(), self.at);
        let parts = journal::every_part(ended, link.as_uuid());
        let Some(part) = parts.iter().find(|part| part.extension == *extension) else {
            return Verdict::no("no_part");
        };
        match judge.decide(link, part, &answers) {
            Judged::NoCrm => Verdict::no("no_crm"),
            Judged::Relieved(connection) => Verdict::no("relieved").at(Some(connection.id)),
            Judged::Entry {
                connection,
                decision,
            } => match decision {
                Decision::Write(target) => Verdict::yes(connection.id, Some(target.who)),
                Decision::Show(target, why) => Verdict::no(why.code())
                    .at(Some(connection.id))
                    .with(target.who),
                Decision::AskFirst { .. } if judge.to_be_created => {
                    Verdict::later("once_created", Some(connection.id))
                }
                Decision::AskFirst { .. } => Verdict::later("once_answered", Some(connection.id)),
                Decision::Skip { at, why } => Verdict::no(why.code()).at(at.map(|_| connection.id)),
            },
        }
    }

    pub(super) async fn sync(&self) -> Result<Verdict, StoreError> {
        let Some(extension) = &self.question.extension else {
            return Ok(Verdict::no("not_bound"));
        };
        let answers = self.agents(extension);
        let Party::Known(connection, who) = answers.party() else {
            return Ok(Verdict::no(self.nobody()));
        };
        let of_it = |verdict: Verdict| verdict.at(Some(connection.id)).with(who);
        if let Err(why) = sync::taken(connection, &self.directory.plan, who) {
            return Ok(of_it(Verdict::no(why.code())));
        }
        let mut unit = self.shared.store.read().await?;
        let skipped = unit
            .contacts()
            .skipped_record(connection.id, &who.at)
            .await?;
        if let Some(skipped) = skipped {
            return Ok(of_it(Verdict::no(skipped_word(&skipped.reason))));
        }
        let holds = match connection.choices.kept_in() {
            Some(phonebook) => unit.contacts().holds(phonebook, &who.at).await?,
            None => false,
        };
        Ok(if holds {
            of_it(Verdict::no("kept_already"))
        } else {
            Verdict::yes(connection.id, Some(who))
        })
    }

    pub(super) fn create(&self, ringing: &Call) -> Verdict {
        let nobody = self.nobody();
        if let Lookup::Skip(_) = self.lookup {
            return Verdict::no(nobody);
        }
        if !self.answers.nobody() {
            let is_known = self.winner().is_some();
            return Verdict::no(if is_known { "known" } else { nobody });
        }
        let considered = create::considered(self.directory, ringing, self.lookup, self.at);
        // The first that does not create says what an admin wants to know, unless a later one does.
        let mut refused: Option<(ConnectionId, NotCreated)> = None;
        for (connection, decision) in considered {
            match decision {
                Creation::Create { .. } => return Verdict::yes(connection.id, None),
                Creation::NotBefore(_) | Creation::NotYet => {
                    let when = match connection.choices.create.when {
                        When::Talked { .. } => "once_talked",
                        When::Ring | When::Answered => "once_answered_by_agent",
                    };
                    return Verdict::later(when, Some(connection.id));
                }
                Creation::Never(why) => {
                    refused.get_or_insert((connection.id, why));
                }
            }
        }
        refused.map_or_else(
            || Verdict::no("no_crm"),
            |(connection, why)| Verdict::no(why.code()).at(Some(connection)),
        )
    }
}

/// The stored reason as one of the words that there are texts for.
fn skipped_word(reason: &str) -> &'static str {
    match reason {
        "no_name" => "no_name",
        "no_number" => "no_number",
        _ => "unreadable_number",
    }
}
