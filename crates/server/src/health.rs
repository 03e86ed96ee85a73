//! For whoever watches over the program: is it alive, and can it work?

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use crate::state::App;

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/health/live", get(async || "ok\n"))
        .route("/health/ready", get(ready))
}

/// Ready when the store answers. A CRM or a phone system that is away does not count: Linecard
/// is made to work on without them.
async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    let answers = async {
        let mut work = app.flow.store().read().await?;
        work.accounts().count().await
    };
    match answers.await {
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::error!(%error, "not ready: the store does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
        }
    }
}
