//! What Salesforce changes in other records when one is written.

use serde_json::{Map, Value};

use super::schema::Object;
use crate::salesforce::organisation::Organisation;
use crate::salesforce::records::{Record, Records};

/// What a person account and its contact have in common: the account's field and the contact's.
const SHARED: [(&str, &str); 8] = [
    ("FirstName", "FirstName"),
    ("LastName", "LastName"),
    ("Phone", "Phone"),
    ("PersonMobilePhone", "MobilePhone"),
    ("PersonHomePhone", "HomePhone"),
    ("PersonOtherPhone", "OtherPhone"),
    ("PersonEmail", "Email"),
    ("OwnerId", "OwnerId"),
];

/// Writes the record and what follows from it.
pub(crate) fn keep(organisation: &mut Organisation, mut record: Record) -> std::io::Result<()> {
    if let Some(contact) = contact_of(&mut organisation.records, &mut record) {
        organisation.put(contact)?;
    }
    for dealt_with in dealt_with(&organisation.records, &record) {
        organisation.put(dealt_with)?;
    }
    organisation.put(record)
}

/// A person account is an account and a contact in one.
fn contact_of(records: &mut Records, account: &mut Record) -> Option<Record> {
    if account.object != Object::Account || account.text("LastName").is_empty() {
        return None;
    }
    let mut contact = match records.referred(account, "PersonContactId") {
        Some(contact) => contact.clone(),
        None => Record {
            object: Object::Contact,
            id: records.next_id(Object::Contact),
            fields: Map::new(),
        },
    };
    for (of_account, of_contact) in SHARED {
        match account.get(of_account) {
            Value::Null => contact.fields.remove(of_contact),
            value => contact.fields.insert(of_contact.to_owned(), value.clone()),
        };
    }
    for same in [
        "Name",
        "IsDeleted",
        "CreatedDate",
        "CreatedById",
        "LastModifiedDate",
        "LastModifiedById",
        "SystemModstamp",
    ] {
        let value = account.get(same).clone();
        contact.fields.insert(same.to_owned(), value);
    }
    let set = |record: &mut Record, field: &str, value: Value| {
        record.fields.insert(field.to_owned(), value);
    };
    set(&mut contact, "AccountId", account.id.as_str().into());
    set(&mut contact, "IsPersonAccount", true.into());
    set(account, "IsPersonAccount", true.into());
    set(account, "PersonContactId", contact.id.as_str().into());
    Some(contact)
}

/// The records that a finished Task is about, with the day on which they were dealt with. That
/// changes no other date of theirs.
fn dealt_with(records: &Records, task: &Record) -> Vec<Record> {
    let day = task.text("ActivityDate");
    if task.object != Object::Task || !task.is_true("IsClosed") || day.is_empty() {
        return Vec::new();
    }
    ["WhoId", "WhatId", "AccountId"]
        .into_iter()
        .filter_map(|field| records.referred(task, field))
        // Days are written so that their texts sort as they do.
        .filter(|record| record.text("LastActivityDate") < day)
        .map(|record| {
            let mut record = record.clone();
            record
                .fields
                .insert("LastActivityDate".to_owned(), day.into());
            record
        })
        .collect()
}
