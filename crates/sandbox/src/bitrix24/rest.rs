//! `/rest/{user}/{secret}/{method}`: the interface.

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::asked::{Param, method_name, parameters};
use super::batch;
use super::errors::{ApiError, answer};
use super::faults::{self, FaultKind, wrong_secret};
use super::limits::{Used, WORK, seconds};
use super::methods::{Context, Reply, call, is_write};
use super::options::Webhook;
use super::records::written;
use super::stand_in::StandIn;
use crate::Target;
use crate::lost_answer::lose;

/// Fifty calls with the longest texts, written as a query.
const LARGEST_BODY: usize = 32 * 1024 * 1024;

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/rest/{user}/{secret}/{method}", any(webhook))
        .route("/rest/{user}/{secret}/{method}/", any(webhook))
}

/// One request of an inbound webhook.
async fn webhook(
    State(stand_in): State<StandIn>,
    Path((user, secret, method)): Path<(String, String, String)>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let method = method_name(&method);
    let query = parts.uri.query().unwrap_or_default();
    let params = parameters(&parts.method, query, &parts.headers, &body);
    stand_in
        .requests()
        .count(parts.method.as_str(), &method, |_| false);
    let target = if is_write(&method) || method == "batch" && batch::writes(&params) {
        Target::Writes
    } else {
        Target::Reads
    };
    if let Some(stopped) = faults::stop(&stand_in, target).await {
        return stopped;
    }
    let is_lost = stand_in
        .faults()
        .take(FaultKind::DropAfterCommit, target)
        .is_some();
    let response = carry_out(&stand_in, &user, &secret, &method, &params)
        .map_or_else(IntoResponse::into_response, |body| {
            answer(StatusCode::OK, &body)
        });
    if is_lost { lose(response) } else { response }
}

fn carry_out(
    stand_in: &StandIn,
    user: &str,
    secret: &str,
    method: &str,
    params: &Param,
) -> Result<Value, ApiError> {
    let now = stand_in.now();
    if stand_in.switches().require_https && stand_in.base_url().starts_with("http:") {
        return Err(ApiError::bad("INVALID_REQUEST", "Https required."));
    }
    let bucket = stand_in.options().bucket;
    if !stand_in.level().admit(bucket, now) {
        return Err(ApiError::too_many_requests());
    }
    let caller = caller(stand_in, user, secret, now)?;
    let mut portal = stand_in.portal();
    let zone = portal.zone.clone();
    let mut context = Context {
        stand_in,
        portal: &mut portal,
        caller: &caller,
        now,
    };
    // A batch is not counted, its commands are.
    if method == "batch" {
        let reply = batch::run(&mut context, params)?;
        return Ok(body(&reply, &time(stand_in, now, &zone, None)));
    }
    let work = stand_in
        .worked()
        .admit(method, stand_in.options().operating, now)
        .ok_or_else(ApiError::operating_limit)?;
    let reply = call(&mut context, method, params)?;
    Ok(body(&reply, &time(stand_in, now, &zone, Some(work))))
}

/// The webhook that the address names.
fn caller(
    stand_in: &StandIn,
    user: &str,
    secret: &str,
    now: Timestamp,
) -> Result<Webhook, ApiError> {
    let webhook = stand_in
        .webhooks()
        .iter()
        .find(|webhook| webhook.user.to_string() == user && webhook.secret == secret)
        .cloned()
        .ok_or_else(|| wrong_secret(stand_in))?;
    if webhook.expires.is_some_and(|end| end <= now) {
        return Err(ApiError::new(
            StatusCode::UNAUTHORIZED,
            "expired_token",
            "The access token provided has expired.",
        ));
    }
    Ok(webhook)
}

fn body(reply: &Reply, time: &Value) -> Value {
    let mut body = json!({"result": reply.result, "time": time});
    for (name, count) in [("total", reply.total), ("next", reply.next)] {
        if let Some(count) = count {
            body[name] = count.into();
        }
    }
    body
}

/// The block that every answer and every command of a batch has.
pub(crate) fn time(
    stand_in: &StandIn,
    now: Timestamp,
    zone: &TimeZone,
    used: Option<Used>,
) -> Value {
    let finish = now.saturating_add(WORK).unwrap_or(now);
    let mut time = json!({
        "start": seconds(now), "finish": seconds(finish),
        "duration": WORK.as_secs_f64(), "processing": WORK.as_secs_f64() / 2.0,
        "date_start": written(now, zone), "date_finish": written(finish, zone)
    });
    if let Some(used) = used.filter(|_| stand_in.switches().tells_operating) {
        time["operating_reset_at"] = used.resets.into();
        time["operating"] = used.seconds.into();
    }
    time
}
