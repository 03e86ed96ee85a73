//! Cookies: how one is read, and how it is handed to the browser.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// A cookie that scripts cannot read and that forms of other sites do not send along.
pub(crate) struct Cookie {
    /// Its name where the home address is http.
    pub(crate) plain: &'static str,
    /// Its name where it travels encrypted: browsers take a cookie of a name that begins with
    /// `__Host-` from this very host only, so that no neighbour under the same domain can plant one
    /// (RFC 6265bis, 4.1.3.2).
    pub(crate) host: &'static str,
}

impl Cookie {
    fn name(&self, secure: bool) -> &'static str {
        if secure { self.host } else { self.plain }
    }

    /// What it holds in this request.
    pub(crate) fn read<'h>(&self, headers: &'h HeaderMap, secure: bool) -> Option<&'h str> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(name, _)| *name == self.name(secure))
            .map(|(_, value)| value)
    }

    /// The header that sets it; 0 seconds take it back. `SameSite=Lax`, because the CRM's consent
    /// page and the identity provider send the browser back with a link.
    pub(crate) fn set(&self, value: &str, seconds: i64, secure: bool) -> (HeaderName, HeaderValue) {
        let name = self.name(secure);
        let secure = if secure { "; Secure" } else { "" };
        let text =
            format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
        let mut value =
            HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""));
        value.set_sensitive(true);
        (header::SET_COOKIE, value)
    }
}
