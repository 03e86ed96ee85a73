//! Asks the identity provider whether it is one.

use axum::Json;
use axum::http::StatusCode;
use linecard_oidc::Provider;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Admin;
use crate::problem::Problem;
use crate::single_sign_on::SingleSignOn;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("No identity provider is set up. Save one first.")]
    NotSetUp,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::new(StatusCode::CONFLICT, "no_identity_provider", error)
    }
}

/// What the provider answered.
#[derive(Serialize, ToSchema)]
pub(super) struct SingleSignOnTested {
    /// `null`: it is the provider that is set up, and it has keys.
    #[schema(required)]
    problem: Option<SingleSignOnTrouble>,
}

/// Why nobody could sign in there.
#[derive(Serialize, ToSchema)]
struct SingleSignOnTrouble {
    /// What has to be put right: `unreachable`, `not_a_provider`, `wrong_issuer`.
    #[schema(example = "wrong_issuer")]
    kind: &'static str,
    /// The provider's words, or the network's. Data: to be shown as text.
    words: String,
}

/// Reads what the provider that is set up says of itself, and its keys. Client ID and secret are
/// only looked at by the provider when somebody signs in.
#[utoipa::path(
    post,
    path = "/single-sign-on/test",
    tag = "accounts",
    responses((status = 200, description = "What it answered", body = SingleSignOnTested)),
)]
pub(super) async fn test_single_sign_on(admin: Admin) -> Result<Json<SingleSignOnTested>, Problem> {
    let app = admin.app();
    let registration = {
        let mut work = admin.flow().store().read().await?;
        let settings = SingleSignOn::read(&mut work).await?;
        if settings.issuer.is_empty() {
            return Err(Error::NotSetUp.into());
        }
        settings.registration(&mut work, &app.home).await?
    };
    let found = Provider::discover(app.identity.clone(), registration).await;
    let problem = found.err().map(|error| SingleSignOnTrouble {
        kind: error.code(),
        words: error.words().unwrap_or_default().to_owned(),
    });
    Ok(Json(SingleSignOnTested { problem }))
}
