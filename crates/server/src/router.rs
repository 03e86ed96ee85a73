//! Puts the rooms of the server under their addresses, with what guards them.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;

use crate::problem::Problem;
use crate::state::App;
use crate::{api, body, callback, headers, health, metrics, origin, pages, trace};

/// How long one request may take; a CRM that is asked meanwhile has time-outs below that.
const WITHIN: Duration = Duration::from_mins(1);

/// Everything the server answers.
pub(crate) fn router(app: App) -> Router {
    let (api, _) = api::router().split_for_parts();
    let api = api
        .method_not_allowed_fallback(api::wrong_method)
        .fallback(api::unknown)
        .layer(from_fn_with_state(app.clone(), origin::guard))
        .layer(DefaultBodyLimit::max(body::LONGEST));
    Router::new()
        .nest("/api/v1", api)
        .route("/api", any(api::unknown))
        .route("/api/{*path}", any(api::unknown))
        .merge(callback::router())
        .merge(health::router())
        .merge(metrics::router())
        .merge(pages::router())
        .layer(from_fn(in_time))
        .layer(from_fn(headers::add))
        .layer(from_fn_with_state(app.clone(), trace::follow))
        .with_state(app)
}

async fn in_time(request: Request, next: Next) -> Response {
    tokio::time::timeout(WITHIN, next.run(request))
        .await
        .unwrap_or_else(|_| {
            Problem::new(
                StatusCode::GATEWAY_TIMEOUT,
                "took_too_long",
                "The request took too long and was given up. Try again in a moment.",
            )
            .into_response()
        })
}
