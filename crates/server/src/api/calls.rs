//! The calls there were, and what was written about them.

mod entry;
mod leg;
mod list_calls;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_calls::list_calls))
}
