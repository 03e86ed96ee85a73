//! The REST API below `/services/data`.

mod address;
mod body;
mod composite;
mod limits;
mod locators;
mod parameterized;
mod query;
mod search;
mod session;
mod versions;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use axum::{Extension, Router};

use super::errors::ApiError;
use super::sobjects;
use super::stand_in::StandIn;

pub(crate) use address::{limit_address, without_trailing_slash};
pub(crate) use body::json_object;
pub(crate) use locators::Locators;
pub(crate) use session::Session;
pub(crate) use versions::{NEWEST, number as version_number};

/// Two hundred records with the longest descriptions fit.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

pub(crate) fn routes(stand_in: &StandIn) -> Router<StandIn> {
    let plain = Router::new()
        .route("/", get(versions::resources))
        .route("/query", get(query::query))
        .route("/queryAll", get(query::query))
        .route("/query/{place}", get(query::more))
        .route("/search", get(search::search))
        .route(
            "/parameterizedSearch",
            get(parameterized::search).post(parameterized::search_by_body),
        )
        .route("/limits", get(limits::limits))
        .merge(sobjects::routes());
    let parts = Router::new()
        .nest("/services/data/{version}", plain.clone())
        .fallback(|| async { ApiError::not_found() })
        .with_state(stand_in.clone());
    let version = plain
        .route("/composite", post(composite::composite))
        .route("/composite/batch", post(composite::batch))
        .layer(Extension(composite::Parts(parts)))
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
