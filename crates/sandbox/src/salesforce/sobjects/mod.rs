//! The objects: what fields they have, and which records they take.

mod answers;
mod collections;
mod crud;
mod derived;
mod describe;
mod duplicates;
mod mishap;
mod prepare;
mod replication;
mod rules;
pub(crate) mod schema;
mod upsert;
mod values;

use axum::Router;
use axum::routing::{get, post};

use super::stand_in::StandIn;

pub(crate) use answers::{attributes, sobject};
pub(crate) use derived::keep;
pub(crate) use prepare::{Writer, deleted, derive_name};

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
        .route(
            "/sobjects/{object}/{id}/{value}",
            get(upsert::retrieve).patch(upsert::upsert),
        )
        .route("/sobjects/{object}/deleted", get(replication::deleted))
        .route("/sobjects/{object}/updated", get(replication::updated))
        .route(
            "/composite/sobjects",
            post(collections::create)
                .patch(collections::update)
                .delete(collections::delete),
        )
        .route(
            "/composite/sobjects/{object}",
            get(collections::retrieve).post(collections::retrieve_by_body),
        )
        .route(
            "/composite/sobjects/{object}/{field}",
            axum::routing::patch(collections::upsert),
        )
}
