//! Keeps other web sites from acting with a signed-in person's cookie.
//!
//! A request that changes something must carry `X-Linecard: 1`, which no HTML form can send and
//! no foreign script may send without asking first; and where the browser tells where the
//! request comes from (`Origin`, `Sec-Fetch-Site`), that must be Linecard itself. A cookie knows
//! no port, so another program on the same machine counts as foreign too.
//!
//! A request that shows an API key is let through: no browser adds one by itself, and with a key
//! the cookie does not count.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use url::Url;

use crate::access::bearer;
use crate::problem::Problem;
use crate::state::App;

/// The header that pages of Linecard send with every change.
const OWN_HEADER: &str = "x-linecard";
const FETCH_SITE: &str = "sec-fetch-site";

/// Turns away a change that does not come from a page of Linecard.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let changes = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if changes && bearer(request.headers()).is_none() {
        if !request.headers().contains_key(OWN_HEADER) {
            return Problem::new(
                StatusCode::FORBIDDEN,
                "header_missing",
                "A request that changes something must carry the header `X-Linecard: 1`.",
            )
            .into_response();
        }
        if !is_ours_or_untold(request.headers(), &app.home) {
            return foreign().into_response();
        }
    }
    next.run(request).await
}

/// The problem of a request from another web site.
pub(crate) fn foreign() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "foreign_origin",
        "The request comes from another web site, or Linecard is reached by an address that a \
         proxy changes: make the proxy keep the `Host` header, or set the home address.",
    )
}

/// Whether the browser says that a page of Linecard asks. A socket is opened by a browser with
/// an `Origin`, always (RFC 6455, 10.2).
pub(crate) fn is_ours(headers: &HeaderMap, home: &Url) -> bool {
    headers.contains_key(header::ORIGIN) && is_ours_or_untold(headers, home)
}

fn is_ours_or_untold(headers: &HeaderMap, home: &Url) -> bool {
    let site_fits = headers
        .get(FETCH_SITE)
        .is_none_or(|site| site == "same-origin");
    let origin_fits = headers.get(header::ORIGIN).is_none_or(|origin| {
        origin
            .to_str()
            .ok()
            .and_then(|origin| Url::parse(origin).ok())
            .is_some_and(|origin| origin.origin() == home.origin() || is_host(&origin, headers))
    });
    site_fits && origin_fits
}

/// Whether the page was loaded from the address that this request was sent to.
fn is_host(origin: &Url, headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .and_then(|host| Url::parse(&format!("{}://{host}", origin.scheme())).ok());
    matches!(origin.scheme(), "http" | "https")
        && host.is_some_and(|host| host.origin() == origin.origin())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn ours(headers: &[(&'static str, &'static str)]) -> bool {
        let home = Url::parse("https://linecard.example").unwrap();
        let headers = headers
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
            .collect();
        is_ours(&headers, &home)
    }

    #[test]
    fn the_home_address_and_the_address_asked_are_ours() {
        assert!(ours(&[("origin", "https://linecard.example")]));
        assert!(ours(&[
            ("origin", "http://192.168.1.5:8080"),
            ("host", "192.168.1.5:8080"),
            ("sec-fetch-site", "same-origin"),
        ]));
    }

    #[test]
    fn another_site_another_port_and_no_origin_are_not() {
        for foreign in [
            &[("origin", "https://evil.example")][..],
            &[
                ("origin", "http://127.0.0.1:9999"),
                ("host", "127.0.0.1:8080"),
            ],
            &[
                ("origin", "https://linecard.example"),
                ("sec-fetch-site", "cross-site"),
            ],
            &[("origin", "null"), ("host", "linecard.example")],
            &[("host", "linecard.example")],
        ] {
            assert!(!ours(foreign), "{foreign:?}");
        }
    }
}
