//! What every handler can reach.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::HeaderMap;
use linecard_flow::Flow;
use linecard_http::HttpClient;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::attempts::Attempts;
use crate::devices::ExtensionId;
use crate::doors::Doors;
use crate::home_check::HomeChecks;
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::password::Passwords;
use crate::proxies::FORWARDED_PROTO;
use crate::softphone::{IceSettings, Openings, Refused};
use crate::stand_in::StandIn;

/// Shared by all requests; cheap to clone.
///
/// Handlers that need a signed-in person do not take it: they take `Admin`, `Agent` or
/// `SignedIn`, which hand out only what that person may do.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) flow: Flow,
    /// The public address that cookies and links are made for.
    pub(crate) home: Url,
    /// The stand-in CRMs that run beside a demo.
    pub(crate) stand_ins: Vec<StandIn>,
    /// The extensions for Chrome that agents may bind.
    pub(crate) chrome_extensions: Vec<ExtensionId>,
    pub(crate) passwords: Passwords,
    pub(crate) attempts: Attempts,
    pub(crate) doors: Doors,
    pub(crate) metrics: Metrics,
    /// Whether the home addresses lead here.
    pub(crate) home_checks: HomeChecks,
    /// Wakes whoever mails invitations.
    pub(crate) invitations: Notify,
    /// Asks the identity provider.
    pub(crate) identity: HttpClient,
    /// How fast browsers may be sent to the identity provider and come back.
    pub(crate) sign_on_pace: Pace,
    /// The ways that softphones are told of.
    pub(crate) ice: IceSettings,
    /// How often softphones signed on lately.
    pub(crate) openings: Openings,
    /// What softphones were refused.
    pub(crate) softphones_refused: Refused,
    /// How fast dial plans may ask whom a caller belongs to.
    pub(crate) routing_pace: Pace,
    /// One backup is made at a time.
    pub(crate) backups: Arc<Semaphore>,
    /// Set off when the program stops, so that open sockets say goodbye.
    pub(crate) stopping: CancellationToken,
}

impl App {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Whether cookies may only travel encrypted: the home address says so, or this very request
    /// came encrypted.
    pub(crate) fn is_https(&self, headers: &HeaderMap) -> bool {
        let came = headers.get(FORWARDED_PROTO);
        self.0.home.scheme() == "https" || came.is_some_and(|it| it == "https")
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The network address of the client that sent a request, as far as it is believed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);
