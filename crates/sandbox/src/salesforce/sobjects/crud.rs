//! Create, read, change and delete one record.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::fmt::rfc2822;
use serde::Deserialize;
use serde_json::json;

use super::prepare::{self, Writer};
use super::schema::Object;
use super::{derived, duplicates, mishap, sobject};
use crate::salesforce::datetime;
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::organisation::Organisation;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::records::Record;
use crate::salesforce::rest::{Session, json_object};
use crate::salesforce::setup::Setup;
use crate::salesforce::stand_in::StandIn;

/// `POST {v}/sobjects/{object}`.
pub(super) async fn create(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path((version, object)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let setup = stand_in.setup();
    let object = writable(&object, &setup)?;
    let input = json_object(&headers, &body)?;
    mishap::of_request(&stand_in)?;
    mishap::of_record(&stand_in, object, &input)?;
    let mut organisation = stand_in.organisation();
    let record = prepare::new(
        &mut organisation.records,
        object,
        &input,
        writer(&session, &stand_in, &setup),
    )?;
    duplicates::check(
        &stand_in,
        &organisation.records,
        &record,
        &headers,
        &version,
    )?;
    let id = record.id.clone();
    keep(&mut organisation, record)?;
    let location = format!("/services/data/{version}/sobjects/{}/{id}", object.name());
    let body = json!({"id": id.as_str(), "success": true, "errors": []});
    Ok((
        [(header::LOCATION, location)],
        json_answer(StatusCode::CREATED, &body),
    )
        .into_response())
}

/// What a client may ask of a record.
#[derive(Deserialize)]
pub(super) struct Fields {
    fields: Option<String>,
}

/// `GET {v}/sobjects/{object}/{id}?fields=`.
pub(super) async fn retrieve(
    State(stand_in): State<StandIn>,
    Path((version, object, id)): Path<(String, String, String)>,
    Query(Fields { fields }): Query<Fields>,
) -> Result<Response, ApiError> {
    let setup = stand_in.setup();
    let object = Object::named(&object)
        .filter(|object| setup.sees(*object))
        .ok_or_else(ApiError::not_found)?;
    let organisation = stand_in.organisation();
    let record = existing(&organisation, object, &id)?;
    let whole = sobject(record, &version, &setup);
    let Some(fields) = fields else {
        return Ok(json_answer(StatusCode::OK, &whole));
    };
    let mut answer = json!({"attributes": whole["attributes"], "Id": whole["Id"]});
    for name in fields.split(',').map(str::trim) {
        let field = object.schema().field(name);
        let field = field
            .filter(|field| setup.shows(object, field))
            .ok_or_else(|| {
                let message = format!(
                    "No such column '{name}' on sobject of type {}",
                    object.name()
                );
                ApiError::bad_request("INVALID_FIELD", message)
            })?;
        answer[field.name] = whole[field.name].clone();
    }
    Ok(json_answer(StatusCode::OK, &answer))
}

/// `PATCH {v}/sobjects/{object}/{id}`.
pub(super) async fn update(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path((_, object, id)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, ApiError> {
    let setup = stand_in.setup();
    let object = writable(&object, &setup)?;
    let input = json_object(&headers, &body)?;
    mishap::of_request(&stand_in)?;
    let mut organisation = stand_in.organisation();
    let old = existing(&organisation, object, &id)?;
    if is_modified(old, &headers)? {
        return Ok(StatusCode::PRECONDITION_FAILED);
    }
    let record = prepare::changed(
        &organisation.records,
        old,
        &input,
        writer(&session, &stand_in, &setup),
    )?;
    keep(&mut organisation, record)?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether the record was changed after the moment that the client names (REST API Developer
/// Guide, "Conditional Request Headers"). Both sides know seconds only.
fn is_modified(record: &Record, headers: &HeaderMap) -> Result<bool, ApiError> {
    let Some(since) = headers.get(header::IF_UNMODIFIED_SINCE) else {
        return Ok(false);
    };
    let since = since
        .to_str()
        .ok()
        .and_then(|since| rfc2822::parse(since).ok())
        .ok_or_else(|| {
            ApiError::bad_request("INVALID_DATE_FORMAT", "If-Unmodified-Since: not a date")
        })?;
    let modified = datetime::read(record.text("LastModifiedDate"));
    Ok(modified.is_some_and(|modified| modified.as_second() > since.timestamp().as_second()))
}

/// `DELETE {v}/sobjects/{object}/{id}`.
pub(super) async fn delete(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path((_, object, id)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    let setup = stand_in.setup();
    let object = writable(&object, &setup)?;
    mishap::of_request(&stand_in)?;
    let mut organisation = stand_in.organisation();
    let old = existing(&organisation, object, &id)?;
    let record = prepare::deleted(old, writer(&session, &stand_in, &setup));
    keep(&mut organisation, record)?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) fn writer<'a>(session: &'a Session, stand_in: &StandIn, setup: &'a Setup) -> Writer<'a> {
    Writer {
        user: &session.user,
        now: stand_in.now(),
        setup,
    }
}

pub(super) fn keep(organisation: &mut Organisation, record: Record) -> Result<(), ApiError> {
    derived::keep(organisation, record).map_err(|error| ApiError::not_kept(&error))
}

pub(super) fn writable(name: &str, setup: &Setup) -> Result<Object, ApiError> {
    let object = Object::named(name)
        .filter(|object| setup.sees(*object))
        .ok_or_else(ApiError::not_found)?;
    if setup.writes(object) {
        return Ok(object);
    }
    Err(ApiError::bad_request(
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        format!("entity type cannot be inserted: {}", object.schema().label),
    ))
}

pub(super) fn existing<'a>(
    organisation: &'a Organisation,
    object: Object,
    id: &str,
) -> Result<&'a Record, ApiError> {
    let missing = || {
        ApiError::new(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            "Provided external ID field does not exist or is not accessible: ".to_owned() + id,
        )
    };
    let id = RecordId::parse(id).ok_or_else(missing)?;
    let record = organisation
        .records
        .get(&id)
        .filter(|record| record.object == object)
        .ok_or_else(ApiError::not_found)?;
    if record.is_true("IsDeleted") {
        return Err(ApiError::new(
            StatusCode::NOT_FOUND,
            "ENTITY_IS_DELETED",
            "entity is deleted",
        ));
    }
    Ok(record)
}
