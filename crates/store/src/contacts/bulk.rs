//! Many contacts in one unit of work, as an import brings them: with few statements, and with an
//! eye on those that are there already.

use std::collections::HashMap;

use linecard_book::Number;
use linecard_number::E164;
use uuid::Uuid;

use super::editing::{ContactDetails, ContactError};
use super::folding::{folded, searched};
use super::{CONTACTS_AT_ONCE, Contact, Contacts};
use crate::database::{ROWS_AT_ONCE, Value, values};
use crate::{ContactId, ImportId, OnDuplicate, PhonebookId, StoreError};

/// What has become of one of the contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is new.
    Added,
    /// A contact that was there was changed.
    Updated,
    /// There is one like it already.
    Skipped(Like),
}

/// A contact that is there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    /// Which.
    pub contact: ContactId,
    /// The number that both have; `None`: they have name and company in common.
    pub number: Option<E164>,
}

/// A contact that is to be written at the end of the batch.
struct Pending {
    id: ContactId,
    is_new: bool,
    is_changed: bool,
    details: ContactDetails,
}

/// The contacts of a batch, and those that are there already and like them.
#[derive(Default)]
struct Batch {
    by_number: HashMap<E164, ContactId>,
    by_name: HashMap<(String, String), ContactId>,
    pending: Vec<Pending>,
    place: HashMap<ContactId, usize>,
}

