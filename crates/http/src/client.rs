//! The HTTP client that every connector uses.

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::guard::{GuardedResolver, Reach};
use crate::{Forbidden, HttpProxy, TransportError};

/// A request with its whole body.
pub type Request = http::Request<Vec<u8>>;

/// An answer with its whole body, unpacked. Any status is an answer.
pub type Answer = http::Response<Vec<u8>>;

const USER_AGENT: &str = concat!("linecard/", env!("CARGO_PKG_VERSION"));

/// The bounds of every exchange.
#[derive(Debug, Clone, Copy)]
pub struct HttpSettings {
    /// Whether addresses of this machine and of private networks may be used, those also
    /// without encryption. Off outside of the demo and the tests.
    pub allow_private: bool,
    /// How long making a connection may take.
    pub connect: Duration,
    /// How long a whole exchange may take.
    pub total: Duration,
    /// The longest answer, unpacked, in bytes. Salesforce's description of an object with
    /// many fields is one to two million.
    pub body_bytes: usize,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            allow_private: false,
            connect: Duration::from_secs(5),
            total: Duration::from_secs(30),
            body_bytes: 8 * 1024 * 1024,
        }
    }
}

/// The client could not be set up.
#[derive(Debug, thiserror::Error)]
#[error(
    "no HTTPS client could be set up: {0}. Are the system's certificates installed (Debian: ca-certificates)?"
)]
pub struct BuildError(String);

/// Exchanges requests for answers. Cheap to clone; the clones share their connections.
#[derive(Debug, Clone)]
pub struct HttpClient {
    encrypted: reqwest::Client,
    encrypted_reach: Reach,
    /// For plain http, inside one's own network and only if that is allowed.
    plain: Option<reqwest::Client>,
    body_bytes: usize,
}

impl HttpClient {
    /// Makes a client that keeps to `settings`.
    pub fn new(settings: HttpSettings) -> Result<Self, BuildError> {
        Self::by(settings, None)
    }

    /// Makes a client that sends what is encrypted through `proxy`, and the rest without it: a proxy
    /// would read plain http along. It connects in our place, past the guard, so `settings` have to
    /// allow private addresses.
    pub fn through(settings: HttpSettings, proxy: &HttpProxy) -> Result<Self, BuildError> {
        if settings.allow_private {
            Self::by(settings, Some(proxy))
        } else {
            let words = "a proxy connects past the guard of private addresses";
            Err(BuildError(words.to_owned()))
        }
    }

    fn by(settings: HttpSettings, proxy: Option<&HttpProxy>) -> Result<Self, BuildError> {
        // Fails when a provider is installed already, which is then the one that is used.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let encrypted_reach = if settings.allow_private {
            Reach::Everywhere
        } else {
            Reach::Public
        };
        Ok(Self {
            encrypted: build(settings, encrypted_reach, proxy)?,
            encrypted_reach,
            plain: settings
                .allow_private
                .then(|| build(settings, Reach::Private, None))
                .transpose()?,
            body_bytes: settings.body_bytes,
        })
    }

    /// Whether addresses of this machine and of private networks may be used.
    #[must_use]
    pub fn allows_private(&self) -> bool {
        self.plain.is_some()
    }

    /// Whether requests to `url` may be sent, as far as it says so itself: a name is judged by what
    /// it points to, when a connection is made.
    pub fn may_reach(&self, url: &Url) -> Result<(), Forbidden> {
        self.client(url).map(drop)
    }

    /// Sends `request` and reads the whole answer. A redirect is an answer like any other.
    pub async fn send(&self, request: Request) -> Result<Answer, TransportError> {
        let (parts, body) = request.into_parts();
        let url = Url::parse(&parts.uri.to_string()).map_err(|error| TransportError::NotSent {
            host: parts.uri.host().unwrap_or_default().to_owned(),
            words: error.to_string(),
        })?;
        let client = self.client(&url)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let failed = |error: reqwest::Error| TransportError::of(&host, &error);

        let mut outgoing = reqwest::Request::new(parts.method, url);
        *outgoing.headers_mut() = parts.headers;
        *outgoing.body_mut() = Some(body.into());
        let mut incoming = client.execute(outgoing).await.map_err(failed)?;

        let mut answer = Answer::new(Vec::new());
        *answer.status_mut() = incoming.status();
        *answer.headers_mut() = std::mem::take(incoming.headers_mut());
        while let Some(chunk) = incoming.chunk().await.map_err(failed)? {
            if answer.body().len() + chunk.len() > self.body_bytes {
                return Err(TransportError::TooLarge {
                    host,
                    limit: self.body_bytes,
                });
            }
            answer.body_mut().extend_from_slice(&chunk);
        }
        Ok(answer)
    }

    fn client(&self, url: &Url) -> Result<&reqwest::Client, Forbidden> {
        self.encrypted_reach.check(url)?;
        match (url.scheme(), &self.plain) {
            ("https", _) => Ok(&self.encrypted),
            ("http", Some(plain)) => {
                Reach::Private.check(url)?;
                Ok(plain)
            }
            ("http", None) => Err(Forbidden::Plain(
                url.host_str().unwrap_or_default().to_owned(),
            )),
            (other, _) => Err(Forbidden::Scheme(other.to_owned())),
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that makes network clients"
)]
fn build(
    settings: HttpSettings,
    reach: Reach,
    proxy: Option<&HttpProxy>,
) -> Result<reqwest::Client, BuildError> {
    let failed = |error: reqwest::Error| BuildError(error.to_string());
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .connect_timeout(settings.connect)
        .timeout(settings.total)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // One of the environment would connect in our place, past the guard.
        .no_proxy()
        .dns_resolver(Arc::new(GuardedResolver(reach)));
    match proxy {
        Some(proxy) => builder.proxy(proxy.for_https().map_err(failed)?).build(),
        None => builder.build(),
    }
    .map_err(failed)
}
