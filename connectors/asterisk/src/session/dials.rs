//! Calls that were asked for, until it is known whether the agent's phone was answered.
//!
//! Asterisk takes an `Originate` at once and tells later, in an `OriginateResponse`, what became
//! of it; why a phone did not answer stands only in what its channel says when it ends. Both
//! bear names of ours, so that another client's calls are never taken for these.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use linecard_pbx::DialFailure;

use super::pending::{Answer, id_of};
use super::{AskError, Ticket};
use crate::ami::{Action, Message};

/// How long after the ringing the outcome may be told.
const PATIENCE: Duration = Duration::from_secs(10);
/// Some versions tell of the failure before they tell of the channel's end. It follows at once.
const LATE_END: Duration = Duration::from_secs(1);

/// A call to be asked for.
#[derive(Debug, Clone)]
pub struct Order {
    /// The `Originate`; its `ChannelId` is `channel`.
    pub action: Action,
    /// The name of the first channel, also part of the action's id.
    pub channel: String,
    /// How long the phone may ring.
    pub ring: Duration,
    /// What it is for.
    pub purpose: Purpose,
}

/// What a phone is rung for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A call: it is done when the phone was answered.
    Call,
    /// Fetching a call that rings elsewhere, by `PickupChan`: it is done when the phone has that.
    Fetch,
}

/// How far an order came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// The phone was answered.
    Answered,
    /// It has the call that it was to fetch.
    Fetched,
    /// It was answered when nothing rang any more.
    TooLate,
}

/// What became of an order.
pub type Dialled = Result<Reached, DialFailure>;

/// The orders under way.
#[derive(Debug, Default)]
pub(super) struct Dials {
    waiting: BTreeMap<Ticket, Waiting>,
    settled: VecDeque<(Ticket, Dialled)>,
}

#[derive(Debug)]
struct Waiting {
    channel: String,
    deadline: Instant,
    /// The phone's channel was there: the phone can be reached.
    seen: bool,
    /// Why it ended (Q.850), in number and words.
    cause: Option<(u16, String)>,
    /// The channel has ended.
    over: bool,
    purpose: Purpose,
    /// What Asterisk said of the order, where that does not settle it yet.
    told: Option<Told>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// It failed; only the cause is missing.
    Failed,
    /// The phone was answered; whether it has what it was to fetch is still open.
    Answered,
}

impl Dials {
    pub(super) fn expect(&mut self, ticket: Ticket, order: &Order, now: Instant) {
        let waiting = Waiting {
            channel: order.channel.clone(),
            deadline: now + order.ring + PATIENCE,
            seen: false,
            cause: None,
            over: false,
            purpose: order.purpose,
            told: None,
        };
        self.waiting.insert(ticket, waiting);
    }

    /// Takes the answer to the order itself; `None` gives back an answer to something else.
    pub(super) fn answered(
        &mut self,
        ticket: Ticket,
        result: Result<Answer, AskError>,
    ) -> Option<Result<Answer, AskError>> {
        if !self.waiting.contains_key(&ticket) {
            return Some(result);
        }
        if let Err(error) = result {
            self.settle(ticket, Err(refusal(error)));
        }
        None
    }

    /// Takes note of an event; of interest are those of the channels asked for.
    pub(super) fn event(&mut self, now: Instant, name: &str, message: Message<'_>) {
        if self.waiting.is_empty() {
            return;
        }
        match name {
            "Newchannel" => {
                if let Some((_, waiting)) = self.of_channel(message) {
                    waiting.seen = true;
                }
            }
            "HangupRequest" | "Hangup" => self.ended(name == "Hangup", message),
            "OriginateResponse" => self.told(now, message),
            "Pickup" => self.fetched(message),
            _ => {}
        }
    }

    pub(super) fn poll(&mut self) -> Option<(Ticket, Dialled)> {
        self.settled.pop_front()
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.waiting.values().map(|waiting| waiting.deadline).min()
    }

    pub(super) fn tick(&mut self, now: Instant) {
        let late: Vec<Ticket> = self
            .waiting
            .iter()
            .filter(|(_, waiting)| waiting.deadline <= now)
            .map(|(ticket, _)| *ticket)
            .collect();
        for ticket in late {
            let result = match self.waiting.get(&ticket) {
                Some(waiting) if waiting.told == Some(Told::Failed) => Err(waiting.failure()),
                _ => Err(DialFailure::TimedOut),
            };
            self.settle(ticket, result);
        }
    }

