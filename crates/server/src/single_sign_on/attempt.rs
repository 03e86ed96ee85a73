//! What a sign-in that has begun must know when it comes back. The browser that began it carries
//! it, so that nobody else's browser can end it and nothing is kept for people who are not known yet.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use linecard_oidc::Attempt;
use serde::{Deserialize, Serialize};

use crate::cookie::Cookie;

const COOKIE: Cookie = Cookie {
    plain: "linecard_sign_on",
    host: "__Host-linecard_sign_on",
};
/// How long somebody may take to sign in at the provider, in seconds.
const LASTS: i64 = 600;

/// A sign-in that has begun.
#[derive(Serialize, Deserialize)]
pub(super) struct Carried {
    pub(super) attempt: Attempt,
    /// The page that was wanted.
    pub(super) to: String,
}

impl Carried {
    /// The header that hands it to the browser.
    pub(super) fn hand_over(&self, secure: bool) -> (HeaderName, HeaderValue) {
        // Texts alone can always be written.
        let text = serde_json::to_vec(self).unwrap_or_default();
        COOKIE.set(&URL_SAFE_NO_PAD.encode(text), LASTS, secure)
    }

    /// What the browser brings back, if it ends what it began: the address has the same state.
    pub(super) fn read(headers: &HeaderMap, secure: bool, state: Option<&str>) -> Option<Self> {
        let text = URL_SAFE_NO_PAD.decode(COOKIE.read(headers, secure)?).ok()?;
        let carried: Self = serde_json::from_slice(&text).ok()?;
        (Some(carried.attempt.state.as_str()) == state).then_some(carried)
    }
}

/// The header that takes it from the browser: it is good for one return.
pub(super) fn take_back(secure: bool) -> (HeaderName, HeaderValue) {
    COOKIE.set("", 0, secure)
}