impl Contacts<'_> {
    /// Writes the contacts of an import into a phonebook, in their order, each as `on_duplicate`
    /// says where there is one like it: one that has one of its numbers, or its name and company. A
    /// CRM's phonebook is refused (F9).
    pub async fn import(
        &mut self,
        phonebook: PhonebookId,
        import: ImportId,
        contacts: Vec<ContactDetails>,
        on_duplicate: OnDuplicate,
    ) -> Result<Vec<Written>, ContactError> {
        self.unit.phonebooks().editable(phonebook).await?;
        let mut batch = Batch::default();
        if on_duplicate != OnDuplicate::Add {
            self.find_like(phonebook, &contacts, &mut batch).await?;
        }
        if on_duplicate == OnDuplicate::Update {
            self.load_like(&mut batch).await?;
        }
        let now = self.unit.now();
        let mut written = Vec::with_capacity(contacts.len());
        for details in contacts {
            let like = match on_duplicate {
                OnDuplicate::Add => None,
                _ => batch.like(&details),
            };
            written.push(match like {
                Some(like) if on_duplicate == OnDuplicate::Skip => Written::Skipped(like),
                Some(like) => {
                    batch.update(like.contact, details);
                    Written::Updated
                }
                None => {
                    let id = ContactId::new(self.unit.shared().entropy.as_ref(), now);
                    batch.add(id, details);
                    Written::Added
                }
            });
        }
        self.write(phonebook, import, &batch.pending).await?;
        Ok(written)
    }

    /// Takes at most `limit` of the contacts out that an import added and that nobody has changed
    /// since. Tells the last of them, and how many; `after` is the last one of the time before.
    pub async fn take_out(
        &mut self,
        phonebook: PhonebookId,
        import: ImportId,
        after: Option<ContactId>,
        limit: usize,
    ) -> Result<(Option<ContactId>, u64), ContactError> {
        self.unit.phonebooks().editable(phonebook).await?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let after = after.map_or_else(|| before(import), |id| id.to_string());
        let rows = self
            .unit
            .rows(
                // Ids sort by their time: what the import added is not older than itself.
                "DELETE FROM contacts WHERE id IN (SELECT id FROM contacts \
                 WHERE id > $2 AND imported_by = $1 AND phonebook = $3 AND version = 1 \
                 ORDER BY id LIMIT $4) RETURNING id",
                values![import, after, phonebook, limit],
            )
            .await?;
        let mut last = None;
        for row in &rows {
            let id: ContactId = row.parse("id")?;
            self.unit.contact_removed(id);
            last = last.max(Some(id));
        }
        Ok((last, u64::try_from(rows.len()).unwrap_or(u64::MAX)))
    }

    /// For each of these contacts the one of the phonebook that it is like.
    pub async fn like(
        &mut self,
        phonebook: PhonebookId,
        contacts: &[ContactDetails],
    ) -> Result<Vec<Option<Like>>, StoreError> {
        let mut batch = Batch::default();
        self.find_like(phonebook, contacts, &mut batch).await?;
        Ok(contacts.iter().map(|details| batch.like(details)).collect())
    }

    async fn find_like(
        &mut self,
        phonebook: PhonebookId,
        contacts: &[ContactDetails],
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        let numbers = contacts.iter().flat_map(|contact| &contact.numbers);
        let numbers = numbers.filter_map(|number| number.e164.as_ref());
        let numbers: Vec<Value> = numbers.map(|number| number.as_str().into()).collect();
        for some in numbers.chunks(CONTACTS_AT_ONCE) {
            // The phonebook's id is none of the numbers; it stands there to be named after them.
            let values = with_first(phonebook, some);
            let rows = self
                .unit
                .rows_in(
                    "SELECT contact_numbers.e164, MIN(contacts.id) AS id FROM contact_numbers \
                     JOIN contacts ON contacts.id = contact_numbers.contact \
                     WHERE contact_numbers.e164 IN",
                    values,
                    "AND contacts.phonebook = $1 GROUP BY contact_numbers.e164",
                )
                .await?;
            for row in &rows {
                batch.by_number.insert(row.parse("e164")?, row.parse("id")?);
            }
        }
        let names: Vec<Value> = contacts
            .iter()
            .map(|contact| Value::from(folded(&contact.name)))
            .collect();
        for some in names.chunks(CONTACTS_AT_ONCE) {
            let rows = self
                .unit
                .rows_in(
                    "SELECT folded_name, folded_company, MIN(id) AS id FROM contacts \
                     WHERE folded_name IN",
                    with_first(phonebook, some),
                    "AND phonebook = $1 GROUP BY folded_name, folded_company",
                )
                .await?;
            for row in &rows {
                let name = (row.text("folded_name")?, row.text("folded_company")?);
                batch.by_name.insert(name, row.parse("id")?);
            }
        }
        Ok(())
    }

    /// Reads those that may be changed.
    async fn load_like(&mut self, batch: &mut Batch) -> Result<(), StoreError> {
        let mut ids: Vec<ContactId> = batch.by_number.values().copied().collect();
        ids.extend(batch.by_name.values());
        ids.sort_unstable();
        ids.dedup();
        for some in ids.chunks(CONTACTS_AT_ONCE) {
            let ids = some.iter().copied().map(Value::from).collect();
            let rows = self
                .unit
                .rows_in("SELECT * FROM contacts WHERE id IN", ids, "")
                .await?;
            for contact in self.with_numbers(rows).await? {
                batch.hold(contact.id, details_of(contact), false);
            }
        }
        Ok(())
    }

    async fn write(
        &mut self,
        phonebook: PhonebookId,
        import: ImportId,
        pending: &[Pending],
    ) -> Result<(), StoreError> {
        let now = self.unit.now();
        let mut added = Vec::new();
        let mut numbers = Vec::new();
        let mut changed = Vec::new();
        let mut emptied = Vec::new();
        for Pending {
            id,
            is_new,
            is_changed,
            details,
        } in pending
        {
            if !is_new && !is_changed {
                continue;
            }
            changed.push(*id);
            let name = folded(&details.name);
            let company = folded(details.company.as_deref().unwrap_or_default());
            let searched = searched(&name, &company, &details.numbers);
            if *is_new {
                added.push(values![
                    *id,
                    phonebook,
                    &details.name,
                    name,
                    details.company.as_deref(),
                    company,
                    searched,
                    details.email.as_deref(),
                    details.remark.as_deref(),
                    import,
                    now,
                    false,
                    false,
                ]);
            } else {
                emptied.push(Value::from(*id));
                self.unit
                    .execute(
                        "UPDATE contacts SET name = $2, folded_name = $3, company = $4, \
                         folded_company = $5, searched = $6, email = $7, remark = $8, updated = $9, \
                         version = version + CASE WHEN imported_by = $10 THEN 0 ELSE 1 END \
                         WHERE id = $1",
                        values![
                            *id,
                            &details.name,
                            name,
                            details.company.as_deref(),
                            company,
                            searched,
                            details.email.as_deref(),
                            details.remark.as_deref(),
                            now,
                            import,
                        ],
                    )
                    .await?;
            }
            for (place, number) in (0_i64..).zip(&details.numbers) {
                numbers.push(values![
                    *id,
                    place,
                    number.slot.code(),
                    &number.written,
                    number.e164.as_ref().map(E164::as_str),
                ]);
            }
        }
        self.insert(
            "INSERT INTO contacts (id, phonebook, name, folded_name, company, folded_company, \
             searched, email, remark, imported_by, updated, called, stale) VALUES",
            added,
        )
        .await?;
        if !emptied.is_empty() {
            let before = "DELETE FROM contact_numbers WHERE contact IN";
            self.unit.rows_in(before, emptied, "").await?;
        }
        self.insert(
            "INSERT INTO contact_numbers (contact, place, slot, written, e164) VALUES",
            numbers,
        )
        .await?;
        self.unit.contacts_changed(&changed);
        Ok(())
    }

    async fn insert(
        &mut self,
        into: &'static str,
        mut rows: Vec<Vec<Value>>,
    ) -> Result<(), StoreError> {
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(ROWS_AT_ONCE));
            let some = std::mem::replace(&mut rows, rest);
            self.unit.rows_each(into, some, "").await?;
        }
        Ok(())
    }
}

