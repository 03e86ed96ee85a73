//! Which account this is, and how much of its quota is used.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::hubspot::errors::json_answer;
use crate::hubspot::portal::written;
use crate::hubspot::stand_in::StandIn;

/// `GET /account-info/details`.
pub(super) async fn details(State(stand_in): State<StandIn>) -> Response {
    let options = stand_in.options();
    let zone = TimeZone::get(&options.time_zone).unwrap_or(TimeZone::UTC);
    let offset = zone.to_offset(stand_in.now());
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let answer = json!({
        "portalId": options.portal_id,
        "accountType": "STANDARD",
        "timeZone": options.time_zone,
        "companyCurrency": "USD",
        "additionalCurrencies": [],
        "utcOffset": format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60),
        "utcOffsetMilliseconds": i64::from(offset.seconds()) * 1_000,
        "uiDomain": stand_in.switches().ui_domain,
        "dataHostingLocation": "eu1",
    });
    json_answer(StatusCode::OK, &answer)
}

/// `GET /account-info/api-usage/daily/private-apps`.
pub(super) async fn usage(State(stand_in): State<StandIn>) -> Response {
    let switches = stand_in.switches();
    let limit = if switches.daily > 0 {
        switches.daily
    } else {
        250_000
    };
    let zone = TimeZone::get(&stand_in.options().time_zone).unwrap_or(TimeZone::UTC);
    let now = stand_in.now();
    let resets = now
        .to_zoned(zone)
        .tomorrow()
        .and_then(|day| day.start_of_day())
        .map_or(Value::Null, |at| written(at.timestamp()).into());
    let answer = json!({"results": [{
        "name": "private-apps-api-calls-daily",
        "usageLimit": limit,
        "currentUsage": stand_in.limits().today,
        "collectedAt": written(now),
        "resetsAt": resets,
        "fetchStatus": "SUCCESS",
    }]});
    json_answer(StatusCode::OK, &answer)
}
