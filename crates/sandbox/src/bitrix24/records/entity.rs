//! One lead, deal, contact or company.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::kind::Kind;
use super::multifield::{Change, Multifield, TYPES};
use super::row::{self, Row};
use super::schema;

/// One record.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) kind: Kind,
    pub(crate) id: u64,
    pub(crate) row: Row,
    pub(crate) multifields: Vec<Multifield>,
    /// From when on a search for duplicates finds it.
    pub(crate) indexed: Timestamp,
}

impl Entity {
    /// What people call it.
    pub(crate) fn name(&self) -> String {
        let title = self.row.text("TITLE");
        let name: Vec<&str> = ["NAME", "SECOND_NAME", "LAST_NAME"]
            .into_iter()
            .map(|part| self.row.text(part))
            .filter(|part| !part.is_empty())
            .collect();
        if name.is_empty() {
            title.to_owned()
        } else {
            name.join(" ")
        }
    }

    pub(crate) fn of_type(&self, type_id: &str) -> impl Iterator<Item = &Multifield> {
        self.multifields
            .iter()
            .filter(move |one| one.type_id == type_id)
    }

    /// Carries out what a request wants of the phones and addresses.
    pub(crate) fn change(&mut self, changes: Vec<Change>, mut next_id: impl FnMut() -> u64) {
        for change in changes {
            match change {
                Change::Add {
                    type_id,
                    value_type,
                    value,
                } => self.multifields.push(Multifield {
                    id: next_id(),
                    type_id,
                    value_type,
                    value,
                }),
                Change::Replace {
                    id,
                    value_type,
                    value,
                } => {
                    if let Some(known) = self.multifields.iter_mut().find(|one| one.id == id) {
                        known.value = value;
                        if let Some(value_type) = value_type {
                            known.value_type = value_type;
                        }
                    }
                }
                Change::Delete { id } => self.multifields.retain(|one| one.id != id),
            }
        }
        for (field, type_id) in [("HAS_PHONE", "PHONE"), ("HAS_EMAIL", "EMAIL")] {
            let has = self.of_type(type_id).next().is_some();
            self.row.set(field, if has { "Y" } else { "N" });
        }
    }

    /// As the older methods give it, with the multiple fields that `with` names.
    pub(crate) fn classic(&self, with: &[&str], zone: &TimeZone) -> Map<String, Value> {
        let mut shown: Map<String, Value> = schema::fields(self.kind)
            .map(|field| {
                let value = row::classic(field, self.row.get(field), zone);
                (field.classic.to_owned(), value)
            })
            .collect();
        for type_id in with {
            let all: Vec<Value> = self.of_type(type_id).map(Multifield::classic).collect();
            if !all.is_empty() {
                shown.insert((*type_id).to_owned(), all.into());
            }
        }
        shown
    }

    /// Everything, as the older methods' `get` gives it.
    pub(crate) fn whole(&self, zone: &TimeZone) -> Map<String, Value> {
        self.classic(&TYPES, zone)
    }

    /// As `crm.item.*` gives it, with `fm`.
    pub(crate) fn item(&self, zone: &TimeZone) -> Map<String, Value> {
        let mut shown: Map<String, Value> = schema::fields(self.kind)
            .map(|field| {
                let value = row::item(field, self.row.get(field), zone);
                (field.item.to_owned(), value)
            })
            .collect();
        shown.insert("entityTypeId".to_owned(), self.kind.number().into());
        if self.kind.has_phones() {
            for (name, type_id) in [("phone", "PHONE"), ("email", "EMAIL")] {
                let first = self.of_type(type_id).next().map(|one| one.value.clone());
                shown.insert(name.to_owned(), first.into());
            }
            let fm: Vec<Value> = self.multifields.iter().map(Multifield::item).collect();
            shown.insert("fm".to_owned(), fm.into());
        }
        shown
    }
}
