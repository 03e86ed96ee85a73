//! Create, update, upsert and delete: each record has a fate of its own.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::admit::Session;
use super::body;
use super::prepare::Place;
use super::query::{Query, invalid};
use crate::Target;
use crate::zoho::errors::{ApiError, Problem, answer};
use crate::zoho::faults::FaultKind;
use crate::zoho::organisation::Organisation;
use crate::zoho::records::Record;
use crate::zoho::schema::Module;
use crate::zoho::stand_in::StandIn;
use crate::zoho::switches::Switches;
use crate::zoho::times;

/// What became of one record.
type Fate = Result<Value, Problem>;

/// Somebody writes into a module.
struct Writer {
    stand_in: StandIn,
    switches: Switches,
    module: Module,
    user: u64,
    now: Timestamp,
    /// Why nothing is taken just now.
    refused: Option<Problem>,
}

impl Writer {
    fn new(stand_in: StandIn, session: Session, name: &str) -> Result<Self, ApiError> {
        let module = Module::named(name).ok_or_else(|| ApiError::invalid_module(name))?;
        let switches = stand_in.switches();
        if switches.read_only.iter().any(|one| one == name) {
            return Err(ApiError::no_permission());
        }
        let mut faults = stand_in.faults();
        let mut taken = |kind| faults.take(kind, Target::Writes).is_some();
        let refused = if taken(FaultKind::ValidationRule) {
            let words = "turned down by a rule of ours";
            Some(Problem::new("INVALID_DATA", words, json!({})))
        } else {
            taken(FaultKind::NoPermission)
                .then(|| Problem::new("NO_PERMISSION", "permission denied", json!({})))
        };
        drop(faults);
        let now = stand_in.now();
        Ok(Self {
            switches,
            module,
            user: session.user,
            now,
            refused,
            stand_in,
        })
    }

    fn create(
        &self,
        organisation: &mut Organisation,
        input: &Map<String, Value>,
        index: usize,
    ) -> Fate {
        let mut fields = self.prepare(organisation, None, input, index)?;
        fields
            .entry("Owner")
            .or_insert_with(|| self.user.to_string().into());
        let mut record = Record {
            module: self.module,
            id: organisation.records.next_id(),
            fields,
            created: self.now,
            modified: self.now,
            created_by: self.user,
            modified_by: self.user,
            dealt_with: None,
            converted: false,
            deleted: None,
        };
        record.derive_name();
        let fate = self.told(&record, "record added", organisation);
        organisation.dealt_with(&record, self.now);
        organisation.records.put(record);
        Ok(fate)
    }

    fn update(
        &self,
        organisation: &mut Organisation,
        id: Option<u64>,
        input: &Map<String, Value>,
        index: usize,
    ) -> Fate {
        let existing = id
            .and_then(|id| organisation.records.there(self.module, id))
            .cloned()
            .ok_or_else(|| unknown(id, index))?;
        let fields = self.prepare(organisation, Some(&existing), input, index)?;
        let mut record = Record {
            fields,
            modified: self.now,
            modified_by: self.user,
            ..existing
        };
        record.derive_name();
        let fate = self.told(&record, "record updated", organisation);
        organisation.records.put(record);
        Ok(fate)
    }

    fn delete(&self, organisation: &mut Organisation, id: Option<u64>, index: usize) -> Fate {
        let there = id.filter(|id| organisation.records.there(self.module, *id).is_some());
        let record = there.and_then(|id| organisation.records.get_mut(id));
        let record = record.ok_or_else(|| unknown(id, index))?;
        record.deleted = Some(self.now);
        record.modified_by = self.user;
        Ok(json!({
            "code": "SUCCESS", "details": {"id": record.id.to_string()},
            "message": "record deleted", "status": "success"
        }))
    }

    fn prepare(
        &self,
        organisation: &Organisation,
        existing: Option<&Record>,
        input: &Map<String, Value>,
        index: usize,
    ) -> Result<Map<String, Value>, Problem> {
        if let Some(refused) = &self.refused {
            return Err(refused.clone());
        }
        let place = Place {
            organisation,
            switches: &self.switches,
            module: self.module,
            existing,
            index,
            now: self.now,
        };
        place.prepare(input)
    }

    fn told(&self, record: &Record, message: &str, organisation: &Organisation) -> Value {
        let zone = times::zone(&self.switches.org_timezone);
        let user = |id: u64| {
            let name = organisation
                .user(id)
                .map(crate::zoho::people::User::full_name);
            json!({"name": name, "id": id.to_string()})
        };
        json!({
            "code": "SUCCESS", "status": "success", "message": message,
            "details": {
                "id": record.id.to_string(),
                "Created_Time": times::written(record.created, &zone),
                "Modified_Time": times::written(record.modified, &zone),
                "Created_By": user(record.created_by), "Modified_By": user(record.modified_by)
            }
        })
    }

