//! A company's proxy, asked for a way through (CONNECT: RFC 9110, 9.3.6).

use http::HeaderValue;
use url::Url;

/// A proxy that speaks HTTP.
#[derive(Debug, Clone)]
pub struct HttpProxy {
    /// Where it is, without name and password.
    pub address: Url,
    /// Who asks. Marked as sensitive, so that nothing writes it down.
    pub authorization: Option<HeaderValue>,
}

impl HttpProxy {
    pub(crate) fn for_https(&self) -> reqwest::Result<reqwest::Proxy> {
        let proxy = reqwest::Proxy::https(self.address.clone())?;
        Ok(match &self.authorization {
            Some(who) => proxy.custom_http_auth(who.clone()),
            None => proxy,
        })
    }
}
