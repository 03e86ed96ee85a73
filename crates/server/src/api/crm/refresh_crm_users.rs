//! Fetches the people who use a CRM (B1).

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use linecard_crm::{Failure, PersonNeeded};
use linecard_flow::RefreshError;

use super::bindings::CrmUsers;
use super::find;
use crate::access::Admin;
use crate::problem::Problem;

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("The CRM is switched off, or nobody has signed in to it. Connect it first.")]
    NotConnected,
    #[error("The CRM asks for a new sign-in. Connect it again.")]
    SignIn(String),
    #[error("The CRM does not accept the settings. Correct them and connect again.")]
    Configuration(String),
    #[error("The CRM does not let the user who connected it list its users.")]
    Permission(String),
    #[error("The CRM did not give its users. Try again in a while.")]
    Failed(String),
}

impl Error {
    fn from_failure(failure: &Failure) -> Self {
        let words = failure.words().to_owned();
        match failure {
            Failure::NeedsPerson { what, .. } => match what {
                PersonNeeded::SignIn => Self::SignIn(words),
                PersonNeeded::Configuration => Self::Configuration(words),
                PersonNeeded::Permission => Self::Permission(words),
            },
            _ => Self::Failed(words),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        let (code, words) = match error {
            Error::NotConnected => {
                return Self::new(StatusCode::CONFLICT, "not_connected", detail);
            }
            Error::SignIn(words) => ("crm_sign_in", words),
            Error::Configuration(words) => ("crm_configuration", words),
            Error::Permission(words) => ("crm_permission", words),
            Error::Failed(words) => ("crm_unavailable", words),
        };
        Self::new(StatusCode::BAD_GATEWAY, code, detail).with_words(words)
    }
}

/// Fetches the people who use a CRM anew. Bindings stay.
#[utoipa::path(
    post,
    path = "/crm/{kind}/users/refresh",
    tag = "crm",
    params(("kind" = String, Path, description = "The kind of CRM")),
    responses((status = 200, description = "All of them now", body = CrmUsers)),
)]
pub(super) async fn refresh_crm_users(
    admin: Admin,
    Path(kind): Path<String>,
) -> Result<Json<CrmUsers>, Problem> {
    let flow = admin.flow();
    let stored = find(flow, &kind).await?;
    match flow.connections().refresh_users(stored.id).await {
        Ok(()) => {}
        Err(RefreshError::NotConnected) => return Err(Error::NotConnected.into()),
        Err(RefreshError::Crm(failure)) => return Err(Error::from_failure(&failure).into()),
        Err(RefreshError::Store(error)) => return Err(error.into()),
    }
    let mut work = flow.store().read().await?;
    Ok(Json(CrmUsers::read(&mut work, &stored).await?))
}
