//! How the parts of Linecard are, for an admin.

mod get_health;
mod problem;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_health::get_health))
}
