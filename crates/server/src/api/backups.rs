//! A backup of everything, made after a fresh sign-in.

mod make_backup;
mod outlet;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(make_backup::make_backup))
}
