//! Desk: what an agent's open page is told, and what it may ask for.

mod card;
mod dialling;
mod duty;
pub(crate) mod messages;
mod place_call;
mod search;
mod socket;
mod sound;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(socket::open_desk_socket))
        .routes(routes!(place_call::place_call))
}
