//! Many contacts in one unit of work, as an import brings them: with few statements, and with an
//! eye on those that are there already.
//!
//! On SQLite the contacts that an import adds get their keys afterwards ([`Contacts::list`]): until
//! then [`Unlisted`] knows them, no list shows them, and nothing but their own import compares with
//! them. Once a person changes one, it has its keys at once.

mod alike;
mod batch;
mod listing;
mod unlisted;

pub use listing::Listing;
pub use unlisted::Unlisted;

use linecard_number::E164;
use uuid::Uuid;

use super::Contacts;
use super::editing::{ContactDetails, ContactError};
use super::folding::{folded, searched};
use crate::database::{ROWS_AT_ONCE, Value, values};
use crate::{ContactId, ImportId, OnDuplicate, PhonebookId, StoreError};
use batch::{Batch, Pending, name_of};

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

/// What has become of the contacts of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Of each, in their order.
    pub written: Vec<Written>,
    /// The added ones that no list shows yet: for [`Unlisted::extend`], once they are committed.
    pub unlisted: Vec<Fresh>,
}

/// A contact that was just added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    pub(crate) id: ContactId,
    /// Name and company as they are compared.
    pub(crate) name: (String, String),
    pub(crate) numbers: Vec<E164>,
}

impl Contacts<'_> {
    /// Writes the contacts of an import into a phonebook, in their order, each as `on_duplicate`
    /// says where there is one like it: one that has one of its numbers, or its name and company. A
    /// CRM's phonebook is refused (F9). `unlisted` are those that the import has added so far.
    pub async fn import(
        &mut self,
        phonebook: PhonebookId,
        import: ImportId,
        contacts: Vec<ContactDetails>,
        on_duplicate: OnDuplicate,
        unlisted: &Unlisted,
    ) -> Result<Imported, ContactError> {
        self.unit.phonebooks().editable(phonebook).await?;
        let mut batch = Batch::default();
        if on_duplicate != OnDuplicate::Add {
            self.find_like(phonebook, &contacts, &mut batch).await?;
            self.find_unlisted(phonebook, &unlisted.like(&contacts), &mut batch)
                .await?;
        }
        if on_duplicate == OnDuplicate::Update {
            self.load_like(&mut batch).await?;
        }
        let mut written = Vec::with_capacity(contacts.len());
        let ids = self.new_ids(contacts.len());
        for (details, id) in contacts.into_iter().zip(ids) {
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
                    batch.add(id, details);
                    Written::Added
                }
            });
        }
        self.write(phonebook, import, &batch.pending).await?;
        let mut added = batch.pending;
        added.retain(|pending| pending.is_new);
        let unlisted = if self.unit.is_postgres() {
            Vec::new()
        } else {
            added.iter().map(Fresh::of).collect()
        };
        let now = self.unit.now();
        let added = added.into_iter().map(|it| it.into_contact(phonebook, now));
        self.unit.contacts_added(added.collect());
        Ok(Imported { written, unlisted })
    }

    /// Ids in their order: rows that come in the order of the file are written side by side.
    fn new_ids(&self, count: usize) -> Vec<ContactId> {
        let (now, entropy) = (self.unit.now(), self.unit.shared().entropy.as_ref());
        let mut ids: Vec<_> = (0..count).map(|_| ContactId::new(entropy, now)).collect();
        ids.sort_unstable();
        ids
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
        let mut keys = Vec::new();
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
            if !is_new {
                changed.push(*id);
            }
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
            if !is_new {
                let e164 = details.numbers.iter().filter_map(|it| it.e164.as_ref());
                keys.extend(e164.map(|e164| values![e164.as_str(), *id]));
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
        self.write_each(
            "INSERT INTO contacts (id, phonebook, name, folded_name, company, folded_company, \
             searched, email, remark, imported_by, updated, called, stale) VALUES",
            added,
            "",
        )
        .await?;
        if !emptied.is_empty() {
            let before = "DELETE FROM contact_numbers WHERE contact IN";
            self.unit.rows_in(before, emptied, "").await?;
        }
        self.write_each(
            "INSERT INTO contact_numbers (contact, place, slot, written, e164) VALUES",
            numbers,
            "",
        )
        .await?;
        self.put_number_keys(keys).await?;
        self.unit.contacts_changed(&changed);
        Ok(())
    }

    /// Runs a statement for rows, for many of them at once.
    pub(super) async fn write_each(
        &mut self,
        before: &'static str,
        mut rows: Vec<Vec<Value>>,
        after: &'static str,
    ) -> Result<(), StoreError> {
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(ROWS_AT_ONCE));
            let some = std::mem::replace(&mut rows, rest);
            self.unit.rows_each(before, some, after).await?;
        }
        Ok(())
    }
}

impl Fresh {
    fn of(pending: &Pending) -> Self {
        let numbers = pending.details.numbers.iter();
        Self {
            id: pending.id,
            name: name_of(&pending.details),
            numbers: numbers.filter_map(|number| number.e164.clone()).collect(),
        }
    }
}

/// What sorts before every id that is not older than the import's, to the millisecond.
fn before(import: ImportId) -> String {
    let mut bytes = import.as_uuid().into_bytes();
    // RFC 9562, 5.7: six bytes of time, then chance.
    bytes[6..].fill(0);
    Uuid::from_bytes(bytes).to_string()
}
