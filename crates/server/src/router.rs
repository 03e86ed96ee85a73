//! Puts the rooms of the server under their addresses, with what guards them.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use linecard_store::acting_from;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use crate::problem::Problem;
use crate::state::{App, Peer};
use crate::{
    api, body, callback, devices, headers, health, metrics, origin, pages, redirect, refusal,
    single_sign_on, softphone, trace,
};

/// How long an answer may take; a CRM that is asked meanwhile has time-outs below that.
const WITHIN: Duration = Duration::from_mins(1);

/// A shorter answer fits in one packet anyway, in bytes.
const WORTH_COMPRESSING: u64 = 1024;

/// Everything the server answers.
pub(crate) fn router(app: App) -> Router {
    let (api, _) = api::router().split_for_parts();
    let api = api
        .method_not_allowed_fallback(api::wrong_method)
        .fallback(api::unknown)
        .layer(from_fn(refusal::as_problem))
        .layer(from_fn_with_state(app.clone(), origin::guard))
        .layer(DefaultBodyLimit::max(body::LONGEST))
        .layer(compression());
    Router::new()
        .nest("/api/v1", api)
        .route("/api", any(api::unknown))
        .route("/api/{*path}", any(api::unknown))
        .merge(callback::router())
        .merge(single_sign_on::router())
        .merge(softphone::router())
        .merge(devices::token_router())
        .merge(health::router())
        .merge(metrics::router())
        .merge(pages::router())
        .layer(from_fn(to_the_end))
        .layer(from_fn_with_state(app.clone(), redirect::unencrypted))
        .layer(from_fn(headers::add))
        .layer(from_fn_with_state(app.clone(), trace::follow))
        .with_state(app)
}

/// Lists of calls and contacts shrink to a third and less. Backups are encrypted, and do not shrink.
///
/// Whoever counts a compressed answer's bytes may guess a secret in it, if their own words stand
/// beside it (BREACH). An answer with a secret comes to a request that only Linecard's own pages can
/// make for a person: the cookie is `SameSite`, and the origin is checked.
fn compression() -> CompressionLayer<impl Predicate> {
    let worthwhile = SizeAbove::new(WORTH_COMPRESSING)
        .and(NotForContentType::const_new("application/octet-stream"));
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(worthwhile)
}

/// Carries a request out to its end even when the browser goes away meanwhile: between keeping a
/// change and making it known there is no good place to stop.
async fn to_the_end(request: Request, next: Next) -> Response {
    let address = request.extensions().get::<Peer>().map(|peer| peer.0);
    let work = next.run(request);
    let work = match address {
        Some(address) => tokio::spawn(acting_from(address, work)),
        None => tokio::spawn(work),
    };
    match tokio::time::timeout(WITHIN, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            tracing::error!(%error, "a request was not carried out to its end");
            Problem::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "server_failed",
                "Linecard failed over this request. Its log says more.",
            )
            .into_response()
        }
        Err(_) => Problem::new(
            StatusCode::GATEWAY_TIMEOUT,
            "took_too_long",
            "The request takes long and is still being carried out. Look again in a moment.",
        )
        .into_response(),
    }
}
