//! One line per request, by route and never by address: an address can hold a token, a code or a
//! phone number.

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;

use crate::state::App;

/// Writes the line and counts the answer.
pub(crate) async fn follow(
    State(app): State<App>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let response = next.run(request).await;
    let status = response.status();
    app.metrics.answered(status);
    tracing::debug!(
        %method,
        route = route.as_ref().map_or("-", MatchedPath::as_str),
        status = status.as_u16(),
        ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        "answered"
    );
    response
}
