//! Why a call would be shown, written, kept and created, or not (F18).

mod explain_call;
mod explain_number;
mod explanation;
mod question;
mod source;
mod verdict;

use axum::http::StatusCode;
use linecard_flow::ExplainError;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problem::Problem;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(explain_number::explain_number))
        .routes(routes!(explain_call::explain_call))
}

impl From<ExplainError> for Problem {
    fn from(error: ExplainError) -> Self {
        match error {
            ExplainError::Store(error) => error.into(),
            ExplainError::NoCall => Self::new(
                StatusCode::NOT_FOUND,
                "not_found",
                "There is no such call; it may have been deleted.",
            ),
            ExplainError::Internal => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "internal_call",
                "A call between extensions has no outside party: no CRM is asked about it.",
            ),
        }
    }
}
