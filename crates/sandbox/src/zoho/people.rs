//! The people who use the organisation.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Somebody who uses the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct User {
    /// A number of 19 digits.
    #[serde(default)]
    pub(crate) id: u64,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    #[serde(default)]
    pub(crate) phone: Option<String>,
    #[serde(default = "yes")]
    pub(crate) active: bool,
    /// Whether the invitation was accepted.
    #[serde(default = "yes")]
    pub(crate) confirmed: bool,
    #[serde(default)]
    pub(crate) admin: bool,
}

fn yes() -> bool {
    true
}

impl User {
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// Whether the user is of this type.
    pub(crate) fn is(&self, kind: &str) -> Option<bool> {
        Some(match kind {
            "AllUsers" => true,
            "ActiveUsers" => self.active,
            "DeactiveUsers" => !self.active,
            "ConfirmedUsers" => self.confirmed,
            "NotConfirmedUsers" => !self.confirmed,
            "ActiveConfirmedUsers" => self.active && self.confirmed,
            _ => return None,
        })
    }

    pub(crate) fn shown(&self) -> Value {
        let (role, profile) = if self.admin {
            ("CEO", "Administrator")
        } else {
            ("Manager", "Standard")
        };
        json!({
            "id": self.id.to_string(), "full_name": self.full_name(),
            "first_name": self.first_name, "last_name": self.last_name, "email": self.email,
            "phone": self.phone, "mobile": null, "zuid": (self.id % 100_000_000).to_string(),
            "status": if self.active { "active" } else { "disabled" }, "confirm": self.confirmed,
            "role": {"name": role, "id": "7328395000000026005"},
            "profile": {"name": profile, "id": "7328395000000026011"},
            "time_zone": "Europe/Berlin", "locale": "en_US"
        })
    }
}
