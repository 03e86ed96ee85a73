//! The people who can sign in.

mod create_account;
mod list_accounts;

use axum::http::StatusCode;
use linecard_store::CreateAccountError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Language;
use crate::problem::Problem;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_accounts::list_accounts))
        .routes(routes!(create_account::create_account))
}

/// Somebody who can sign in.
#[derive(Serialize, ToSchema)]
pub(super) struct Account {
    /// Its id.
    id: String,
    /// What the person signs in with.
    email: String,
    /// The person's name.
    name: String,
    /// What the person may do.
    role: Role,
    /// The person's phone; without one there is no Desk.
    #[schema(required, example = "101")]
    extension: Option<String>,
    /// The language chosen; `null`: the browser's.
    #[schema(required)]
    language: Option<Language>,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Role {
    /// Everything.
    Admin,
    /// Handle the calls of one extension.
    Agent,
}

impl From<CreateAccountError> for Problem {
    fn from(error: CreateAccountError) -> Self {
        match error {
            CreateAccountError::EmailTaken => Self::new(
                StatusCode::CONFLICT,
                "email_taken",
                "There is an account with this e-mail address already.",
            ),
            CreateAccountError::Store(error) => error.into(),
        }
    }
}

impl From<linecard_store::Account> for Account {
    fn from(account: linecard_store::Account) -> Self {
        Self {
            id: account.id.to_string(),
            email: account.email,
            name: account.name,
            role: match account.role {
                linecard_store::Role::Admin => Role::Admin,
                linecard_store::Role::Agent => Role::Agent,
            },
            extension: account.extension.map(String::from),
            language: account.language.as_deref().and_then(Language::from_tag),
        }
    }
}

impl From<Role> for linecard_store::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Admin => Self::Admin,
            Role::Agent => Self::Agent,
        }
    }
}
