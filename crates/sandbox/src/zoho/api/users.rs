//! `GET /crm/v8/users`.

use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::admit::Session;
use super::query::{Query, invalid};
use crate::zoho::errors::{ApiError, answer, nothing};
use crate::zoho::people::User;
use crate::zoho::stand_in::StandIn;

pub(super) async fn users(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = Query::read(query.as_deref());
    let kind = query.get("type").unwrap_or("AllUsers");
    let size = query
        .per_page(200)?
        .min(stand_in.switches().users_page_size.max(1));
    let page = query.page()?;
    let organisation = stand_in.organisation();
    let mut found = Vec::new();
    for user in &organisation.users {
        let fits = match kind {
            "CurrentUser" => user.id == session.user,
            kind => user.is(kind).ok_or_else(|| invalid("type"))?,
        };
        if fits {
            found.push(user);
        }
    }
    let start = (page - 1).saturating_mul(size);
    let shown: Vec<Value> = found
        .iter()
        .skip(start)
        .take(size)
        .map(|user| User::shown(user))
        .collect();
    if shown.is_empty() {
        return Ok(nothing());
    }
    let info = json!({
        "per_page": size, "count": shown.len(), "page": page,
        "more_records": found.len() > start + shown.len()
    });
    Ok(answer(
        StatusCode::OK,
        &json!({"users": shown, "info": info}),
    ))
}
