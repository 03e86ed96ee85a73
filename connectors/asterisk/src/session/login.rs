//! Signing in.

use std::fmt::Write as _;

use md5::{Digest as _, Md5};
use secrecy::{ExposeSecret as _, SecretString};

use crate::ami::Action;
use crate::settings::{AsteriskSettings, SignIn};

/// The event classes asked for: no more than the tracker needs. With all classes an answered
/// call is four times the traffic.
const CLASSES: &str = "call,agent,system,user";

/// Who signs in, and how.
#[derive(Clone)]
pub struct Credentials {
    username: String,
    secret: SecretString,
    pub(super) sign_in: SignIn,
}

impl From<&AsteriskSettings> for Credentials {
    fn from(settings: &AsteriskSettings) -> Self {
        Self {
            username: settings.username.clone(),
            secret: settings.secret.clone(),
            sign_in: settings.sign_in,
        }
    }
}

impl Credentials {
    pub(super) fn challenge() -> Action {
        Action::new("Challenge").header("AuthType", "MD5")
    }

    /// The login with the secret in the clear.
    pub(super) fn plain(&self) -> Action {
        self.login().header("Secret", self.secret.expose_secret())
    }

    /// The login that answers `challenge`: `hex(md5(challenge + secret))`.
    pub(super) fn answer(&self, challenge: &str) -> Action {
        let mut digest = Md5::new();
        digest.update(challenge);
        digest.update(self.secret.expose_secret());
        let key = digest
            .finalize()
            .iter()
            .fold(String::new(), |mut key, byte| {
                let _ = write!(key, "{byte:02x}");
                key
            });
        self.login().header("AuthType", "MD5").header("Key", &key)
    }

    fn login(&self) -> Action {
        Action::new("Login")
            .header("Username", &self.username)
            .header("Events", CLASSES)
    }
}
