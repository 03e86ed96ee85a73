//! `POST /{kind}/search`.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::{json_object, kind, texts};
use crate::hubspot::errors::{ApiError, json_answer};
use crate::hubspot::search::{Request, run};
use crate::hubspot::stand_in::StandIn;

pub(super) async fn search(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let body = json_object(&body)?;
    let switches = stand_in.switches();
    let request = Request::read(kind, &body, &switches)?;
    let asked = texts(body.get("properties"));
    let portal = stand_in.portal();
    let (total, page) = run(
        &portal,
        kind,
        &request,
        stand_in.now(),
        stand_in.lag(),
        &switches,
    );
    let results: Vec<Value> = page
        .iter()
        .map(|record| record.told(&asked, stand_in.page(kind, record.id)))
        .collect();
    let reached = request.after + results.len();
    let mut answer = json!({"total": total, "results": results});
    if reached < total {
        answer["paging"] = json!({"next": {"after": reached.to_string()}});
    }
    Ok(json_answer(StatusCode::OK, &answer))
}
