//! Tells what is chosen about duty.

use axum::Json;

use super::DutyRules;
use crate::access::Admin;
use crate::problem::Problem;

/// The reasons for a break that agents may choose, and how long a wrap-up lasts.
#[utoipa::path(
    get,
    path = "/duty-rules",
    tag = "desk",
    responses((status = 200, description = "What is chosen", body = DutyRules)),
)]
pub(super) async fn get_duty_rules(admin: Admin) -> Result<Json<DutyRules>, Problem> {
    let flow = admin.flow();
    let mut work = flow.store().read().await?;
    Ok(Json(flow.duty_choice().rules(&mut work).await?.into()))
}
