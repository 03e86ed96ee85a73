//! Who let the application in, and the tokens that came of it.
//!
//! One grant is one consent: a refresh token (and, with rotation, those it replaced) and the
//! access tokens made from it. They end together: "the family".

use jiff::{SignedDuration, Timestamp};
use linecard_clock::Entropy;
use serde::{Deserialize, Serialize};

use super::record_id::RecordId;

/// One consent and its tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    /// The grant's place among all that were ever given.
    pub(crate) number: usize,
    pub(crate) user: RecordId,
    pub(crate) scopes: Vec<String>,
    pub(crate) refresh_token: Option<String>,
    /// Refresh tokens that rotation has replaced. Showing one again ends the family.
    pub(crate) replaced: Vec<String>,
    pub(crate) access_tokens: Vec<AccessToken>,
}

/// A token that opens the API while it is used often enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccessToken {
    pub(crate) token: String,
    pub(crate) issued: Timestamp,
    last_used: Timestamp,
}

impl AccessToken {
    /// When the token ends unless it is used before.
    pub(crate) fn expires(&self, session: SignedDuration) -> Timestamp {
        self.last_used
            .saturating_add(session)
            .unwrap_or(Timestamp::MAX)
    }
}

impl Grant {
    /// Makes another access token. Its first part is the organisation's id, as in real ones.
    pub(crate) fn issue(
        &mut self,
        organisation: &RecordId,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> String {
        let token = format!("{}!AQ{}", organisation.short(), entropy.token());
        self.access_tokens.push(AccessToken {
            token: token.clone(),
            issued: now,
            last_used: now,
        });
        token
    }

    /// Ends the whole family.
    pub(crate) fn end(&mut self) {
        self.refresh_token = None;
        self.replaced.clear();
        self.access_tokens.clear();
    }
}

/// A fresh refresh token.
pub(crate) fn refresh_token(entropy: &dyn Entropy) -> String {
    format!("5Aep{}", entropy.token())
}

/// All grants.
#[derive(Debug, Default)]
pub(crate) struct Grants(Vec<Grant>);

impl Grants {
    /// An empty grant for the next consent. It counts once it is [`Grants::put`].
    pub(crate) fn next(&self, user: RecordId, scopes: Vec<String>) -> Grant {
        Grant {
            number: self.0.len(),
            user,
            scopes,
            refresh_token: None,
            replaced: Vec::new(),
            access_tokens: Vec::new(),
        }
    }

    /// Adds the grant or replaces the one with its number.
    pub(crate) fn put(&mut self, grant: Grant) {
        match self.0.iter_mut().find(|one| one.number == grant.number) {
            Some(old) => *old = grant,
            None => self.0.push(grant),
        }
    }

    pub(crate) fn all(&self) -> &[Grant] {
        &self.0
    }

    /// The oldest of a user's grants that can be refreshed, where there are more than `most`; 0
    /// lets there be any number.
    pub(crate) fn beyond(&self, user: &RecordId, most: usize) -> Vec<Grant> {
        let live: Vec<&Grant> = self
            .0
            .iter()
            .filter(|grant| grant.user == *user && grant.refresh_token.is_some())
            .collect();
        let too_many = match most {
            0 => 0,
            most => live.len().saturating_sub(most),
        };
        live.into_iter().take(too_many).cloned().collect()
    }

    /// The grant that this refresh token belongs to, also when it has been replaced.
    pub(crate) fn of_refresh_token(&self, token: &str) -> Option<&Grant> {
        self.0.iter().find(|grant| {
            grant.refresh_token.as_deref() == Some(token)
                || grant.replaced.iter().any(|one| one == token)
        })
    }

    /// The grant and the token, if it still opens the API.
    pub(crate) fn of_access_token(
        &self,
        token: &str,
        now: Timestamp,
        session: SignedDuration,
    ) -> Option<(&Grant, &AccessToken)> {
        self.0.iter().find_map(|grant| {
            let access = grant.access_tokens.iter().find(|one| one.token == token)?;
            (now < access.expires(session)).then_some((grant, access))
        })
    }

    /// Notes that a token was used, which prolongs it.
    pub(crate) fn used(&mut self, token: &str, now: Timestamp) {
        for grant in &mut self.0 {
            for access in &mut grant.access_tokens {
                if access.token == token {
                    access.last_used = now;
                }
            }
        }
    }
}
