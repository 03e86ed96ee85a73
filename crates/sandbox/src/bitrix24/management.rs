//! The stand-in's own endpoints, for tests and demos: look at records, count requests, make things
//! go wrong. They are open to whoever reaches the loopback interface.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use super::errors::{ApiError, answer};
use super::faults::Fault;
use super::limits::{Level, Worked};
use super::options::Switches;
use super::records::Kind;
use super::stand_in::StandIn;
use crate::faults::Faults;
use crate::requests::Requests;

const GUIDE: &str = "\
Stand-in for Bitrix24: management

GET    /__sandbox/records/{kind}     the records, every field, oldest first: user, lead, deal,
                                     contact, company, activity
GET    /__sandbox/requests           {\"total\", \"by_endpoint\"} since the start or the last reset
POST   /__sandbox/sessions           {} -> {\"webhook_url\"}: what an administrator would copy
GET    /__sandbox/faults             {\"coming\", \"fired\"}: what is still to go wrong, and what has
POST   /__sandbox/faults             {\"kind\", \"times\", \"milliseconds\", \"target\"}; see below
DELETE /__sandbox/faults             nothing goes wrong any more
GET    /__sandbox/switches           how this portal is
PUT    /__sandbox/switches           the same, changed; what is left out is as at first
POST   /__sandbox/tokens/revoke      ends every webhook
POST   /__sandbox/reset              records, webhooks and switches as at first, no faults, counts 0

kind: unavailable (503, HTML), html_page (200, HTML), unexpected_answer (500), rate_limit (503),
operating_limit (429), overload (503), wrong_secret, expired, missing_scope (401), no_plan (403),
moved (302), deleted (410), delay (waits `milliseconds` first), drop_after_commit (carried out, then
the connection closes without an answer), inactive_owner, validation, access_denied (400: one record),
index_lag (a record is found by phone `milliseconds` later)
times: how many requests, 1 if not given
target: api, reads, writes; what fits the kind if not given
";

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/__sandbox", get(|| async { GUIDE }))
        .route("/__sandbox/", get(|| async { GUIDE }))
        .route("/__sandbox/records/{kind}", get(records))
        .route("/__sandbox/requests", get(requests))
        .route("/__sandbox/sessions", post(sessions))
        .route(
            "/__sandbox/faults",
            get(faults).post(add_fault).delete(clear_faults),
        )
        .route("/__sandbox/switches", get(switches).put(switch))
        .route("/__sandbox/tokens/revoke", post(revoke))
        .route("/__sandbox/reset", post(reset))
}

/// What can be looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Group {
    Users,
    Activities,
    Records(Kind),
}

impl Group {
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "user" => Some(Self::Users),
            "activity" => Some(Self::Activities),
            _ => Kind::named(name).map(Self::Records),
        }
    }
}

/// The records of a group, every field included, oldest first.
pub(crate) fn all(stand_in: &StandIn, group: Group) -> Vec<Value> {
    let portal = stand_in.portal();
    let zone = &portal.zone;
    let rows: Vec<Map<String, Value>> = match group {
        Group::Users => portal.users().map(|user| user.fields.clone()).collect(),
        Group::Activities => portal
            .activities()
            .map(|activity| {
                let mut shown = activity.classic(zone);
                shown.insert("COMMUNICATIONS".to_owned(), activity.communications());
                let bindings = activity.bindings.iter().map(|(kind, id)| {
                    json!({"OWNER_TYPE_ID": kind.number().to_string(), "OWNER_ID": id.to_string()})
                });
                shown.insert("BINDINGS".to_owned(), bindings.collect());
                shown
            })
            .collect(),
        Group::Records(kind) => portal
            .entities(kind, 0)
            .map(|entity| entity.whole(zone))
            .collect(),
    };
    rows.into_iter().map(Value::Object).collect()
}

/// The address of the first webhook.
pub(crate) fn webhook_url(stand_in: &StandIn) -> Option<String> {
    let webhooks = stand_in.webhooks();
    let first = webhooks.first()?;
    let base = stand_in.base_url();
    Some(format!("{base}/rest/{}/{}/", first.user, first.secret))
}

async fn records(
    State(stand_in): State<StandIn>,
    Path(kind): Path<String>,
) -> Result<Response, ApiError> {
    let group = Group::named(&kind).ok_or_else(ApiError::not_found)?;
    Ok(answer(StatusCode::OK, &all(&stand_in, group).into()))
}

async fn requests(State(stand_in): State<StandIn>) -> Response {
    Json(&*stand_in.requests()).into_response()
}

async fn sessions(State(stand_in): State<StandIn>) -> Result<Response, ApiError> {
    let url = webhook_url(&stand_in).ok_or_else(ApiError::not_found)?;
    Ok(answer(StatusCode::CREATED, &json!({"webhook_url": url})))
}

async fn faults(State(stand_in): State<StandIn>) -> Response {
    let faults = stand_in.faults();
    Json(json!({"coming": faults.coming(), "fired": faults.fired()})).into_response()
}

async fn add_fault(State(stand_in): State<StandIn>, Json(fault): Json<Fault>) -> StatusCode {
    stand_in.faults().add(fault);
    StatusCode::NO_CONTENT
}

async fn clear_faults(State(stand_in): State<StandIn>) -> StatusCode {
    stand_in.faults().clear();
    StatusCode::NO_CONTENT
}

async fn switches(State(stand_in): State<StandIn>) -> Json<Switches> {
    Json(stand_in.switches())
}

async fn switch(State(stand_in): State<StandIn>, Json(switches): Json<Switches>) -> StatusCode {
    stand_in.switch(switches);
    StatusCode::NO_CONTENT
}

async fn revoke(State(stand_in): State<StandIn>) -> StatusCode {
    stand_in.webhooks().clear();
    StatusCode::NO_CONTENT
}

async fn reset(State(stand_in): State<StandIn>) -> StatusCode {
    let options = stand_in.options();
    // A seed that could not be used would have kept the stand-in from starting.
    if let Ok(portal) = options.seed.portal(stand_in.now()) {
        *stand_in.portal() = portal;
    }
    stand_in.webhooks().clone_from(&options.webhooks);
    stand_in.switch(options.switches);
    *stand_in.level() = Level::default();
    *stand_in.worked() = Worked::default();
    *stand_in.faults() = Faults::default();
    *stand_in.requests() = Requests::default();
    StatusCode::NO_CONTENT
}
