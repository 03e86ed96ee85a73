//! Who is signed in.

use axum::Json;

use super::Session;
use crate::access::SignedIn;

/// Who is signed in; 401 when nobody is.
#[utoipa::path(
    get,
    path = "/session",
    tag = "session",
    responses((status = 200, description = "The session", body = Session)),
)]
pub(super) async fn get_session(caller: SignedIn) -> Json<Session> {
    Json(caller.into_session())
}
