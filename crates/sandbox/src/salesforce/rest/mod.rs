//! The REST API below `/services/data`.

mod address;
mod body;
mod limits;
mod parameterized;
mod query;
mod search;
mod session;
mod versions;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::get;

use super::errors::ApiError;
use super::sobjects;
use super::stand_in::StandIn;

pub(crate) use address::{limit_address, without_trailing_slash};
pub(crate) use body::json_object;
pub(crate) use session::Session;
pub(crate) use versions::NEWEST;

/// Two hundred records with the longest descriptions fit.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

pub(crate) fn routes(stand_in: &StandIn) -> Router<StandIn> {
    let version = Router::new()
        .route("/", get(versions::resources))
        .route("/query", get(query::query))
        .route("/search", get(search::search))
        .route("/parameterizedSearch", get(parameterized::search))
        .route("/limits", get(limits::limits))
        .merge(sobjects::routes())
        .fallback(|| async { ApiError::not_found() })
        .method_not_allowed_fallback(|| async {
            ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "METHOD_NOT_ALLOWED",
                "HTTP Method not allowed for this resource",
            )
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(stand_in.clone(), session::admit));
    Router::new()
        .route("/services/data", get(versions::versions))
        .nest("/services/data/{version}", version)
}
