//! Makes new recovery codes.

use axum::{Extension, Json};

use super::confirm_second_factor::{RecoveryCodes, SecondFactorCode};
use super::remove_second_factor::prove;
use crate::access::SignedIn;
use crate::body::Body;
use crate::problem::Problem;
use crate::second_factor;
use crate::state::Peer;

/// Makes new recovery codes; the old ones count no more. Needs a code of the app.
#[utoipa::path(
    post,
    path = "/session/second-factor/recovery-codes",
    tag = "session",
    request_body = SecondFactorCode,
    responses((status = 200, description = "The new codes", body = RecoveryCodes)),
)]
pub(super) async fn replace_recovery_codes(
    caller: SignedIn,
    Extension(peer): Extension<Peer>,
    Body(wanted): Body<SecondFactorCode>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let mut work = prove(&caller, peer, &wanted.code).await?;
    let codes = second_factor::new_recovery_codes(&**caller.app().flow.entropy());
    let digests: Vec<_> = codes
        .iter()
        .map(|code| second_factor::recovery_digest(code))
        .collect();
    work.second_factors()
        .replace_recovery_codes(caller.account.id, &digests)
        .await?;
    work.commit().await?;
    Ok(Json(RecoveryCodes { codes }))
}
