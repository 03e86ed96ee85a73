//! The people of a portal.

use serde_json::{Map, Value};

/// A user as `user.get` gives it. Fields that are empty are absent.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: u64,
    pub(crate) fields: Map<String, Value>,
}

impl User {
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    }

    pub(crate) fn is_active(&self) -> bool {
        self.fields.get("ACTIVE") == Some(&Value::Bool(true))
    }

    pub(crate) fn is_admin(&self) -> bool {
        self.fields.get("ADMIN") == Some(&Value::Bool(true))
    }

    /// Bots, mail users, open-line users and integrators are never listed.
    pub(crate) fn is_listed(&self) -> bool {
        matches!(self.text("USER_TYPE"), "employee" | "extranet")
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.text("NAME"), self.text("LAST_NAME"))
            .trim()
            .to_owned()
    }
}
