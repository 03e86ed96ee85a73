//! The nine slots of a contact's numbers, and which of them a CRM's numbers take.

use linecard_book::{Number, Slot};
use linecard_crm::NumberLabel;
use linecard_number::E164;
use linecard_rules::sync;

use super::Contacts;
use super::folding::{folded, searched};
use crate::database::{Row, Value, values};
use crate::{ContactId, StoreError};

/// Where the numbers of a label go; what finds no place there goes to [`Slot::Other`].
fn slots_of(label: NumberLabel) -> &'static [Slot] {
    match label {
        NumberLabel::Work => &[Slot::Business, Slot::Business2],
        NumberLabel::Mobile => &[Slot::Mobile, Slot::Mobile2],
        NumberLabel::Home => &[Slot::Home, Slot::Home2],
        NumberLabel::Other => &[],
    }
}

/// A CRM's numbers in their slots, in the CRM's order. There may be several in [`Slot::Other`].
pub(super) fn in_slots(numbers: &[sync::Number]) -> Vec<Number> {
    let mut kept: Vec<Number> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let free = slots_of(number.label)
            .iter()
            .find(|slot| !kept.iter().any(|it| it.slot == **slot));
        kept.push(Number {
            slot: free.copied().unwrap_or(Slot::Other),
            written: number.written.clone(),
            e164: number.e164.clone(),
        });
    }
    kept
}

impl Contacts<'_> {
    /// Gives a contact that has none these numbers.
    pub(super) async fn put_numbers(
        &mut self,
        contact: ContactId,
        numbers: &[Number],
    ) -> Result<(), StoreError> {
        let mut keys = Vec::new();
        for (place, number) in (0_i64..).zip(numbers) {
            keys.extend(number.e164.as_ref().map(|it| values![it.as_str(), contact]));
            self.unit
                .execute(
                    "INSERT INTO contact_numbers (contact, place, slot, written, e164) \
                     VALUES ($1, $2, $3, $4, $5)",
                    values![
                        contact,
                        place,
                        number.slot.code(),
                        &number.written,
                        number.e164.as_ref().map(E164::as_str),
                    ],
                )
                .await?;
        }
        self.put_number_keys(keys).await
    }

    /// Lets contacts be found by numbers: each key is a number and a contact that has it.
    pub(super) async fn put_number_keys(
        &mut self,
        keys: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        // There an index does so by itself.
        if self.unit.is_postgres() {
            return Ok(());
        }
        let before = "INSERT INTO number_keys (e164, contact) VALUES";
        self.write_each(before, keys, "ON CONFLICT DO NOTHING")
            .await
    }

    /// Leaves a contact of this name and company only these numbers.
    pub(crate) async fn replace_numbers(
        &mut self,
        contact: ContactId,
        name: &str,
        company: Option<&str>,
        numbers: &[Number],
    ) -> Result<(), StoreError> {
        let searched = searched(&folded(name), &folded(company.unwrap_or_default()), numbers);
        let sql = "UPDATE contacts SET searched = $2, version = version + 1 WHERE id = $1";
        self.unit.execute(sql, values![contact, searched]).await?;
        self.remove_numbers(contact).await?;
        self.put_numbers(contact, numbers).await
    }

    /// Takes a contact's numbers away, with their keys.
    pub(super) async fn remove_numbers(&mut self, contact: ContactId) -> Result<(), StoreError> {
        let sql = "DELETE FROM contact_numbers WHERE contact = $1";
        self.unit.execute(sql, values![contact]).await?;
        Ok(())
    }
}

/// Reads a row of `contact_numbers`.
pub(super) fn number(row: &Row) -> Result<Number, StoreError> {
    let code = row.text("slot")?;
    let slot = Slot::of_code(&code).ok_or_else(|| StoreError::Unreadable {
        column: "slot",
        words: format!("{code:?} is no slot"),
    })?;
    Ok(Number {
        slot,
        written: row.text("written")?,
        e164: row.optional_parse("e164")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_crm_fill_the_slots_of_their_label_and_then_the_other_one() {
        let labels = [
            NumberLabel::Work,
            NumberLabel::Mobile,
            NumberLabel::Work,
            NumberLabel::Work,
            NumberLabel::Home,
            NumberLabel::Other,
        ];
        let numbers = labels.map(|label| sync::Number {
            label,
            written: "1".to_owned(),
            e164: None,
        });
        let slots: Vec<_> = in_slots(&numbers).iter().map(|it| it.slot).collect();
        assert_eq!(
            slots,
            [
                Slot::Business,
                Slot::Mobile,
                Slot::Business2,
                Slot::Other,
                Slot::Home,
                Slot::Other
            ]
        );
    }
}
