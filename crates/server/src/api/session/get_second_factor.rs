//! Whether one's own account has a second factor.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::SignedIn;
use crate::problem::Problem;
use crate::sign_in_rules::SignInRules;

/// The second factor of one's own account.
#[derive(Serialize, ToSchema)]
pub(super) struct SecondFactor {
    /// Whether a code is asked for at the sign-in.
    on: bool,
    /// How many recovery codes are left.
    recovery_codes: u64,
    /// Whether the company wants admins to have one.
    wanted_of_admins: bool,
    /// Whether the account has a password.
    password: bool,
}

/// Whether one's own account has a second factor.
#[utoipa::path(
    get,
    path = "/session/second-factor",
    tag = "session",
    responses((status = 200, description = "How it stands", body = SecondFactor)),
)]
pub(super) async fn get_second_factor(caller: SignedIn) -> Result<Json<SecondFactor>, Problem> {
    let id = caller.account.id;
    let mut work = caller.app().flow.store().read().await?;
    Ok(Json(SecondFactor {
        on: caller.account.second_factor,
        recovery_codes: work.second_factors().recovery_codes(id).await?,
        wanted_of_admins: SignInRules::read(&mut work).await?.second_factor_for_admins,
        password: work.accounts().password_hash(id).await?.is_some(),
    }))
}