impl Batch {
    /// A contact that is like this one.
    fn like(&self, details: &ContactDetails) -> Option<Like> {
        let numbers = details.numbers.iter().filter_map(|it| it.e164.as_ref());
        for number in numbers {
            if let Some(contact) = self.by_number.get(number) {
                return Some(Like {
                    contact: *contact,
                    number: Some(number.clone()),
                });
            }
        }
        let contact = self.by_name.get(&name_of(details)).copied()?;
        Some(Like {
            contact,
            number: None,
        })
    }

    fn add(&mut self, id: ContactId, details: ContactDetails) {
        for number in details.numbers.iter().filter_map(|it| it.e164.clone()) {
            self.by_number.entry(number).or_insert(id);
        }
        self.by_name.entry(name_of(&details)).or_insert(id);
        self.hold(id, details, true);
    }

    fn hold(&mut self, id: ContactId, details: ContactDetails, is_new: bool) {
        self.place.insert(id, self.pending.len());
        self.pending.push(Pending {
            id,
            is_new,
            is_changed: false,
            details,
        });
    }

    /// Gives a contact what a row says; what the row leaves empty stays.
    fn update(&mut self, id: ContactId, row: ContactDetails) {
        for number in row.numbers.iter().filter_map(|it| it.e164.clone()) {
            self.by_number.entry(number).or_insert(id);
        }
        self.by_name.entry(name_of(&row)).or_insert(id);
        let place = self.place.get(&id).copied();
        let Some(pending) = place.and_then(|place| self.pending.get_mut(place)) else {
            return;
        };
        pending.is_changed = true;
        let details = &mut pending.details;
        details.name = row.name;
        details.company = row.company.or(details.company.take());
        details.email = row.email.or(details.email.take());
        details.remark = row.remark.or(details.remark.take());
        let has = |slot| {
            row.numbers
                .iter()
                .any(|number: &Number| number.slot == slot)
        };
        details.numbers.retain(|number| !has(number.slot));
        details.numbers.extend(row.numbers);
        details.numbers.sort_by_key(|number| number.slot);
    }
}

/// What sorts before every id that is not older than the import's, to the millisecond.
fn before(import: ImportId) -> String {
    let mut bytes = import.as_uuid().into_bytes();
    // RFC 9562, 5.7: six bytes of time, then chance.
    bytes[6..].fill(0);
    Uuid::from_bytes(bytes).to_string()
}

fn name_of(details: &ContactDetails) -> (String, String) {
    let company = details.company.as_deref().unwrap_or_default();
    (folded(&details.name), folded(company))
}

fn details_of(contact: Contact) -> ContactDetails {
    ContactDetails {
        name: contact.name,
        company: contact.company,
        email: contact.email,
        remark: contact.remark,
        numbers: contact.numbers,
    }
}

fn with_first(phonebook: PhonebookId, values: &[Value]) -> Vec<Value> {
    let mut all = Vec::with_capacity(values.len() + 1);
    all.push(phonebook.into());
    all.extend_from_slice(values);
    all
}
