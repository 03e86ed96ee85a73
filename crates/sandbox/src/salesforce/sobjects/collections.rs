//! Up to 200 records in one request.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::crud::{existing, keep, writable, writer};
use super::prepare::{self, Writer};
use super::schema::Object;
use super::{mishap, sobject, upsert};
use crate::salesforce::errors::{ApiError, RecordError, json_answer};
use crate::salesforce::organisation::Organisation;
use crate::salesforce::record_id::RecordId;
use crate::salesforce::records::Record;
use crate::salesforce::rest::{Session, json_object};
use crate::salesforce::setup::Setup;
use crate::salesforce::stand_in::StandIn;

/// The greatest number of records.
const MOST_RECORDS: usize = 200;
/// The greatest number of runs of records of one object.
const MOST_CHUNKS: usize = 10;

/// What is done with each record.
#[derive(Clone, Copy)]
enum Verb<'a> {
    Create,
    Update,
    Upsert(Object, &'a str),
}

/// A record that may be stored, and whether an upsert made it.
type Outcome = Result<(Record, Option<bool>), ApiError>;

/// `POST {v}/composite/sobjects`.
pub(super) async fn create(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    write(&stand_in, &session, &headers, &body, Verb::Create)
}

/// `PATCH {v}/composite/sobjects`.
pub(super) async fn update(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    write(&stand_in, &session, &headers, &body, Verb::Update)
}

