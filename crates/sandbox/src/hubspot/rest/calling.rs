//! The inbound-call API: who calls, and the call written down, in one request. Off unless it is
//! switched on.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::{create_one, json_object};
use crate::hubspot::errors::{ApiError, json_answer};
use crate::hubspot::options::Switches;
use crate::hubspot::portal::{Kind, Portal, Record};
use crate::hubspot::stand_in::StandIn;

const REQUIRED: [&str; 7] = [
    "createEngagement",
    "engagementProperties",
    "externalCallId",
    "finalCallStatus",
    "fromNumber",
    "toNumber",
    "potentialRecipientUserIds",
];

/// `POST /crm/extensions/calling/inbound-call`.
pub(super) async fn inbound_call(
    State(stand_in): State<StandIn>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let switches = stand_in.switches();
    closed(&switches)?;
    let input = json_object(&body)?;
    if let Some(missing) = REQUIRED.iter().find(|name| !input.contains_key(**name)) {
        return Err(ApiError::validation(format!(
            "Required field {missing} is missing"
        )));
    }
    let number = input
        .get("fromNumber")
        .and_then(|number| number.get("e164Number"))
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut portal = stand_in.portal();
    let matches: Vec<Value> = [Kind::Contact, Kind::Company]
        .into_iter()
        .flat_map(|kind| portal.of(kind))
        .filter(|record| has(record, number))
        .map(|record| caller(&stand_in, record))
        .collect();
    if input.get("createEngagement") == Some(&Value::Bool(true)) {
        write(&stand_in, &mut portal, &input, number, &switches)?;
    }
    Ok(json_answer(
        StatusCode::OK,
        &json!({"callerIdMatches": matches}),
    ))
}

/// `POST /crm/extensions/calling/recordings/ready`.
pub(super) async fn recording_ready(
    State(stand_in): State<StandIn>,
    body: Bytes,
) -> Result<Response, ApiError> {
    closed(&stand_in.switches())?;
    let input = json_object(&body)?;
    let id = input
        .get("engagementId")
        .and_then(Value::as_u64)
        .unwrap_or(0);
    match stand_in.portal().get(Kind::Call, id) {
        Some(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        None => Err(super::no_object(&id.to_string())),
    }
}

fn closed(switches: &Switches) -> Result<(), ApiError> {
    if switches.inbound_call {
        Ok(())
    } else {
        Err(ApiError::bare(
            StatusCode::FORBIDDEN,
            "This app has no calling settings.",
        ))
    }
}

fn has(record: &Record, number: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let wanted = digits(number);
    !wanted.is_empty()
        && ["hs_calculated_phone_number", "hs_calculated_mobile_number"]
            .iter()
            .any(|property| digits(record.text(property)) == wanted)
}

fn caller(stand_in: &StandIn, record: &Record) -> Value {
    let mut told = json!({
        "callerIdType": record.kind.singular().to_ascii_uppercase(),
        "objectCoordinates": {
            "portalId": stand_in.options().portal_id,
            "objectTypeId": record.kind.number(),
            "objectId": record.id,
        },
    });
    if record.kind == Kind::Contact {
        told["firstName"] = record.text("firstname").into();
        told["lastName"] = record.text("lastname").into();
        told["email"] = record.text("email").into();
    } else {
        told["name"] = record.text("name").into();
    }
    told
}

fn write(
    stand_in: &StandIn,
    portal: &mut Portal,
    input: &Map<String, Value>,
    number: &str,
    switches: &Switches,
) -> Result<(), ApiError> {
    let call = input
        .get("externalCallId")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if switches.inbound_call_once && portal.inbound.contains_key(call) {
        return Ok(());
    }
    let mut properties = input
        .get("engagementProperties")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    properties
        .entry("hs_timestamp")
        .or_insert_with(|| stand_in.now().as_millisecond().to_string().into());
    properties.insert("hs_call_from_number".to_owned(), number.into());
    let associations: Vec<Value> = portal
        .of(Kind::Contact)
        .filter(|record| has(record, number))
        .map(|record| {
            json!({
                "to": {"id": record.id.to_string()},
                "types": [{
                    "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 194,
                }],
            })
        })
        .collect();
    let record = Map::from_iter([
        ("properties".to_owned(), properties.into()),
        ("associations".to_owned(), associations.into()),
    ]);
    let id = create_one(stand_in, portal, Kind::Call, &record, switches)?;
    portal.inbound.insert(call.to_owned(), id);
    Ok(())
}
