//! The session of a signed-in person: a random token in a cookie, its hash in the store.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use jiff::SignedDuration;
use linecard_store::{Account, AccountId, StoreError, UnitOfWork};
use sha2::{Digest as _, Sha256};

use crate::cookie::Cookie;
use crate::state::App;

const COOKIE: Cookie = Cookie {
    plain: "linecard_session",
    host: "__Host-linecard_session",
};
/// How long a session lasts, however it is used.
pub(crate) const LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long one lasts that an identity provider vouched for: who is disabled there does not come in
/// again, and nobody tells us of it, so a working day is the longest that somebody stays who should
/// not.
pub(crate) const LASTS_BY_PROVIDER: SignedDuration = SignedDuration::from_hours(12);

/// The SHA-256 of a session's or a link's token. Only this is stored: who reads the database
/// cannot sign in with it.
#[must_use]
pub(crate) fn token_sha256(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The session that a request's cookie names.
pub(crate) async fn find(
    app: &App,
    headers: &HeaderMap,
) -> Result<Option<(String, Account)>, StoreError> {
    let Some(token) = token(headers, app.is_https(headers)) else {
        return Ok(None);
    };
    let account = account(app, token).await?;
    Ok(account.map(|account| (token.to_owned(), account)))
}

/// Whose session has this token, if it still lasts.
pub(crate) async fn account(app: &App, token: &str) -> Result<Option<Account>, StoreError> {
    let now = app.flow.clock().now();
    let mut work = app.flow.store().read().await?;
    let found = work.sessions().find(&token_sha256(token), now).await?;
    Ok(found.map(|(_, account)| account))
}

/// Starts a session of this length inside `work` and returns the header that hands its cookie to the browser.
/// The token is always a new one, and the session that `headers` name is over: whoever planted or
/// shared the old cookie does not come along.
pub(crate) async fn start(
    app: &App,
    work: &mut UnitOfWork,
    account: AccountId,
    lasts: SignedDuration,
    headers: &HeaderMap,
) -> Result<[(HeaderName, HeaderValue); 1], StoreError> {
    let now = app.flow.clock().now();
    let token = app.flow.entropy().token();
    let expires = now.saturating_add(lasts).unwrap_or(jiff::Timestamp::MAX);
    work.sessions().delete_expired(now).await?;
    if let Some(old) = self::token(headers, app.is_https(headers)) {
        work.sessions().delete(&token_sha256(old)).await?;
    }
    work.accounts().signed_in(account).await?;
    work.sessions()
        .create(&token_sha256(&token), account, expires)
        .await?;
    Ok(cookie(&token, lasts.as_secs(), app.is_https(headers)))
}

/// Ends the session and returns the header that takes the cookie back.
pub(crate) async fn end(
    app: &App,
    token: &str,
    headers: &HeaderMap,
) -> Result<[(HeaderName, HeaderValue); 1], StoreError> {
    let mut work = app.flow.store().begin().await?;
    work.sessions().delete(&token_sha256(token)).await?;
    work.commit().await?;
    Ok(cookie("", 0, app.is_https(headers)))
}

fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    COOKIE.read(headers, secure)
}

fn cookie(token: &str, seconds: i64, secure: bool) -> [(HeaderName, HeaderValue); 1] {
    [COOKIE.set(token, seconds, secure)]
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("a=b; linecard_session=abc; linecard_session_x=d"),
        );
        assert_eq!(token(&headers, false), Some("abc"));
        assert_eq!(token(&HeaderMap::new(), false), None);
    }

    #[test]
    fn a_cookie_that_a_neighbour_planted_does_not_count_where_the_home_address_is_https() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("linecard_session=planted; __Host-linecard_session=own"),
        );
        assert_eq!(token(&headers, true), Some("own"));
    }

    #[test]
    fn the_cookie_travels_encrypted_only_where_the_home_address_is_https() {
        let [(_, plain)] = cookie("abc", 60, false);
        let [(_, secure)] = cookie("abc", 60, true);
        assert_eq!(
            plain.to_str().unwrap(),
            "linecard_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60"
        );
        assert_eq!(
            secure.to_str().unwrap(),
            "__Host-linecard_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
        );
    }
}
