//! Contacts as cards.

use calcard::vcard::{
    VCard, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty,
    VCardType, VCardValue, VCardVersion,
};

use crate::Slot;
use crate::exchange::Draft;
use crate::exchange::mapping::Field;

/// Says which of the nine places a number has: the standard's types tell six of them.
pub(super) const SLOT_PARAMETER: &str = "X-LINECARD-SLOT";

/// The version of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// 3.0 (RFC 2426), which every address book reads.
    V3,
    /// 4.0 (RFC 6350).
    V4,
}

/// Adds the contact's card to `out`.
pub fn write_contact(out: &mut String, contact: &Draft, version: Version) {
    let mut card = VCard::default();
    let mut add = |name, params, values: Vec<VCardValue>| {
        card.entries.push(VCardEntry {
            group: None,
            name,
            params,
            values,
        });
    };
    let text = |text: &str| VCardValue::Text(text.to_owned());
    add(VCardProperty::Fn, Vec::new(), vec![text(&contact.name)]);
    if version == Version::V3 {
        // 3.0 wants the parts of the name, which are not known: all of it is the family name.
        let parts = [contact.name.as_str(), "", "", "", ""];
        add(VCardProperty::N, Vec::new(), parts.map(text).into());
    }
    if let Some(company) = &contact.company {
        add(VCardProperty::Org, Vec::new(), vec![text(company)]);
    }
    for (slot, number) in &contact.numbers {
        let mut params: Vec<VCardParameter> = types(*slot)
            .iter()
            .map(|kind| VCardParameter {
                name: VCardParameterName::Type,
                value: VCardParameterValue::Type(kind.clone()),
            })
            .collect();
        params.push(VCardParameter {
            name: VCardParameterName::Other(SLOT_PARAMETER.to_owned()),
            value: VCardParameterValue::Text(Field::Number(*slot).word().to_owned()),
        });
        add(VCardProperty::Tel, params, vec![text(number)]);
    }
    if let Some(email) = &contact.email {
        add(VCardProperty::Email, Vec::new(), vec![text(email)]);
    }
    if let Some(remark) = &contact.remark {
        add(VCardProperty::Note, Vec::new(), vec![text(remark)]);
    }
    let version = match version {
        Version::V3 => VCardVersion::V3_0,
        Version::V4 => VCardVersion::V4_0,
    };
    // Writing into a text cannot fail.
    let _ = card.write_to(out, version);
}

/// The slot of a word in [`SLOT_PARAMETER`].
pub(super) fn slot(word: &str) -> Option<Slot> {
    match Field::named(word) {
        Some(Field::Number(slot)) => Some(slot),
        _ => None,
    }
}

/// What the standard calls a number of this slot.
fn types(slot: Slot) -> &'static [VCardType] {
    match slot {
        Slot::Business | Slot::Business2 => &[VCardType::Work, VCardType::Voice],
        Slot::BusinessFax => &[VCardType::Work, VCardType::Fax],
        Slot::Mobile | Slot::Mobile2 => &[VCardType::Cell, VCardType::Voice],
        Slot::Home | Slot::Home2 => &[VCardType::Home, VCardType::Voice],
        Slot::HomeFax => &[VCardType::Home, VCardType::Fax],
        Slot::Other => &[VCardType::Voice],
    }
}
