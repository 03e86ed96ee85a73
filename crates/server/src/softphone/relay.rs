//! Carries messages between a softphone and the phone system until one of them goes, the session
//! ends, or the softphone says what it may not.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{SinkExt as _, StreamExt as _};
use linecard_sip::{Guard, Refusal};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_tungstenite::tungstenite::Message as Frame;

use super::upstream::Upstream;
use crate::access::{Agent, Stays};
use crate::pace::Pace;

/// How often the softphone is pinged, and its session looked at.
const PING_EVERY: Duration = Duration::from_secs(20);
/// How long it may be silent: two pings unanswered.
const SILENT_FOR: Duration = Duration::from_secs(50);
/// How long one message may take to leave.
const SEND_WITHIN: Duration = Duration::from_secs(10);
/// A call that is answered and held is about ten messages.
const MESSAGES_PER_SECOND: u32 = 50;

/// Close codes (RFC 6455, 7.4): going away, a rule was broken, try again later, and our own for
/// "sign in again".
const GOING_AWAY: u16 = 1001;
const RULE_BROKEN: u16 = 1008;
const TRY_AGAIN: u16 = 1013;
const SIGNED_OUT: u16 = 4401;

/// Why it ended.
#[derive(Debug)]
enum End {
    /// The softphone went away, or the network did.
    Left,
    /// It did not read, or fell silent.
    TooSlow,
    /// It said what it may not.
    Refused(Refusal),
    /// It said too much in a second, or something that is no text.
    Unruly,
    /// The phone system went away.
    Upstream,
    /// The session is over.
    SignedOut,
    /// The agent's extension is another one now, or the session could not be looked up.
    Otherwise,
    /// The program stops.
    Stopping,
}

impl End {
    /// What the softphone is told, where it still listens.
    fn goodbye(&self) -> Option<(u16, &'static str)> {
        match self {
            Self::Left => None,
            Self::Stopping => Some((GOING_AWAY, "Linecard is stopping")),
            Self::Refused(_) | Self::Unruly => Some((RULE_BROKEN, "not allowed")),
            Self::TooSlow | Self::Upstream | Self::Otherwise => Some((TRY_AGAIN, "connect again")),
            Self::SignedOut => Some((SIGNED_OUT, "sign in again")),
        }
    }
}

/// One softphone at the phone system.
pub(super) struct Relay<'a> {
    agent: &'a Agent,
    guard: Guard,
    softphone: WebSocket,
    upstream: Upstream,
    heard: Instant,
    pace: Pace,
}

impl<'a> Relay<'a> {
    pub(super) fn new(
        agent: &'a Agent,
        guard: Guard,
        softphone: WebSocket,
        upstream: Upstream,
    ) -> Self {
        Self {
            agent,
            guard,
            softphone,
            upstream,
            heard: Instant::now(),
            pace: Pace::new(MESSAGES_PER_SECOND),
        }
    }

    pub(super) async fn run(mut self) {
        let Err(end) = self.carry().await;
        let extension = &self.agent.extension;
        match &end {
            End::Refused(refusal) => {
                tracing::warn!(%extension, %refusal, "a softphone was let go");
            }
            End::Unruly | End::Upstream => {
                tracing::warn!(%extension, ?end, "a softphone was let go");
            }
            _ => tracing::debug!(%extension, ?end, "a softphone was let go"),
        }
        if let End::Refused(_) | End::Unruly = end
            && let Err(error) = self.agent.softphone_was_refused().await
        {
            tracing::error!(%error, "the audit log misses what a softphone was refused");
        }
        if let Some((code, reason)) = end.goodbye() {
            let close = Message::Close(Some(CloseFrame {
                code,
                reason: reason.into(),
            }));
            // Whoever cannot be told any more has gone already.
            let _ = tokio::time::timeout(SEND_WITHIN, self.softphone.send(close)).await;
        }
        // The phone system forgets where the softphone was; if it is gone, so it has.
        let _ = tokio::time::timeout(SEND_WITHIN, self.upstream.close(None)).await;
    }

    async fn carry(&mut self) -> Result<std::convert::Infallible, End> {
        let mut access_changed = self.agent.access_changed();
        // Looked at after the watch began: what changed before it is seen here.
        may_stay(self.agent).await?;
        let mut ping = tokio::time::interval(PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let stopping = self.agent.stopping();
        loop {
            tokio::select! {
                message = self.softphone.recv() => match message {
                    Some(Ok(message)) => self.up(message).await?,
                    Some(Err(_)) | None => return Err(End::Left),
                },
                frame = self.upstream.next() => match frame {
                    Some(Ok(frame)) => self.down(frame).await?,
                    Some(Err(_)) | None => return Err(End::Upstream),
                },
                _ = ping.tick() => {
                    if self.heard.elapsed() > SILENT_FOR {
                        return Err(End::TooSlow);
                    }
                    may_stay(self.agent).await?;
                    self.tell(Message::Ping(Vec::new().into())).await?;
                }
                () = access_changed.cancelled() => {
                    access_changed = self.agent.access_changed();
                    may_stay(self.agent).await?;
                }
                () = stopping.cancelled() => return Err(End::Stopping),
            }
        }
    }

    async fn up(&mut self, message: Message) -> Result<(), End> {
        self.heard = Instant::now();
        let text = match message {
            Message::Text(text) => text,
            Message::Ping(_) | Message::Pong(_) => return Ok(()),
            Message::Close(_) => return Err(End::Left),
            Message::Binary(_) => return Err(End::Unruly),
        };
        if !self.pace.go(self.agent.now()) {
            return Err(End::Unruly);
        }
        let allowed = self.guard.up(&text).map_err(End::Refused)?;
        tokio::time::timeout(SEND_WITHIN, self.upstream.send(Frame::text(allowed)))
            .await
            .map_err(|_| End::Upstream)?
            .map_err(|_| End::Upstream)
    }

    async fn down(&mut self, frame: Frame) -> Result<(), End> {
        let text = match &frame {
            Frame::Text(text) => text.as_str(),
            // Asterisk may send its texts as bytes.
            Frame::Binary(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
            Frame::Close(_) => return Err(End::Upstream),
            Frame::Ping(_) | Frame::Pong(_) | Frame::Frame(_) => return Ok(()),
        };
        match Guard::down(text) {
            Ok(text) => self.tell(Message::Text(text.into())).await,
            Err(refusal) => {
                tracing::warn!(%refusal, "a message of the phone system was left out");
                Ok(())
            }
        }
    }

    async fn tell(&mut self, message: Message) -> Result<(), End> {
        tokio::time::timeout(SEND_WITHIN, self.softphone.send(message))
            .await
            .map_err(|_| End::TooSlow)?
            .map_err(|_| End::Left)
    }
}

/// Whether what the agent was let in with still holds.
async fn may_stay(agent: &Agent) -> Result<(), End> {
    match agent.stays().await {
        Ok(Stays::Yes) => Ok(()),
        Ok(Stays::Otherwise) => Err(End::Otherwise),
        Ok(Stays::No) => Err(End::SignedOut),
        Err(error) => {
            tracing::error!(%error, "the store failed under an open softphone");
            Err(End::Otherwise)
        }
    }
}
