//! Playing the outside world of a simulated phone system.

mod answer_outside;
mod answer_phone;
mod dial;
mod get_demo;
mod hang_up_outside;
mod hang_up_phone;
mod ring;

use axum::http::StatusCode;
use linecard_call::{CallId, LegState};
use linecard_number::{Extension, ExtensionError};
use linecard_pbx::CommandError;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::Demo as Player;
use crate::problem::Problem;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_demo::get_demo))
        .routes(routes!(ring::ring))
        .routes(routes!(hang_up_outside::hang_up_outside))
        .routes(routes!(answer_outside::answer_outside))
        .routes(routes!(dial::dial))
        .routes(routes!(answer_phone::answer_phone))
        .routes(routes!(hang_up_phone::hang_up_phone))
}

/// A call that was placed.
#[derive(Serialize, ToSchema)]
struct PlacedCall {
    /// Its id.
    call: String,
}

/// Why the simulation did not do it.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{0}.")]
    NotAnExtension(#[from] ExtensionError),
    #[error("This phone has no such call.")]
    NoSuchCall,
    #[error("The simulation did not do it: {0}.")]
    Command(#[from] CommandError),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::NotAnExtension(_) => {
                Self::new(StatusCode::NOT_FOUND, "not_an_extension", detail)
            }
            Error::NoSuchCall => Self::new(StatusCode::CONFLICT, "call_gone", detail),
            Error::Command(cause) => {
                let problem = Self::new(
                    StatusCode::CONFLICT,
                    linecard_flow::command_word(&cause),
                    detail,
                );
                match cause {
                    CommandError::Refused(words) => problem.with_words(words),
                    _ => problem,
                }
            }
        }
    }
}

/// The call that `extension`'s phone has, in one of `states`.
fn call_at(player: &Player, extension: &Extension, states: &[LegState]) -> Result<CallId, Problem> {
    // A real phone system may have a phone of the same extension.
    let simulated = player.simulation()?.calls();
    let found = player
        .live_calls()
        .into_iter()
        .map(|live| live.call)
        .filter(|call| simulated.iter().any(|one| one.call == call.id))
        .find(|call| {
            call.leg(extension)
                .is_some_and(|leg| states.contains(&leg.state))
        });
    Ok(found.ok_or(Error::NoSuchCall)?.id)
}
