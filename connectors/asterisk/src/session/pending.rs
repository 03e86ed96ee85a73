//! Actions that were sent and wait for their answers.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::{AskError, Ticket};
use crate::ami::{Action, Block, Kind, Message};

/// Asterisk answers in milliseconds; a list of a thousand channels takes well under a second.
const PATIENCE: Duration = Duration::from_secs(10);
/// What all lists under way may take, in bytes: `Status` of 50,000 channels. A peer that sends more
/// is not believed.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Asterisk's words are shown to people: what is longer is no message for them.
const LONGEST_WORDS: usize = 200;

/// What came in answer to an action.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The `Response` message.
    pub response: Block,
    /// The entries of the list that followed, where one did, without the closing message.
    pub list: Vec<Block>,
}

/// Every action under way, by its number.
#[derive(Debug, Default)]
pub(super) struct Pending {
    next: Ticket,
    waiting: BTreeMap<Ticket, Waiting>,
    /// What the lists of all of them take.
    bytes: usize,
}

#[derive(Debug)]
struct Waiting {
    action: &'static str,
    deadline: Instant,
    response: Option<Block>,
    list: Vec<Block>,
}

/// An answer that is complete, or will never be.
pub(super) type Settled = (Ticket, Result<Answer, AskError>);

impl Pending {
    /// Writes `action` into `out` and waits for its answer.
    pub(super) fn send(&mut self, action: &Action, now: Instant, out: &mut Vec<u8>) -> Ticket {
        self.send_about(None, action, now, out)
    }

    /// The same, with the call the action is about in its id.
    pub(super) fn send_about(
        &mut self,
        call: Option<&str>,
        action: &Action,
        now: Instant,
        out: &mut Vec<u8>,
    ) -> Ticket {
        let ticket = self.next;
        self.next += 1;
        action.write(&id_of(ticket, call), out);
        self.waiting.insert(
            ticket,
            Waiting {
                action: action.name(),
                deadline: now + PATIENCE,
                response: None,
                list: Vec::new(),
            },
        );
        ticket
    }

    /// Takes in a `Response`. Some errors of Asterisk's own parser carry no `ActionID`; it works
    /// off a connection's actions one after another, so these answer the oldest.
    pub(super) fn response(&mut self, message: Message<'_>) -> Option<Settled> {
        let ticket = match message.get("ActionID") {
            Some(id) => ticket_of(&id)?,
            None => {
                *self
                    .waiting
                    .iter()
                    .find(|(_, waiting)| waiting.response.is_none())?
                    .0
            }
        };
        let waiting = self.waiting.get_mut(&ticket)?;
        waiting.response = Some(message.into());
        let list_follows = message
            .get("EventList")
            .is_some_and(|list| list.eq_ignore_ascii_case("start"));
        if list_follows {
            return None;
        }
        self.settle(ticket)
    }

    /// Takes in an event if it belongs to a list under way; `Err` gives it back.
    pub(super) fn entry<'a>(
        &mut self,
        message: Message<'a>,
    ) -> Result<Option<Settled>, Message<'a>> {
        if !self.lists_under_way() {
            return Err(message);
        }
        let ticket = message.get("ActionID").and_then(|id| ticket_of(&id));
        let Some((ticket, waiting)) = ticket
            .and_then(|ticket| Some((ticket, self.waiting.get_mut(&ticket)?)))
            // A list comes after its response.
            .filter(|(_, waiting)| waiting.response.is_some())
        else {
            return Err(message);
        };
        match message.get("EventList").as_deref() {
            Some("Complete") => Ok(self.settle(ticket)),
            Some("Cancelled") => Ok(self.fail(ticket, AskError::Refused("cancelled".to_owned()))),
            _ => {
                let block = Block::from(message);
                if self.bytes + block.footprint() > MOST_BYTES {
                    let words = "the list is too long".to_owned();
                    return Ok(self.fail(ticket, AskError::Refused(words)));
                }
                self.bytes += block.footprint();
                waiting.list.push(block);
                Ok(None)
            }
        }
    }

    /// When the first action has waited long enough.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.waiting.values().map(|waiting| waiting.deadline).min()
    }

    /// The actions that have waited long enough.
    pub(super) fn expired(&mut self, now: Instant) -> Vec<Settled> {
        let late: Vec<Ticket> = self
            .waiting
            .iter()
            .filter(|(_, waiting)| waiting.deadline <= now)
            .map(|(ticket, _)| *ticket)
            .collect();
        late.into_iter()
            .filter_map(|ticket| self.fail(ticket, AskError::TimedOut))
            .collect()
    }

    fn lists_under_way(&self) -> bool {
        self.waiting
            .values()
            .any(|waiting| waiting.response.is_some())
    }

    fn remove(&mut self, ticket: Ticket) -> Option<Waiting> {
        let waiting = self.waiting.remove(&ticket)?;
        let bytes: usize = waiting.list.iter().map(Block::footprint).sum();
        self.bytes = self.bytes.saturating_sub(bytes);
        Some(waiting)
    }

    fn settle(&mut self, ticket: Ticket) -> Option<Settled> {
        let waiting = self.remove(ticket)?;
        let response = waiting.response?;
        let answer = Answer {
            response,
            list: waiting.list,
        };
        Some((ticket, judge(answer)))
    }

    fn fail(&mut self, ticket: Ticket, error: AskError) -> Option<Settled> {
        let waiting = self.remove(ticket)?;
        tracing::debug!(action = waiting.action, %error, "an action has no answer");
        Some((ticket, Err(error)))
    }
}

/// The `ActionID` of an action. An event that tells the end of a call is heard by every client
/// of the phone system, so where one follows, the id bears the call's own name too.
pub(super) fn id_of(ticket: Ticket, call: Option<&str>) -> String {
    match call {
        Some(call) => format!("lc-{ticket}-{call}"),
        None => format!("lc-{ticket}"),
    }
}

fn ticket_of(id: &str) -> Option<Ticket> {
    let ticket = id.strip_prefix("lc-")?;
    let end = ticket.find('-').unwrap_or(ticket.len());
    ticket.get(..end)?.parse().ok()
}

fn judge(answer: Answer) -> Result<Answer, AskError> {
    let refused = matches!(answer.response.kind(), Kind::Response(word) if word == "Error");
    if !refused {
        return Ok(answer);
    }
    let words = answer.response.get("Message").unwrap_or_default();
    Err(if words == "Permission denied" {
        AskError::Denied
    } else {
        AskError::Refused(words.chars().take(LONGEST_WORDS).collect())
    })
}
