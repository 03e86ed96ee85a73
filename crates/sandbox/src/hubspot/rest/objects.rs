//! One record at a time, and lists of them.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::{Question, id, json_object, kind, no_object};
use crate::Target;
use crate::hubspot::errors::{ApiError, json_answer};
use crate::hubspot::faults::FaultKind;
use crate::hubspot::options::Switches;
use crate::hubspot::portal::{
    Association, Kind, Portal, Record, Write, checked, wanted_associations,
};
use crate::hubspot::stand_in::StandIn;

/// The most records of one page of a list.
const LONGEST_LIST: u64 = 100;

/// `POST /{kind}`.
pub(super) async fn create(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let input = json_object(&body)?;
    on_demand(&stand_in, kind, &input)?;
    let switches = stand_in.switches();
    let mut portal = stand_in.portal();
    let id = create_one(&stand_in, &mut portal, kind, &input, &switches)?;
    let told = portal
        .any(kind, id)
        .map(|record| record.told_whole(stand_in.page(kind, id)));
    Ok(json_answer(StatusCode::CREATED, &told.unwrap_or_default()))
}

/// Writes one new record with its associations, and gives its id.
pub(crate) fn create_one(
    stand_in: &StandIn,
    portal: &mut Portal,
    kind: Kind,
    input: &Map<String, Value>,
    switches: &Switches,
) -> Result<u64, ApiError> {
    let properties = checked(portal, kind, Write::Create, input, switches)?;
    let wanted = wanted_associations(portal, kind, input, switches)?;
    let now = stand_in.now();
    let id = portal.add(kind, properties, now, &stand_in.derivation()).id;
    for association in wanted {
        portal.associate(
            Association {
                from: (kind, id),
                ..association
            },
            now,
        );
    }
    Ok(id)
}

/// The refusals that were asked for.
pub(super) fn on_demand(
    stand_in: &StandIn,
    kind: Kind,
    input: &Map<String, Value>,
) -> Result<(), ApiError> {
    let fires = |fault| stand_in.faults().take(fault, Target::Writes).is_some();
    if kind == Kind::Contact
        && let Some(existing) = same_number(stand_in, input)
        && fires(FaultKind::Duplicate)
    {
        return Err(ApiError::conflict(
            existing,
            stand_in.switches().conflict_context,
        ));
    }
    let has_owner = input
        .get("properties")
        .and_then(|properties| properties.get("hubspot_owner_id"))
        .is_some_and(|owner| !owner.is_null());
    if has_owner && fires(FaultKind::InactiveOwner) {
        return Err(ApiError::property(
            "hubspot_owner_id",
            "INVALID_OWNER_ID",
            "Owner does not exist or is inactive",
        ));
    }
    if fires(FaultKind::ValidationRule) {
        return Err(ApiError::validation(
            "Validation failed: a rule of ours says that the region must be filled in",
        ));
    }
    Ok(())
}

/// The contact with the number of `input`.
fn same_number(stand_in: &StandIn, input: &Map<String, Value>) -> Option<u64> {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let number = input
        .get("properties")?
        .get("phone")?
        .as_str()
        .map(digits)?;
    let portal = stand_in.portal();
    let mut contacts = portal.of(Kind::Contact);
    let same = contacts.find(|record| digits(record.text("phone")) == number)?;
    Some(same.id)
}

/// `GET /{kind}/{id}`.
pub(super) async fn read(
    State(stand_in): State<StandIn>,
    Path((name, text)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let asked = Question::read(query.as_deref());
    let id = id(&text)?;
    let portal = stand_in.portal();
    let found = if asked.is_true("archived") {
        portal
            .any(kind, id)
            .filter(|record| record.archived.is_some())
    } else {
        portal.get(kind, id)
    };
    let record = found.ok_or_else(|| no_object(&text))?;
    let told = told(&stand_in, &portal, record, &asked)?;
    Ok(json_answer(StatusCode::OK, &told))
}

/// `GET /{kind}`.
pub(super) async fn list(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let asked = Question::read(query.as_deref());
    let limit = asked.number("limit").unwrap_or(10);
    if limit == 0 || limit > LONGEST_LIST {
        return Err(ApiError::validation(format!(
            "limit must be between 1 and {LONGEST_LIST}"
        )));
    }
    let after = asked.number("after").unwrap_or(0);
    let archived = asked.is_true("archived");
    let portal = stand_in.portal();
    let mut rest = portal
        .all(kind)
        .filter(|record| record.archived.is_some() == archived && record.id > after);
    let mut results = Vec::new();
    let mut last = after;
    for record in rest.by_ref().take(usize::try_from(limit).unwrap_or(10)) {
        last = record.id;
        results.push(told(&stand_in, &portal, record, &asked)?);
    }
    let mut answer = json!({"results": results});
    if rest.next().is_some() {
        answer["paging"] = json!({"next": {"after": last.to_string()}});
    }
    Ok(json_answer(StatusCode::OK, &answer))
}

fn told(
    stand_in: &StandIn,
    portal: &Portal,
    record: &Record,
    asked: &Question,
) -> Result<Value, ApiError> {
    let page = stand_in.page(record.kind, record.id);
    let mut told = record.told(&asked.list("properties"), page);
    let call_lead = stand_in.switches().call_lead_type;
    for name in asked.list("associations") {
        let to = kind(&name)?;
        let results: Vec<Value> = portal
            .associated((record.kind, record.id), to, call_lead)
            .into_iter()
            .map(|(id, _)| {
                let label = format!("{}_to_{}", record.kind.singular(), to.singular());
                json!({"id": id.to_string(), "type": label})
            })
            .collect();
        if !results.is_empty() {
            told["associations"][to.plural()] = json!({"results": results});
        }
    }
    Ok(told)
}

/// `PATCH /{kind}/{id}`.
pub(super) async fn change(
    State(stand_in): State<StandIn>,
    Path((name, text)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let input = json_object(&body)?;
    on_demand(&stand_in, kind, &input)?;
    let switches = stand_in.switches();
    let mut portal = stand_in.portal();
    let id = portal
        .get(kind, id(&text)?)
        .ok_or_else(|| no_object(&text))?
        .id;
    let properties = checked(&portal, kind, Write::Change(id), &input, &switches)?;
    let told = portal
        .change(kind, id, properties, stand_in.now(), &stand_in.derivation())
        .map(|record| record.told_whole(stand_in.page(kind, id)))
        .ok_or_else(|| no_object(&text))?;
    Ok(json_answer(StatusCode::OK, &told))
}

/// `DELETE /{kind}/{id}`: archives. One that is archived already is no failure.
pub(super) async fn archive(
    State(stand_in): State<StandIn>,
    Path((name, text)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let id = id(&text)?;
    stand_in.portal().archive(kind, id, stand_in.now());
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /{kind}/merge`.
pub(super) async fn merge(
    State(stand_in): State<StandIn>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let kind = kind(&name)?;
    let input = json_object(&body)?;
    let of = |name: &str| {
        let text = input.get(name).and_then(Value::as_str).unwrap_or_default();
        id(text)
    };
    let (primary, merged) = (of("primaryObjectId")?, of("objectIdToMerge")?);
    let mut portal = stand_in.portal();
    let now = stand_in.now();
    if !portal.merge(kind, primary, merged, now, &stand_in.derivation()) {
        return Err(no_object(&merged.to_string()));
    }
    let told = portal
        .any(kind, primary)
        .map(|record| record.told_whole(stand_in.page(kind, primary)));
    Ok(json_answer(StatusCode::OK, &told.unwrap_or_default()))
}
