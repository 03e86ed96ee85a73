//! How people sign in at the company's identity provider (OpenID Connect).

mod get_single_sign_on;
mod put_single_sign_on;
mod test_single_sign_on;

use linecard_store::{StoreError, UnitOfWork};
use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::single_sign_on::{self, redirect_uri};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(
            get_single_sign_on::get_single_sign_on,
            put_single_sign_on::put_single_sign_on
        ))
        .routes(routes!(test_single_sign_on::test_single_sign_on))
}

/// What becomes of somebody whom the provider knows and Linecard does not.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Newcomers {
    /// They are told to ask for an invitation.
    Refused,
    /// They become agents at the extension that has their e-mail address.
    Agents,
}

impl From<Newcomers> for single_sign_on::Newcomers {
    fn from(newcomers: Newcomers) -> Self {
        match newcomers {
            Newcomers::Refused => Self::Refused,
            Newcomers::Agents => Self::Agents,
        }
    }
}

impl From<single_sign_on::Newcomers> for Newcomers {
    fn from(newcomers: single_sign_on::Newcomers) -> Self {
        match newcomers {
            single_sign_on::Newcomers::Refused => Self::Refused,
            single_sign_on::Newcomers::Agents => Self::Agents,
        }
    }
}

/// How people sign in at the identity provider.
#[derive(Serialize, ToSchema)]
struct SingleSignOn {
    /// Whether the sign-in pages offer it.
    enabled: bool,
    /// What the button calls the provider; empty before it is set up.
    #[schema(example = "Example SSO")]
    name: String,
    /// The provider's issuer, letter for letter.
    #[schema(example = "https://login.example.com")]
    issuer: String,
    /// Linecard's name at the provider.
    client_id: String,
    /// Whether a client secret is kept. It is never shown.
    has_client_secret: bool,
    /// What becomes of people without an account.
    newcomers: Newcomers,
    /// The only account whose password counts; `null`: everybody's does.
    #[schema(required)]
    password_only_for: Option<String>,
    /// The address to register at the provider: it sends browsers back there.
    redirect_uri: Url,
    /// Sent back with a change, so that two admins do not overwrite each other; 0 before the first.
    version: i64,
}

impl SingleSignOn {
    async fn read(work: &mut UnitOfWork, home: &Url) -> Result<Self, StoreError> {
        let settings = single_sign_on::SingleSignOn::read(work).await?;
        Ok(Self {
            enabled: settings.enabled,
            name: settings.name,
            issuer: settings.issuer,
            client_id: settings.client_id,
            has_client_secret: single_sign_on::SingleSignOn::has_secret(work).await?,
            newcomers: settings.newcomers.into(),
            password_only_for: settings.password_only_for.map(|it| it.to_string()),
            redirect_uri: redirect_uri(home),
            version: settings.version,
        })
    }
}
