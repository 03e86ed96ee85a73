//! The stand-in's own endpoints, for tests and demos: look at records, count requests, make things
//! go wrong. They are open to whoever reaches the loopback interface.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::api::{View, shown};
use super::errors::{ApiError, answer};
use super::faults::Fault;
use super::sandbox::Tokens;
use super::schema::Module;
use super::seed;
use super::stand_in::StandIn;
use super::switches::Switches;
use crate::faults::Faults;
use crate::requests::Requests;

const GUIDE: &str = "\
Stand-in for Zoho CRM: management

GET    /__sandbox/records/{module}   the records, every field, oldest first
POST   /__sandbox/records/{module}   puts one in, without the API's rules -> {\"id\"}
GET    /__sandbox/requests           {\"total\", \"by_endpoint\"} since the start or the last reset
POST   /__sandbox/sessions           {\"username\"} -> {\"access_token\", \"refresh_token\"}, no pages
PUT    /__sandbox/users/{id}         {\"active\"}: somebody leaves or comes back
GET    /__sandbox/faults             {\"coming\", \"fired\"}: what is still to go wrong, and what has
POST   /__sandbox/faults             {\"kind\", \"times\", \"milliseconds\", \"target\"}; see below
DELETE /__sandbox/faults             nothing goes wrong any more
GET    /__sandbox/switches           how Zoho behaves where its documents do not say
PUT    /__sandbox/switches           the same; what is not named is as at first
POST   /__sandbox/tokens/expire      ends the access tokens issued so far
POST   /__sandbox/tokens/revoke      ends every grant, refresh tokens included
POST   /__sandbox/reset              records as at first, no faults, counts at 0; tokens stay

kind: unavailable (503, HTML), html_page (200, HTML), internal_error (500), too_many_requests (429),
limit_exceeded (credits of the day), invalid_token (401), delay (waits `milliseconds` first),
drop_after_commit (carried out, then the connection closes without an answer), validation_rule,
no_permission, access_denied and general_error (token endpoint), refuse_consent
times: how many requests, 1 if not given
target: api, reads, writes, token, consent; what fits the kind if not given
";

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/__sandbox", get(|| async { GUIDE }))
        .route("/__sandbox/records/{module}", get(records).post(add_record))
        .route("/__sandbox/requests", get(requests))
        .route("/__sandbox/sessions", post(sessions))
        .route("/__sandbox/users/{id}", put(change_user))
        .route(
            "/__sandbox/faults",
            get(faults).post(add_fault).delete(clear_faults),
        )
        .route("/__sandbox/switches", get(switches).put(change_switches))
        .route("/__sandbox/tokens/expire", post(expire))
        .route("/__sandbox/tokens/revoke", post(revoke))
        .route("/__sandbox/reset", post(reset))
}

/// Lets the application in for a user, without pages.
pub(crate) fn sign_in(stand_in: &StandIn, email: &str) -> Option<Tokens> {
    let switches = stand_in.switches();
    let scopes = switches
        .granted_scopes
        .unwrap_or_else(|| vec!["*".to_owned()]);
    let mut organisation = stand_in.organisation();
    let user = organisation.user_named(email)?.id;
    let entropy = stand_in.entropy();
    let grant = organisation.grants.add(user, scopes, entropy);
    Some(Tokens {
        access_token: grant.issue(
            stand_in.now(),
            switches.token_seconds,
            switches.token_limits,
            entropy,
        ),
        refresh_token: grant.refresh_token().to_owned(),
    })
}

async fn records(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
) -> Result<Response, ApiError> {
    let module = Module::named(&name).ok_or_else(|| ApiError::invalid_module(&name))?;
    let switches = stand_in.switches();
    let zone = stand_in.zone();
    let organisation = stand_in.organisation();
    let view = View {
        organisation: &organisation,
        switches: &switches,
        zone,
    };
    let records: Vec<Value> = organisation
        .records
        .of(module)
        .map(|record| shown(&view, record, None))
        .collect();
    Ok(answer(StatusCode::OK, &records.into()))
}

async fn add_record(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    Json(fields): Json<Map<String, Value>>,
) -> Result<Response, ApiError> {
    let module = Module::named(&name).ok_or_else(|| ApiError::invalid_module(&name))?;
    let now = stand_in.now();
    let id = seed::put(&mut stand_in.organisation(), module, &fields, now)
        .map_err(|error| ApiError::bad_request("INVALID_DATA", &error.to_string(), json!({})))?;
    Ok(answer(StatusCode::CREATED, &json!({"id": id.to_string()})))
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
) -> Result<Response, ApiError> {
    let tokens = sign_in(&stand_in, &username).ok_or_else(ApiError::no_permission)?;
    let body = json!({
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "api_domain": stand_in.base_url(),
    });
    Ok(answer(StatusCode::CREATED, &body))
}

#[derive(Deserialize)]
struct Active {
    active: bool,
}

async fn change_user(
    State(stand_in): State<StandIn>,
    Path(id): Path<u64>,
    Json(Active { active }): Json<Active>,
) -> StatusCode {
    let mut organisation = stand_in.organisation();
    match organisation.users.iter_mut().find(|user| user.id == id) {
        Some(user) => {
            user.active = active;
            StatusCode::NO_CONTENT
        }
        None => StatusCode::NOT_FOUND,
    }
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

async fn change_switches(
    State(stand_in): State<StandIn>,
    Json(switches): Json<Switches>,
) -> StatusCode {
    stand_in.change_switches(|kept| *kept = switches);
    StatusCode::NO_CONTENT
}

async fn expire(State(stand_in): State<StandIn>) -> StatusCode {
    stand_in.organisation().grants.expire();
    StatusCode::NO_CONTENT
}

async fn revoke(State(stand_in): State<StandIn>) -> StatusCode {
    stand_in.organisation().grants.revoke_all();
    StatusCode::NO_CONTENT
}

async fn reset(State(stand_in): State<StandIn>) -> StatusCode {
    // A seed that could not be used would have kept the stand-in from starting.
    let fresh = stand_in.options().seed.organisation(stand_in.now());
    let mut organisation = stand_in.organisation();
    let grants = std::mem::take(&mut organisation.grants);
    *organisation = fresh.unwrap_or_default();
    organisation.grants = grants;
    drop(organisation);
    stand_in.change_switches(|kept| *kept = stand_in.options().switches.clone());
    *stand_in.faults() = Faults::default();
    *stand_in.requests() = Requests::default();
    StatusCode::NO_CONTENT
}
