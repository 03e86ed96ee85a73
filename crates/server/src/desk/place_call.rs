//! Places a call from the agent's own extension (C2).

use axum::Json;
use axum::http::StatusCode;
use linecard_flow::{DialError, refusal_word};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Agent;
use crate::body::Body;
use crate::problem::{FieldProblem, Problem};

impl From<DialError> for Problem {
    fn from(error: DialError) -> Self {
        let detail = error.to_string();
        match error {
            DialError::Refused(refusal) => Self::invalid(vec![FieldProblem {
                path: "/number".to_owned(),
                code: refusal_word(&refusal),
                detail,
            }]),
            DialError::TooMany(wait) => {
                let seconds = u64::try_from(wait.as_secs()).unwrap_or(0) + 1;
                Self::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too_many_calls",
                    format_args!(
                        "Too many calls were asked for in a short time. The next one may be in \
                         {seconds} s."
                    ),
                )
                .with_retry_after(seconds)
            }
            DialError::CannotDial => Self::new(
                StatusCode::CONFLICT,
                "cannot_dial",
                "No phone system that is linked can place calls. Dial on the phone.",
            ),
            DialError::NotConnected => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "phone_system_not_connected",
                "The phone system is not connected, so the call was not placed. Dial on the \
                 phone, or try again in a moment.",
            ),
            DialError::Store(error) => error.into(),
        }
    }
}

/// Why nobody can be called.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("Either a number or a handle is needed, and not both.")]
    NotOne,
    #[error("This handle leads to no number. Reload the page and try again.")]
    UnknownHandle,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let (path, code) = match error {
            Error::NotOne => ("/number", "required"),
            Error::UnknownHandle => ("/handle", "unknown_handle"),
        };
        Self::invalid(vec![FieldProblem {
            path: path.to_owned(),
            code,
            detail: error.to_string(),
        }])
    }
}

/// Whom to call: a number, or the handle of one that is hidden from the agent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallOrder {
    /// A phone number as people write it, or an extension.
    #[serde(default)]
    #[schema(example = "+1 415-555-0134")]
    number: Option<String>,
    /// The `handle` that stands beside a hidden number.
    #[serde(default)]
    handle: Option<String>,
    /// Asks the agent's phone to answer by itself, for a softphone in the same page.
    #[serde(default)]
    auto_answer: bool,
}

/// The call that was asked for.
#[derive(Serialize, ToSchema)]
pub(super) struct OrderedCall {
    /// The name it has on Desk's socket.
    call: String,
}

/// Calls a number from the agent's own extension: the agent's phone rings, and when it is
/// answered the number is called. What becomes of it comes over Desk's socket, as `dial_progress`
/// and `dial_failed`.
#[utoipa::path(
    post,
    path = "/desk/calls",
    tag = "desk",
    request_body = CallOrder,
    responses((status = 202, description = "The phone system is told", body = OrderedCall)),
)]
pub(super) async fn place_call(
    agent: Agent,
    Body(wanted): Body<CallOrder>,
) -> Result<(StatusCode, Json<OrderedCall>), Problem> {
    let number = match (wanted.number, wanted.handle) {
        (Some(number), None) => number,
        (None, Some(handle)) => agent.number_behind(&handle).ok_or(Error::UnknownHandle)?,
        _ => return Err(Error::NotOne.into()),
    };
    let call = agent.dial(number, wanted.auto_answer).await;
    let call = call.map_err(|error| Problem::from(error).seen_with(&agent.sight()))?;
    let call = call.to_string();
    Ok((StatusCode::ACCEPTED, Json(OrderedCall { call })))
}
