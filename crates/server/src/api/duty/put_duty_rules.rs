//! Changes what is chosen about duty.

use axum::Json;
use linecard_store::AuditKind;

use super::DutyRules;
use crate::access::Admin;
use crate::api::phonebooks::write_down;
use crate::body::Body;
use crate::problem::Problem;

/// Changes the reasons for a break that agents may choose, and how long a wrap-up lasts. Who is on a break
/// stays on it.
#[utoipa::path(
    put,
    path = "/duty-rules",
    tag = "desk",
    request_body = DutyRules,
    responses((status = 200, description = "What is chosen now", body = DutyRules)),
)]
pub(super) async fn put_duty_rules(
    admin: Admin,
    Body(wanted): Body<DutyRules>,
) -> Result<Json<DutyRules>, Problem> {
    let flow = admin.flow();
    let wanted = wanted.check()?;
    let mut work = flow.store().begin().await?;
    let rules = flow.duty_choice().put(&mut work, wanted).await?;
    let said = format!("{} s; {}", rules.wrap_up_seconds, rules.reasons.join(", "));
    write_down(&mut work, &admin.account, AuditKind::DutyChange, said, None).await?;
    work.commit().await?;
    flow.duty_choice().count(rules.clone());
    Ok(Json(rules.into()))
}
