//! Explains a call that may come.

use axum::Json;

use super::explanation::Explanation;
use super::question::ExplainQuestion;
use crate::access::Supervisor;
use crate::body::Body;
use crate::problem::Problem;

/// Explains what becomes of a call with this number, and why. The CRMs are asked as for a call;
/// nothing is written, created or kept. A `POST`, so that the number stands in no address.
#[utoipa::path(
    post,
    path = "/explain",
    tag = "calls",
    request_body = ExplainQuestion,
    responses((status = 200, description = "What becomes of it", body = Explanation)),
)]
pub(super) async fn explain_number(
    caller: Supervisor,
    Body(question): Body<ExplainQuestion>,
) -> Result<Json<Explanation>, Problem> {
    let told = caller.flow().explain(question.read()?).await?;
    Ok(Json(Explanation::of(told, caller.flow())))
}
