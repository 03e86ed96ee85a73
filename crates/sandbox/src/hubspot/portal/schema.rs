//! The properties of each type, as far as a telephone is concerned with them.

use super::Kind;
use crate::hubspot::options::Switches;
use crate::hubspot::phone::CALCULATED;

/// What a property holds. On the wire every value is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    Text,
    Number,
    DateTime,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// The id of an owner.
    Owner,
}

/// One property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Property {
    pub(crate) name: &'static str,
    pub(crate) value: Value,
    /// Only HubSpot itself writes it.
    pub(crate) read_only: bool,
}

const fn text(name: &'static str) -> Property {
    Property {
        name,
        value: Value::Text,
        read_only: false,
    }
}

const fn number(name: &'static str) -> Property {
    Property {
        name,
        value: Value::Number,
        read_only: false,
    }
}

const fn time(name: &'static str) -> Property {
    Property {
        name,
        value: Value::DateTime,
        read_only: false,
    }
}

const fn choice(name: &'static str, words: &'static [&'static str]) -> Property {
    Property {
        name,
        value: Value::Choice(words),
        read_only: false,
    }
}

const fn own(name: &'static str, value: Value) -> Property {
    Property {
        name,
        value,
        read_only: true,
    }
}

const OWNER: Property = Property {
    name: "hubspot_owner_id",
    value: Value::Owner,
    read_only: false,
};

const CONTACT: &[Property] = &[
    text("firstname"),
    text("lastname"),
    text("email"),
    text("company"),
    text("jobtitle"),
    text("phone"),
    text("mobilephone"),
    text("hs_whatsapp_phone_number"),
    text("fax"),
    text("city"),
    text("customer_number"),
    choice(
        "lifecyclestage",
        &[
            "subscriber",
            "lead",
            "marketingqualifiedlead",
            "salesqualifiedlead",
            "opportunity",
            "customer",
            "evangelist",
            "other",
        ],
    ),
    own("associatedcompanyid", Value::Number),
    own("notes_last_contacted", Value::DateTime),
    own("hs_merged_object_ids", Value::Text),
];

const COMPANY: &[Property] = &[
    text("name"),
    text("domain"),
    text("phone"),
    text("city"),
    text("country"),
    text("description"),
    own("notes_last_contacted", Value::DateTime),
    own("hs_merged_object_ids", Value::Text),
];

const LEAD: &[Property] = &[text("hs_lead_name"), text("hs_lead_label")];

const CALL: &[Property] = &[
    time("hs_timestamp"),
    text("hs_call_title"),
    text("hs_call_body"),
    choice("hs_call_direction", &["INBOUND", "OUTBOUND"]),
    number("hs_call_duration"),
    choice(
        "hs_call_status",
        &[
            "BUSY",
            "CALLING_CRM_USER",
            "CANCELED",
            "COMPLETED",
            "CONNECTING",
            "FAILED",
            "IN_PROGRESS",
            "NO_ANSWER",
            "QUEUED",
            "RINGING",
        ],
    ),
    choice("hs_call_disposition", DISPOSITIONS),
    text("hs_call_from_number"),
    text("hs_call_to_number"),
    text("hs_call_recording_url"),
    text("hs_call_source"),
    text("hs_call_callee_object_id"),
    text("hs_call_callee_object_type"),
    text("hs_activity_type"),
    text("hs_attachment_ids"),
];

/// The usual outcomes: connected, busy, no answer, left voicemail, left live message, wrong
/// number.
const DISPOSITIONS: &[&str] = &[
    "f240bbac-87c9-4f6e-bf70-924b57d47db7",
    "9d9162e7-6cf3-4944-bf63-4dff82258764",
    "73a0d17f-1163-4015-bdd5-ec830791da20",
    "b2cf5968-551e-4856-9783-52b3da59a7d0",
    "a4c4c377-d246-4b32-a13b-75a56a4cd0ff",
    "17b47fee-58de-441e-a44c-c6300d46f273",
];

const TASK: &[Property] = &[
    time("hs_timestamp"),
    text("hs_task_subject"),
    text("hs_task_body"),
    choice(
        "hs_task_status",
        &[
            "NOT_STARTED",
            "IN_PROGRESS",
            "WAITING",
            "COMPLETED",
            "DEFERRED",
        ],
    ),
    choice("hs_task_type", &["TODO", "CALL", "EMAIL"]),
    choice("hs_task_priority", &["NONE", "LOW", "MEDIUM", "HIGH"]),
];

/// The properties of a type in an account with these switches.
pub(crate) fn properties(kind: Kind, switches: &Switches) -> Vec<Property> {
    let own_ones = match kind {
        Kind::Contact => CONTACT,
        Kind::Company => COMPANY,
        Kind::Lead => LEAD,
        Kind::Call => CALL,
        Kind::Task => TASK,
    };
    let calculated = match kind {
        Kind::Contact => switches.calculated_properties,
        Kind::Company => switches.company_calculated_properties,
        _ => false,
    };
    let mut all = own_ones.to_vec();
    all.push(OWNER);
    all.push(own("hs_object_id", Value::Number));
    all.push(own(kind.created_property(), Value::DateTime));
    all.push(own(kind.modified_property(), Value::DateTime));
    if calculated {
        all.extend(CALCULATED.map(|name| own(name, Value::Text)));
    }
    if !switches.dispositions {
        for property in &mut all {
            if property.name == "hs_call_disposition" {
                property.value = Value::Choice(&[]);
            }
        }
    }
    all
}

/// The property of this name.
pub(crate) fn property(kind: Kind, name: &str, switches: &Switches) -> Option<Property> {
    properties(kind, switches)
        .into_iter()
        .find(|property| property.name == name)
}
