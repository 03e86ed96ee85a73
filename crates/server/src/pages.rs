//! The web pages: the Console at `/`, Desk at `/desk/` and `/outside-line`.
//!
//! The built pages are carried inside a release build and read from `web/*/dist` by a debug
//! build, so that the web can be built anew without the server. Each answer with an `index.html`
//! has a nonce of its own in it. Where the web was not built, a plain page says so.

mod encoded;
mod not_built;

use std::borrow::Cow;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use tower_http::compression::CompressionLayer;

use crate::headers::{self, NONCE_MARK};
use crate::state::App;

#[derive(RustEmbed)]
#[folder = "../../web/console/dist"]
#[allow_missing = true]
struct Console;

#[derive(RustEmbed)]
#[folder = "../../web/desk/dist"]
#[allow_missing = true]
struct Desk;

/// Files whose name holds a hash of their content never change.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Others are asked for again after an upgrade, an hour later at most.
const AN_HOUR: &str = "public, max-age=3600";

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route(
            "/",
            get(async |State(app): State<App>| index::<Console>(&app)),
        )
        .route("/{*path}", get(serve::<Console>))
        .route("/desk", get(async || Redirect::permanent("/desk/")))
        .route(
            "/desk/",
            get(async |State(app): State<App>| index::<Desk>(&app)),
        )
        .route("/desk/{*path}", get(serve::<Desk>))
        .route(
            "/outside-line",
            get(async |State(app): State<App>| index::<Desk>(&app)),
        )
        .layer(CompressionLayer::new())
}

/// The file at `path`; the index for every path that is a page's own affair.
async fn serve<Built: RustEmbed>(
    State(app): State<App>,
    Path(path): Path<String>,
    asked: HeaderMap,
) -> Response {
    if path == "index.html" {
        return index::<Built>(&app);
    }
    match encoded::find(&path, &asked, Built::get) {
        Some((found, encoding)) => asset(&path, found.data, encoding),
        None if is_file(&path) => StatusCode::NOT_FOUND.into_response(),
        None => index::<Built>(&app),
    }
}

fn index<Built: RustEmbed>(app: &App) -> Response {
    let nonce = headers::nonce(&**app.flow.entropy());
    match Built::get("index.html") {
        Some(found) => with_nonce(&found.data, &nonce),
        None => not_built::page(&nonce),
    }
}

fn is_file(path: &str) -> bool {
    path.starts_with("assets/")
        || path
            .rsplit('/')
            .next()
            .is_some_and(|name| name.contains('.'))
}

fn asset(path: &str, data: Cow<'static, [u8]>, encoding: Option<&'static str>) -> Response {
    let lasts = if path.starts_with("assets/") {
        FOR_EVER
    } else {
        AN_HOUR
    };
    let mut response = (
        [
            (header::CONTENT_TYPE, media_type(path)),
            (header::CACHE_CONTROL, lasts),
            (header::VARY, "accept-encoding"),
        ],
        data,
    )
        .into_response();
    if let Some(encoding) = encoding {
        let encoding = HeaderValue::from_static(encoding);
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, encoding);
    }
    response
}

fn with_nonce(html: &[u8], nonce: &str) -> Response {
    let html = String::from_utf8_lossy(html).replace(NONCE_MARK, nonce);
    (
        [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/html; charset=utf-8"),
            ),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ],
        [(header::CONTENT_SECURITY_POLICY, headers::page_policy(nonce))],
        html,
    )
        .into_response()
}

/// The media types of what the build of the pages writes.
fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        Some("mp3") => "audio/mpeg",
        Some("ogg") => "audio/ogg",
        Some("wav") => "audio/wav",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;

    #[tokio::test]
    async fn the_index_carries_the_nonce_of_its_policy_and_is_not_kept() {
        let html = br#"<script nonce="__CSP_NONCE__"></script><meta content="__CSP_NONCE__">"#;
        let response = with_nonce(html, "n1");
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].clone();
        assert!(
            policy
                .to_str()
                .unwrap()
                .contains("script-src 'self' 'nonce-n1'")
        );
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let body = to_bytes(response.into_body(), 1_000).await.unwrap();
        assert_eq!(
            &body[..],
            br#"<script nonce="n1"></script><meta content="n1">"#
        );
    }

    #[test]
    fn a_hashed_asset_is_kept_for_ever_and_a_plain_file_is_not() {
        let kept = |path| {
            let response = asset(path, Cow::Borrowed(b""), None);
            response.headers()[header::CACHE_CONTROL].clone()
        };
        assert_eq!(kept("assets/index-1a2b.js"), FOR_EVER);
        assert_eq!(kept("favicon.svg"), AN_HOUR);
    }

    #[test]
    fn a_missing_file_is_told_from_a_page() {
        assert!(is_file("assets/gone") && is_file("favicon.ico"));
        assert!(!is_file("crm/salesforce") && !is_file("sign-in"));
    }
}
