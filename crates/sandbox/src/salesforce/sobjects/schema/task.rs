//! Task, of which a logged call is one, and the statuses a Task can have.

use super::{Field, Kind, Needs, Object, Schema};

pub(super) static TASK: Schema = Schema {
    label: "Task",
    label_plural: "Tasks",
    prefix: "00T",
    writable: true,
    searchable: false,
    own: &[
        Field::reference("WhoId", "Name ID", &[Object::Contact, Object::Lead], "Who"),
        Field::reference("WhatId", "Related To ID", &[Object::Account], "What"),
        Field::of("Subject", "Subject", Kind::Combobox(255)),
        Field::of("ActivityDate", "Due Date Only", Kind::Date),
        Field::of(
            "Status",
            "Status",
            Kind::Picklist(&["Not Started", "In Progress", "Completed"]),
        )
        .filled(),
        Field::of(
            "Priority",
            "Priority",
            Kind::Picklist(&["High", "Normal", "Low"]),
        )
        .filled(),
        Field::reference("OwnerId", "Assigned To ID", &[Object::User], "Owner").filled(),
        Field::long_text("Description", "Description"),
        Field::reference("AccountId", "Account ID", &[Object::Account], "Account").read_only(),
        Field::boolean("IsClosed", "Closed").read_only(),
        Field::date_time("CompletedDateTime", "Completed Date/Time").read_only(),
        Field::of(
            "TaskSubtype",
            "Task Subtype",
            Kind::RestrictedPicklist(&[
                "Task",
                "Email",
                "ListEmail",
                "Cadence",
                "Call",
                "LinkedIn",
            ]),
        )
        .filled()
        .create_only(),
        Field::of(
            "CallType",
            "Call Type",
            Kind::RestrictedPicklist(&["Internal", "Inbound", "Outbound"]),
        ),
        Field::of("CallDurationInSeconds", "Call Duration", Kind::Integer(8)),
        Field::text("CallDisposition", "Call Result", 255),
        Field::text("CallObject", "Call Object Identifier", 255),
        Field::text("Linecard_Key__c", "Linecard Key", 255).needing(Needs::ExternalId),
        Field::required_custom(),
    ],
};

pub(super) static TASK_STATUS: Schema = Schema {
    label: "Task Status Value",
    label_plural: "Task Status Value",
    prefix: "01J",
    writable: false,
    searchable: false,
    own: &[
        Field::text("MasterLabel", "Master Label", 255),
        Field::text("ApiName", "API Name", 255),
        Field::of("SortOrder", "Sort Order", Kind::Integer(8)),
        Field::boolean("IsDefault", "Is Default"),
        Field::boolean("IsClosed", "Is Closed"),
    ],
};
