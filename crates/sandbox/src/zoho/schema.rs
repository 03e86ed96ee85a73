//! The modules, and the fields that every organisation has at first.

use serde::{Deserialize, Serialize};

/// A module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Module {
    Contacts,
    Leads,
    Accounts,
    Deals,
    Calls,
    Tasks,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text(usize),
    Area,
    Phone,
    Email,
    Website,
    Boolean,
    Integer,
    Date,
    DateTime,
    Picklist(&'static [&'static str]),
    Lookup(Module),
    Owner,
    /// A contact or a record of another module: see `$se_module`.
    Anything,
}

/// A field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) mandatory: bool,
    /// Written by Zoho alone.
    pub(crate) read_only: bool,
}

const fn field(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        mandatory: false,
        read_only: false,
    }
}

const fn must(name: &'static str, kind: Kind) -> Field {
    Field {
        mandatory: true,
        ..field(name, kind)
    }
}

const fn system(name: &'static str, kind: Kind) -> Field {
    Field {
        read_only: true,
        ..field(name, kind)
    }
}

/// What every module has.
const COMMON: [Field; 7] = [
    field("Owner", Kind::Owner),
    field("Description", Kind::Area),
    system("Created_Time", Kind::DateTime),
    system("Modified_Time", Kind::DateTime),
    system("Last_Activity_Time", Kind::DateTime),
    system("Created_By", Kind::Owner),
    system("Modified_By", Kind::Owner),
];

const CONTACTS: [Field; 15] = [
    field("Salutation", Kind::Text(40)),
    field("First_Name", Kind::Text(40)),
    must("Last_Name", Kind::Text(80)),
    system("Full_Name", Kind::Text(120)),
    field("Account_Name", Kind::Lookup(Module::Accounts)),
    field("Title", Kind::Text(100)),
    field("Email", Kind::Email),
    field("Phone", Kind::Phone),
    field("Mobile", Kind::Phone),
    field("Home_Phone", Kind::Phone),
    field("Other_Phone", Kind::Phone),
    field("Asst_Phone", Kind::Phone),
    field("Fax", Kind::Phone),
    field("Mailing_City", Kind::Text(30)),
    field(
        "Lead_Source",
        Kind::Picklist(&["Cold Call", "Web Research"]),
    ),
];

const LEADS: [Field; 10] = [
    field("First_Name", Kind::Text(40)),
    must("Last_Name", Kind::Text(80)),
    system("Full_Name", Kind::Text(120)),
    must("Company", Kind::Text(100)),
    field("Title", Kind::Text(100)),
    field("Email", Kind::Email),
    field("Phone", Kind::Phone),
    field("Mobile", Kind::Phone),
    field("Fax", Kind::Phone),
    field(
        "Lead_Status",
        Kind::Picklist(&["Not Contacted", "Contacted", "Lost Lead"]),
    ),
];

const ACCOUNTS: [Field; 7] = [
    must("Account_Name", Kind::Text(200)),
    field(
        "Account_Type",
        Kind::Picklist(&["Customer", "Partner", "Prospect"]),
    ),
    field("Phone", Kind::Phone),
    field("Fax", Kind::Phone),
    field("Website", Kind::Website),
    field("Billing_City", Kind::Text(30)),
    field("Billing_Country", Kind::Text(30)),
];

const DEALS: [Field; 4] = [
    must("Deal_Name", Kind::Text(120)),
    field("Stage", Kind::Picklist(&["Qualification", "Closed Won"])),
    field("Account_Name", Kind::Lookup(Module::Accounts)),
    field("Contact_Name", Kind::Lookup(Module::Contacts)),
];

const CALLS: [Field; 14] = [
    field("Subject", Kind::Text(255)),
    must(
        "Call_Type",
        Kind::Picklist(&["Inbound", "Outbound", "Missed"]),
    ),
    must("Call_Start_Time", Kind::DateTime),
    field("Call_Duration", Kind::Text(10)),
    system("Call_Duration_in_seconds", Kind::Integer),
    field("Who_Id", Kind::Lookup(Module::Contacts)),
    field("What_Id", Kind::Anything),
    field(
        "Call_Purpose",
        Kind::Picklist(&["Prospecting", "Administrative", "Demo"]),
    ),
    field(
        "Call_Result",
        Kind::Picklist(&["Interested", "Not interested", "No response/Busy"]),
    ),
    field("Call_Agenda", Kind::Text(255)),
    field("Dialled_Number", Kind::Text(50)),
    field("Caller_ID", Kind::Text(50)),
    field("Voice_Recording__s", Kind::Website),
    system("CTI_Entry", Kind::Boolean),
];

const TASKS: [Field; 6] = [
    must("Subject", Kind::Text(255)),
    field("Due_Date", Kind::Date),
    field(
        "Status",
        Kind::Picklist(&["Not Started", "In Progress", "Completed"]),
    ),
    field("Priority", Kind::Picklist(&["High", "Normal", "Low"])),
    field("Who_Id", Kind::Lookup(Module::Contacts)),
    field("What_Id", Kind::Anything),
];

impl Module {
    pub(crate) const ALL: [Self; 6] = [
        Self::Contacts,
        Self::Leads,
        Self::Accounts,
        Self::Deals,
        Self::Calls,
        Self::Tasks,
    ];

    /// The module of this name in the API.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|module| module.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Contacts => "Contacts",
            Self::Leads => "Leads",
            Self::Accounts => "Accounts",
            Self::Deals => "Deals",
            Self::Calls => "Calls",
            Self::Tasks => "Tasks",
        }
    }

    /// Its name in the addresses of pages.
    pub(crate) fn tab(self) -> &'static str {
        match self {
            Self::Deals => "Potentials",
            other => other.name(),
        }
    }

    pub(crate) fn fields(self) -> impl Iterator<Item = Field> {
        let own: &[Field] = match self {
            Self::Contacts => &CONTACTS,
            Self::Leads => &LEADS,
            Self::Accounts => &ACCOUNTS,
            Self::Deals => &DEALS,
            Self::Calls => &CALLS,
            Self::Tasks => &TASKS,
        };
        own.iter().chain(&COMMON).copied()
    }

    pub(crate) fn field(self, name: &str) -> Option<Field> {
        self.fields().find(|field| field.name == name)
    }

    /// The field that holds a record's name.
    pub(crate) fn name_field(self) -> &'static str {
        match self {
            Self::Contacts | Self::Leads => "Full_Name",
            Self::Accounts => "Account_Name",
            Self::Deals => "Deal_Name",
            Self::Calls | Self::Tasks => "Subject",
        }
    }
}

impl Kind {
    /// What the description of a field calls it.
    pub(crate) fn data_type(self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Area => "textarea",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Website => "website",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Picklist(_) => "picklist",
            Self::Lookup(_) | Self::Anything => "lookup",
            Self::Owner => "ownerlookup",
        }
    }

    /// How many characters it takes, in UTF-16 units.
    pub(crate) fn length(self) -> Option<usize> {
        match self {
            Self::Text(length) => Some(length),
            Self::Area => Some(32_000),
            Self::Phone => Some(30),
            Self::Email => Some(100),
            Self::Website => Some(450),
            Self::Picklist(_) => Some(120),
            _ => None,
        }
    }
}
