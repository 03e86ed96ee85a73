//! The objects: what fields they have, and which records they take.

mod answers;
mod collections;
mod crud;
mod describe;
mod prepare;
mod rules;
pub(crate) mod schema;
mod values;

use axum::Router;
use axum::routing::{get, post};

use super::stand_in::StandIn;

pub(crate) use answers::{attributes, sobject};
pub(crate) use prepare::derive_name;

/// The endpoints below `/services/data/{version}`.
pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/sobjects", get(describe::global))
        .route("/sobjects/{object}/describe", get(describe::object))
        .route("/sobjects/{object}", post(crud::create))
        .route(
            "/sobjects/{object}/{id}",
            get(crud::retrieve).patch(crud::update).delete(crud::delete),
        )
        .route("/composite/sobjects", post(collections::create))
}
