//! One connection on its socket. Reading goes on whatever else waits, because Asterisk cuts off
//! a client that does not take its data.

use std::collections::BTreeMap;
use std::future::pending;

use linecard_clock::Clock;
use linecard_pbx::{DialFailure, Report, Reports};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

use crate::ami::Action;
use crate::session::{Answer, AskError, Dialled, Ending, Order, Session, Ticket};

/// What one read takes at most, in bytes. When Asterisk is busy, each read costs a switch to the
/// task that follows calls and back; with a quarter of this those cost a tenth of all the time.
const READ: usize = 256 * 1024;
/// Reports held while their receiver lags; with more the socket has to wait, and a phone system
/// that then cuts the link is joined again by resync.
const MOST_HELD: usize = 100_000;

/// A command on its way into the connection.
pub(super) enum Ask {
    /// An action with an answer.
    Act {
        action: Action,
        answer: oneshot::Sender<Result<Answer, AskError>>,
    },
    /// A call to be placed.
    Dial {
        order: Order,
        answer: oneshot::Sender<Dialled>,
    },
}

impl Ask {
    /// Tells the asker that the connection ended before this was sent.
    pub(super) fn never_sent(self) {
        // The asker may have given up.
        match self {
            Self::Act { answer, .. } => drop(answer.send(Err(AskError::NotConnected))),
            Self::Dial { answer, .. } => drop(answer.send(Err(DialFailure::NotConnected))),
        }
    }
}

/// Commands under way, and who waits for them.
#[derive(Default)]
struct Asked {
    answers: BTreeMap<Ticket, oneshot::Sender<Result<Answer, AskError>>>,
    dialled: BTreeMap<Ticket, oneshot::Sender<Dialled>>,
}

impl Asked {
    fn take(&mut self, session: &mut Session, ask: Ask) {
        let sent = match &ask {
            Ask::Act { action, .. } => session.ask(action, now()),
            Ask::Dial { order, .. } => session.dial(order, now()),
        };
        match (sent, ask) {
            (Ok(ticket), Ask::Act { answer, .. }) => drop(self.answers.insert(ticket, answer)),
            (Ok(ticket), Ask::Dial { answer, .. }) => drop(self.dialled.insert(ticket, answer)),
            (Err(_), ask) => ask.never_sent(),
        }
    }

    /// Hands out what has been answered. The asker may have given up; it is of no use then.
    fn deliver(&mut self, session: &mut Session) {
        while let Some((ticket, result)) = session.poll_answer() {
            if let Some(answer) = self.answers.remove(&ticket) {
                let _ = answer.send(result);
            }
        }
        while let Some((ticket, result)) = session.poll_dialled() {
            if let Some(answer) = self.dialled.remove(&ticket) {
                let _ = answer.send(result);
            }
        }
    }
}

/// Drives `session` on `stream` until it ends; `None` when the receiver of `reports` is gone.
pub(super) async fn drive<S>(
    stream: S,
    session: &mut Session,
    clock: &dyn Clock,
    asks: &mut mpsc::Receiver<Ask>,
    reports: &Reports,
) -> Option<Ending>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (mut reader, mut writer) = tokio::io::split(stream);
    let mut bytes = vec![0; READ];
    let mut outgoing = Vec::new();
    let mut held: Vec<Report> = Vec::new();
    let mut asked = Asked::default();
    loop {
        outgoing.append(&mut session.take_outgoing());
        held.append(&mut session.take_reports());
        asked.deliver(session);
        if let Some(ending) = session.ending() {
            if !held.is_empty() && reports.send(held).await.is_err() {
                return None;
            }
            return Some(ending.clone());
        }
        let deadline = session.deadline();
        tokio::select! {
            // What is ready seldom comes first, so that a flood cannot hold it up. Reading comes
            // before the deadline: after a long pause of this process the bytes that wait are
            // heard before the silence is judged.
            biased;
            permit = reports.reserve(), if !held.is_empty() => match permit {
                Ok(permit) => permit.send(std::mem::take(&mut held)),
                Err(_) => return None,
            },
            written = writer.write(&outgoing), if !outgoing.is_empty() => match written {
                Ok(length) => drop(outgoing.drain(..length)),
                Err(error) => session.disconnected(&error.to_string()),
            },
            Some(ask) = asks.recv() => asked.take(session, ask),
            read = reader.read(&mut bytes), if held.len() < MOST_HELD => match read {
                Ok(0) => session.disconnected("Asterisk closed the connection"),
                Ok(length) => {
                    let arrived = bytes.get(..length).unwrap_or_default();
                    session.receive(now(), clock.now(), arrived);
                }
                Err(error) => session.disconnected(&error.to_string()),
            },
            () = wait_until(deadline) => session.tick(now(), clock.now()),
            () = reports.closed() => return None,
        }
    }
}

fn now() -> std::time::Instant {
    Instant::now().into_std()
}

async fn wait_until(deadline: Option<std::time::Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline.into()).await,
        None => pending().await,
    }
}
