//! A contact in as few bytes as it takes.

use std::borrow::Cow;

use linecard_number::E164;
use serde::{Deserialize, Serialize};

use crate::{Contact, ContactKey, Number, PhonebookKey, Slot};

/// What is packed of a contact. Its key is beside it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Packed<'a> {
    /// The place of its phonebook among those of the index.
    pub(super) phonebook: u32,
    #[serde(borrow)]
    name: &'a str,
    #[serde(borrow)]
    company: Option<&'a str>,
    #[serde(borrow)]
    numbers: Vec<PackedNumber<'a>>,
    #[serde(borrow)]
    pub(super) attached: &'a [u8],
}

#[derive(Debug, Serialize, Deserialize)]
struct PackedNumber<'a> {
    /// Its place in [`Slot::ALL`].
    slot: u8,
    digits: Option<u64>,
    /// Empty: as the international form.
    #[serde(borrow)]
    written: &'a str,
}

/// The contact in bytes; `phonebook` is the place of its phonebook.
pub(super) fn pack(contact: &Contact, phonebook: u32, attached: &[u8]) -> Vec<u8> {
    let packed = Packed {
        phonebook,
        name: &contact.name,
        company: contact.company.as_deref(),
        numbers: contact.numbers.iter().map(PackedNumber::of).collect(),
        attached,
    };
    // Packing fails only where there is no room, and this has all there is.
    postcard::to_allocvec(&packed).unwrap_or_default()
}

/// A number as its digits say: 15 of them are less than 2^50.
pub(super) fn digits(number: &E164) -> u64 {
    let digits = number.digits().bytes();
    digits.fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'))
}

/// The digits by which a number is matched.
pub(super) fn number_of(number: &Number) -> Option<u64> {
    number.e164.as_ref().map(digits)
}

fn e164(digits: u64) -> Option<E164> {
    format!("+{digits}").parse().ok()
}

impl<'a> Packed<'a> {
    /// `None`: [`pack`] has not written this.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }

    /// Its phonebook's place, without reading the rest.
    pub(super) fn phonebook(bytes: &[u8]) -> Option<u32> {
        let (phonebook, _) = postcard::take_from_bytes(bytes).ok()?;
        Some(phonebook)
    }

    /// The numbers it is matched by, each once.
    pub(super) fn digits(&self) -> impl Iterator<Item = u64> {
        let all = self.numbers.iter().enumerate();
        all.filter_map(|(place, number)| {
            let mut before = self.numbers.iter().take(place);
            let is_new = before.all(|it| it.digits != number.digits);
            number.digits.filter(|_| is_new)
        })
    }

    /// The first of its numbers with these digits.
    pub(super) fn number(&self, digits: u64) -> Option<Number> {
        let mut numbers = self.numbers.iter();
        let number = numbers.find(|number| number.digits == Some(digits))?;
        Some(number.number())
    }

    pub(super) fn contact(&self, key: ContactKey, phonebook: PhonebookKey) -> Contact {
        Contact {
            key,
            phonebook,
            name: self.name.to_owned(),
            company: self.company.map(str::to_owned),
            numbers: self.numbers.iter().map(PackedNumber::number).collect(),
        }
    }
}

impl<'a> PackedNumber<'a> {
    fn of(number: &'a Number) -> Self {
        let slot = Slot::ALL.iter().position(|slot| *slot == number.slot);
        let plain = number.e164.as_ref().map(E164::as_str);
        Self {
            slot: slot
                .and_then(|slot| u8::try_from(slot).ok())
                .unwrap_or(u8::MAX),
            digits: number_of(number),
            written: if plain == Some(number.written.as_str()) {
                ""
            } else {
                &number.written
            },
        }
    }

    fn number(&self) -> Number {
        let e164 = self.digits.and_then(e164);
        let written = match &e164 {
            Some(e164) if self.written.is_empty() => Cow::Borrowed(e164.as_str()),
            _ => Cow::Borrowed(self.written),
        };
        let slot = Slot::ALL.get(usize::from(self.slot)).copied();
        Number {
            slot: slot.unwrap_or(Slot::Other),
            written: written.into_owned(),
            e164,
        }
    }
}
