//! How a stand-in is set up.

use super::seed::Seed;
use super::switches::Switches;

/// How a stand-in is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// What the records are at first.
    pub seed: Seed,
    /// The application that may ask for consent.
    pub application: Application,
    /// The password of every user. The sign-in page shows it: nothing here is secret.
    pub password: String,
    /// How Zoho behaves where its documents do not say.
    pub switches: Switches,
}

/// What the admin of a real organisation enters as a server-based client.
#[derive(Debug, Clone)]
pub struct Application {
    /// The name on the consent page.
    pub name: String,
    /// OAuth's `client_id`.
    pub client_id: String,
    /// OAuth's `client_secret`.
    pub client_secret: String,
    /// The callback addresses, compared letter by letter. `*` allows any address.
    pub redirect_uris: Vec<String>,
}

impl Default for Options {
    /// A free port, the demo's records, the default application.
    fn default() -> Self {
        Self {
            port: 0,
            seed: Seed::demo(),
            application: Application::default(),
            password: "stand-in".to_owned(),
            switches: Switches::default(),
        }
    }
}

impl Default for Application {
    /// Linecard, with an id and a secret that everybody may know, called back anywhere.
    fn default() -> Self {
        Self {
            name: "Linecard".to_owned(),
            client_id: "1000.STANDIN".to_owned(),
            client_secret: "stand-in-secret".to_owned(),
            redirect_uris: vec!["*".to_owned()],
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
