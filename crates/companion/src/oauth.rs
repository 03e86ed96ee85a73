//! Tokens: had for the agent's consent, exchanged for new ones, given back (RFC 6749, 7009).

use std::time::Duration;

use http::{Method, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use linecard_http::{HttpClient, HttpProxy, HttpSettings, TransportError};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::Serializer;

use crate::proof::Proof;
use crate::{Error, Proxies, tunnel};

/// How long before its end a token counts as ended, so that it does not end on its way.
const EARLY: SignedDuration = SignedDuration::from_secs(60);
/// The longest answer, in bytes; an honest one has a few hundred.
const LONGEST_ANSWER: usize = 64 * 1024;

/// A pair of tokens.
pub(crate) struct Tokens {
    /// Opens the socket.
    pub(crate) access: SecretString,
    /// Good for the next pair.
    pub(crate) refresh: SecretString,
    ends: Timestamp,
}

impl Tokens {
    pub(crate) fn are_good(&self, now: Timestamp) -> bool {
        now < self.ends
    }
}

/// A server's answer.
#[derive(Deserialize)]
struct Answered {
    access_token: String,
    refresh_token: String,
    expires_in: i64,
}

/// What a server says of its refusal.
#[derive(Deserialize)]
struct Refused {
    error: String,
}

/// Asks one server.
#[derive(Clone)]
pub(crate) struct OAuth {
    client: HttpClient,
    pub(crate) server: Url,
    /// What stands before the server.
    pub(crate) proxy: Option<HttpProxy>,
}

impl OAuth {
    pub(crate) fn new(server: Url, proxies: &Proxies) -> Result<Self, Error> {
        let proxy = proxies.before(&server)?;
        let settings = HttpSettings {
            // A company's own server is in its own network.
            allow_private: true,
            connect: Duration::from_secs(10),
            total: Duration::from_secs(20),
            body_bytes: LONGEST_ANSWER,
        };
        let client = match &proxy {
            Some(proxy) => HttpClient::through(settings, proxy),
            None => HttpClient::new(settings),
        };
        let client = client.map_err(|error| Error::Unreachable {
            server: server.clone(),
            words: error.to_string(),
        })?;
        Ok(Self {
            client,
            server,
            proxy,
        })
    }

    /// Tokens for what the agent allowed.
    pub(crate) async fn exchange(
        &self,
        code: &SecretString,
        proof: &Proof,
        redirect: &str,
        now: Timestamp,
    ) -> Result<Tokens, Error> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code.expose_secret()),
            ("code_verifier", proof.verifier()),
            ("redirect_uri", redirect),
            ("client_id", "companion"),
        ];
        self.tokens(&form, now).await
    }

    /// New tokens for an old one.
    pub(crate) async fn refresh(
        &self,
        token: &SecretString,
        now: Timestamp,
    ) -> Result<Tokens, Error> {
        let form = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token.expose_secret()),
        ];
        self.tokens(&form, now).await
    }

    /// Has the device forgotten.
    pub(crate) async fn revoke(&self, token: &SecretString) -> Result<(), Error> {
        let form = [("token", token.expose_secret())];
        let (status, _) = self.ask("/oauth/revoke", &form).await?;
        if status.is_success() {
            Ok(())
        } else {
            Err(self.unusable(format!("HTTP {}", status.as_u16())))
        }
    }

    async fn tokens(&self, form: &[(&str, &str)], now: Timestamp) -> Result<Tokens, Error> {
        let (status, body) = self.ask("/oauth/token", form).await?;
        if status == StatusCode::BAD_REQUEST
            && serde_json::from_slice::<Refused>(&body)
                .is_ok_and(|refused| refused.error == "invalid_grant")
        {
            return Err(Error::SignedOut(self.server.clone()));
        }
        if !status.is_success() {
            return Err(self.unusable(format!("HTTP {}", status.as_u16())));
        }
        // What serde says of it could repeat a token.
        let answered: Answered = serde_json::from_slice(&body)
            .map_err(|_| self.unusable("the answer holds no tokens".to_owned()))?;
        let lasts = SignedDuration::from_secs(answered.expires_in) - EARLY;
        Ok(Tokens {
            access: answered.access_token.into(),
            refresh: answered.refresh_token.into(),
            ends: now.saturating_add(lasts).unwrap_or(Timestamp::MAX),
        })
    }

    async fn ask(&self, path: &str, form: &[(&str, &str)]) -> Result<(StatusCode, Vec<u8>), Error> {
        let unreachable = |words: String| Error::Unreachable {
            server: self.server.clone(),
            words,
        };
        let mut address = self.server.clone();
        address.set_path(path);
        let body = Serializer::new(String::new()).extend_pairs(form).finish();
        let request = http::Request::builder()
            .method(Method::POST)
            .uri(address.as_str())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(body.into_bytes())
            .map_err(|error| unreachable(error.to_string()))?;
        match self.client.send(request).await {
            Ok(answer) => {
                let (parts, body) = answer.into_parts();
                Ok((parts.status, body))
            }
            Err(error) => {
                self.may_pass(&error).await?;
                Err(unreachable(error.to_string()))
            }
        }
    }

    /// The client does not tell what a proxy has answered, so it is asked once more.
    async fn may_pass(&self, error: &TransportError) -> Result<(), Error> {
        match (&self.proxy, error) {
            (Some(proxy), TransportError::NotSent { .. }) => {
                tunnel::open(proxy, &self.server).await?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn unusable(&self, words: String) -> Error {
        Error::NoTokens {
            server: self.server.clone(),
            words,
        }
    }
}
