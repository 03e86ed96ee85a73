//! Who is signed in.

use axum::Json;

use super::Session;
use crate::access::Caller;
use crate::problem::Problem;

/// Who is signed in; 401 when nobody is.
#[utoipa::path(
    get,
    path = "/session",
    tag = "session",
    responses((status = 200, description = "The session", body = Session)),
)]
pub(super) async fn get_session(caller: Caller) -> Result<Json<Session>, Problem> {
    Ok(Json(caller.into_session().await?))
}
