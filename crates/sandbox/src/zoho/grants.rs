//! Who let the application in, and the tokens that came of it.

use jiff::{SignedDuration, Timestamp};
use linecard_clock::Entropy;

/// How many access tokens of one grant live at once; the next kills the oldest.
const MOST_LIVE: usize = 15;
/// How many refreshes ten minutes allow.
const MOST_REFRESHES: usize = 10;
const REFRESH_WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// One consent and its tokens.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) user: u64,
    pub(crate) scopes: Vec<String>,
    refresh_token: String,
    access_tokens: Vec<AccessToken>,
    refreshes: Vec<Timestamp>,
}

/// A token that opens the API for a while.
#[derive(Debug, Clone)]
struct AccessToken {
    token: String,
    ends: Timestamp,
}

/// All grants.
#[derive(Debug, Default)]
pub(crate) struct Grants(Vec<Grant>);

impl Grant {
    /// Makes another access token.
    pub(crate) fn issue(
        &mut self,
        now: Timestamp,
        seconds: u32,
        limited: bool,
        entropy: &dyn Entropy,
    ) -> String {
        let token = format!("1000.{}", entropy.token());
        let lasts = SignedDuration::from_secs(i64::from(seconds));
        self.access_tokens.retain(|token| now < token.ends);
        if limited && self.access_tokens.len() >= MOST_LIVE {
            self.access_tokens.remove(0);
        }
        self.access_tokens.push(AccessToken {
            token: token.clone(),
            ends: now.saturating_add(lasts).unwrap_or(now),
        });
        token
    }

    /// Whether another refresh is allowed now; counts it.
    pub(crate) fn may_refresh(&mut self, now: Timestamp) -> bool {
        self.refreshes
            .retain(|at| now.duration_since(*at) < REFRESH_WINDOW);
        self.refreshes.push(now);
        self.refreshes.len() <= MOST_REFRESHES
    }

    pub(crate) fn refresh_token(&self) -> &str {
        &self.refresh_token
    }
}

impl Grants {
    /// A grant for a new consent.
    pub(crate) fn add(
        &mut self,
        user: u64,
        scopes: Vec<String>,
        entropy: &dyn Entropy,
    ) -> &mut Grant {
        let index = self.0.len();
        self.0.push(Grant {
            user,
            scopes,
            refresh_token: format!("1000.{}", entropy.token()),
            access_tokens: Vec::new(),
            refreshes: Vec::new(),
        });
        &mut self.0[index]
    }

    pub(crate) fn of_refresh_token(&mut self, token: &str) -> Option<&mut Grant> {
        self.0.iter_mut().find(|grant| grant.refresh_token == token)
    }

    /// The grant, and when the token ends, if it still opens the API.
    pub(crate) fn of_access_token(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Option<(&Grant, Timestamp)> {
        self.0.iter().find_map(|grant| {
            let access = grant
                .access_tokens
                .iter()
                .find(|access| access.token == token && now < access.ends)?;
            Some((grant, access.ends))
        })
    }

    /// Takes a consent back; says whether there was one.
    pub(crate) fn revoke(&mut self, token: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|grant| {
            grant.refresh_token != token
                && !grant.access_tokens.iter().any(|one| one.token == token)
        });
        before != self.0.len()
    }

    pub(crate) fn revoke_all(&mut self) {
        self.0.clear();
    }

    /// Ends the access tokens. Refresh tokens stay good.
    pub(crate) fn expire(&mut self) {
        for grant in &mut self.0 {
            grant.access_tokens.clear();
        }
    }
}
