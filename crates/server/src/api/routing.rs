//! Whom a caller belongs to, for dial plans, and the token that lets them ask.

mod create_routing_token;
mod delete_routing_token;
mod dial_plan;
mod get_route;
mod get_routing_token;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_route::get_route))
        .routes(routes!(get_routing_token::get_routing_token))
        .routes(routes!(create_routing_token::create_routing_token))
        .routes(routes!(delete_routing_token::delete_routing_token))
}
