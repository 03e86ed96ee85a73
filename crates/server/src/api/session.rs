//! Signing in and out, and what keeps others from doing so in one's name.

mod begin_second_factor;
mod confirm_second_factor;
mod get_second_factor;
mod get_session;
mod get_sign_in_ways;
mod remove_second_factor;
mod replace_recovery_codes;
mod set_language;
mod set_password;
mod sign_in;
mod sign_in_by_link;
mod sign_out;

use axum::http::StatusCode;
use linecard_store::StoreError;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::accounts::Account;
use crate::problem::Problem;
use crate::second_factor::CodeError;
use crate::sign_in_rules;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_session::get_session))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(get_sign_in_ways::get_sign_in_ways))
        .routes(routes!(sign_in_by_link::sign_in_by_link))
        .routes(routes!(sign_out::sign_out))
        .routes(routes!(set_language::set_language))
        .routes(routes!(set_password::set_password))
        .routes(routes!(
            get_second_factor::get_second_factor,
            begin_second_factor::begin_second_factor
        ))
        .routes(routes!(confirm_second_factor::confirm_second_factor))
        .routes(routes!(replace_recovery_codes::replace_recovery_codes))
        .routes(routes!(remove_second_factor::remove_second_factor))
}

/// Who is signed in, and what the pages must know from the start.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// Who is signed in.
    account: Account,
    /// A simulated phone system is set up: the pages must say so.
    simulation: bool,
    /// Nothing is open to this person until a second factor is set up.
    must_enrol: bool,
}

impl Session {
    /// What there is to know about `account` now.
    pub(crate) async fn read(
        app: &App,
        account: linecard_store::Account,
    ) -> Result<Self, StoreError> {
        let mut work = app.flow.store().read().await?;
        let must_enrol = sign_in_rules::must_enrol(&mut work, &account).await?;
        let now = app.flow.clock().now();
        Ok(Self {
            account: Account::read(&mut work, account, now).await?,
            simulation: app.flow.phone_systems().simulation().is_some(),
            must_enrol,
        })
    }
}

impl From<CodeError> for Problem {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::Needed => Self::new(StatusCode::UNAUTHORIZED, "code_needed", error),
            CodeError::Wrong => Self::new(StatusCode::UNAUTHORIZED, "wrong_code", error),
            CodeError::Store(error) => error.into(),
        }
    }
}

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) enum Language {
    /// English.
    #[serde(rename = "en")]
    English,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
}

impl Language {
    /// The language tag (BCP 47).
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
        }
    }

    /// The language that was stored; `None` for one that is no longer offered.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        [Self::English, Self::Chinese]
            .into_iter()
            .find(|language| language.as_str() == tag)
    }
}
