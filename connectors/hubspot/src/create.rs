//! A contact for a number that nobody has.
//!
//! A lead of HubSpot is something to do with a contact and holds no number, so who is created as
//! a lead is a contact of the life-cycle stage "lead". Numbers are not unique; what HubSpot takes
//! for a duplicate is a match all the same.

use std::collections::BTreeMap;

use http::Method;
use jiff::Timestamp;
use linecard_crm::{AdviceCode, Created, Failure, Module, NewRecord, Record, RecordRef};
use linecard_http::Purpose;
use serde_json::json;

use crate::api::{Api, objects};
use crate::draft::OWNER;
use crate::kind::{self, Kind};
use crate::record::{CONTACT, Found, Object};
use crate::refusal::Refusal;
use crate::search;

/// Creates the contact; without its owner where HubSpot does not take that one.
pub(crate) async fn create(api: &Api, new: &NewRecord) -> Result<Created, Failure> {
    let mut properties = properties(new)?;
    let mut created = post(api, &properties).await;
    if let Err(Refusal::Properties { names, .. }) = &created
        && names.iter().any(|name| name == OWNER)
        && properties.remove(OWNER).is_some()
    {
        created = post(api, &properties).await;
    }
    match created {
        Ok(object) => Ok(Created {
            record: record(api, &object, new)
                .ok_or_else(|| Failure::unknown(AdviceCode::AnswerUnclear))?,
            existed: false,
        }),
        Err(Refusal::Exists { id: Some(id), .. }) => Ok(Created {
            record: existing(api, &id, new).await?,
            existed: true,
        }),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn post(api: &Api, properties: &BTreeMap<&str, &str>) -> Result<Object, Refusal> {
    let body = json!({"properties": properties, "associations": []});
    let path = objects(Kind::Contact, "");
    api.write(Purpose::Call, Method::POST, &path, &body).await
}

fn properties(new: &NewRecord) -> Result<BTreeMap<&'static str, &str>, Failure> {
    let mut properties = BTreeMap::new();
    for (property, value) in [
        ("firstname", new.first_name.as_str()),
        ("lastname", new.last_name.as_str()),
        ("company", new.company.as_str()),
        ("phone", new.phone.e164.as_str()),
        (OWNER, new.owner.as_deref().unwrap_or_default()),
    ] {
        if !value.is_empty() {
            properties.insert(property, value);
        }
    }
    match new.module {
        Module::Contact => Ok(properties),
        Module::Lead => {
            properties.insert("lifecyclestage", "lead");
            Ok(properties)
        }
        Module::Account => Err(Failure::not_offered("creation of companies for a caller")),
    }
}

async fn existing(api: &Api, id: &str, new: &NewRecord) -> Result<Record, Failure> {
    let path = objects(Kind::Contact, &format!("/{}", kind::id(id)?));
    let properties = CONTACT.join(",");
    let query = [("properties", properties.as_str())];
    let object: Object = api.get(Purpose::Call, &path, &query).await?;
    record(api, &object, new).ok_or_else(|| Failure::refused(AdviceCode::NotShown))
}

fn record(api: &Api, object: &Object, new: &NewRecord) -> Option<Record> {
    let number = object.text("phone").unwrap_or(new.phone.e164.as_str());
    object.record(Module::Contact, number, &api.pages())
}

/// The contact that an attempt at or after `since` left.
pub(crate) async fn find_created(
    api: &Api,
    new: &NewRecord,
    since: Timestamp,
) -> Result<Option<Record>, Failure> {
    let since = since.as_millisecond().to_string();
    let filters = [
        search::filter("phone", "EQ", new.phone.e164.as_str()),
        search::filter("lastname", "EQ", &new.last_name),
        search::filter("createdate", "GTE", &since),
    ];
    let body = search::body(&[search::all(&filters)], &CONTACT, &[], 1);
    let found: Found = api.search(Purpose::Call, Kind::Contact, &body).await?;
    let first = found.results.first();
    Ok(first.and_then(|object| record(api, object, new)))
}

/// Archives it; HubSpot keeps what is archived for 90 days.
pub(crate) async fn remove(api: &Api, at: &RecordRef) -> Result<(), Failure> {
    let path = objects(at.module.into(), &format!("/{}", kind::id(&at.id)?));
    match api.delete(Purpose::Call, &path).await {
        Ok(()) | Err(Refusal::NotThere { .. }) => Ok(()),
        Err(refusal) => Err(refusal.into()),
    }
}
