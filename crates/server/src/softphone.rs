//! `/sip`: an agent's softphone, by SIP over WebSocket, to the phone system (RFC 7118).
//!
//! The only way there: who is not signed in at a page of ours has none, and whoever is can be the
//! own endpoint and no other (`linecard-sip` says how that is held). The phone system's password
//! stays here. A softphone that breaks the rules is let go at once.

mod ice;
mod openings;
mod refused;
mod relay;
mod upstream;

pub(crate) use ice::IceServer;
pub use ice::{IceSettings, IceUrl, NotAnIceUrl, TurnSettings, WeakTurnSecret};
pub(crate) use openings::Openings;
pub(crate) use refused::Refused;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use linecard_sip::{Guard, LONGEST_UP};

use crate::access::Agent;
use crate::origin;
use crate::parting::READ_AT_ONCE;
use crate::problem::Problem;
use crate::state::{App, Peer};
use relay::Relay;
use upstream::UpstreamError;

/// The name of SIP among WebSocket's sub-protocols (RFC 7118, 8.3).
const SIP: &str = "sip";

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("This address speaks SIP over WebSocket: {0}.")]
    NotASocket(#[from] WebSocketUpgradeRejection),
    #[error("This address speaks SIP over WebSocket: ask for the sub-protocol sip.")]
    NotSip,
    #[error(
        "The phone system takes no softphones. An admin can set its SIP address in the Console."
    )]
    NoSoftphones,
    #[error("The phone system cannot be reached by softphones: {0}. The desk phone still rings.")]
    Upstream(#[from] UpstreamError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let (status, code) = match error {
            Error::NotASocket(_) | Error::NotSip => (StatusCode::UPGRADE_REQUIRED, "not_a_socket"),
            Error::NoSoftphones => (StatusCode::CONFLICT, "no_softphones"),
            Error::Upstream(_) => (StatusCode::BAD_GATEWAY, "phone_system_unreachable"),
        };
        Self::new(status, code, error)
    }
}

pub(crate) fn router() -> Router<App> {
    Router::new().route("/sip", get(open).head(may_open))
}

/// Connects first: a softphone whose phone system is away is not let in and tries again.
async fn open(
    State(app): State<App>,
    Extension(Peer(address)): Extension<Peer>,
    headers: HeaderMap,
    agent: Agent,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    if !origin::is_ours(&headers, &app.home) {
        return Err(origin::foreign());
    }
    agent.must_be_in_person()?;
    let upgrade = upgrade.map_err(Error::NotASocket)?;
    if !speaks_sip(&headers) {
        return Err(Error::NotSip.into());
    }
    app.openings.begin(agent.account.id, address, agent.now())?;
    let account = agent.softphone().ok_or(Error::NoSoftphones)?;
    let upstream = upstream::connect(&account.address).await;
    let upstream = upstream.map_err(|error| {
        tracing::warn!(%error, "the phone system does not take softphones");
        Error::Upstream(error)
    })?;
    let guard = Guard::new(account.user, account.secret);
    Ok(upgrade
        .protocols([SIP])
        .read_buffer_size(READ_AT_ONCE)
        .max_message_size(LONGEST_UP)
        .max_frame_size(LONGEST_UP)
        .on_upgrade(move |socket| async move {
            Relay::new(&agent, guard, socket, upstream).run().await;
        }))
}

/// Whether it may be opened now: a page is not told why its own socket was refused, and asks.
async fn may_open(
    State(app): State<App>,
    Extension(Peer(address)): Extension<Peer>,
    agent: Agent,
) -> Result<StatusCode, Problem> {
    agent.must_be_in_person()?;
    app.openings.may(agent.account.id, address, agent.now())?;
    Ok(StatusCode::NO_CONTENT)
}

fn speaks_sip(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::SEC_WEBSOCKET_PROTOCOL)
        .iter()
        .filter_map(|offered| offered.to_str().ok())
        .flat_map(|offered| offered.split(','))
        .any(|offered| offered.trim() == SIP)
}
