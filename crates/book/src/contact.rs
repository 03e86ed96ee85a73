//! A contact of a phonebook, as the indexes read it.

use linecard_number::E164;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Names a contact: its id in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContactKey(pub Uuid);

/// Names a phonebook: its id in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhonebookKey(pub Uuid);

/// A person or company in a phonebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Names it.
    pub key: ContactKey,
    /// The phonebook it stands in.
    pub phonebook: PhonebookKey,
    /// The name for people.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// Its numbers. A contact that a CRM fills may have more than one in [`Slot::Other`].
    pub numbers: Vec<Number>,
}

/// A number of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What it is for.
    pub slot: Slot,
    /// As it was typed.
    pub written: String,
    /// What callers are matched by; `None`: it cannot be read as a number of the public network.
    pub e164: Option<E164>,
}

/// What a number of a contact is for: the nine of a business phonebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// At work.
    Business,
    /// At work, another one.
    Business2,
    /// The fax at work.
    BusinessFax,
    /// Carried along.
    Mobile,
    /// Carried along, another one.
    Mobile2,
    /// At home.
    Home,
    /// At home, another one.
    Home2,
    /// The fax at home.
    HomeFax,
    /// Anything else.
    Other,
}

impl Slot {
    /// All nine, in the order in which people expect them.
    pub const ALL: [Self; 9] = [
        Self::Business,
        Self::Business2,
        Self::BusinessFax,
        Self::Mobile,
        Self::Mobile2,
        Self::Home,
        Self::Home2,
        Self::HomeFax,
        Self::Other,
    ];

    /// The stable word of the slot: in the database, the API, and the column names of files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Business2 => "business2",
            Self::BusinessFax => "business_fax",
            Self::Mobile => "mobile",
            Self::Mobile2 => "mobile2",
            Self::Home => "home",
            Self::Home2 => "home2",
            Self::HomeFax => "home_fax",
            Self::Other => "other",
        }
    }

    /// The slot with this [`Slot::code`].
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.code() == code)
    }
}
