//! The first run: making the first admin.

mod get_set_up;
mod post_set_up;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_set_up::get_set_up))
        .routes(routes!(post_set_up::set_up))
}
