//! What the agents see of a call: their cards, and the page that opens.

use jiff::{SignedDuration, Timestamp};
use linecard_call::{Call, CallState, Leg};
use linecard_crm::Record;
use linecard_number::Extension;
use linecard_rules::pop::{self, Client};
use linecard_rules::terms::Shown;

use super::rights::Rights;
use super::{LinkCalls, Live};
use crate::answers::{AgentsAnswers, Party};
use crate::card::{Found, Seen, card};
use crate::desk::PopOrder;
use crate::directory::{BoundConnection, Directory};
use crate::{CallRef, CardState, LookupState, create};

/// How long a page may be opened late, by a device that was away for a moment.
const POP_LASTS: SignedDuration = SignedDuration::from_mins(1);

impl LinkCalls {
    /// Brings the agents' cards up to date and opens pages.
    pub(super) fn show(&self, live: &mut Live, directory: &Directory) {
        let at = self.call_ref(&live.call.id);
        let over = live.call.state == CallState::Ended;
        if !over && live.answers.nobody() {
            create::consider(&self.shared, &at, &live.call);
        }
        if !over && live.phone.is_some() {
            self.ask_rights(live, directory);
        }
        for leg in &live.call.legs {
            let answers = live.answers.of(&leg.extension, directory);
            let found = match &live.phone {
                Some(_) => self.found(&live.rights, &answers, &leg.extension),
                None => Found::default(),
            };
            let found = Found {
                named: live.named.as_deref().unwrap_or_default(),
                ..found
            };
            if self.shared.webhooks.wants_live() {
                let (who, searching) = match answers.party() {
                    Party::Known(_, who) => (Some(who), false),
                    Party::Searching => (None, live.phone.is_some()),
                    _ => (None, false),
                };
                let (hooks, plan) = (&self.shared.webhooks, &directory.plan);
                let who = (who, searching);
                live.told.tell(hooks, &at, &live.call, leg, who, plan);
            }
            let card = card(&live.call, &at, leg, &found, &directory.plan);
            if card.state == CardState::Ended {
                let told = !live.gone.insert(leg.extension.clone());
                if told && !over {
                    continue;
                }
            } else {
                live.gone.remove(&leg.extension);
            }
            if self.shared.desk.show(card) {
                self.shared.duties.put(leg.extension.clone());
            }
            let certain = match answers.party() {
                Party::Known(connection, _) => live.answers.is_certain(connection.id),
                _ => true,
            };
            if let Some(seen) = found.who
                && certain
                && !live.popped.contains(&leg.extension)
                && self.pop(&at, &live.call, leg, seen.record, directory)
            {
                live.popped.insert(leg.extension.clone());
            }
        }
    }

    /// Opens the page at the first of the agent's clients that is to open it now; `false`: none is.
    fn pop(
        &self,
        at: &CallRef,
        call: &Call,
        leg: &Leg,
        who: &Record,
        directory: &Directory,
    ) -> bool {
        let manners = directory.manners(&leg.extension);
        Client::ALL.into_iter().any(|client| {
            let decided = pop::decide(manners.of(client), call, leg, Some(who));
            decided.is_ok_and(|record| {
                let id = format!("{at}/{}", leg.extension);
                let now = self.shared.clock.now();
                let order = PopOrder {
                    id,
                    call: at.clone(),
                    page: record.page.clone(),
                    until: now.saturating_add(POP_LASTS).unwrap_or(Timestamp::MAX),
                };
                self.shared.desk.pop(&leg.extension, client, order)
            })
        })
    }

    /// What an agent's card says about the outside party.
    fn found<'a>(
        &self,
        rights: &Rights,
        answers: &AgentsAnswers<'a>,
        extension: &Extension,
    ) -> Found<'a> {
        let name = |connection: &BoundConnection| self.shared.connections.name(&connection.kind);
        let (state, who, of) = match answers.party() {
            Party::NotBound => return Found::default(),
            Party::Known(connection, who) => match self.seen(rights, connection, extension, who) {
                Some(seen) => (LookupState::Found, Some(seen), Some(connection)),
                None => (LookupState::Hidden, None, Some(connection)),
            },
            Party::Searching => (LookupState::Searching, None, answers.connection(0)),
            Party::Nobody => (LookupState::Nobody, None, answers.connection(0)),
            Party::Unavailable => (LookupState::Unavailable, None, answers.connection(0)),
        };
        let matches = match who {
            None => Vec::new(),
            Some(_) => answers
                .matches()
                .into_iter()
                .filter_map(|(it, record)| {
                    let seen = self.seen(rights, it, extension, record)?;
                    Some((it.id, name(it).unwrap_or_default(), seen))
                })
                .collect(),
        };
        Found {
            state: Some(state),
            crm: of.and_then(name),
            who,
            matches,
            named: &[],
        }
    }

    /// How the agent at `extension` sees a record of that CRM; `None`: not at all (B9).
    fn seen<'a>(
        &self,
        rights: &Rights,
        connection: &BoundConnection,
        extension: &Extension,
        record: &'a Record,
    ) -> Option<Seen<'a>> {
        match self.shown(rights, connection, extension, record) {
            Shown::Whole => Some(Seen {
                record,
                whole: true,
            }),
            Shown::Name => Some(Seen {
                record,
                whole: false,
            }),
            Shown::Nothing => None,
        }
    }
}
