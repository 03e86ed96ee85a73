//! The tokens that open the API.

use jiff::{SignedDuration, Timestamp};
use linecard_clock::Entropy;

/// One consent: refresh token and the access tokens made of it.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    /// The index of the owner who consented.
    pub(crate) owner: usize,
    pub(crate) scopes: Vec<String>,
    pub(crate) refresh_token: String,
    /// With the time at which each ends.
    access_tokens: Vec<(String, Timestamp)>,
    revoked: bool,
}

/// What a token turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    Good,
    Expired,
    Unknown,
}

/// All consents, and whether the service key still opens.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    all: Vec<Grant>,
    pub(crate) key_revoked: bool,
}

impl Grants {
    /// A new consent; its refresh token never changes.
    pub(crate) fn admit(
        &mut self,
        owner: usize,
        scopes: Vec<String>,
        ends: Timestamp,
        entropy: &dyn Entropy,
    ) -> (String, String) {
        let mut grant = Grant {
            owner,
            scopes,
            refresh_token: format!("na1-{}", entropy.token()),
            access_tokens: Vec::new(),
            revoked: false,
        };
        let access_token = grant.issue(ends, entropy);
        let refresh_token = grant.refresh_token.clone();
        self.all.push(grant);
        (access_token, refresh_token)
    }

    /// The consent that a refresh token stands for.
    pub(crate) fn of_refresh_token(&mut self, token: &str) -> Option<&mut Grant> {
        self.all
            .iter_mut()
            .find(|grant| !grant.revoked && grant.refresh_token == token)
    }

    /// The consent behind either kind of token.
    pub(crate) fn of_any(&self, token: &str) -> Option<&Grant> {
        self.all.iter().find(|grant| {
            !grant.revoked
                && (grant.refresh_token == token
                    || grant.access_tokens.iter().any(|(one, _)| one == token))
        })
    }

    /// What an access token is worth now.
    pub(crate) fn standing(&self, token: &str, now: Timestamp) -> Standing {
        self.all
            .iter()
            .filter(|grant| !grant.revoked)
            .flat_map(|grant| &grant.access_tokens)
            .find(|(one, _)| one == token)
            .map_or(Standing::Unknown, |(_, ends)| {
                if now < *ends {
                    Standing::Good
                } else {
                    Standing::Expired
                }
            })
    }

    /// Ends the access tokens issued so far.
    pub(crate) fn expire(&mut self) {
        for (_, ends) in self
            .all
            .iter_mut()
            .flat_map(|grant| &mut grant.access_tokens)
        {
            *ends = Timestamp::MIN;
        }
    }

    /// Ends every consent, and the service key.
    pub(crate) fn revoke(&mut self) {
        self.key_revoked = true;
        for grant in &mut self.all {
            grant.revoked = true;
        }
    }

    /// Ends the consent behind this token.
    pub(crate) fn revoke_one(&mut self, token: &str) -> bool {
        let found = self.all.iter_mut().find(|grant| {
            grant.refresh_token == token || grant.access_tokens.iter().any(|(one, _)| one == token)
        });
        match found {
            Some(grant) => {
                grant.revoked = true;
                true
            }
            None => false,
        }
    }
}

impl Grant {
    /// Another access token, good until `ends`.
    pub(crate) fn issue(&mut self, ends: Timestamp, entropy: &dyn Entropy) -> String {
        let token = format!("CK{}", entropy.token());
        self.access_tokens.push((token.clone(), ends));
        token
    }
}

/// When a token issued now ends.
pub(crate) fn ends(now: Timestamp, lifetime_s: u32) -> Timestamp {
    now.saturating_add(SignedDuration::from_secs(lifetime_s.into()))
        .unwrap_or(Timestamp::MAX)
}
