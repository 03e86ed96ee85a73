//! What the company asks of a sign-in.

mod get_sign_in_rules;
mod put_sign_in_rules;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(
        get_sign_in_rules::get_sign_in_rules,
        put_sign_in_rules::put_sign_in_rules
    ))
}

/// What the company asks of a sign-in.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SignInRules {
    /// An admin without a second factor reaches nothing but the page where one is set up.
    second_factor_for_admins: bool,
    /// Sent back with a change, so that two admins do not overwrite each other.
    version: i64,
}

impl From<crate::sign_in_rules::SignInRules> for SignInRules {
    fn from(rules: crate::sign_in_rules::SignInRules) -> Self {
        Self {
            second_factor_for_admins: rules.second_factor_for_admins,
            version: rules.version,
        }
    }
}
