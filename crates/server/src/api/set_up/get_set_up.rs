//! Whether the first admin is still to be made.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::state::App;

/// Whether the first run is still to come.
#[derive(Serialize, ToSchema)]
pub(super) struct SetUpState {
    /// Nobody has an account: open the link that was printed at the start.
    needed: bool,
}

/// Whether the first admin is still to be made.
#[utoipa::path(
    get,
    path = "/set-up",
    tag = "set-up",
    responses((status = 200, description = "The state", body = SetUpState)),
)]
pub(super) async fn get_set_up(State(app): State<App>) -> Result<Json<SetUpState>, Problem> {
    let mut work = app.flow.store().read().await?;
    let needed = work.accounts().count().await? == 0;
    Ok(Json(SetUpState { needed }))
}
