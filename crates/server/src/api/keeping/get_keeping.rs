//! Tells for how many days what is kept.

use axum::Json;

use super::Keeping;
use crate::access::Admin;
use crate::problem::Problem;

/// For how many days each kind of data is kept, and how much of it there is.
#[utoipa::path(
    get,
    path = "/keeping",
    tag = "keeping",
    responses((status = 200, description = "What is chosen, and what there is", body = Keeping)),
)]
pub(super) async fn get_keeping(admin: Admin) -> Result<Json<Keeping>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().read().await?;
    let days = flow.keeping().days(&mut work).await?;
    Ok(Json(Keeping::read(days, &mut work).await?))
}
