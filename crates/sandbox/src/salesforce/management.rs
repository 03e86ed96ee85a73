//! The stand-in's own endpoints, for tests and demos: look at records, count requests, make things
//! go wrong. They are open to whoever reaches the loopback interface.

pub(crate) mod records;

use std::io;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::errors::{ApiError, json_answer};
use super::faults::Fault;
use super::grants::Grant;
use super::rest::NEWEST;
use super::sandbox::{Tokens, everything};
use super::setup::Setup;
use super::sobjects::schema::Object;
use super::sobjects::sobject;
use super::stand_in::StandIn;
use crate::faults::Faults;
use crate::requests::Requests;

const GUIDE: &str = "\
Stand-in for Salesforce: management

GET    /__sandbox/records/{object}   the records, every field, oldest first
POST   /__sandbox/records/{object}   {field: value}: puts one in past every rule -> {\"id\"}
PATCH  /__sandbox/record/{id}        {field: value}: changes one past every rule
DELETE /__sandbox/record/{id}        puts it into the recycle bin
POST   /__sandbox/record/{id}/purge  takes it out of the recycle bin for good
POST   /__sandbox/record/{id}/merge  {\"loser\"}: merges another one into it
POST   /__sandbox/record/{id}/convert  makes a lead a contact -> {\"id\"}
GET    /__sandbox/setup              what is switched on, hidden and forbidden
PATCH  /__sandbox/setup              {switch: value}: changes some of it
GET    /__sandbox/requests           {\"total\", \"by_endpoint\"} since the start or the last reset
POST   /__sandbox/sessions           {\"username\"} -> {\"access_token\", \"refresh_token\"}, no pages
GET    /__sandbox/faults             {\"coming\", \"fired\"}: what is still to go wrong, and what has
POST   /__sandbox/faults             {\"kind\", \"times\", \"milliseconds\", \"target\"}; see below
DELETE /__sandbox/faults             nothing goes wrong any more
POST   /__sandbox/tokens/expire      ends the access tokens issued so far
POST   /__sandbox/tokens/revoke      ends every grant, refresh tokens included
POST   /__sandbox/reset              records and setup as at first, no faults, counts at 0; tokens stay

kind: unavailable (503, HTML), moved (420, HTML), quota and concurrency (403), query_timeout, lock
(UNABLE_TO_LOCK_ROW), drop_after_commit (carried out, then the connection closes without an answer),
delay (waits `milliseconds` first), expire_tokens, revoke_consent, inactive_owner, validation_rule,
duplicate_alert, duplicate_block, refuse_consent (answers \"denied\" by itself)
times: how many requests, 1 if not given
target: api, reads, writes, token, consent; what fits the kind if not given
";

pub(crate) fn routes() -> Router<StandIn> {
    Router::new()
        .route("/__sandbox", get(|| async { GUIDE }))
        .route("/__sandbox/records/{object}", get(records).post(put))
        .route("/__sandbox/record/{id}", patch(change).delete(delete))
        .route("/__sandbox/record/{id}/purge", post(purge))
        .route("/__sandbox/record/{id}/merge", post(merge))
        .route("/__sandbox/record/{id}/convert", post(convert))
        .route("/__sandbox/setup", get(setup).patch(set_up))
        .route("/__sandbox/requests", get(requests))
        .route("/__sandbox/sessions", post(sessions))
        .route(
            "/__sandbox/faults",
            get(faults).post(add_fault).delete(clear_faults),
        )
        .route("/__sandbox/tokens/expire", post(expire))
        .route("/__sandbox/tokens/revoke", post(revoke))
        .route("/__sandbox/reset", post(reset))
}

/// Lets the application in for a user, without pages.
pub(crate) fn sign_in(stand_in: &StandIn, username: &str) -> io::Result<Option<Tokens>> {
    let user = stand_in
        .organisation()
        .user(username)
        .map(|user| user.id.clone());
    let Some(user) = user else {
        return Ok(None);
    };
    let scopes = vec!["api".to_owned(), "refresh_token".to_owned()];
    let (grant, access_token) = stand_in.admit(user, scopes)?;
    Ok(Some(Tokens {
        access_token,
        refresh_token: grant.refresh_token.unwrap_or_default(),
    }))
}

async fn records(
    State(stand_in): State<StandIn>,
    Path(object): Path<String>,
) -> Result<Response, ApiError> {
    let object = Object::named(&object).ok_or_else(ApiError::not_found)?;
    let setup = everything(&stand_in);
    let organisation = stand_in.organisation();
    let records: Vec<Value> = organisation
        .records
        .of(object)
        .map(|record| sobject(record, NEWEST, &setup))
        .collect();
    Ok(json_answer(StatusCode::OK, &records.into()))
}

async fn put(
    State(stand_in): State<StandIn>,
    Path(object): Path<String>,
    Json(fields): Json<Value>,
) -> Result<Response, ApiError> {
    let id =
        records::put(&stand_in, &object, &fields).map_err(|error| ApiError::not_kept(&error))?;
    let id = id.ok_or_else(ApiError::not_found)?;
    Ok(json_answer(StatusCode::CREATED, &json!({ "id": id })))
}

async fn change(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
    Json(fields): Json<Value>,
) -> Result<StatusCode, ApiError> {
    done(records::change(&stand_in, &id, &fields))
}

async fn delete(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    done(records::delete(&stand_in, &id))
}

async fn purge(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    done(records::purge(&stand_in, &id).map(|()| true))
}

#[derive(Deserialize)]
struct Loser {
    loser: String,
}

async fn merge(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
    Json(Loser { loser }): Json<Loser>,
) -> Result<StatusCode, ApiError> {
    done(records::merge(&stand_in, &id, &loser))
}

async fn convert(
    State(stand_in): State<StandIn>,
    Path(id): Path<String>,
) -> Result<Response, ApiError> {
    let contact = records::convert(&stand_in, &id).map_err(|error| ApiError::not_kept(&error))?;
    let contact = contact.ok_or_else(ApiError::not_found)?;
    Ok(json_answer(StatusCode::OK, &json!({ "id": contact })))
}

/// Nothing to tell, or no such record.
fn done(result: io::Result<bool>) -> Result<StatusCode, ApiError> {
    match result {
        Ok(true) => Ok(StatusCode::NO_CONTENT),
        Ok(false) => Err(ApiError::not_found()),
        Err(error) => Err(ApiError::not_kept(&error)),
    }
}

async fn setup(State(stand_in): State<StandIn>) -> Response {
    Json(stand_in.setup()).into_response()
}

async fn set_up(
    State(stand_in): State<StandIn>,
    Json(change): Json<Map<String, Value>>,
) -> Result<StatusCode, ApiError> {
    let wrong =
        |error: serde_json::Error| ApiError::bad_request("INVALID_FIELD", error.to_string());
    let mut setup = serde_json::to_value(stand_in.setup()).map_err(wrong)?;
    for (name, value) in change {
        setup[name] = value;
    }
    let setup: Setup = serde_json::from_value(setup).map_err(wrong)?;
    stand_in.set_up(setup);
    Ok(StatusCode::NO_CONTENT)
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
    let tokens = sign_in(&stand_in, &username).map_err(|error| ApiError::not_kept(&error))?;
    let tokens = tokens.ok_or_else(ApiError::not_found)?;
    let body = json!({
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "instance_url": stand_in.base_url(),
    });
    Ok(json_answer(StatusCode::CREATED, &body))
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

async fn expire(State(stand_in): State<StandIn>) -> Result<StatusCode, ApiError> {
    change_grants(&stand_in, |grant| grant.access_tokens.clear())
}

async fn revoke(State(stand_in): State<StandIn>) -> Result<StatusCode, ApiError> {
    change_grants(&stand_in, Grant::end)
}

fn change_grants(stand_in: &StandIn, change: impl Fn(&mut Grant)) -> Result<StatusCode, ApiError> {
    stand_in
        .organisation()
        .change_grants(change)
        .map_err(|error| ApiError::not_kept(&error))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn reset(State(stand_in): State<StandIn>) -> Result<StatusCode, ApiError> {
    // A seed that could not be used would have kept the stand-in from starting.
    let seeds = stand_in
        .options()
        .seed
        .records(stand_in.now())
        .unwrap_or_default();
    stand_in
        .organisation()
        .reset(seeds)
        .map_err(|error| ApiError::not_kept(&error))?;
    stand_in.set_up(stand_in.options().setup.clone());
    *stand_in.faults() = Faults::default();
    *stand_in.requests() = Requests::default();
    Ok(StatusCode::NO_CONTENT)
}
