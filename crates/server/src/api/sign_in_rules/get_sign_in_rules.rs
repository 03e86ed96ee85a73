//! Reads what the company asks of a sign-in.

use axum::Json;

use super::SignInRules;
use crate::access::Admin;
use crate::problem::Problem;
use crate::sign_in_rules;

/// What the company asks of a sign-in.
#[utoipa::path(
    get,
    path = "/sign-in-rules",
    tag = "accounts",
    responses((status = 200, description = "The rules", body = SignInRules)),
)]
pub(super) async fn get_sign_in_rules(admin: Admin) -> Result<Json<SignInRules>, Problem> {
    let mut work = admin.flow().store().read().await?;
    let rules = sign_in_rules::SignInRules::read(&mut work).await?;
    Ok(Json(rules.into()))
}
