//! How a softphone's sound finds its way out of a network that does not let it through: STUN and TURN
//! servers (RFC 8489, 8656), and the passes that let an agent use the latter for a while.
//!
//! A pass is what coturn and others call the TURN REST API (draft-uberti-behave-turn-rest-00): a user
//! name that says until when it counts, and as its password the HMAC of that name. Whoever shares the
//! secret can check it; the secret itself never leaves the server.

mod url;

pub use url::{IceUrl, NotAnIceUrl};

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde::Serialize;
use sha1::Sha1;
use utoipa::ToSchema;

/// What softphones are told of the ways around a network. Without any server the sound goes straight
/// from browser to phone system.
#[derive(Debug, Clone, Default)]
pub struct IceSettings {
    /// The STUN servers, which tell a browser how it is seen from outside.
    pub stun: Vec<IceUrl>,
    /// The TURN servers, which carry the sound.
    pub turn: Option<TurnSettings>,
}

/// The TURN servers that share a secret with Linecard.
#[derive(Debug, Clone)]
pub struct TurnSettings {
    urls: Vec<IceUrl>,
    key: Hmac<Sha1>,
    lifetime: Duration,
}

/// A secret that is too short to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the secret that is shared with the TURN servers has fewer than {SHORTEST_SECRET} characters"
)]
pub struct WeakTurnSecret;

/// Who has seen one pass may try secrets for as long as he likes.
const SHORTEST_SECRET: usize = 16;

impl TurnSettings {
    /// Passes for `urls` count for `lifetime`, in whole seconds.
    pub fn new(
        urls: Vec<IceUrl>,
        secret: &str,
        lifetime: Duration,
    ) -> Result<Self, WeakTurnSecret> {
        if secret.len() < SHORTEST_SECRET {
            return Err(WeakTurnSecret);
        }
        let key = Hmac::new_from_slice(secret.as_bytes()).map_err(|_| WeakTurnSecret)?;
        Ok(Self {
            urls,
            key,
            lifetime,
        })
    }

    fn pass(&self, user: &str, now: Timestamp) -> IceServer {
        let until = now
            .as_second()
            .saturating_add_unsigned(self.lifetime.as_secs());
        let username = format!("{until}:{user}");
        let mac = self.key.clone().chain_update(username.as_bytes());
        IceServer {
            urls: self.urls.clone(),
            credential: Some(STANDARD.encode(mac.finalize().into_bytes())),
            username: Some(username),
        }
    }
}

/// Servers of one kind, as a browser takes them (`RTCIceServer`).
#[derive(Serialize, ToSchema)]
pub(crate) struct IceServer {
    /// Where they are: `turn:turn.example.com:3478?transport=udp`.
    #[schema(value_type = Vec<String>)]
    pub(crate) urls: Vec<IceUrl>,
    /// The name of the pass, which begins with the second at which it ends; TURN only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) username: Option<String>,
    /// The password that belongs to that name; TURN only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) credential: Option<String>,
}

impl IceSettings {
    /// The servers for a softphone, with a pass that begins now. `user` is the softphone's name in
    /// SIP: what stands in a TURN server's log.
    pub(crate) fn servers(&self, user: &str, now: Timestamp) -> Vec<IceServer> {
        let stun = (!self.stun.is_empty()).then(|| IceServer {
            urls: self.stun.clone(),
            username: None,
            credential: None,
        });
        let turn = self.turn.as_ref().map(|turn| turn.pass(user, now));
        stun.into_iter().chain(turn).collect()
    }

    /// How often softphones are told of the servers; `None`: there are none. Whoever holds a pass has
    /// a new one when half of its time is over.
    pub(crate) fn told_every(&self) -> Option<Duration> {
        match &self.turn {
            Some(turn) => Some(turn.lifetime / 2),
            // Nothing of a STUN server ends.
            None => (!self.stun.is_empty()).then_some(DAY),
        }
    }
}

const DAY: Duration = Duration::from_hours(24);

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(urls: &[&str]) -> Vec<IceUrl> {
        urls.iter().map(|url| url.parse().unwrap()).collect()
    }

    fn turn() -> TurnSettings {
        let urls = urls(&["turn:turn.example.com:3478?transport=udp"]);
        TurnSettings::new(urls, "north star lead me home", Duration::from_hours(1)).unwrap()
    }

    #[test]
    fn a_pass_is_the_hmac_of_its_own_name_which_says_until_when() {
        let now = Timestamp::from_second(1_767_254_400).unwrap();
        let pass = turn().pass("101-web", now);
        // printf %s 1767258000:101-web | openssl dgst -sha1 -hmac 'north star lead me home' -binary | base64
        assert_eq!(pass.username.as_deref(), Some("1767258000:101-web"));
        assert_eq!(
            pass.credential.as_deref(),
            Some("naJkaAuSs0f6FiKJXA5PT71OM1U=")
        );
    }

    #[test]
    fn stun_needs_no_pass_and_what_is_not_set_up_is_not_told() {
        let now = Timestamp::from_second(1).unwrap();
        let none = IceSettings::default();
        assert!(none.servers("101-web", now).is_empty() && none.told_every().is_none());
        let both = IceSettings {
            stun: urls(&["stun:turn.example.com"]),
            turn: Some(turn()),
        };
        let told = serde_json::to_value(both.servers("101-web", now)).unwrap();
        assert_eq!(
            told[0],
            serde_json::json!({ "urls": ["stun:turn.example.com"] })
        );
        assert_eq!(told[1]["username"], "3601:101-web");
        assert_eq!(both.told_every(), Some(Duration::from_mins(30)));
    }

    #[test]
    fn nothing_that_is_printed_shows_the_secret_and_a_short_one_is_none() {
        assert!(!format!("{:?}", turn()).contains("north"));
        let short = TurnSettings::new(Vec::new(), "0123456789abcde", Duration::from_hours(1));
        assert_eq!(short.err(), Some(WeakTurnSecret));
    }
}
