//! How a stand-in is set up.

use std::path::PathBuf;

use jiff::SignedDuration;

use super::seed::Seed;
use super::setup::Setup;
use crate::Tls;

/// How a stand-in is set up.
#[derive(Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The certificate, to be served with TLS.
    pub tls: Option<Tls>,
    /// Where records and tokens are kept. `None`: in memory only.
    pub data: Option<PathBuf>,
    /// What the records are at first.
    pub seed: Seed,
    /// The application that may ask for consent.
    pub application: Application,
    /// The password of every user. The sign-in page shows it: nothing here is secret.
    pub password: String,
    /// How long an access token lasts without being used.
    pub session: SignedDuration,
    /// What `Sforce-Limit-Info` and the limits endpoint give as the day's requests.
    pub daily_api_requests: u32,
    /// What the organisation's admin has switched on, hidden and forbidden, at first.
    pub setup: Setup,
}

/// What the admin of a real organisation enters as an External Client App.
#[derive(Debug, Clone)]
pub struct Application {
    /// The name on the consent page.
    pub name: String,
    /// The consumer key: OAuth's `client_id`.
    pub consumer_key: String,
    /// The consumer secret: OAuth's `client_secret`.
    pub consumer_secret: String,
    /// The callback addresses, compared letter by letter. `*` allows any address.
    pub redirect_uris: Vec<String>,
    /// Whether an authorization request without a PKCE challenge is refused.
    pub pkce_required: bool,
    /// Whether the secret may be left out.
    pub secret_optional: bool,
    /// Whether each refresh replaces the refresh token; showing an old one then ends the grant.
    pub rotates_refresh_tokens: bool,
}

impl Default for Options {
    /// A free port, nothing kept, the demo's records, the default application.
    fn default() -> Self {
        Self {
            port: 0,
            tls: None,
            data: None,
            seed: Seed::demo(),
            application: Application::default(),
            password: "stand-in".to_owned(),
            session: SignedDuration::from_hours(2),
            daily_api_requests: 15_000,
            setup: Setup::default(),
        }
    }
}

impl Default for Application {
    /// Linecard, with a key and a secret that everybody may know, called back anywhere.
    fn default() -> Self {
        Self {
            name: "Linecard".to_owned(),
            consumer_key: "stand-in-consumer-key".to_owned(),
            consumer_secret: "stand-in-consumer-secret".to_owned(),
            redirect_uris: vec!["*".to_owned()],
            pkce_required: true,
            secret_optional: false,
            rotates_refresh_tokens: false,
        }
    }
}

impl Application {
    /// Whether the browser may be sent there.
    pub(crate) fn may_redirect_to(&self, address: &str) -> bool {
        self.redirect_uris
            .iter()
            .any(|allowed| allowed == "*" || allowed == address)
    }
}
