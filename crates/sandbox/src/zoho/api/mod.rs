//! The REST API below `/crm/v8`.

mod admit;
mod body;
mod calls;
mod condition;
mod coql;
mod criteria;
mod deleted;
mod list;
mod organisation;
mod prepare;
mod query;
mod search;
mod settings;
mod shown;
mod users;
mod watch;
mod write;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::errors::ApiError;
use super::stand_in::StandIn;

pub(crate) use shown::{View, shown};

/// A hundred records with the longest descriptions fit.
const LARGEST_BODY: usize = 16 * 1024 * 1024;

pub(crate) fn routes(stand_in: &StandIn) -> Router<StandIn> {
    let version = Router::new()
        .route("/org", get(organisation::organisation))
        .route("/users", get(users::users))
        .route("/settings/fields", get(settings::fields))
        .route("/settings/modules", get(settings::modules))
        .route("/coql", post(coql::coql))
        .route(
            "/actions/watch",
            get(watch::list)
                .post(watch::add)
                .put(watch::extend)
                .delete(watch::remove),
        )
        .route(
            "/{module}",
            get(list::list)
                .post(write::create)
                .put(write::update_many)
                .delete(write::delete_many),
        )
        .route("/{module}/search", get(search::search))
        .route("/{module}/deleted", get(deleted::deleted))
        .route("/{module}/upsert", post(write::upsert))
        .route("/{module}/actions/count", get(list::count))
        .route(
            "/{module}/{id}",
            get(list::single).put(write::update).delete(write::delete),
        )
        .fallback(|| async { ApiError::invalid_url() })
        .method_not_allowed_fallback(|| async { ApiError::invalid_method() })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(stand_in.clone(), admit::admit));
    Router::new().nest("/crm/v8", version)
}
