//! The API below `/crm` and `/account-info`.

mod account;
mod associations;
mod batch;
mod calling;
mod objects;
mod owners;
mod properties;
mod question;
mod search;
mod session;

use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Router, http::StatusCode};
use serde_json::{Map, Value};

use super::errors::{ApiError, not_found_page};
use super::portal::Kind;
use super::stand_in::StandIn;

pub(crate) use objects::create_one;
use question::Question;

/// A hundred calls with the longest bodies fit.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

pub(crate) fn routes(stand_in: &StandIn) -> Router<StandIn> {
    let objects = Router::new()
        .route("/{kind}", get(objects::list).post(objects::create))
        .route("/{kind}/search", post(search::search))
        .route("/{kind}/merge", post(objects::merge))
        .route("/{kind}/batch/{verb}", post(batch::batch))
        .route(
            "/{kind}/{id}",
            get(objects::read)
                .patch(objects::change)
                .delete(objects::archive),
        )
        .route("/{kind}/{id}/associations/{to}", get(associations::of_one))
        .route(
            "/{kind}/{id}/associations/default/{to}/{other}",
            put(associations::by_default),
        )
        .route(
            "/{kind}/{id}/associations/{to}/{other}",
            put(associations::by_type).delete(associations::end),
        );
    Router::new()
        .nest("/crm/objects/2026-09", objects)
        .route(
            "/crm/associations/2026-09/{from}/{to}/labels",
            get(associations::labels),
        )
        .route(
            "/crm/associations/2026-09/{from}/{to}/batch/read",
            post(associations::of_many),
        )
        .route("/crm/owners/2026-09", get(owners::list))
        .route("/crm/owners/2026-09/{id}", get(owners::one))
        .route("/crm/properties/2026-09/{kind}", get(properties::list))
        .route(
            "/crm/extensions/calling/2026-09/inbound-call",
            post(calling::inbound_call),
        )
        .route(
            "/crm/extensions/calling/2026-09/recordings/ready",
            post(calling::recording_ready),
        )
        .route("/account-info/2026-09/details", get(account::details))
        .route(
            "/account-info/2026-09/api-usage/daily/private-apps",
            get(account::usage),
        )
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(stand_in.clone(), session::admit))
}

/// For addresses of the API that mean nothing.
pub(crate) fn nothing_here(stand_in: &StandIn) -> Response {
    if stand_in.switches().not_found_html {
        return not_found_page();
    }
    ApiError::bare(StatusCode::NOT_FOUND, "resource not found").into_response()
}

/// The type that a segment of the path names.
fn kind(name: &str) -> Result<Kind, ApiError> {
    Kind::named(name)
        .ok_or_else(|| ApiError::validation(format!("Unable to infer object type from: {name}")))
}

fn id(text: &str) -> Result<u64, ApiError> {
    text.parse().map_err(|_| no_object(text))
}

fn no_object(id: &str) -> ApiError {
    ApiError::not_found(&format!("Object not found. objectId: {id}"))
}

/// The JSON object in the body.
fn json_object(body: &[u8]) -> Result<Map<String, Value>, ApiError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(ApiError::validation(
            "Invalid input JSON: an object is needed",
        )),
        Err(error) => Err(ApiError::validation(format!("Invalid input JSON: {error}"))),
    }
}

/// The texts in a list.
fn texts(value: Option<&Value>) -> Vec<String> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}
