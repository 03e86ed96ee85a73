//! Who owns records.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::record::written;

/// A person or a queue that can own records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Owner {
    /// The owner id: what `hubspot_owner_id` takes.
    pub(crate) id: u64,
    /// The user id: what the inbound-call API takes.
    pub(crate) user_id: u64,
    pub(crate) email: String,
    #[serde(default)]
    pub(crate) first_name: String,
    #[serde(default)]
    pub(crate) last_name: String,
    /// `PERSON` or `QUEUE`.
    #[serde(rename = "type", default = "person")]
    pub(crate) kind: String,
    /// Deactivated: owns nothing new.
    #[serde(default)]
    pub(crate) archived: bool,
}

fn person() -> String {
    "PERSON".to_owned()
}

impl Owner {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
            .trim()
            .to_owned()
    }

    /// As the owners endpoint tells it. Someone deactivated has no user id any more.
    pub(crate) fn told(&self, since: Timestamp) -> Value {
        let mut told = json!({
            "id": self.id.to_string(),
            "email": self.email,
            "type": self.kind,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "userIdIncludingInactive": self.user_id,
            "createdAt": written(since),
            "updatedAt": written(since),
            "archived": self.archived,
        });
        if !self.archived {
            told["userId"] = self.user_id.into();
        }
        told
    }
}
