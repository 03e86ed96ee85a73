//! Lists the phone systems and how their links are.

use axum::Json;

use super::view::PhoneSystem;
use crate::access::Supervisor;
use crate::problem::Problem;

/// The phone systems and how their links are.
#[utoipa::path(
    get,
    path = "/phone-systems",
    tag = "phone-systems",
    responses((status = 200, description = "All of them", body = Vec<PhoneSystem>)),
)]
pub(super) async fn list_phone_systems(
    caller: Supervisor,
) -> Result<Json<Vec<PhoneSystem>>, Problem> {
    let mut work = caller.flow().store().read().await?;
    let mut shown = Vec::new();
    for stored in work.phone_systems().list().await? {
        shown.push(PhoneSystem::of(caller.flow(), &mut work, stored).await?);
    }
    Ok(Json(shown))
}
