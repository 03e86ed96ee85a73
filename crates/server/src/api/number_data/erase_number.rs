//! Erases what is held about a number.

use axum::Json;
use axum::http::StatusCode;
use linecard_flow::EraseNumberError;
use serde::Serialize;
use utoipa::ToSchema;

use super::SoughtNumber;
use crate::access::AdminInPerson;
use crate::body::Body;
use crate::problem::Problem;

impl From<EraseNumberError> for Problem {
    fn from(error: EraseNumberError) -> Self {
        match error {
            EraseNumberError::OwnNumber => Self::new(
                StatusCode::CONFLICT,
                "own_number",
                "This is one of the company's own numbers: every call with it would be erased. \
                 Take it out of the settings first if it is no longer yours.",
            ),
            EraseNumberError::CallGoesOn => Self::new(
                StatusCode::CONFLICT,
                "number_in_a_call",
                "There is a call with this number now. Erase it when the call is over.",
            ),
            EraseNumberError::Store(error) => error.into(),
        }
    }
}

/// What was erased.
#[derive(Serialize, ToSchema)]
pub(super) struct NumberErased {
    /// In how many rows it stood, or that were about it.
    amount: u64,
}

/// Erases a number everywhere here but in the settings: calls with it go with their entries, notes
/// and tasks, also what still waits to be written; contacts that have no other number go; in other
/// texts its digits are hidden. Nothing is deleted in a CRM. It cannot be undone.
#[utoipa::path(
    post,
    path = "/number-data/erase",
    tag = "keeping",
    request_body = SoughtNumber,
    responses((status = 200, description = "It is erased", body = NumberErased)),
)]
pub(super) async fn erase_number(
    AdminInPerson(admin): AdminInPerson,
    Body(sought): Body<SoughtNumber>,
) -> Result<Json<NumberErased>, Problem> {
    let flow = admin.flow();
    let phone = sought.read(flow)?;
    let amount = flow
        .number_records()
        .erase(admin.account.id, &phone)
        .await?;
    let amount = u64::try_from(amount).unwrap_or(u64::MAX);
    Ok(Json(NumberErased { amount }))
}
