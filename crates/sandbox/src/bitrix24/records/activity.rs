//! One activity: a call, with whom it was and on whose pages it stands.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::kind::Kind;
use super::row::{self, Row};
use super::schema::ACTIVITY;

/// With whom a call was.
#[derive(Debug, Clone)]
pub(crate) struct Communication {
    pub(crate) id: u64,
    pub(crate) kind: String,
    pub(crate) value: String,
    pub(crate) entity: Option<(Kind, u64)>,
}

/// One activity.
#[derive(Debug, Clone)]
pub(crate) struct Activity {
    pub(crate) id: u64,
    pub(crate) row: Row,
    pub(crate) communications: Vec<Communication>,
    /// The records on whose pages it stands; the owner is the first.
    pub(crate) bindings: Vec<(Kind, u64)>,
}

impl Activity {
    /// As the older methods give it: every value a text, an empty map a list.
    pub(crate) fn classic(&self, zone: &TimeZone) -> Map<String, Value> {
        let mut shown: Map<String, Value> = ACTIVITY
            .iter()
            .map(|field| {
                let value = row::classic(field, self.row.get(field), zone);
                (field.classic.to_owned(), value)
            })
            .collect();
        shown.insert("SETTINGS".to_owned(), json!([]));
        shown.insert("PROVIDER_PARAMS".to_owned(), json!([]));
        shown
    }

    /// `COMMUNICATIONS`, which is only given when it is asked for.
    pub(crate) fn communications(&self) -> Value {
        self.communications
            .iter()
            .map(|one| {
                let (kind, id) = one.entity.map_or((String::new(), String::new()), |at| {
                    (at.0.number().to_string(), at.1.to_string())
                });
                json!({
                    "ID": one.id.to_string(), "TYPE": one.kind, "VALUE": one.value,
                    "ENTITY_ID": id, "ENTITY_TYPE_ID": kind, "ENTITY_SETTINGS": []
                })
            })
            .collect()
    }

    pub(crate) fn is_on_page_of(&self, at: (Kind, u64)) -> bool {
        self.bindings.contains(&at)
    }
}
