//! Tells by which ways people sign in.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::single_sign_on::SingleSignOn;
use crate::state::App;

/// What the sign-in pages offer.
#[derive(Serialize, ToSchema)]
pub(super) struct SignInWays {
    /// What the identity provider is called, if people sign in there: `/sign-in/oidc?to=…` sends
    /// the browser to it.
    #[schema(required, example = "Example SSO")]
    single_sign_on: Option<String>,
    /// Whether passwords count; `false`: only that of one administrator does, in an emergency.
    passwords: bool,
}

/// By which ways people sign in here.
#[utoipa::path(
    get,
    path = "/session/ways",
    tag = "session",
    responses((status = 200, description = "The ways", body = SignInWays)),
)]
pub(super) async fn get_sign_in_ways(State(app): State<App>) -> Result<Json<SignInWays>, Problem> {
    let mut work = app.flow.store().read().await?;
    let settings = SingleSignOn::read(&mut work).await?;
    Ok(Json(SignInWays {
        passwords: !settings.enabled || settings.password_only_for.is_none(),
        single_sign_on: settings.enabled.then_some(settings.name),
    }))
}
