//! The records and their associations, in memory.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::associations::Associations;
use super::record::written;
use super::{Association, Kind, Owner, Properties, Record, type_between};
use crate::hubspot::phone;

/// Everything the account holds.
#[derive(Debug, Default)]
pub(crate) struct Portal {
    records: BTreeMap<(Kind, u64), Record>,
    associations: Associations,
    pub(crate) owners: Vec<Owner>,
    /// Writes by the inbound-call API, so that a repeated one is known.
    pub(crate) inbound: BTreeMap<String, u64>,
    last_id: u64,
}

/// How values are derived: what calculated numbers look like.
#[derive(Debug, Clone)]
pub(crate) struct Derivation {
    pub(crate) country: String,
    pub(crate) plus: bool,
}

impl Portal {
    /// An id that no record has had. Ids of all types come from one sequence, as in the real one.
    pub(crate) fn next_id(&mut self) -> u64 {
        self.last_id = self.last_id.max(500) + 1;
        self.last_id
    }

    /// Adds a record.
    pub(crate) fn add(
        &mut self,
        kind: Kind,
        properties: Properties,
        now: Timestamp,
        derivation: &Derivation,
    ) -> &Record {
        let id = self.next_id();
        let mut record = Record {
            kind,
            id,
            properties,
            created: now,
            updated: now,
            archived: None,
            before: None,
        };
        record
            .properties
            .insert(kind.created_property().to_owned(), written(now));
        record
            .properties
            .insert("hs_object_id".to_owned(), id.to_string());
        touch(&mut record, now, derivation);
        self.records.entry((kind, id)).or_insert(record)
    }

    /// Changes a record that is there.
    pub(crate) fn change(
        &mut self,
        kind: Kind,
        id: u64,
        properties: Properties,
        now: Timestamp,
        derivation: &Derivation,
    ) -> Option<&Record> {
        let record = self.records.get_mut(&(kind, id))?;
        if record.archived.is_some() {
            return None;
        }
        record.before = Some(record.properties.clone());
        for (name, value) in properties {
            if value.is_empty() {
                record.properties.remove(&name);
            } else {
                record.properties.insert(name, value);
            }
        }
        touch(record, now, derivation);
        Some(record)
    }

    /// Archives a record; its associations go.
    pub(crate) fn archive(&mut self, kind: Kind, id: u64, now: Timestamp) {
        if let Some(record) = self.records.get_mut(&(kind, id)) {
            record.archived.get_or_insert(now);
        }
        self.associations.end_all((kind, id));
    }

    /// Makes `merged` part of `primary`: its associations move, and its id leads to the other.
    pub(crate) fn merge(
        &mut self,
        kind: Kind,
        primary: u64,
        merged: u64,
        now: Timestamp,
        derivation: &Derivation,
    ) -> bool {
        let known = |id| self.get(kind, id).is_some();
        if primary == merged || !known(primary) || !known(merged) {
            return false;
        }
        self.associations.move_all((kind, merged), (kind, primary));
        self.records.remove(&(kind, merged));
        let before = self
            .get(kind, primary)
            .map(|record| record.text("hs_merged_object_ids").to_owned())
            .unwrap_or_default();
        let ids = if before.is_empty() {
            merged.to_string()
        } else {
            format!("{before};{merged}")
        };
        let change = Properties::from([("hs_merged_object_ids".to_owned(), ids)]);
        self.change(kind, primary, change, now, derivation);
        true
    }

    /// The record with this id that is not archived; the one it was merged into, where it was.
    pub(crate) fn get(&self, kind: Kind, id: u64) -> Option<&Record> {
        self.any(kind, id)
            .or_else(|| {
                let id = id.to_string();
                self.all(kind).find(|record| {
                    record
                        .text("hs_merged_object_ids")
                        .split(';')
                        .any(|merged| merged == id)
                })
            })
            .filter(|record| record.archived.is_none())
    }

    /// The record with this id, even when it is archived.
    pub(crate) fn any(&self, kind: Kind, id: u64) -> Option<&Record> {
        self.records.get(&(kind, id))
    }

    /// The records of a type, archived ones included, by id.
    pub(crate) fn all(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.records
            .range((kind, 0)..=(kind, u64::MAX))
            .map(|(_, record)| record)
    }

    /// The records of a type that are not archived, by id.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.all(kind).filter(|record| record.archived.is_none())
    }

    /// Associates two records; once is enough.
    pub(crate) fn associate(&mut self, association: Association, now: Timestamp) {
        if !self.associations.add(association) {
            return;
        }
        let Association { from, to, .. } = association;
        match (from.0, to.0) {
            (Kind::Contact, Kind::Company) => {
                self.set(from, "associatedcompanyid", to.1.to_string());
            }
            (Kind::Company, Kind::Contact) => {
                self.set(to, "associatedcompanyid", from.1.to_string());
            }
            (Kind::Call, Kind::Contact | Kind::Company) => {
                self.set(to, "notes_last_contacted", written(now));
            }
            _ => {}
        }
    }

    /// Ends every association between the two.
    pub(crate) fn dissociate(&mut self, one: (Kind, u64), other: (Kind, u64)) {
        self.associations.end_between(one, other);
    }

    /// The records of `to` that are associated with `from`, with the type seen from `from`.
    pub(crate) fn associated(
        &self,
        from: (Kind, u64),
        to: Kind,
        call_lead: u32,
    ) -> Vec<(u64, u32)> {
        self.associations.of(from, to, call_lead)
    }

    /// The usual association between two records that are there.
    pub(crate) fn usual(
        &self,
        from: (Kind, u64),
        to: (Kind, u64),
        call_lead: u32,
    ) -> Option<Association> {
        let type_id = type_between(from.0, to.0, call_lead)?;
        let from = (from.0, self.get(from.0, from.1)?.id);
        let to = (to.0, self.get(to.0, to.1)?.id);
        Some(Association { from, to, type_id })
    }

    /// Sets what HubSpot itself keeps of a record; that is no change of it.
    fn set(&mut self, at: (Kind, u64), property: &str, value: String) {
        if let Some(record) = self.records.get_mut(&at) {
            record.properties.insert(property.to_owned(), value);
        }
    }
}

/// Brings what is derived into step: the time of change and the calculated numbers.
fn touch(record: &mut Record, now: Timestamp, derivation: &Derivation) {
    record.updated = now;
    record
        .properties
        .insert(record.kind.modified_property().to_owned(), written(now));
    if matches!(record.kind, Kind::Contact | Kind::Company) {
        phone::calculate(&mut record.properties, &derivation.country, derivation.plus);
    }
}