/// `PATCH {v}/composite/sobjects/{object}/{field}`.
pub(super) async fn upsert(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path((_, object, field)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let object = writable(&object, &stand_in.setup())?;
    let verb = Verb::Upsert(object, &field);
    write(&stand_in, &session, &headers, &body, verb)
}

fn write(
    stand_in: &StandIn,
    session: &Session,
    headers: &HeaderMap,
    body: &Bytes,
    verb: Verb,
) -> Result<Response, ApiError> {
    let body = json_object(headers, body)?;
    let all_or_none = body.get("allOrNone") == Some(&Value::Bool(true));
    let inputs = inputs(&body)?;
    let setup = stand_in.setup();
    let writer = writer(session, stand_in, &setup);
    let locked = mishap::of_request(stand_in);
    let mut organisation = stand_in.organisation();
    let outcomes: Vec<Outcome> = inputs
        .into_iter()
        .map(|input| {
            locked.clone()?;
            prepared(stand_in, &mut organisation, input, writer, verb)
        })
        .collect();
    settle(&mut organisation, outcomes, all_or_none)
}

/// `DELETE {v}/composite/sobjects?ids=…&allOrNone=…`.
pub(super) async fn delete(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let parameter = |wanted: &str| {
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    let all_or_none = parameter("allOrNone").eq_ignore_ascii_case("true");
    let ids = parameter("ids");
    let setup = stand_in.setup();
    let writer = writer(&session, &stand_in, &setup);
    let locked = mishap::of_request(&stand_in);
    let mut organisation = stand_in.organisation();
    let outcomes: Vec<Outcome> = ids
        .split(',')
        .filter(|id| !id.is_empty())
        .map(|id| {
            locked.clone()?;
            let object = object_of(id)?;
            let old = existing(&organisation, object, id)?;
            Ok((prepare::deleted(old, writer), None))
        })
        .collect();
    within_limit(outcomes.len())?;
    settle(&mut organisation, outcomes, all_or_none)
}

/// `GET {v}/composite/sobjects/{object}?ids=…&fields=…`; `null` for a record that is not there.
pub(super) async fn retrieve(
    State(stand_in): State<StandIn>,
    Path((version, object)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let mut wanted = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        let values: Vec<&str> = value.split(',').collect();
        wanted.insert(name.into_owned(), values.into());
    }
    retrieved(&stand_in, &version, &object, &wanted)
}

/// `POST {v}/composite/sobjects/{object}` with `{"ids": […], "fields": […]}`.
pub(super) async fn retrieve_by_body(
    State(stand_in): State<StandIn>,
    Path((version, object)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, ApiError> {
    let wanted = json_object(&headers, &body)?;
    retrieved(&stand_in, &version, &object, &wanted)
}

fn retrieved(
    stand_in: &StandIn,
    version: &str,
    object: &str,
    wanted: &Map<String, Value>,
) -> Result<Response, ApiError> {
    let object = Object::named(object).ok_or_else(ApiError::not_found)?;
    let texts = |name: &str| -> Vec<&str> {
        let list = wanted.get(name).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    };
    let ids = texts("ids");
    within_limit(ids.len())?;
    let fields = texts("fields");
    let setup = stand_in.setup();
    let organisation = stand_in.organisation();
    let records: Vec<Value> = ids
        .into_iter()
        .map(|id| match existing(&organisation, object, id) {
            Ok(record) => {
                let mut whole = sobject(record, version, &setup);
                if let Some(all) = whole.as_object_mut() {
                    all.retain(|name, _| {
                        let asked = |field: &&str| field.eq_ignore_ascii_case(name);
                        matches!(name.as_str(), "attributes" | "Id") || fields.iter().any(asked)
                    });
                }
                whole
            }
            Err(_) => Value::Null,
        })
        .collect();
    Ok(json_answer(StatusCode::OK, &records.into()))
}

/// Stores what may be stored and tells of each record what became of it.
fn settle(
    organisation: &mut Organisation,
    mut outcomes: Vec<Outcome>,
    all_or_none: bool,
) -> Result<Response, ApiError> {
    if all_or_none && outcomes.iter().any(Result::is_err) {
        roll_back(&mut outcomes);
    }
    let mut answer = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        answer.push(match outcome {
            Ok((record, created)) => {
                let id = record.id.clone();
                keep(organisation, record)?;
                let mut told = json!({"id": id.as_str(), "success": true, "errors": []});
                if let Some(created) = created {
                    told["created"] = created.into();
                }
                told
            }
            Err(error) => json!({"success": false, "errors": [error.in_collection()]}),
        });
    }
    Ok(json_answer(StatusCode::OK, &Value::Array(answer)))
}

fn inputs(body: &Map<String, Value>) -> Result<Vec<&Map<String, Value>>, ApiError> {
    let records = body
        .get("records")
        .and_then(Value::as_array)
        .filter(|records| !records.is_empty())
        .ok_or_else(|| {
            ApiError::bad_request("REQUIRED_FIELD_MISSING", "At least 1 record is required")
        })?;
    within_limit(records.len())?;
    let inputs: Vec<&Map<String, Value>> = records.iter().filter_map(Value::as_object).collect();
    if inputs.len() != records.len() {
        return Err(ApiError::bad_request(
            "JSON_PARSER_ERROR",
            "Every element of records must be an object",
        ));
    }
    let chunks = inputs.chunk_by(|one, next| type_of(one) == type_of(next));
    if chunks.count() > MOST_CHUNKS {
        return Err(ApiError::bad_request(
            "LIMIT_EXCEEDED",
            format!(
                "Cannot have more than {MOST_CHUNKS} chunks in a single operation. Please \
                 rearrange the data to reduce chunking."
            ),
        ));
    }
    Ok(inputs)
}

fn within_limit(count: usize) -> Result<(), ApiError> {
    if count <= MOST_RECORDS {
        return Ok(());
    }
    Err(ApiError::bad_request(
        "EXCEEDED_ID_LIMIT",
        format!(
            "record limit reached. cannot submit more than {MOST_RECORDS} records into this call"
        ),
    ))
}

fn type_of(input: &Map<String, Value>) -> Option<&str> {
    input.get("attributes")?.get("type")?.as_str()
}

fn prepared(
    stand_in: &StandIn,
    organisation: &mut Organisation,
    input: &Map<String, Value>,
    writer: Writer,
    verb: Verb,
) -> Outcome {
    match verb {
        Verb::Create => {
            let object = object(input, writer.setup)?;
            mishap::of_record(stand_in, object, input)?;
            let record = prepare::new(&mut organisation.records, object, input, writer)?;
            Ok((record, None))
        }
        Verb::Update => {
            let object = object(input, writer.setup)?;
            let mut input = input.clone();
            let id = ["id", "Id"].into_iter().find_map(|name| input.remove(name));
            let id = id.as_ref().and_then(Value::as_str).unwrap_or_default();
            let old = existing(organisation, object, id)?;
            let record = prepare::changed(&organisation.records, old, &input, writer)?;
            Ok((record, None))
        }
        Verb::Upsert(object, field) => {
            let key = input
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(field))
                .and_then(|(_, value)| value.as_str())
                .unwrap_or_default();
            let (record, created) =
                upsert::prepared(&mut organisation.records, object, field, key, input, writer)?;
            Ok((record, Some(created)))
        }
    }
}

fn object(input: &Map<String, Value>, setup: &Setup) -> Result<Object, RecordError> {
    let name = type_of(input).unwrap_or_default();
    Object::named(name)
        .filter(|object| setup.writes(*object))
        .ok_or_else(|| {
            RecordError::new(
                "INVALID_TYPE",
                format!("sObject type '{name}' is not supported."),
            )
        })
}

fn object_of(id: &str) -> Result<Object, RecordError> {
    RecordId::parse(id)
        .and_then(|id| Object::of(&id))
        .ok_or_else(|| RecordError::new("MALFORMED_ID", format!("malformed id {id}")))
}

/// One failure takes the others with it.
fn roll_back(outcomes: &mut [Outcome]) {
    for outcome in outcomes {
        if outcome.is_ok() {
            *outcome = Err(RecordError::new(
                "ALL_OR_NONE_OPERATION_ROLLED_BACK",
                "Record rolled back because not all records were valid and the request was using \
                 AllOrNone header",
            )
            .into());
        }
    }
}
