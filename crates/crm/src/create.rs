//! A contact or lead to be created for a number that nobody has (G).

use linecard_number::Phone;
use serde::{Deserialize, Serialize};

use crate::{EntryKey, Module, Record};

/// A record to be created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRecord {
    /// Ties every attempt to create this record together. Written into the CRM where it has a
    /// place for it.
    pub key: EntryKey,
    /// [`Module::Contact`] or [`Module::Lead`].
    pub module: Module,
    /// First name; may be empty.
    pub first_name: String,
    /// Last name; never empty.
    pub last_name: String,
    /// The company, where the CRM wants one (a lead of Salesforce or Zoho).
    pub company: String,
    /// The number; it goes to the work phone, in E.164 (G6).
    pub phone: Phone,
    /// The CRM's id of the user who owns it (G10).
    pub owner: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// The record.
    pub record: Record,
    /// The CRM took it for a duplicate of this one, which was there before. Nothing was created.
    pub existed: bool,
}
