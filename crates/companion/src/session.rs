//! What a companion does upon what it hears: pure. The time is an argument, effects are handed back.

mod calls;

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use url::Url;

use self::calls::Calls;
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
    /// The agent wants to see this page of a call: open it, and tell [`Session::not_visited`] where that
    /// failed.
    Visit { call: String, url: Url },
    /// The agent wants to see a call of which no page is known: open Desk.
    VisitDesk { call: String },
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

/// A page that the server has asked for.
#[derive(Debug)]
struct Asked {
    id: String,
    call: String,
    url: Url,
    page: Page,
}

/// A companion that is signed in, over all its connections.
#[derive(Debug, Default)]
pub(crate) struct Session {
    /// Each page that was asked for, the newest last.
    pages: VecDeque<Asked>,
    /// Who is shown as calling.
    calls: Calls,
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
            .find(|asked| asked.page == Page::Open)
            .map(|asked| asked.id.as_str())
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
            Down::Pop {
                id,
                call,
                url,
                until,
            } => self.pop(id, call, url, until, now),
            Down::PopMode { mode } => {
                self.calls.lead_nowhere(mode == "off");
                None
            }
            Down::Incoming { call, caller, page } => self.calls.rings(call, caller, page),
            Down::IncomingOver { call } => self.calls.over(call),
            Down::Other => None,
        }
    }

    /// Something came that is no message, such as the answer to a ping of the protocol.
    pub(crate) fn lives(&mut self, at: Instant) {
        self.heard = Some(at);
    }

    /// A page is opened once, and never when it is of no more use: this machine may have slept with
    /// the message in its wires.
    fn pop(
        &mut self,
        id: String,
        call: String,
        url: Url,
        until: Timestamp,
        now: Timestamp,
    ) -> Option<Act> {
        if let Some(known) = self.pages.iter().find(|known| known.id == id) {
            return report(id, &known.page);
        }
        let servers = now.saturating_add(self.ahead).unwrap_or(Timestamp::MAX);
        if until <= servers {
            return None;
        }
        let page = if !is_page(&url) {
            // Whatever a desktop would start for other addresses, it is no contact's page.
            Page::Failed(format!("{}: is no address of a page", url.scheme()))
        } else if self.calls.were_visited(&call, &url) {
            Page::Open
        } else {
            Page::Opening
        };
        if self.pages.len() == REMEMBERED {
            self.pages.pop_front();
        }
        self.pages.push_back(Asked {
            id: id.clone(),
            call,
            url: url.clone(),
            page: page.clone(),
        });
        report(id.clone(), &page).or(Some(Act::Open { id, url }))
    }

    /// The agent clicked on who calls: to the page that was opened for the call, or to the caller's, or
    /// to Desk where neither is known.
    pub(crate) fn clicked(&mut self, call: String) -> Option<Act> {
        let mut newest = self.pages.iter().rev();
        let asked = newest.find(|asked| asked.call == call && is_page(&asked.url));
        match asked {
            // It comes by itself.
            Some(asked) if asked.page == Page::Opening => None,
            Some(asked) => Some(Act::Visit {
                call,
                url: asked.url.clone(),
            }),
            None => Some(self.calls.visit(call)),
        }
    }

    /// The page that the agent wanted to see could not be opened.
    pub(crate) fn not_visited(&mut self, call: &str, url: &Url) {
        self.calls.forget_visit(call, url);
    }

    /// How it went with a page that was to be opened.
    pub(crate) fn opened(&mut self, id: String, how: Result<(), String>) -> Option<Act> {
        let page = how.map_or_else(Page::Failed, |()| Page::Open);
        if let Some(known) = self.pages.iter_mut().find(|known| known.id == id) {
            known.page = page.clone();
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
        self.calls.clear();
        self.failures = self.failures.saturating_add(1);
        self.failures
    }
}

fn is_page(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
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
