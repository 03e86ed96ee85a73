//! Signs out.

use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

use crate::access::SignedIn;
use crate::problem::Problem;

/// Signs out: the session is gone, here and for whoever has a copy of its cookie.
#[utoipa::path(
    delete,
    path = "/session",
    tag = "session",
    responses((status = 204, description = "Signed out")),
)]
pub(super) async fn sign_out(
    caller: SignedIn,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    let cookie = caller.sign_out(&headers).await?;
    Ok((StatusCode::NO_CONTENT, cookie))
}
