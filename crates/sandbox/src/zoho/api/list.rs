//! `GET /crm/v8/{module}`, one record of it, and their count.

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::query::{PAGE, Query, invalid};
use super::shown::{View, readable, shown};
use crate::zoho::errors::{ApiError, answer, nothing};
use crate::zoho::records::Record;
use crate::zoho::stand_in::StandIn;
use crate::zoho::times;

/// What page numbers lead to; beyond are page tokens.
const BY_NUMBER: usize = 2_000;

/// How long a page token is good.
const TOKEN_LASTS: SignedDuration = SignedDuration::from_hours(24);

pub(super) async fn list(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let module = readable(&stand_in.switches(), &name)?;
    let query = Query::read(query.as_deref());
    let fields = query
        .fields()
        .ok_or_else(|| ApiError::missing_parameter("fields"))?;
    if fields.len() > 50 {
        return Err(invalid("fields"));
    }
    let per_page = query.per_page(PAGE)?;
    let order = Order::of(&query)?;
    let since = since(&headers)?;
    let ids: Option<Vec<u64>> = query
        .get("ids")
        .map(|ids| ids.split(',').filter_map(|id| id.parse().ok()).collect());
    let switches = stand_in.switches();
    let organisation = stand_in.organisation();
    let mut found: Vec<&Record> = organisation
        .records
        .of(module)
        .filter(|record| ids.as_ref().is_none_or(|ids| ids.contains(&record.id)))
        .filter(|record| is_of(&query, record))
        .filter(|record| since.is_none_or(|since| record.modified.as_second() >= since.as_second()))
        .collect();
    if found.is_empty() {
        return Ok(match since {
            Some(_) => StatusCode::NOT_MODIFIED.into_response(),
            None => nothing(),
        });
    }
    found.sort_by_key(|record| order.key(record));
    if order.descending {
        found.reverse();
    }
    let page = query.page()?;
    let start = match query.get("page_token") {
        Some(token) => order.after(&found, token, stand_in.now())?,
        None if page.saturating_mul(per_page) > BY_NUMBER => {
            return Err(ApiError::bad_request(
                "LIMIT_REACHED",
                "Use page_token to go beyond 2000 records",
                json!({"limit": BY_NUMBER}),
            ));
        }
        None => (page - 1) * per_page,
    };
    let view = View {
        organisation: &organisation,
        switches: &switches,
        zone: stand_in.zone(),
    };
    let mut records = found.iter().skip(start).take(per_page);
    let data: Vec<Value> = records
        .clone()
        .map(|record| shown(&view, record, Some(&fields)))
        .collect();
    if data.is_empty() {
        return Ok(nothing());
    }
    let more = found.len() > start + data.len();
    let token = records
        .next_back()
        .filter(|_| more)
        .map(|last| order.token(last, stand_in.now()));
    let info = json!({
        "per_page": per_page, "count": data.len(), "page": page, "sort_by": order.field,
        "sort_order": if order.descending { "desc" } else { "asc" }, "more_records": more,
        "next_page_token": token
    });
    Ok(answer(StatusCode::OK, &json!({"data": data, "info": info})))
}

/// Which leads are asked for: those that were converted too, unless the request says otherwise.
pub(super) fn is_of(query: &Query, record: &Record) -> bool {
    match query.get("converted") {
        Some("false") => !record.converted,
        Some("true") => record.converted,
        _ => true,
    }
}

/// `If-Modified-Since`: a time with an offset, and no HTTP date.
pub(super) fn since(headers: &HeaderMap) -> Result<Option<Timestamp>, ApiError> {
    let Some(since) = headers.get(header::IF_MODIFIED_SINCE) else {
        return Ok(None);
    };
    since
        .to_str()
        .ok()
        .and_then(times::read)
        .map(Some)
        .ok_or_else(|| invalid("If-Modified-Since"))
}

/// In which order records are listed.
struct Order {
    field: &'static str,
    descending: bool,
}

impl Order {
    fn of(query: &Query) -> Result<Self, ApiError> {
        let field = match query.get("sort_by") {
            None | Some("id") => "id",
            Some("Created_Time") => "Created_Time",
            Some("Modified_Time") => "Modified_Time",
            Some(_) => return Err(invalid("sort_by")),
        };
        let descending = match query.get("sort_order") {
            None | Some("desc") => true,
            Some("asc") => false,
            Some(_) => return Err(invalid("sort_order")),
        };
        Ok(Self { field, descending })
    }

    fn key(&self, record: &Record) -> (i64, u64) {
        let at = match self.field {
            "Created_Time" => record.created.as_microsecond(),
            "Modified_Time" => record.modified.as_microsecond(),
            _ => 0,
        };
        (at, record.id)
    }

    /// Leads to what follows `last`.
    fn token(&self, last: &Record, now: Timestamp) -> String {
        let (at, id) = self.key(last);
        BASE64_URL_SAFE_NO_PAD.encode(format!("{at}.{id}.{}", now.as_second()))
    }

    /// Where in `found` the page begins that a token leads to.
    fn after(&self, found: &[&Record], token: &str, now: Timestamp) -> Result<usize, ApiError> {
        let read = || {
            let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
            let mut parts = text.split('.');
            let key = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
            let given = Timestamp::from_second(parts.next()?.parse().ok()?).ok()?;
            Some((key, given))
        };
        let (key, given): ((i64, u64), Timestamp) = read().ok_or_else(|| invalid("page_token"))?;
        if now.duration_since(given) > TOKEN_LASTS {
            return Err(ApiError::bad_request(
                "EXPIRED_VALUE",
                "the page token has expired",
                json!({"param_name": "page_token"}),
            ));
        }
        Ok(found.partition_point(|record| {
            if self.descending {
                self.key(record) >= key
            } else {
                self.key(record) <= key
            }
        }))
    }
}

/// `GET /crm/v8/{module}/{id}`: with every field, unless some are named.
pub(super) async fn single(
    State(stand_in): State<StandIn>,
    Path((name, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let module = readable(&stand_in.switches(), &name)?;
    let query = Query::read(query.as_deref());
    let id: u64 = id.parse().map_err(|_| invalid("id"))?;
    let switches = stand_in.switches();
    let organisation = stand_in.organisation();
    let Some(record) = organisation.records.there(module, id) else {
        return Ok(nothing());
    };
    let view = View {
        organisation: &organisation,
        switches: &switches,
        zone: stand_in.zone(),
    };
    let data = shown(&view, record, query.fields().as_deref());
    Ok(answer(StatusCode::OK, &json!({"data": [data]})))
}

/// `GET /crm/v8/{module}/actions/count`.
pub(super) async fn count(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let module = readable(&stand_in.switches(), &name)?;
    let count = stand_in.organisation().records.of(module).count();
    Ok(answer(StatusCode::OK, &json!({"count": count})))
}
