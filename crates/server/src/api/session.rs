//! Signing in and out.

mod get_session;
mod set_language;
mod sign_in;
mod sign_in_by_link;
mod sign_out;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::api::accounts::Account;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_session::get_session))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in_by_link::sign_in_by_link))
        .routes(routes!(sign_out::sign_out))
        .routes(routes!(set_language::set_language))
}

/// Who is signed in, and what the pages must know from the start.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    /// Who is signed in.
    account: Account,
    /// A simulated phone system is set up: the pages must say so.
    simulation: bool,
}

impl Session {
    pub(crate) fn new(app: &App, account: linecard_store::Account) -> Self {
        Self {
            account: account.into(),
            simulation: app.flow.phone_systems().simulation().is_some(),
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
