//! Makes one contact of several that are the same person.

use linecard_book::{Number, Slot};

use super::{Contact, ContactDetails, ContactError, Contacts};
use crate::ContactId;

impl Contacts<'_> {
    /// Joins `others` into the contact `keep`, whose version is still `version`: what it lacks is
    /// taken from them, and they are removed. Nothing is lost: what finds no place goes into the
    /// remark.
    pub async fn merge(
        &mut self,
        keep: ContactId,
        version: i64,
        others: &[ContactId],
    ) -> Result<Contact, ContactError> {
        let kept = self.get(keep).await?.ok_or(ContactError::NoContact)?;
        let mut away = self.several(others).await?;
        away.retain(|other| other.id != keep);
        if away.is_empty() {
            return Err(ContactError::NoContact);
        }
        let ids: Vec<_> = away.iter().map(|other| other.id).collect();
        self.delete(&ids).await?;
        self.change(keep, version, &joined(&kept, &away)).await
    }
}

/// What becomes of `kept` when these others are joined into it.
fn joined(kept: &Contact, others: &[Contact]) -> ContactDetails {
    let mut details = ContactDetails {
        name: kept.name.clone(),
        company: kept.company.clone(),
        email: kept.email.clone(),
        remark: None,
        numbers: Vec::new(),
    };
    let mut remarks: Vec<String> = kept.remark.iter().cloned().collect();
    let mut left: Vec<String> = Vec::new();
    for contact in std::iter::once(kept).chain(others) {
        for number in &contact.numbers {
            take(&mut details.numbers, number, &mut left);
        }
    }
    for other in others {
        if details.company.is_none() {
            details.company.clone_from(&other.company);
        }
        match (&details.email, &other.email) {
            (None, _) => details.email.clone_from(&other.email),
            (Some(email), Some(another)) if email != another => left.push(another.clone()),
            _ => {}
        }
        remarks.extend(other.remark.clone().filter(|it| !remarks.contains(it)));
    }
    left.dedup();
    if !left.is_empty() {
        remarks.push(left.join(", "));
    }
    details.remark = Some(remarks.join("\n")).filter(|remark| !remark.is_empty());
    details
}

/// Puts a number into its slot, or the nearest free one; into `left` where there is none.
fn take(numbers: &mut Vec<Number>, number: &Number, left: &mut Vec<String>) {
    let same = |known: &Number| match (&known.e164, &number.e164) {
        (Some(known), Some(e164)) => known == e164,
        _ => known.written == number.written,
    };
    if numbers.iter().any(same) {
        return;
    }
    let wanted = match number.slot {
        Slot::Business | Slot::Business2 => [Slot::Business, Slot::Business2],
        Slot::Mobile | Slot::Mobile2 => [Slot::Mobile, Slot::Mobile2],
        Slot::Home | Slot::Home2 => [Slot::Home, Slot::Home2],
        other => [other, Slot::Other],
    };
    let free = std::iter::once(number.slot)
        .chain(wanted)
        .chain([Slot::Other])
        .find(|slot| !numbers.iter().any(|known| known.slot == *slot));
    match free {
        Some(slot) => numbers.push(Number {
            slot,
            ..number.clone()
        }),
        None => left.push(number.written.clone()),
    }
}
