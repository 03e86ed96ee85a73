//! Why a WebSocket of an agent's Desk or device ends, and what its other side is told of that.

use std::time::Duration;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use axum::http::StatusCode;
use linecard_store::StoreError;

use crate::access::Stays;
use crate::problem::Problem;

/// How long one message may take to leave.
pub(crate) const SEND_WITHIN: Duration = Duration::from_secs(10);
/// How many bytes are read from a socket at once: a thousand agents keep a thousand such buffers, and what
/// they say is short.
pub(crate) const READ_AT_ONCE: usize = 4 * 1024;
/// How long the other side may be silent: it says something every 20 s.
pub(crate) const SILENT_FOR: Duration = Duration::from_secs(50);

/// Close codes (RFC 6455, 7.4): going away, try again later, and our own for "sign in again".
const GOING_AWAY: u16 = 1001;
const TRY_AGAIN: u16 = 1013;
const SIGNED_OUT: u16 = 4401;

/// Whoever asked does not speak WebSocket.
#[derive(Debug, thiserror::Error)]
#[error("This address speaks WebSocket: {0}.")]
pub(crate) struct NotASocket(#[from] WebSocketUpgradeRejection);

impl From<NotASocket> for Problem {
    fn from(error: NotASocket) -> Self {
        Self::new(StatusCode::UPGRADE_REQUIRED, "not_a_socket", error)
    }
}

/// Why a conversation ended.
#[derive(Debug)]
pub(crate) enum End {
    /// The other side went away, or the network did.
    Left,
    /// The other side did not read, or fell silent.
    TooSlow,
    /// What it was let in with is not known, or counts no more.
    SignedOut,
    /// The agent's rights or extension are others: a new conversation shows what there is now.
    Otherwise,
    /// The program stops.
    Stopping,
    /// The store could not be asked.
    Store,
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed under an open socket");
        Self::Store
    }
}

impl End {
    /// The conversation goes on only where what it was let in with still holds.
    pub(crate) fn unless(stays: Stays) -> Result<(), Self> {
        match stays {
            Stays::Yes => Ok(()),
            Stays::Otherwise => Err(Self::Otherwise),
            Stays::No => Err(Self::SignedOut),
        }
    }

    /// Closes the socket. `sign_in` says how one gets in again.
    pub(crate) async fn tell(&self, socket: &mut WebSocket, sign_in: &'static str) {
        let (code, reason) = match self {
            Self::Stopping => (GOING_AWAY, "Linecard is stopping"),
            Self::TooSlow | Self::Store | Self::Otherwise => (TRY_AGAIN, "connect again"),
            Self::SignedOut => (SIGNED_OUT, sign_in),
            Self::Left => return,
        };
        let close = Message::Close(Some(CloseFrame {
            code,
            reason: reason.into(),
        }));
        // Whoever cannot be told any more has gone already.
        let _ = tokio::time::timeout(SEND_WITHIN, socket.send(close)).await;
    }
}
