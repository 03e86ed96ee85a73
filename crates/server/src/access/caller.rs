//! Who asks: a person with a session, or a program with an API key that acts for one.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use jiff::SignedDuration;
use linecard_store::{Account, ApiKey, StoreError};

use super::Refusal;
use crate::api::{Language, Session};
use crate::problem::Problem;
use crate::session::{self, token_sha256};
use crate::sign_in_rules;
use crate::state::App;

/// How exactly the last use of a key is known; finer would be a write with each request.
const USED_WITHIN: SignedDuration = SignedDuration::from_mins(1);

/// Anybody who is known, by a session or by a key. The account's role is what the caller may do:
/// a key may allow less than its owner may.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) account: Account,
    app: App,
    by: By,
}

#[derive(Clone)]
enum By {
    /// The session's token.
    Session(String),
    /// The key's secret.
    Key(String),
}

/// Anybody who is signed in at a page.
pub(crate) struct SignedIn {
    pub(crate) account: Account,
    app: App,
    token: String,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        // Who shows a key means it: a cookie that comes along does not count.
        let (account, by) = if let Some(secret) = bearer(&parts.headers) {
            let (key, account) = find_key(app, secret).await?.ok_or(Refusal::WrongKey)?;
            note_use(app, &key).await?;
            (account, By::Key(secret.to_owned()))
        } else {
            let (token, account) = session::find(app, &parts.headers)
                .await?
                .ok_or(Refusal::SignedOut)?;
            (account, By::Session(token))
        };
        Ok(Self {
            account,
            app: app.clone(),
            by,
        })
    }
}

impl Caller {
    /// The caller, if the company's rules for signing in are met.
    pub(super) async fn admitted(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = Self::from_request_parts(parts, app).await?;
        if matches!(caller.by, By::Session(_)) {
            let mut work = app.flow.store().read().await?;
            if sign_in_rules::must_enrol(&mut work, &caller.account).await? {
                return Err(Refusal::MustEnrol.into());
            }
        }
        Ok(caller)
    }

    pub(super) fn is_a_program(&self) -> bool {
        matches!(self.by, By::Key(_))
    }

    /// The account as it is now; `None` once the session is over or the key was taken back.
    pub(super) async fn now(&self) -> Result<Option<Account>, StoreError> {
        match &self.by {
            By::Session(token) => session::account(&self.app, token).await,
            By::Key(secret) => {
                let found = find_key(&self.app, secret).await?;
                Ok(found.map(|(_, account)| account))
            }
        }
    }

    /// Who it is, and what the pages must know from the start.
    pub(crate) async fn into_session(self) -> Result<Session, StoreError> {
        Session::read(&self.app, self.account).await
    }
}

/// The secret of the key that a request shows (RFC 6750, 2.1).
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(secret.trim())
}

async fn find_key(app: &App, secret: &str) -> Result<Option<(ApiKey, Account)>, StoreError> {
    let mut work = app.flow.store().read().await?;
    let found = work.api_keys().find(&token_sha256(secret)).await?;
    Ok(found.map(|(key, mut account)| {
        account.role = account.role.min(key.role);
        (key, account)
    }))
}

async fn note_use(app: &App, key: &ApiKey) -> Result<(), StoreError> {
    let now = app.flow.clock().now();
    let is_known = key
        .last_used
        .is_some_and(|used| now.duration_since(used) < USED_WITHIN);
    if is_known {
        return Ok(());
    }
    let mut work = app.flow.store().begin().await?;
    work.api_keys().used(key.id).await?;
    work.commit().await
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let Caller { account, app, by } = Caller::from_request_parts(parts, app).await?;
        match by {
            By::Session(token) => Ok(Self {
                account,
                app,
                token,
            }),
            By::Key(_) => Err(Refusal::InPersonOnly.into()),
        }
    }
}

impl SignedIn {
    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    /// The digest of the session's token.
    pub(crate) fn token_sha256(&self) -> [u8; 32] {
        token_sha256(&self.token)
    }

    /// Keeps the language of the pages with the account.
    pub(crate) async fn set_language(&self, language: Language) -> Result<(), StoreError> {
        let mut work = self.app.flow.store().begin().await?;
        work.accounts()
            .set_language(self.account.id, Some(language.as_str()))
            .await?;
        work.commit().await
    }

    /// Ends the session this request came with, and returns the header that takes its cookie back.
    pub(crate) async fn sign_out(
        &self,
        headers: &HeaderMap,
    ) -> Result<[(HeaderName, HeaderValue); 1], StoreError> {
        let cookie = session::end(&self.app, &self.token, headers).await?;
        self.app.doors.knock(self.account.id);
        Ok(cookie)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_shown_as_a_bearer_token_and_in_no_other_way() {
        let shown = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, HeaderValue::from_static(value));
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(shown("Bearer lck_1").as_deref(), Some("lck_1"));
        assert_eq!(shown("bearer  lck_1 ").as_deref(), Some("lck_1"));
        assert_eq!(shown("Basic lck_1"), None);
        assert_eq!(bearer(&HeaderMap::new()), None);
    }
}
