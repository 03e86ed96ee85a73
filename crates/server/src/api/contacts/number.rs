//! A number of a contact: its slot, as it was typed, and as it is read.

use linecard_book::{Number, Slot};
use linecard_number::Plan;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a number of a contact is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ContactSlot {
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

/// A number of a contact.
#[derive(Serialize, ToSchema)]
pub(super) struct ContactNumber {
    /// What it is for.
    slot: ContactSlot,
    /// As it was typed.
    #[schema(example = "030 1234567")]
    written: String,
    /// What callers are matched by; `null`: it cannot be read as a number of the public network.
    #[schema(required, example = "+49301234567")]
    e164: Option<String>,
    /// As people of the company's country write it, where it can be read.
    #[schema(required, example = "030 1234567")]
    shown: Option<String>,
}

impl ContactNumber {
    pub(super) fn of(number: Number, plan: &Plan) -> Self {
        Self {
            slot: number.slot.into(),
            shown: number.e164.as_ref().map(|e164| plan.written(e164)),
            e164: number.e164.map(String::from),
            written: number.written,
        }
    }
}

impl From<Slot> for ContactSlot {
    fn from(slot: Slot) -> Self {
        match slot {
            Slot::Business => Self::Business,
            Slot::Business2 => Self::Business2,
            Slot::BusinessFax => Self::BusinessFax,
            Slot::Mobile => Self::Mobile,
            Slot::Mobile2 => Self::Mobile2,
            Slot::Home => Self::Home,
            Slot::Home2 => Self::Home2,
            Slot::HomeFax => Self::HomeFax,
            Slot::Other => Self::Other,
        }
    }
}

impl From<ContactSlot> for Slot {
    fn from(slot: ContactSlot) -> Self {
        match slot {
            ContactSlot::Business => Self::Business,
            ContactSlot::Business2 => Self::Business2,
            ContactSlot::BusinessFax => Self::BusinessFax,
            ContactSlot::Mobile => Self::Mobile,
            ContactSlot::Mobile2 => Self::Mobile2,
            ContactSlot::Home => Self::Home,
            ContactSlot::Home2 => Self::Home2,
            ContactSlot::HomeFax => Self::HomeFax,
            ContactSlot::Other => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_has_the_word_under_which_it_is_kept() {
        for slot in Slot::ALL {
            let word = serde_json::to_value(ContactSlot::from(slot)).unwrap();
            assert_eq!(word, slot.code());
            let back: ContactSlot = serde_json::from_value(word).unwrap();
            assert_eq!(Slot::from(back), slot);
        }
    }
}
