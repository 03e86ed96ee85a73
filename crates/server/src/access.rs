//! Who asks, as a type: a handler is handed only what its caller may do.
//!
//! A handler that takes [`Admin`] cannot be reached by an agent, and a handler that takes
//! [`Agent`] has no way to another agent's calls. Nobody has to remember a check. A test holds
//! every endpoint of the document against a table of who may use it.

mod admin;
mod agent;
mod call_reader;
mod caller;
mod demo;
mod device;

use axum::http::StatusCode;

pub(crate) use self::admin::{Admin, AdminInPerson, Supervisor};
pub(crate) use self::agent::{Agent, AgentInPerson, Stays};
pub(crate) use self::call_reader::CallReader;
pub(crate) use self::caller::{Caller, SignedIn, bearer};
pub(crate) use self::demo::Demo;
pub(crate) use self::device::Device;
use crate::problem::Problem;

/// Why a request was turned away before its handler.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("Nobody is signed in, or the session is over. Sign in and try again.")]
    SignedOut,
    #[error(
        "The API key is not known: it was taken back, or its owner may not sign in any more. An \
         admin makes keys in the Console under Settings."
    )]
    WrongKey,
    #[error("Only an admin may do this. Ask one, or sign in as one.")]
    AdminOnly,
    #[error("Only a supervisor or an admin may see this. Ask an admin for that role.")]
    SupervisorOnly,
    #[error("An API key does not reach this. Sign in at the Console and do it there.")]
    InPersonOnly,
    #[error(
        "Admins need a second factor here. Sign in at the Console and set one up; nothing else is \
         open until then."
    )]
    MustEnrol,
    #[error("This account has no extension, so it has no Desk. An admin can give it one.")]
    NoExtension,
    #[error(
        "Numbers are hidden from agents, and the outside line shows them. An admin can use it."
    )]
    NumbersHidden,
    #[error("An agent sees the own extension's calls only. Ask for these, or ask a supervisor.")]
    OthersCalls,
    #[error("Numbers are hidden from agents, so calls are not searched by digits. Use a name.")]
    NoSearchByDigits,
    #[error("No simulated phone system is set up, so there is nothing to play with.")]
    NoSimulation,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let (status, code) = match refusal {
            Refusal::SignedOut => (StatusCode::UNAUTHORIZED, "not_signed_in"),
            Refusal::WrongKey => (StatusCode::UNAUTHORIZED, "wrong_api_key"),
            Refusal::AdminOnly | Refusal::SupervisorOnly | Refusal::OthersCalls => {
                (StatusCode::FORBIDDEN, "forbidden")
            }
            Refusal::InPersonOnly => (StatusCode::FORBIDDEN, "in_person_only"),
            Refusal::MustEnrol => (StatusCode::FORBIDDEN, "must_enrol"),
            Refusal::NoExtension => (StatusCode::FORBIDDEN, "no_extension"),
            Refusal::NumbersHidden | Refusal::NoSearchByDigits => {
                (StatusCode::FORBIDDEN, "numbers_hidden")
            }
            Refusal::NoSimulation => (StatusCode::NOT_FOUND, "no_simulation"),
        };
        Self::new(status, code, refusal)
    }
}
