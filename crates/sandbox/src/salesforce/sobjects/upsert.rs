//! Creates or changes the record that an external id names.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::crud::{keep, writable, writer};
use super::prepare::{self, Writer};
use super::schema::{Kind, Object};
use super::{mishap, sobject};
use crate::salesforce::errors::{ApiError, json_answer};
use crate::salesforce::records::{Record, Records};
use crate::salesforce::rest::{Session, json_object, version_number};
use crate::salesforce::setup::Setup;
use crate::salesforce::stand_in::StandIn;

/// From this version on an update by an external id is answered 200, not 204.
const TELLS_OF_UPDATES: u32 = 46;

#[derive(Deserialize)]
pub(super) struct Manner {
    #[serde(default, rename = "updateOnly")]
    update_only: bool,
}

/// `PATCH {v}/sobjects/{object}/{field}/{value}`.
pub(super) async fn upsert(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path((version, object, field, key)): Path<(String, String, String, String)>,
    Query(Manner { update_only }): Query<Manner>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let setup = stand_in.setup();
    let object = writable(&object, &setup)?;
    let input = json_object(&headers, &body)?;
    mishap::of_request(&stand_in)?;
    let mut organisation = stand_in.organisation();
    if update_only && same(&organisation.records, object, &field, &key, &setup)?.is_empty() {
        return Err(ApiError::not_found());
    }
    let writer = writer(&session, &stand_in, &setup);
    let records = &mut organisation.records;
    let (record, created) = prepared(records, object, &field, &key, &input, writer)?;
    let id = record.id.clone();
    keep(&mut organisation, record)?;
    let tells = version_number(&version).is_some_and(|number| number >= TELLS_OF_UPDATES);
    if !created && !tells {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let status = if created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let body = json!({"id": id.as_str(), "success": true, "errors": [], "created": created});
    Ok(json_answer(status, &body))
}

/// `GET {v}/sobjects/{object}/{field}/{value}`.
pub(super) async fn retrieve(
    State(stand_in): State<StandIn>,
    Path((version, object, field, key)): Path<(String, String, String, String)>,
) -> Result<Response, ApiError> {
    let setup = stand_in.setup();
    let object = Object::named(&object).ok_or_else(ApiError::not_found)?;
    let organisation = stand_in.organisation();
    let found = same(&organisation.records, object, &field, &key, &setup)?;
    match found.as_slice() {
        [] => Err(ApiError::not_found()),
        [one] => Ok(json_answer(StatusCode::OK, &sobject(one, &version, &setup))),
        several => {
            let name = object.name();
            let addresses: Vec<String> = several
                .iter()
                .map(|one| format!("/services/data/{version}/sobjects/{name}/{}", one.id))
                .collect();
            Ok(json_answer(StatusCode::MULTIPLE_CHOICES, &addresses.into()))
        }
    }
}

/// The record as it will be, and whether it is new.
pub(super) fn prepared(
    records: &mut Records,
    object: Object,
    field: &str,
    key: &str,
    input: &Map<String, Value>,
    writer: Writer,
) -> Result<(Record, bool), ApiError> {
    let found = same(records, object, field, key, writer.setup)?;
    let old = found.first().map(|record| (*record).clone());
    let mut input = input.clone();
    input.retain(|name, _| !name.eq_ignore_ascii_case(field));
    if let Some(old) = old {
        let record = prepare::changed(records, &old, &input, writer)?;
        return Ok((record, false));
    }
    input.insert(field.to_owned(), key.into());
    let record = prepare::new(records, object, &input, writer)?;
    Ok((record, true))
}

fn same<'a>(
    records: &'a Records,
    object: Object,
    field: &str,
    key: &str,
    setup: &Setup,
) -> Result<Vec<&'a Record>, ApiError> {
    let known = object
        .schema()
        .field(field)
        .filter(|field| setup.shows(object, field))
        .filter(|field| field.is_external_id() || matches!(field.kind, Kind::Id));
    let Some(field) = known else {
        return Err(ApiError::new(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            format!("Provided external ID field does not exist or is not accessible: {field}"),
        ));
    };
    let holds = |record: &&Record| match field.kind {
        Kind::Id => record.id.as_str() == key,
        _ => record.text(field.name).eq_ignore_ascii_case(key),
    };
    Ok(records.of(object).filter(holds).collect())
}
