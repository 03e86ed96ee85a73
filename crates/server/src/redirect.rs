//! Sends whoever comes without encryption to the home address.
//!
//! Always to the home address and never to the `Host` that was asked for: what a stranger put into
//! a request is no place to send a browser to.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use url::Url;

use crate::proxies::FORWARDED_PROTO;
use crate::state::App;

/// What programs ask for; they are not sent elsewhere.
const FOR_PROGRAMS: [&str; 4] = ["/api", "/health", "/metrics", "/oauth"];

/// Answers everything with the same page at the home address.
pub(crate) fn router(home: Url) -> Router {
    Router::new().fallback(to_home).with_state(home)
}

async fn to_home(State(home): State<Url>, request: Request) -> Response {
    // A secret in a body went over the wire in the clear already; it is not asked for again.
    ([(header::CONNECTION, "close")], at_home(&home, &request)).into_response()
}

/// Sends whoever asks for a page to the home address where a trusted proxy says that the browser
/// came to it without encryption.
pub(crate) async fn unencrypted(State(app): State<App>, request: Request, next: Next) -> Response {
    let said = request.headers().get(FORWARDED_PROTO);
    let came_plain = said.is_some_and(|it| it == "http") && app.home.scheme() == "https";
    let path = request.uri().path();
    let is_page = matches!(*request.method(), Method::GET | Method::HEAD)
        && !FOR_PROGRAMS.iter().any(|it| path.starts_with(it));
    if came_plain && is_page {
        return at_home(&app.home, &request).into_response();
    }
    next.run(request).await
}

/// The way to the same page at the home address.
fn at_home(home: &Url, request: &Request) -> Redirect {
    let mut target = home.clone();
    target.set_path(request.uri().path());
    target.set_query(request.uri().query());
    Redirect::permanent(target.as_str())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use tower::ServiceExt as _;

    use super::*;

    #[tokio::test]
    async fn whoever_comes_unencrypted_is_sent_to_the_same_page_of_the_home_address_only() {
        let home = Url::parse("https://linecard.example:8443").unwrap();
        for (asked, told) in [
            ("/desk/?a=b", "https://linecard.example:8443/desk/?a=b"),
            (
                "//evil.example/x",
                "https://linecard.example:8443//evil.example/x",
            ),
            ("http://evil.example/x", "https://linecard.example:8443/x"),
        ] {
            let request = Request::builder()
                .uri(asked)
                .header("Host", "evil.example")
                .body(Body::empty())
                .unwrap();
            let answer = router(home.clone()).oneshot(request).await.unwrap();
            assert_eq!(answer.status(), 308, "{asked}");
            assert_eq!(answer.headers()["location"], told, "{asked}");
        }
    }
}
