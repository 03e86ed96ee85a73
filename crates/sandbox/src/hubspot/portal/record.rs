//! One record. Every value is a text; an absent one is null.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::Kind;

/// The values of a record by property.
pub(crate) type Properties = BTreeMap<String, String>;

/// One record, archived ones included.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) kind: Kind,
    pub(crate) id: u64,
    pub(crate) properties: Properties,
    pub(crate) created: Timestamp,
    pub(crate) updated: Timestamp,
    pub(crate) archived: Option<Timestamp>,
    /// What it was before its last change: what a search sees until the index has caught up.
    pub(crate) before: Option<Properties>,
}

impl Record {
    pub(crate) fn text(&self, property: &str) -> &str {
        self.properties.get(property).map_or("", String::as_str)
    }

    /// The values that a search sees now; nothing for a record that is too new for the index.
    pub(crate) fn indexed(&self, now: Timestamp, lag: SignedDuration) -> Option<&Properties> {
        if self.archived.is_some() {
            None
        } else if now.duration_since(self.updated) >= lag {
            Some(&self.properties)
        } else {
            self.before.as_ref()
        }
    }

    /// As the API tells it: the properties asked for, else the type's usual ones. `page` is the
    /// address of its page, where records carry one.
    pub(crate) fn told(&self, asked: &[String], page: Option<String>) -> Value {
        let usual: &[&str] = match self.kind {
            _ if !asked.is_empty() => &[],
            Kind::Contact => &["email", "firstname", "lastname"],
            Kind::Company => &["name", "domain"],
            Kind::Lead | Kind::Call | Kind::Task => &[],
        };
        let always = [
            self.kind.created_property(),
            self.kind.modified_property(),
            "hs_object_id",
        ];
        let mut properties = Map::new();
        for name in asked
            .iter()
            .map(String::as_str)
            .chain(usual.iter().copied())
            .chain(always)
        {
            let value = self
                .properties
                .get(name)
                .map_or(Value::Null, |text| text.clone().into());
            properties.insert(name.to_owned(), value);
        }
        let mut told = json!({
            "id": self.id.to_string(),
            "properties": properties,
            "createdAt": written(self.created),
            "updatedAt": written(self.updated),
            "archived": self.archived.is_some(),
        });
        if let Some(archived) = self.archived {
            told["archivedAt"] = written(archived).into();
        }
        if let Some(page) = page {
            told["url"] = page.into();
        }
        told
    }

    /// Every property that holds something: what a write is answered with.
    pub(crate) fn told_whole(&self, page: Option<String>) -> Value {
        let all: Vec<String> = self.properties.keys().cloned().collect();
        self.told(&all, page)
    }
}

/// A time as the vendor writes it: milliseconds, and Z.
pub(crate) fn written(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A time as the vendor reads it: milliseconds since 1970, or ISO 8601 with its offset.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    text.parse::<i64>()
        .ok()
        .and_then(|millis| Timestamp::from_millisecond(millis).ok())
        .or_else(|| text.parse().ok())
}
