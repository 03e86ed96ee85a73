//! A call or task that is not written yet, and what it can go without.
//!
//! An owner who left, a person who is gone, an outcome that the account does not have: none of
//! these keeps a call from being written. A rule of the account does; its words go to the admin.

use std::collections::{BTreeMap, HashMap};

use linecard_crm::{Failure, LeftOut, Module, RecordRef, Without};
use linecard_http::Purpose;
use serde_json::{Value, json};

use crate::api::{Api, objects};
use crate::kind::{self, Kind};
use crate::record::Found;
use crate::refusal::Refusal;

/// What a record of an activity is not without: its place in time, and our key.
const ESSENTIAL: [&str; 3] = ["hs_timestamp", "hs_call_body", "hs_task_body"];

pub(crate) const OWNER: &str = "hubspot_owner_id";

/// A record of an activity that is not written yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    pub(crate) kind: Kind,
    pub(crate) properties: BTreeMap<&'static str, String>,
    /// Where it stands, with the type of the association.
    links: Vec<(RecordRef, u64)>,
    pub(crate) without: Vec<Without>,
}

impl Draft {
    pub(crate) fn new(kind: Kind) -> Self {
        Self {
            kind,
            properties: BTreeMap::new(),
            links: Vec::new(),
            without: Vec::new(),
        }
    }

    pub(crate) fn set(&mut self, property: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.properties.insert(property, value);
        }
    }

    /// Puts it at a record; the person comes first, what is behind the person after.
    pub(crate) fn stand_at(&mut self, at: &RecordRef, type_id: u64) -> Result<(), Failure> {
        kind::id(&at.id)?;
        self.links.push((at.clone(), type_id));
        Ok(())
    }

    /// What is sent.
    pub(crate) fn input(&self) -> Value {
        let associations: Vec<Value> = self
            .links
            .iter()
            .map(|(at, type_id)| {
                json!({
                    "to": {"id": at.id},
                    "types": [{
                        "associationCategory": "HUBSPOT_DEFINED",
                        "associationTypeId": type_id,
                    }],
                })
            })
            .collect();
        json!({"properties": self.properties, "associations": associations})
    }

    /// Leaves out what HubSpot did not take, or gives the refusal back.
    pub(crate) async fn mend(
        &mut self,
        api: &Api,
        refusal: Refusal,
        presence: &mut Presence,
    ) -> Result<(), Failure> {
        match refusal {
            Refusal::Properties { names, words } => self.leave_out(&names, words),
            Refusal::NotThere { words } => self.leave_gone(api, words, presence).await,
            other => Err(other.into()),
        }
    }

    fn leave_out(&mut self, names: &[String], words: String) -> Result<(), Failure> {
        let mut left = false;
        for name in names {
            let name = name.as_str();
            if ESSENTIAL.contains(&name) || self.properties.remove(name).is_none() {
                continue;
            }
            left = true;
            let what = if name == OWNER {
                LeftOut::Owner
            } else {
                LeftOut::Field
            };
            self.without.push(Without {
                what,
                words: words.clone(),
            });
        }
        if left {
            Ok(())
        } else {
            // What HubSpot misses is nothing that could be left out: a required property.
            Err(Failure::refused(words))
        }
    }

    /// HubSpot does not say which of them is gone.
    async fn leave_gone(
        &mut self,
        api: &Api,
        words: String,
        presence: &mut Presence,
    ) -> Result<(), Failure> {
        let mut there = Vec::new();
        let mut left = false;
        for (place, (at, type_id)) in self.links.iter().enumerate() {
            if presence.is_there(api, at).await? {
                there.push((at.clone(), *type_id));
                continue;
            }
            left = true;
            let what = if place == 0 && at.module == self.first_module() {
                LeftOut::Who
            } else {
                LeftOut::Account
            };
            self.without.push(Without {
                what,
                words: words.clone(),
            });
        }
        self.links = there;
        if left {
            Ok(())
        } else {
            Err(Failure::refused(words))
        }
    }

    /// Of what kind the person is. Once the person was left out, the account stands first.
    fn first_module(&self) -> Module {
        let person_left = self.without.iter().any(|one| one.what == LeftOut::Who);
        let first = self.links.first().map(|(at, _)| at.module);
        match first {
            Some(module) if !person_left => module,
            _ => Module::Contact,
        }
    }
}

/// Which records are there, so that of many calls of one person it is asked once.
#[derive(Default)]
pub(crate) struct Presence(HashMap<RecordRef, bool>);

impl Presence {
    async fn is_there(&mut self, api: &Api, at: &RecordRef) -> Result<bool, Failure> {
        if let Some(known) = self.0.get(at) {
            return Ok(*known);
        }
        let there = is_there(api, at).await?;
        self.0.insert(at.clone(), there);
        Ok(there)
    }
}

async fn is_there(api: &Api, at: &RecordRef) -> Result<bool, Failure> {
    let body = json!({"inputs": [{"id": at.id}], "properties": ["hs_object_id"]});
    let path = objects(at.module.into(), "/batch/read");
    match api.post_read::<Found>(Purpose::Journal, &path, &body).await {
        Ok(found) => Ok(!found.results.is_empty()),
        Err(Refusal::NotThere { .. }) => Ok(false),
        Err(refusal) => Err(refusal.into()),
    }
}
