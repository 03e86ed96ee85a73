//! Who can own records.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Question, no_object};
use crate::hubspot::errors::{ApiError, json_answer};
use crate::hubspot::stand_in::StandIn;

/// When all of them joined.
const JOINED: Timestamp = Timestamp::constant(1_735_689_600, 0);

/// `GET /crm/owners`.
pub(super) async fn list(
    State(stand_in): State<StandIn>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let asked = Question::read(query.as_deref());
    let limit = asked.number("limit").unwrap_or(100);
    if limit == 0 || limit > 500 {
        return Err(ApiError::validation("limit must be between 1 and 500"));
    }
    let after = asked.number("after").unwrap_or(0);
    let archived = asked.is_true("archived");
    let email = asked.get("email").unwrap_or_default();
    let portal = stand_in.portal();
    let mut rest = portal.owners.iter().filter(|owner| {
        owner.archived == archived
            && owner.id > after
            && (email.is_empty() || owner.email.eq_ignore_ascii_case(email))
    });
    let page: Vec<_> = rest
        .by_ref()
        .take(usize::try_from(limit).unwrap_or(100))
        .collect();
    let results: Vec<Value> = page.iter().map(|owner| owner.told(JOINED)).collect();
    let mut answer = json!({"results": results});
    if let (Some(_), Some(last)) = (rest.next(), page.last()) {
        answer["paging"] = json!({"next": {"after": last.id.to_string()}});
    }
    Ok(json_answer(StatusCode::OK, &answer))
}

/// `GET /crm/owners/{id}?idProperty=id|userId`.
pub(super) async fn one(
    State(stand_in): State<StandIn>,
    Path(text): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let by_user = Question::read(query.as_deref()).get("idProperty") == Some("userId");
    let portal = stand_in.portal();
    let owner = portal.owners.iter().find(|owner| {
        let id = if by_user { owner.user_id } else { owner.id };
        id.to_string() == text
    });
    let owner = owner.ok_or_else(|| no_object(&text))?;
    Ok(json_answer(StatusCode::OK, &owner.told(JOINED)))
}
