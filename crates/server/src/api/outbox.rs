//! What still has to be written into CRMs, and what they refused (X6).

mod list_outbox;
mod replay_all;
mod replay_job;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_outbox::list_outbox))
        .routes(routes!(replay_job::replay_job))
        .routes(routes!(replay_all::replay_all))
}
