//! The stand-in's own endpoints, for tests and demos: look at records, count requests, make things
//! go wrong. They are open to whoever reaches the loopback interface.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::errors::ApiError;
use super::faults::Fault;
use super::limits::Limits;
use super::options::Switches;
use super::portal::{Kind, Portal};
use super::rest::create_one;
use super::sandbox::Tokens;
use super::stand_in::StandIn;
use super::webhook::signature_v3;
use crate::faults::Faults;
use crate::requests::Requests;

const GUIDE: &str = "\
Stand-in for HubSpot: management

GET    /__sandbox/records/{type}     the records, every property, by id; archived ones left out
POST   /__sandbox/records/{type}     {\"properties\", \"associations\"}: a record, past every limit and fault
GET    /__sandbox/requests           {\"total\", \"by_endpoint\"} since the start or the last reset
POST   /__sandbox/sessions           {\"username\"} -> {\"access_token\", \"refresh_token\"}, no pages
GET    /__sandbox/switches           what differs between accounts
PUT    /__sandbox/switches           {name: value, ...}; those that are not named become as at first
GET    /__sandbox/faults             {\"coming\", \"fired\"}: what is still to go wrong, and what has
POST   /__sandbox/faults             {\"kind\", \"times\", \"milliseconds\", \"target\"}; see below
DELETE /__sandbox/faults             nothing goes wrong any more
POST   /__sandbox/tokens/expire      ends the access tokens issued so far
POST   /__sandbox/tokens/revoke      ends every grant, and the service key
POST   /__sandbox/signatures         {\"client_secret\", \"method\", \"uri\", \"body\", \"timestamp\"} -> {\"signature\"}
                                     of a webhook, version 3
POST   /__sandbox/reset              records and switches as at first, no faults, counts at 0; tokens stay

kind: unavailable (503, HTML), server_error (500), not_found_page (404, HTML), ten_secondly,
secondly and daily (429), locked (423), migrating (477), token_expired (401), missing_scopes (403),
duplicate (409), inactive_owner and validation_rule (400), bad_refresh_token, drop_after_commit
(carried out, then the connection closes without an answer), delay (waits `milliseconds` first),
refuse_consent (answers \"denied\" by itself)
times: how many requests, 1 if not given
target: api, reads, writes, token, consent; what fits the kind if not given
";

/// The scopes of a session that is made without pages.
const SCOPES: [&str; 8] = [
    "oauth",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.companies.read",
    "crm.objects.companies.write",
    "crm.objects.owners.read",
    "crm.objects.leads.read",
    "crm.objects.leads.write",
];

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/__sandbox", get(|| async { GUIDE }))
        .route("/__sandbox/records/{kind}", get(records).post(add_record))
        .route("/__sandbox/requests", get(requests))
        .route("/__sandbox/sessions", post(sessions))
        .route("/__sandbox/switches", get(switches).put(set_switches))
        .route(
            "/__sandbox/faults",
            get(faults).post(add_fault).delete(clear_faults),
        )
        .route("/__sandbox/tokens/expire", post(expire))
        .route("/__sandbox/tokens/revoke", post(revoke))
        .route("/__sandbox/signatures", post(sign))
        .route("/__sandbox/reset", post(reset))
}

/// Lets the app in for the owner with this e-mail address, without pages.
pub(crate) fn sign_in(stand_in: &StandIn, email: &str) -> Option<Tokens> {
    let owner = stand_in
        .portal()
        .owners
        .iter()
        .position(|owner| owner.email.eq_ignore_ascii_case(email) && !owner.archived)?;
    let scopes = SCOPES.map(str::to_owned).to_vec();
    let (access_token, refresh_token) = stand_in.admit(owner, scopes);
    Some(Tokens {
        access_token,
        refresh_token,
    })
}

/// The records of a type, archived ones left out: `{id, properties, createdAt, updatedAt}`.
pub(crate) fn all(stand_in: &StandIn, kind: Kind) -> Vec<Value> {
    stand_in
        .portal()
        .of(kind)
        .map(|record| record.told_whole(None))
        .collect()
}

/// Adds a record past every limit, and gives its id.
pub(crate) fn add(
    stand_in: &StandIn,
    kind: Kind,
    input: &Map<String, Value>,
) -> Result<u64, ApiError> {
    let switches = Switches {
        required_property: None,
        ..stand_in.switches()
    };
    create_one(stand_in, &mut stand_in.portal(), kind, input, &switches)
}

fn kind(name: &str) -> Result<Kind, ApiError> {
    Kind::named(name).ok_or_else(|| ApiError::validation(format!("there is no type {name}")))
}

async fn records(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    Ok(Json(all(&stand_in, kind(&name)?)).into_response())
}

async fn add_record(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    Json(input): Json<Map<String, Value>>,
) -> Result<Response, ApiError> {
    let id = add(&stand_in, kind(&name)?, &input)?;
    Ok((StatusCode::CREATED, Json(json!({"id": id.to_string()}))).into_response())
}

async fn requests(State(stand_in): State<StandIn>) -> Response {
    Json(&*stand_in.requests()).into_response()
}

#[derive(Deserialize)]
struct Username {
    username: String,
}

async fn sessions(
    State(stand_in): State<StandIn>,
    Json(Username { username }): Json<Username>,
) -> Response {
    match sign_in(&stand_in, &username) {
        Some(tokens) => {
            let body = json!({
                "access_token": tokens.access_token,
                "refresh_token": tokens.refresh_token,
                "instance_url": stand_in.base_url(),
            });
            (StatusCode::CREATED, Json(body)).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn switches(State(stand_in): State<StandIn>) -> Response {
    Json(stand_in.switches()).into_response()
}

async fn set_switches(
    State(stand_in): State<StandIn>,
    Json(switches): Json<Switches>,
) -> StatusCode {
    stand_in.set_switches(switches);
    StatusCode::NO_CONTENT
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

#[derive(Deserialize)]
struct Webhook {
    client_secret: String,
    method: String,
    uri: String,
    body: String,
    timestamp: String,
}

async fn sign(Json(webhook): Json<Webhook>) -> Response {
    let Webhook {
        client_secret,
        method,
        uri,
        body,
        timestamp,
    } = webhook;
    let signature = signature_v3(&client_secret, &method, &uri, &body, &timestamp);
    Json(json!({"signature": signature})).into_response()
}

async fn expire(State(stand_in): State<StandIn>) -> StatusCode {
    stand_in.grants().expire();
    StatusCode::NO_CONTENT
}

async fn revoke(State(stand_in): State<StandIn>) -> StatusCode {
    stand_in.grants().revoke();
    StatusCode::NO_CONTENT
}

async fn reset(State(stand_in): State<StandIn>) -> StatusCode {
    *stand_in.portal() = fresh(&stand_in);
    stand_in.set_switches(stand_in.options().switches.clone());
    *stand_in.limits() = Limits::default();
    *stand_in.faults() = Faults::default();
    *stand_in.requests() = Requests::default();
    StatusCode::NO_CONTENT
}

fn fresh(stand_in: &StandIn) -> Portal {
    let options = stand_in.options();
    // A seed that could not be used would have kept the stand-in from starting.
    options
        .seed
        .portal(
            stand_in.now(),
            &stand_in.derivation(),
            options.owner_equals_user,
        )
        .unwrap_or_default()
}
