//! `GET /crm/v8/{module}/deleted`: what lies in the recycle bin.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::list::since;
use super::query::{PAGE, Query, invalid};
use super::shown::readable;
use crate::zoho::errors::{ApiError, answer, nothing};
use crate::zoho::organisation::Organisation;
use crate::zoho::records::Record;
use crate::zoho::stand_in::StandIn;
use crate::zoho::times;

pub(super) async fn deleted(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let module = readable(&stand_in.switches(), &name)?;
    let query = Query::read(query.as_deref());
    let kind = query.get("type").unwrap_or("all");
    if !matches!(kind, "all" | "recycle" | "permanent") {
        return Err(invalid("type"));
    }
    let (per_page, page) = (query.per_page(PAGE)?, query.page()?);
    let since = since(&headers)?;
    let organisation = stand_in.organisation();
    let mut found: Vec<(&Record, Timestamp)> = organisation
        .records
        .all()
        .filter(|record| record.module == module && kind != "permanent")
        .filter_map(|record| Some((record, record.deleted?)))
        .filter(|(_, at)| since.is_none_or(|since| at.as_second() >= since.as_second()))
        .collect();
    found.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    let zone = stand_in.zone();
    let start = (page - 1).saturating_mul(per_page);
    let data: Vec<Value> = found
        .iter()
        .skip(start)
        .take(per_page)
        .map(|(record, at)| {
            json!({
                "id": record.id.to_string(), "display_name": record.name(), "type": "recycle",
                "deleted_by": named(&organisation, record.modified_by),
                "created_by": named(&organisation, record.created_by),
                "deleted_time": times::written(*at, &zone)
            })
        })
        .collect();
    if data.is_empty() {
        return Ok(match since {
            Some(_) => StatusCode::NOT_MODIFIED.into_response(),
            None => nothing(),
        });
    }
    let info = json!({
        "per_page": per_page, "count": data.len(), "page": page,
        "more_records": found.len() > start + data.len()
    });
    Ok(answer(StatusCode::OK, &json!({"data": data, "info": info})))
}

fn named(organisation: &Organisation, user: u64) -> Value {
    let name = organisation
        .user(user)
        .map(crate::zoho::people::User::full_name);
    json!({"name": name, "id": user.to_string()})
}