    /// The answer of a write whose records had these fates.
    fn answer(&self, fates: Vec<Fate>, done: StatusCode) -> Response {
        let failed = fates.iter().filter(|fate| fate.is_err()).count();
        let status = if failed == 0 {
            done
        } else if failed == fates.len() {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::from_u16(self.switches.multi_status).unwrap_or(StatusCode::MULTI_STATUS)
        };
        let data: Vec<Value> = fates
            .into_iter()
            .map(|fate| fate.unwrap_or_else(|problem| problem.body()))
            .collect();
        answer(status, &json!({"data": data}))
    }
}

fn unknown(id: Option<u64>, index: usize) -> Problem {
    Problem::new(
        "INVALID_DATA",
        "the id given seems to be invalid",
        json!({
            "id": id.map(|id| id.to_string()), "api_name": "id",
            "json_path": format!("$.data[{index}].id")
        }),
    )
}

pub(super) async fn create(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let records = body::records(&body)?;
    let writer = Writer::new(stand_in, session, &name)?;
    let mut organisation = writer.stand_in.organisation();
    let fates = records
        .iter()
        .enumerate()
        .map(|(index, input)| writer.create(&mut organisation, input, index))
        .collect();
    drop(organisation);
    Ok(writer.answer(fates, StatusCode::CREATED))
}

pub(super) async fn update(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path((name, id)): Path<(String, String)>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let records = body::records(&body)?;
    let writer = Writer::new(stand_in, session, &name)?;
    let mut organisation = writer.stand_in.organisation();
    let fates = records
        .iter()
        .take(1)
        .map(|input| writer.update(&mut organisation, id.parse().ok(), input, 0))
        .collect();
    drop(organisation);
    Ok(writer.answer(fates, StatusCode::OK))
}

pub(super) async fn update_many(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let records = body::records(&body)?;
    let writer = Writer::new(stand_in, session, &name)?;
    let mut organisation = writer.stand_in.organisation();
    let fates = records
        .iter()
        .enumerate()
        .map(|(index, input)| {
            let id = input.get("id").and_then(body::id);
            writer.update(&mut organisation, id, input, index)
        })
        .collect();
    drop(organisation);
    Ok(writer.answer(fates, StatusCode::OK))
}

pub(super) async fn upsert(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, ApiError> {
    let asked: Vec<String> = body::object(&body)?
        .remove("duplicate_check_fields")
        .and_then(|fields| serde_json::from_value(fields).ok())
        .unwrap_or_default();
    let records = body::records(&body)?;
    let writer = Writer::new(stand_in, session, &name)?;
    let system = match writer.module {
        Module::Contacts | Module::Leads => Some("Email"),
        Module::Accounts => Some("Account_Name"),
        Module::Deals | Module::Calls | Module::Tasks => None,
    };
    let mut organisation = writer.stand_in.organisation();
    let mut fates: Vec<Fate> = Vec::new();
    for (index, input) in records.iter().enumerate() {
        let checked = asked.iter().map(String::as_str).chain(system);
        let found = checked.into_iter().find_map(|field| {
            let value = input.get(field)?.as_str().filter(|text| !text.is_empty())?;
            let same = |record: &&Record| record.text(field).eq_ignore_ascii_case(value);
            let record = organisation.records.of(writer.module).find(same)?;
            Some((record.id, field.to_owned()))
        });
        let (fate, action, field) = match found {
            Some((id, field)) => (
                writer.update(&mut organisation, Some(id), input, index),
                "update",
                Some(field),
            ),
            None => (
                writer.create(&mut organisation, input, index),
                "insert",
                None,
            ),
        };
        fates.push(fate.map(|mut told| {
            told["action"] = action.into();
            told["duplicate_field"] = field.into();
            told
        }));
    }
    drop(organisation);
    Ok(writer.answer(fates, StatusCode::OK))
}

pub(super) async fn delete(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path((name, id)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let writer = Writer::new(stand_in, session, &name)?;
    let mut organisation = writer.stand_in.organisation();
    let fate = writer.delete(&mut organisation, id.parse().ok(), 0);
    drop(organisation);
    Ok(writer.answer(vec![fate], StatusCode::OK))
}

pub(super) async fn delete_many(
    State(stand_in): State<StandIn>,
    Extension(session): Extension<Session>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let query = Query::read(query.as_deref());
    let ids = query.get("ids").ok_or_else(|| invalid("ids"))?;
    let writer = Writer::new(stand_in, session, &name)?;
    let mut organisation = writer.stand_in.organisation();
    let fates = ids
        .split(',')
        .enumerate()
        .map(|(index, id)| writer.delete(&mut organisation, id.parse().ok(), index))
        .collect();
    drop(organisation);
    Ok(writer.answer(fates, StatusCode::OK))
}
