//! The objects of the stand-in and their fields.
//!
//! The flags follow the vendor's object reference: lengths, what may be written and when, what a
//! query may filter by.

mod account;
mod contact;
mod field;
mod lead;
mod organization;
mod task;
mod user;

use serde::{Deserialize, Serialize};

use crate::salesforce::record_id::RecordId;

pub(crate) use field::{Field, Kind, Needs};

/// An object that the stand-in knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Object {
    Account,
    Contact,
    Lead,
    Organization,
    Profile,
    Task,
    TaskStatus,
    User,
    UserRecordAccess,
}

/// What an object is called and made of.
pub(crate) struct Schema {
    pub(crate) label: &'static str,
    pub(crate) label_plural: &'static str,
    /// The first three characters of its ids.
    pub(crate) prefix: &'static str,
    /// Whether the API may create, change and delete its records.
    pub(crate) writable: bool,
    /// Whether a search covers it.
    pub(crate) searchable: bool,
    own: &'static [Field],
}

impl Object {
    pub(crate) const ALL: [Self; 9] = [
        Self::Account,
        Self::Contact,
        Self::Lead,
        Self::Organization,
        Self::Profile,
        Self::Task,
        Self::TaskStatus,
        Self::User,
        Self::UserRecordAccess,
    ];

    /// The object of this API name, in any case.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|object| object.name().eq_ignore_ascii_case(name))
    }

    /// The object whose records have ids like this one.
    pub(crate) fn of(id: &RecordId) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|object| object.schema().prefix == id.prefix())
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Account => "Account",
            Self::Contact => "Contact",
            Self::Lead => "Lead",
            Self::Organization => "Organization",
            Self::Profile => "Profile",
            Self::Task => "Task",
            Self::TaskStatus => "TaskStatus",
            Self::User => "User",
            Self::UserRecordAccess => "UserRecordAccess",
        }
    }

    pub(crate) fn schema(self) -> &'static Schema {
        match self {
            Self::Account => &account::ACCOUNT,
            Self::Contact => &contact::CONTACT,
            Self::Lead => &lead::LEAD,
            Self::Organization => &organization::ORGANIZATION,
            Self::Profile => &user::PROFILE,
            Self::Task => &task::TASK,
            Self::TaskStatus => &task::TASK_STATUS,
            Self::User => &user::USER,
            Self::UserRecordAccess => &user::USER_RECORD_ACCESS,
        }
    }
}

impl Schema {
    /// Every field, the system's last.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'static Field> {
        self.own.iter().chain(SYSTEM)
    }

    /// The field of this API name, in any case.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields()
            .find(|field| field.name.eq_ignore_ascii_case(name))
    }

    /// The reference behind a relationship: `Account` in `Account.Name` is `AccountId`.
    pub(crate) fn relationship(&self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| {
            field
                .relationship()
                .is_some_and(|relationship| relationship.eq_ignore_ascii_case(name))
        })
    }
}

/// What every record has.
const SYSTEM: &[Field] = &[
    Field::id(),
    Field::boolean("IsDeleted", "Deleted").read_only(),
    Field::date_time("CreatedDate", "Created Date").read_only(),
    Field::reference("CreatedById", "Created By ID", &[Object::User], "CreatedBy").read_only(),
    Field::date_time("LastModifiedDate", "Last Modified Date").read_only(),
    Field::reference(
        "LastModifiedById",
        "Last Modified By ID",
        &[Object::User],
        "LastModifiedBy",
    )
    .read_only(),
    Field::date_time("SystemModstamp", "System Modstamp").read_only(),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_prefixes_are_unique() {
        for object in Object::ALL {
            let schema = object.schema();
            assert_eq!(schema.prefix.len(), 3);
            assert_eq!(
                Object::ALL
                    .iter()
                    .filter(|other| other.schema().prefix == schema.prefix)
                    .count(),
                1
            );
            for field in schema.fields() {
                assert_eq!(
                    schema.fields().filter(|one| one.name == field.name).count(),
                    1,
                    "{}.{}",
                    object.name(),
                    field.name
                );
            }
        }
    }

    #[test]
    fn what_a_record_must_have_is_what_the_vendor_says() {
        let required = |object: Object| -> Vec<&str> {
            object
                .schema()
                .fields()
                .filter(|field| field.is_required() && field.needs == Needs::Nothing)
                .map(|field| field.name)
                .collect()
        };
        assert_eq!(required(Object::Contact), ["LastName"]);
        assert_eq!(required(Object::Lead), ["LastName", "Company"]);
        assert_eq!(required(Object::Account), ["Name"]);
        assert!(required(Object::Task).is_empty(), "defaulted, all of them");
    }
}
