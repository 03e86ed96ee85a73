//! The contact that a card is.

use calcard::vcard::{
    VCard, VCardEntry, VCardParameterName, VCardParameterValue, VCardProperty, VCardType,
    VCardValue,
};
use calcard::{Entry, Parser};

use super::write::SLOT_PARAMETER;
use crate::Slot;
use crate::exchange::mapping::{Kind, LONGEST_NAME, LONGEST_REMARK, Taken, limits, whole_name};
use crate::exchange::{Draft, Fault};

/// Reads the text of one card.
pub(super) fn read(text: &str) -> Result<Draft, Fault> {
    let Entry::VCard(card) = Parser::new(text).entry() else {
        return Err(Fault::NoCard);
    };
    let mut draft = Draft::default();
    if let Some(company) = first(&card, &VCardProperty::Org) {
        limits::line(&company, LONGEST_NAME)?;
        draft.company = Some(company);
    }
    if let Some(email) = first(&card, &VCardProperty::Email) {
        limits::email(&email)?;
        draft.email = Some(email);
    }
    if let Some(note) = first(&card, &VCardProperty::Note) {
        limits::length(&note, LONGEST_REMARK)?;
        draft.remark = Some(note);
    }
    draft.name = name(&card);
    limits::line(&draft.name, LONGEST_NAME)?;
    let mut numbers = Taken::default();
    let tels = card
        .entries
        .iter()
        .filter(|it| it.name == VCardProperty::Tel);
    // Those whose place is written down come first, so that no other takes it.
    let (placed, free): (Vec<_>, Vec<_>) = tels.partition(|entry| slot(entry).is_some());
    for entry in placed.into_iter().chain(free) {
        let Some(number) = entry.values.first().and_then(text_of) else {
            continue;
        };
        let number = number.trim();
        let number = number.strip_prefix("tel:").unwrap_or(number);
        match slot(entry) {
            _ if number.is_empty() => {}
            Some(slot) => numbers.take_slot(slot, number)?,
            None => numbers.take_kind(kind(entry), number)?,
        }
    }
    draft.numbers = numbers.into_numbers();
    limits::finished(draft)
}

/// The first value of a property that is not empty.
fn first(card: &VCard, property: &VCardProperty) -> Option<String> {
    let mut entries = card.entries.iter().filter(|it| it.name == *property);
    entries.find_map(|entry| {
        let text = entry.values.first().and_then(text_of)?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    })
}

/// The name for people; put together of its parts where the card only has those.
fn name(card: &VCard) -> String {
    if let Some(name) = first(card, &VCardProperty::Fn) {
        return name;
    }
    let parts = card.entries.iter().find(|it| it.name == VCardProperty::N);
    let parts: Vec<String> = parts
        .map(|entry| entry.values.iter().filter_map(text_of).collect())
        .unwrap_or_default();
    let part = |place: usize| parts.get(place).map_or("", |part| part.trim());
    // Family name, given name, additional names (RFC 6350, 6.2.2).
    whole_name(&["", part(1), part(2), part(0)])
}

fn text_of(value: &VCardValue) -> Option<String> {
    match value {
        VCardValue::Text(text) => Some(text.clone()),
        VCardValue::Component(parts) => Some(parts.join(" ")),
        // A number without any other sign.
        VCardValue::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The place that was written down when Linecard wrote the card.
fn slot(entry: &VCardEntry) -> Option<Slot> {
    let parameter = entry.params.iter().find(|parameter| {
        matches!(&parameter.name, VCardParameterName::Other(name)
            if name.eq_ignore_ascii_case(SLOT_PARAMETER))
    })?;
    let VCardParameterValue::Text(word) = &parameter.value else {
        return None;
    };
    super::write::slot(word)
}

/// What a number is for, by its types: `TYPE=work,fax`; in 2.1 `WORK;FAX`.
fn kind(entry: &VCardEntry) -> Kind {
    let is = |wanted: VCardType, word: &str| {
        entry.params.iter().any(|parameter| match &parameter.value {
            VCardParameterValue::Type(known) => *known == wanted,
            VCardParameterValue::Text(text) => text.eq_ignore_ascii_case(word),
            VCardParameterValue::Null => matches!(&parameter.name,
                VCardParameterName::Other(name) if name.eq_ignore_ascii_case(word)),
            _ => false,
        })
    };
    let is_home = is(VCardType::Home, "home");
    if is(VCardType::Fax, "fax") {
        return if is_home {
            Kind::HomeFax
        } else {
            Kind::BusinessFax
        };
    }
    if is(VCardType::Cell, "cell") {
        Kind::Mobile
    } else if is_home {
        Kind::Home
    } else if is(VCardType::Work, "work") || is(VCardType::MainNumber, "main") {
        Kind::Business
    } else {
        Kind::Other
    }
}