    fn ended(&mut self, is_over: bool, message: Message<'_>) {
        let Some((ticket, waiting)) = self.of_channel(message) else {
            return;
        };
        waiting.seen = true;
        if let Some(cause) = cause(message) {
            waiting.cause = Some(cause);
        }
        waiting.over |= is_over;
        let result = match waiting.told {
            Some(Told::Failed) => Err(waiting.failure()),
            Some(Told::Answered) => Ok(Reached::TooLate),
            None => return,
        };
        if is_over {
            self.settle(ticket, result);
        }
    }

    fn fetched(&mut self, message: Message<'_>) {
        if let Some((ticket, _)) = self.of_channel(message) {
            self.settle(ticket, Ok(Reached::Fetched));
        }
    }

    fn told(&mut self, now: Instant, message: Message<'_>) {
        let id = message.get("ActionID").unwrap_or_default();
        let Some((ticket, waiting)) = self
            .waiting
            .iter_mut()
            .find(|(ticket, waiting)| *id == id_of(**ticket, Some(&waiting.channel)))
        else {
            return;
        };
        let ticket = *ticket;
        if message.get("Response").as_deref() == Some("Success") {
            waiting.told = Some(Told::Answered);
            match waiting.purpose {
                Purpose::Call => self.settle(ticket, Ok(Reached::Answered)),
                // The events of a channel's end and of the order come by different ways.
                Purpose::Fetch if waiting.over => self.settle(ticket, Ok(Reached::TooLate)),
                Purpose::Fetch => {}
            }
            return;
        }
        // The control frame that came last (`AST_CONTROL_...` in Asterisk's frame.h).
        match message.get("Reason").as_deref() {
            Some("3") => self.settle(ticket, Err(DialFailure::NotAnswered)),
            Some("5") => self.settle(ticket, Err(DialFailure::Busy)),
            _ if waiting.seen && waiting.cause.is_none() => {
                waiting.told = Some(Told::Failed);
                waiting.deadline = now + LATE_END;
            }
            _ => {
                let failure = waiting.failure();
                self.settle(ticket, Err(failure));
            }
        }
    }

    fn of_channel(&mut self, message: Message<'_>) -> Option<(Ticket, &mut Waiting)> {
        let id = message.get("Uniqueid")?;
        self.waiting
            .iter_mut()
            .find(|(_, waiting)| waiting.channel == id)
            .map(|(ticket, waiting)| (*ticket, waiting))
    }

    fn settle(&mut self, ticket: Ticket, result: Dialled) {
        if self.waiting.remove(&ticket).is_some() {
            self.settled.push_back((ticket, result));
        }
    }
}

impl Waiting {
    /// Why the phone was not answered, when nobody said that it rang its time out. Without a
    /// channel there was no phone to ring: it is not registered, or does not exist.
    fn failure(&self) -> DialFailure {
        match &self.cause {
            None if self.seen => DialFailure::Refused("no reason was given".to_owned()),
            Some((17, _)) => DialFailure::Busy,
            Some((21, _)) => DialFailure::Declined,
            // No user responding; alerting, no answer.
            Some((18 | 19, _)) => DialFailure::NotAnswered,
            // No route; subscriber absent; destination out of order.
            None | Some((3 | 20 | 27, _)) => DialFailure::Unreachable,
            Some((number, words)) => DialFailure::Refused(format!("{words} ({number})")),
        }
    }
}

fn cause(message: Message<'_>) -> Option<(u16, String)> {
    let number = message.get("Cause")?.parse().ok()?;
    // 0 is no cause.
    (number != 0).then(|| {
        let words = message.get("Cause-txt").unwrap_or_default();
        (number, words.chars().take(80).collect())
    })
}

/// Why Asterisk did not take an order (`action_originate` in `manager.c`).
fn refusal(error: AskError) -> DialFailure {
    match error {
        AskError::NotConnected => DialFailure::NotConnected,
        AskError::TimedOut => DialFailure::TimedOut,
        AskError::Denied => DialFailure::MissingRight("write = originate".to_owned()),
        AskError::Refused(words) if words.starts_with("Extension does not exist") => {
            DialFailure::NoSuchNumber
        }
        AskError::Refused(words) => DialFailure::Refused(words),
    }
}
