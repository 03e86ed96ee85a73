//! A record as an answer shows it.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use crate::zoho::errors::ApiError;
use crate::zoho::organisation::Organisation;
use crate::zoho::records::Record;
use crate::zoho::schema::{Field, Kind, Module};
use crate::zoho::switches::{CallStatusField, Switches};
use crate::zoho::times;

/// The module of this name, if its records may be seen.
pub(super) fn readable(switches: &Switches, name: &str) -> Result<Module, ApiError> {
    let module = Module::named(name).ok_or_else(|| ApiError::invalid_module(name))?;
    if switches.unreadable.iter().any(|one| one == name) {
        return Err(ApiError::no_permission());
    }
    Ok(module)
}

/// How an answer is written.
pub(crate) struct View<'a> {
    pub(crate) organisation: &'a Organisation,
    pub(crate) switches: &'a Switches,
    pub(crate) zone: TimeZone,
}

/// The record with the fields asked for; with every field if none were named.
pub(crate) fn shown(view: &View<'_>, record: &Record, fields: Option<&[&str]>) -> Value {
    let mut shown = Map::new();
    let module = record.module;
    let hidden = |name: &str| Switches::names(&view.switches.hidden, module.name(), name);
    for field in module.fields() {
        let asked = fields.is_none_or(|fields| fields.contains(&field.name));
        if asked && !hidden(field.name) {
            shown.insert(field.name.to_owned(), value(view, record, field));
        }
    }
    if let Some(own) = &view.switches.own_phone_field
        && module == Module::Contacts
    {
        shown.insert(own.clone(), record.get(own).clone());
    }
    shown.insert("id".to_owned(), record.id.to_string().into());
    if module == Module::Calls {
        let (name, status) = call_status(view, record);
        shown.insert(name.to_owned(), status);
    }
    let about = record
        .reference("What_Id")
        .and_then(|id| view.organisation.records.get(id));
    if let Some(about) = about {
        shown.insert("$se_module".to_owned(), about.module.name().into());
    }
    if module == Module::Leads {
        shown.insert("$converted".to_owned(), record.converted.into());
    }
    shown.insert("$editable".to_owned(), true.into());
    Value::Object(shown)
}

/// One field's value.
pub(super) fn value(view: &View<'_>, record: &Record, field: Field) -> Value {
    let moment = |at| Value::from(times::written(at, &view.zone));
    match field.name {
        "Created_Time" => return moment(record.created),
        "Modified_Time" => return moment(record.modified),
        "Last_Activity_Time" => return record.dealt_with.map_or(Value::Null, moment),
        "Created_By" => return user(view, record.created_by),
        "Modified_By" => return user(view, record.modified_by),
        _ => {}
    }
    match field.kind {
        Kind::Owner => record
            .reference(field.name)
            .map_or(Value::Null, |id| user(view, id)),
        Kind::Lookup(_) | Kind::Anything => record
            .reference(field.name)
            .and_then(|id| view.organisation.records.get(id))
            .map_or(
                Value::Null,
                |referred| json!({"name": referred.name(), "id": referred.id.to_string()}),
            ),
        Kind::DateTime => times::read(record.text(field.name)).map_or(Value::Null, moment),
        _ => record.get(field.name).clone(),
    }
}

fn user(view: &View<'_>, id: u64) -> Value {
    match view.organisation.user(id) {
        Some(user) => json!({
            "name": user.full_name(), "id": user.id.to_string(), "email": user.email
        }),
        None => json!({"id": id.to_string()}),
    }
}

fn call_status<'a>(view: &View<'_>, record: &Record) -> (&'a str, Value) {
    let name = match view.switches.call_status_field {
        CallStatusField::Call => "Call_Status",
        CallStatusField::Outgoing => "Outgoing_Call_Status",
    };
    let seconds = record.get("Call_Duration_in_seconds").as_u64();
    let status = match (record.text("Call_Type"), seconds) {
        (_, None) => "Scheduled",
        ("Inbound", _) => "Received",
        ("Missed", _) => "Missed",
        (_, Some(0)) => "Unattended Dialled",
        _ => "Attended Dialled",
    };
    (name, status.into())
}
