//! Whom a caller belongs to.

use axum::Json;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use linecard_flow::Routed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::dial_plan::{DialPlan, reads_json, refusal};
use crate::problem::Problem;

/// A number with everything people write around it.
const LONGEST_CALLER: usize = 64;

/// Who calls.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asked {
    /// The caller's number as the phone system has it; empty when it is withheld.
    #[serde(default)]
    #[param(required = false, example = "14155550134")]
    caller: String,
    /// The routing token, where no `Authorization: Bearer` header can be sent.
    #[serde(default)]
    #[param(required = false)]
    #[expect(
        dead_code,
        reason = "read before the handler; named here for the document"
    )]
    token: String,
}

/// Where a caller goes.
#[derive(Serialize, ToSchema)]
pub(super) struct Route {
    /// The extension to call; `null` where the dial plan's default counts.
    #[schema(required, example = "101")]
    extension: Option<String>,
    /// All extensions of that person.
    extensions: Vec<String>,
    /// The person's name.
    #[schema(required)]
    name: Option<String>,
    /// `owner`, or why there is none: `withheld`, `internal`, `unreadable`, `unknown`,
    /// `no_owner`, `several_owners`, `owner_not_bound`, `too_late`, `unavailable`, `no_crm`.
    #[schema(example = "owner")]
    reason: &'static str,
}

impl From<Routed> for Route {
    fn from(routed: Routed) -> Self {
        match routed {
            Routed::Owner { extensions, name } => {
                let extensions: Vec<String> = extensions.into_iter().map(Into::into).collect();
                Self {
                    extension: extensions.first().cloned(),
                    extensions,
                    name,
                    reason: "owner",
                }
            }
            Routed::Default(reason) => Self {
                extension: None,
                extensions: Vec::new(),
                name: None,
                reason: reason.as_str(),
            },
        }
    }
}

/// Whom a caller belongs to, within 50 ms: the extension as plain text, nothing where there is
/// none; the whole answer with `Accept: application/json`. A dial plan that reads text is told
/// nothing of a failure either, so that it goes its default way.
#[utoipa::path(
    get,
    path = "/route",
    tag = "routing",
    params(Asked),
    responses((
        status = 200,
        description = "Where the caller goes",
        content((String = "text/plain", example = "101"), (Route = "application/json")),
    )),
)]
pub(super) async fn get_route(
    dial_plan: DialPlan,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let asked = asked
        .ok()
        .filter(|asked| asked.caller.len() <= LONGEST_CALLER);
    let Some(Query(asked)) = asked else {
        let problem = Problem::new(
            StatusCode::BAD_REQUEST,
            "caller_invalid",
            format_args!("`caller` must be a number of at most {LONGEST_CALLER} bytes."),
        );
        return refusal(&headers, problem);
    };
    let route = Route::from(dial_plan.routing().route(&asked.caller).await);
    if reads_json(&headers) {
        Json(route).into_response()
    } else {
        route.extension.unwrap_or_default().into_response()
    }
}
