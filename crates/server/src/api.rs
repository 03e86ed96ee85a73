//! The HTTP API under `/api/v1`, for the web pages and for programs.
//!
//! One endpoint is one file, always in the same order: what can go wrong, what the document
//! says, the handler, tests of what is pure in it. What endpoints of a group share stands in the
//! group's own file. The stories across endpoints are told in `tests/`.

mod accounts;
mod alerts;
mod api_keys;
mod audit;
mod backups;
mod calls;
mod certificate_authority;
mod change;
mod contacts;
mod crm;
mod cursor;
mod demo;
mod devices;
mod document;
mod duty;
mod explain;
mod extension_groups;
mod extensions;
mod health;
mod home_check;
mod imports;
mod input;
mod keeping;
mod mail;
mod number_data;
mod numbers;
mod organisation;
mod outbox;
mod paused;
mod phone_systems;
mod phonebooks;
mod routing;
mod session;
mod set_up;
mod sign_in_rules;
mod single_sign_on;
mod webhooks;

pub(crate) use calls::{EntryState, LONGEST_DISPOSITION, LONGEST_NOTE};
pub(crate) use crm::CrmModule;
pub(crate) use document::document;
pub(crate) use extensions::PopMode;
pub(crate) use phone_systems::{Abilities, LinkStateName};
pub(crate) use session::{Language, Session};

use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;
use crate::state::App;

/// Every endpoint, with its documentation.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(set_up::router())
        .merge(session::router())
        .merge(organisation::router())
        .merge(numbers::router())
        .merge(phone_systems::router())
        .merge(extensions::router())
        .merge(extension_groups::router())
        .merge(accounts::router())
        .merge(sign_in_rules::router())
        .merge(single_sign_on::router())
        .merge(api_keys::router())
        .merge(crm::router())
        .merge(phonebooks::router())
        .merge(imports::router())
        .merge(contacts::router())
        .merge(calls::router())
        .merge(explain::router())
        .merge(outbox::router())
        .merge(audit::router())
        .merge(webhooks::router())
        .merge(mail::router())
        .merge(alerts::router())
        .merge(keeping::router())
        .merge(duty::router())
        .merge(number_data::router())
        .merge(backups::router())
        .merge(paused::router())
        .merge(routing::router())
        .merge(health::router())
        .merge(home_check::router())
        .merge(certificate_authority::router())
        .merge(crate::desk::router())
        .merge(crate::devices::router())
        .merge(devices::router())
        .merge(demo::router())
        .merge(document::router())
}

/// Answers what no endpoint answers.
pub(crate) async fn unknown() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "no_such_endpoint",
        "There is no such endpoint. `/api/v1/openapi.json` lists them.",
    )
}

/// Answers an endpoint's path with a method it does not have.
pub(crate) async fn wrong_method() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "wrong_method",
        "This endpoint does not take that method. `/api/v1/openapi.json` says which it takes.",
    )
}
