//! Records as HubSpot tells them. Every value is a text or null.

use std::collections::BTreeMap;

use jiff::Timestamp;
use linecard_crm::{Module, Record, RecordRef};
use serde::Deserialize;

use crate::kind::Kind;
use crate::links::Pages;

/// The properties that hold numbers somebody typed.
pub(crate) const PHONES: [&str; 3] = ["phone", "mobilephone", "hs_whatsapp_phone_number"];

/// The properties asked for of a contact.
pub(crate) const CONTACT: [&str; 12] = [
    "firstname",
    "lastname",
    "email",
    "company",
    "phone",
    "mobilephone",
    "hs_whatsapp_phone_number",
    "hubspot_owner_id",
    "associatedcompanyid",
    "notes_last_contacted",
    "lastmodifieddate",
    "hs_merged_object_ids",
];

/// The properties asked for of a company.
pub(crate) const COMPANY: [&str; 6] = [
    "name",
    "phone",
    "hubspot_owner_id",
    "notes_last_contacted",
    "hs_lastmodifieddate",
    "hs_merged_object_ids",
];

/// The properties asked for of a lead.
pub(crate) const LEAD: [&str; 4] = [
    "hs_lead_name",
    "hubspot_owner_id",
    "hs_lastmodifieddate",
    "hs_merged_object_ids",
];

/// One record.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Object {
    pub(crate) id: String,
    pub(crate) properties: BTreeMap<String, Option<String>>,
    pub(crate) associations: BTreeMap<String, Linked>,
    /// What the request gave the input that this came of.
    #[serde(rename = "objectWriteTraceId")]
    pub(crate) trace: Option<String>,
}

/// The records that one is associated with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Linked {
    pub(crate) results: Vec<LinkedId>,
}

/// One of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LinkedId {
    pub(crate) id: String,
}

/// A page of records, or what a batch gave.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Found {
    pub(crate) results: Vec<Object>,
    #[serde(default)]
    pub(crate) total: Option<u64>,
    #[serde(default)]
    paging: Option<Paging>,
}

/// Whether there is more.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Paging {
    #[serde(default)]
    next: Option<Next>,
}

#[derive(Debug, Clone, Deserialize)]
struct Next {
    after: String,
}

impl Paging {
    /// Where the next page begins.
    pub(crate) fn after(self) -> Option<String> {
        self.next.map(|next| next.after)
    }
}

impl Found {
    /// Where the next page begins.
    pub(crate) fn after(&self) -> Option<String> {
        self.paging.clone().and_then(Paging::after)
    }
}

impl Object {
    /// The value of a property; an empty one counts as absent.
    pub(crate) fn text(&self, property: &str) -> Option<&str> {
        self.properties
            .get(property)?
            .as_deref()
            .filter(|text| !text.is_empty())
    }

    /// The value of a property that is an id.
    fn id_in(&self, property: &str) -> Option<String> {
        self.text(property)
            .filter(|text| crate::kind::id(text).is_ok())
            .map(str::to_owned)
    }

    /// When the record last changed.
    pub(crate) fn modified(&self, kind: Kind) -> Option<Timestamp> {
        moment(self.text(kind.modified())?)
    }

    /// The ids of the records that were merged into this one.
    pub(crate) fn merged(&self) -> impl Iterator<Item = &str> {
        self.text("hs_merged_object_ids")
            .unwrap_or_default()
            .split(';')
            .map(str::trim)
            .filter(|id| !id.is_empty())
    }

    /// What a person calls it.
    fn name(&self, module: Module) -> String {
        let text = |property| self.text(property).unwrap_or_default();
        match module {
            Module::Contact => {
                let name = format!("{} {}", text("firstname"), text("lastname"));
                match name.trim() {
                    "" => text("email").to_owned(),
                    name => name.to_owned(),
                }
            }
            Module::Lead => text("hs_lead_name").to_owned(),
            Module::Account => text("name").to_owned(),
        }
    }

    /// The record as a call is concerned with it; nothing for an id that is none. `number` is the
    /// one that matched.
    pub(crate) fn record(&self, module: Module, number: &str, pages: &Pages) -> Option<Record> {
        let id = crate::kind::id(&self.id).ok()?.to_owned();
        let kind = Kind::from(module);
        let account = match module {
            Module::Contact => self.id_in("associatedcompanyid"),
            Module::Lead | Module::Account => None,
        };
        Some(Record {
            name: self.name(module),
            company: self.text("company").map(str::to_owned),
            owner: self.id_in("hubspot_owner_id"),
            number: number.to_owned(),
            account: account.map(|id| RecordRef {
                module: Module::Account,
                id,
            }),
            modified: self.modified(kind),
            last_activity: self.text("notes_last_contacted").and_then(moment),
            page: pages.record(kind, &id),
            at: RecordRef { module, id },
        })
    }
}

/// A time: ISO 8601, or milliseconds since 1970.
pub(crate) fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok().or_else(|| {
        let millis = text.parse::<i64>().ok()?;
        Timestamp::from_millisecond(millis).ok()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pages() -> Pages {
        Pages::unknown("https://app.hubspot.com".parse().unwrap())
    }

    fn object(json: serde_json::Value) -> Object {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_contact_brings_company_owner_and_times() {
        let record = object(json!({"id": "501", "properties": {
            "firstname": "Maya", "lastname": "Torres", "company": "Blue Harbor", "email": null,
            "hubspot_owner_id": "32900489", "associatedcompanyid": "77",
            "lastmodifieddate": "2026-05-01T07:25:37.757Z",
            "notes_last_contacted": "1777620337000"}}))
        .record(Module::Contact, "(415) 555-0134", &pages())
        .unwrap();
        assert_eq!(record.name, "Maya Torres");
        assert_eq!(record.company.as_deref(), Some("Blue Harbor"));
        assert_eq!(record.owner.as_deref(), Some("32900489"));
        assert_eq!(record.account.unwrap().id, "77");
        assert_eq!(
            record.modified,
            Some("2026-05-01T07:25:37.757Z".parse().unwrap())
        );
        assert_eq!(
            record.last_activity,
            Some("2026-05-01T07:25:37Z".parse().unwrap())
        );
    }

    #[test]
    fn odd_records_are_passed_over() {
        for odd in [json!({}), json!({"id": "../evil"}), json!({"id": ""})] {
            assert!(
                object(odd.clone())
                    .record(Module::Contact, "", &pages())
                    .is_none(),
                "{odd}"
            );
        }
    }
}
