//! API keys: with one, a program uses this API for the person who made it.

mod create_api_key;
mod delete_api_key;
mod list_api_keys;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::accounts::Role;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_api_keys::list_api_keys))
        .routes(routes!(create_api_key::create_api_key))
        .routes(routes!(delete_api_key::delete_api_key))
}

/// A key with which a program acts for somebody.
#[derive(Serialize, ToSchema)]
struct ApiKey {
    /// Its id.
    id: String,
    /// What the program is.
    #[schema(example = "Wallboard")]
    name: String,
    /// What the program may do, and never more than the person may.
    role: Role,
    /// The account it acts for.
    account_id: String,
    /// The last characters of the key, by which people tell keys apart.
    #[schema(example = "x7Qp")]
    ending: String,
    /// When it was made.
    created: Timestamp,
    /// When it was used last, to the minute.
    #[schema(required)]
    last_used: Option<Timestamp>,
}

impl From<linecard_store::ApiKey> for ApiKey {
    fn from(key: linecard_store::ApiKey) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name,
            role: key.role.into(),
            account_id: key.account.to_string(),
            ending: key.ending,
            created: key.created,
            last_used: key.last_used,
        }
    }
}
