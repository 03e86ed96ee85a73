//! The customer's organisation: its people, records and grants.

use jiff::Timestamp;
use serde_json::Value;

use super::grants::Grants;
use super::people::User;
use super::records::{Record, Records};
use super::schema::Module;

/// The organisation's number in the addresses of its pages.
pub(crate) const ZGID: &str = "20061234567";

/// The id of the organisation.
pub(crate) const ID: &str = "7328395000000000225";

/// What users' ids begin with.
const FIRST_USER: u64 = 7_328_395_000_000_605_001;

/// The organisation.
#[derive(Debug, Default)]
pub(crate) struct Organisation {
    pub(crate) name: String,
    pub(crate) users: Vec<User>,
    pub(crate) records: Records,
    pub(crate) grants: Grants,
    /// What was asked to be told about.
    pub(crate) watches: Vec<Value>,
}

impl Organisation {
    /// Adds somebody who uses it.
    pub(crate) fn add_user(&mut self, mut user: User) {
        user.id = FIRST_USER + self.users.len() as u64;
        self.users.push(user);
    }

    pub(crate) fn user(&self, id: u64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    /// The active user with this e-mail address.
    pub(crate) fn user_named(&self, email: &str) -> Option<&User> {
        self.users
            .iter()
            .find(|user| user.active && user.email.eq_ignore_ascii_case(email))
    }

    /// Notes that somebody dealt with the records that a call or task is about.
    pub(crate) fn dealt_with(&mut self, about: &Record, at: Timestamp) {
        if !matches!(about.module, Module::Calls | Module::Tasks) {
            return;
        }
        for field in ["Who_Id", "What_Id"] {
            let record = about
                .reference(field)
                .and_then(|id| self.records.get_mut(id));
            if let Some(record) = record {
                record.dealt_with = Some(at);
            }
        }
    }
}
