//! Changes to records as an admin makes them, past every rule of the interface.

use std::io;

use serde_json::{Map, Value};

use super::super::datetime;
use super::super::record_id::RecordId;
use super::super::records::Record;
use super::super::sobjects::schema::Object;
use super::super::sobjects::{Writer, deleted, derive_name, keep};
use super::super::stand_in::StandIn;

/// Puts a record in. `None` for an object or a field that there is not.
pub(crate) fn put(stand_in: &StandIn, object: &str, fields: &Value) -> io::Result<Option<String>> {
    let Some(object) = Object::named(object) else {
        return Ok(None);
    };
    let mut organisation = stand_in.organisation();
    let mut record = Record {
        object,
        id: organisation.records.next_id(object),
        fields: Map::new(),
    };
    record.fields.insert("IsDeleted".to_owned(), false.into());
    let now = datetime::written(stand_in.now());
    record.fields.insert("CreatedDate".to_owned(), now.into());
    if !set(&mut record, fields) {
        return Ok(None);
    }
    let id = record.id.as_str().to_owned();
    stamp(stand_in, &mut record);
    keep(&mut organisation, record)?;
    Ok(Some(id))
}

/// Changes fields of a record; whether it is there and has them.
pub(crate) fn change(stand_in: &StandIn, id: &str, fields: &Value) -> io::Result<bool> {
    let mut organisation = stand_in.organisation();
    let found = RecordId::parse(id).and_then(|id| organisation.records.get(&id).cloned());
    let Some(mut record) = found else {
        return Ok(false);
    };
    if !set(&mut record, fields) {
        return Ok(false);
    }
    stamp(stand_in, &mut record);
    keep(&mut organisation, record)?;
    Ok(true)
}

/// Puts a record into the recycle bin; whether it was there.
pub(crate) fn delete(stand_in: &StandIn, id: &str) -> io::Result<bool> {
    let setup = stand_in.setup();
    let mut organisation = stand_in.organisation();
    let found = RecordId::parse(id).and_then(|id| organisation.records.get(&id).cloned());
    let Some(record) = found.filter(|record| !record.is_true("IsDeleted")) else {
        return Ok(false);
    };
    let user = organisation.id();
    let writer = Writer {
        user: &user,
        now: stand_in.now(),
        setup: &setup,
    };
    keep(&mut organisation, deleted(&record, writer))?;
    Ok(true)
}

/// Takes a record out of the recycle bin for good.
pub(crate) fn purge(stand_in: &StandIn, id: &str) -> io::Result<()> {
    match RecordId::parse(id) {
        Some(id) => stand_in.organisation().purge(&id),
        None => Ok(()),
    }
}

/// Merges a record into another of its object, which takes its Tasks; whether both are there.
pub(crate) fn merge(stand_in: &StandIn, master: &str, loser: &str) -> io::Result<bool> {
    let (Some(master), Some(loser)) = (RecordId::parse(master), RecordId::parse(loser)) else {
        return Ok(false);
    };
    {
        let mut organisation = stand_in.organisation();
        let there = organisation.records.get(&master).is_some();
        let Some(mut lost) = organisation.records.get(&loser).cloned().filter(|_| there) else {
            return Ok(false);
        };
        let moved: Vec<Record> = organisation
            .records
            .of(Object::Task)
            .filter(|task| task.reference("WhoId").as_ref() == Some(&loser))
            .cloned()
            .collect();
        for mut task in moved {
            let who = master.as_str().into();
            task.fields.insert("WhoId".to_owned(), who);
            organisation.put(task)?;
        }
        let winner = master.as_str().into();
        lost.fields.insert("MasterRecordId".to_owned(), winner);
        organisation.put(lost)?;
    }
    delete(stand_in, loser.as_str())
}

/// Makes a lead a contact and its company an account; `None` if there is no such lead.
pub(crate) fn convert(stand_in: &StandIn, lead: &str) -> io::Result<Option<String>> {
    let found =
        RecordId::parse(lead).and_then(|id| stand_in.organisation().records.get(&id).cloned());
    let Some(mut lead) = found.filter(|lead| lead.object == Object::Lead) else {
        return Ok(None);
    };
    let company = serde_json::json!({"Name": lead.text("Company"), "OwnerId": lead.get("OwnerId")});
    let account = put(stand_in, "Account", &company)?;
    let mut person = Map::new();
    for field in [
        "FirstName",
        "LastName",
        "Phone",
        "MobilePhone",
        "Email",
        "OwnerId",
    ] {
        person.insert(field.to_owned(), lead.get(field).clone());
    }
    person.insert("AccountId".to_owned(), account.clone().into());
    let contact = put(stand_in, "Contact", &person.into())?;
    lead.fields.insert("IsConverted".to_owned(), true.into());
    lead.fields
        .insert("Status".to_owned(), "Closed - Converted".into());
    lead.fields
        .insert("ConvertedAccountId".to_owned(), account.into());
    lead.fields
        .insert("ConvertedContactId".to_owned(), contact.clone().into());
    stamp(stand_in, &mut lead);
    stand_in.organisation().put(lead)?;
    Ok(contact)
}

/// Sets fields; whether the object has them all.
fn set(record: &mut Record, fields: &Value) -> bool {
    for (name, value) in fields.as_object().into_iter().flatten() {
        let Some(field) = record.object.schema().field(name) else {
            return false;
        };
        if value.is_null() {
            record.fields.remove(field.name);
        } else {
            record.fields.insert(field.name.to_owned(), value.clone());
        }
    }
    true
}

fn stamp(stand_in: &StandIn, record: &mut Record) {
    derive_name(record);
    let now = datetime::written(stand_in.now());
    for field in ["LastModifiedDate", "SystemModstamp"] {
        record.fields.insert(field.to_owned(), now.clone().into());
    }
}
