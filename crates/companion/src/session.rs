//! What a companion does upon what it hears: pure. The time is an argument, effects are handed back.

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::caller::Caller;
use crate::messages::{Down, Up};

/// How often the server is asked whether it is there; it hangs up on who is silent for 50 s.
pub(crate) const PING_EVERY: Duration = Duration::from_secs(20);
/// Two pings without an answer.
const SILENT_FOR: Duration = Duration::from_secs(45);
/// As many as an agent may have calls while the server repeats a pop.
const REMEMBERED: usize = 20;

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act {
    /// Say this to the server.
    Say(Up),
    /// Open this page, and tell [`Session::opened`] how it went.
    Open { id: String, url: Url },
    /// Say who calls, or say it anew.
    Show { call: String, caller: Caller },
    /// It rings no more.
    Hide { call: String },
    /// The server has let this agent's companion in.
    Greeted { name: String, extension: String },
    /// Nobody is there any more: connect anew.
    HangUp,
}

/// How far a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Page {
    Opening,
    Open,
    Failed(String),
}

/// A companion that is signed in, over all its connections.
#[derive(Debug, Default)]
pub(crate) struct Session {
    /// Each page that was asked for, the newest last.
    pages: VecDeque<(String, Page)>,
    /// Who is shown as calling.
    ringing: BTreeMap<String, Caller>,
    /// How far the server's clock is ahead of this machine's.
    ahead: SignedDuration,
    heard: Option<Instant>,
    greeted: bool,
    failures: u32,
}

impl Session {
    /// A connection has been made, and the first message is said.
    pub(crate) fn connected(&mut self, at: Instant) {
        self.heard = Some(at);
        self.greeted = false;
    }

    /// The id of the page that was opened last.
    pub(crate) fn last_opened(&self) -> Option<&str> {
        let mut newest = self.pages.iter().rev();
        newest
            .find(|(_, page)| *page == Page::Open)
            .map(|(id, _)| id.as_str())
    }

    /// The server said something; `now` is what this machine's clock shows.
    pub(crate) fn heard(&mut self, message: Down, now: Timestamp, at: Instant) -> Option<Act> {
        self.heard = Some(at);
        match message {
            Down::Hello {
                name,
                extension,
                now: servers,
            } => {
                self.ahead = servers.duration_since(now);
                self.greeted = true;
                self.failures = 0;
                Some(Act::Greeted { name, extension })
            }
            Down::Pop { id, url, until } => self.pop(id, url, until, now),
            Down::Incoming { call, caller } => self.rings(call, caller),
            Down::IncomingOver { call } => {
                let shown = self.ringing.remove(&call);
                shown.map(|_| Act::Hide { call })
            }
            Down::Other => None,
        }
    }

    /// Something came that is no message, such as the answer to a ping of the protocol.
    pub(crate) fn lives(&mut self, at: Instant) {
        self.heard = Some(at);
    }

    /// A page is opened once, and never when it is of no more use: this machine may have slept with
    /// the message in its wires.
    fn pop(&mut self, id: String, url: Url, until: Timestamp, now: Timestamp) -> Option<Act> {
        if let Some((_, page)) = self.pages.iter().find(|(known, _)| *known == id) {
            return report(id, page);
        }
        let servers = now.saturating_add(self.ahead).unwrap_or(Timestamp::MAX);
        if until <= servers {
            return None;
        }
        let page = if matches!(url.scheme(), "http" | "https") {
            Page::Opening
        } else {
            // Whatever a desktop would start for other addresses, it is no contact's page.
            Page::Failed(format!("{}: is no address of a page", url.scheme()))
        };
        if self.pages.len() == REMEMBERED {
            self.pages.pop_front();
        }
        self.pages.push_back((id.clone(), page.clone()));
        report(id.clone(), &page).or(Some(Act::Open { id, url }))
    }

    /// What says the same again is not shown again: it would come up anew.
    fn rings(&mut self, call: String, caller: Caller) -> Option<Act> {
        let is_new = !self.ringing.contains_key(&call);
        if self.ringing.get(&call) == Some(&caller) || (is_new && self.ringing.len() == REMEMBERED)
        {
            return None;
        }
        self.ringing.insert(call.clone(), caller.clone());
        Some(Act::Show { call, caller })
    }

    /// How it went with a page that was to be opened.
    pub(crate) fn opened(&mut self, id: String, how: Result<(), String>) -> Option<Act> {
        let page = how.map_or_else(Page::Failed, |()| Page::Open);
        if let Some(known) = self.pages.iter_mut().find(|(known, _)| *known == id) {
            known.1 = page.clone();
        }
        report(id, &page)
    }

    /// Time has passed: [`PING_EVERY`].
    pub(crate) fn ticked(&mut self, at: Instant) -> Option<Act> {
        let silent = self.heard.map(|heard| at.duration_since(heard));
        if silent.is_some_and(|it| it > SILENT_FOR) {
            return Some(Act::HangUp);
        }
        self.greeted.then_some(Act::Say(Up::Ping))
    }

    /// The connection is gone, or none was made: the attempts in a row that failed.
    pub(crate) fn lost(&mut self) -> u32 {
        self.heard = None;
        self.greeted = false;
        // What rings is told anew with the next greeting.
        self.ringing.clear();
        self.failures = self.failures.saturating_add(1);
        self.failures
    }
}

/// What the server is told of a page; `None`: nothing yet.
fn report(id: String, page: &Page) -> Option<Act> {
    match page {
        Page::Opening => None,
        Page::Open => Some(Act::Say(Up::Popped { id, how: "tab" })),
        Page::Failed(problem) => Some(Act::Say(Up::PopFailed {
            id,
            problem: problem.clone(),
        })),
    }
}

#[cfg(test)]
mod tests;
