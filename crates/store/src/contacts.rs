//! Contacts of phonebooks, with their numbers.
//!
//! A contact of a CRM is kept under its module and id there; writing it again replaces it.

mod bulk;
mod duplicates;
mod editing;
mod folding;
mod held;
mod listing;
mod loading;
mod matching;
mod merging;
mod skipped;
mod slots;

pub use bulk::{Fresh, Imported, Like, Listing, Unlisted, Written};
pub use duplicates::{Duplicates, SharedName};
pub use editing::{ContactDetails, ContactError};
pub use listing::ContactSearch;
pub use skipped::SkippedRecord;

use jiff::Timestamp;
use linecard_book::Number;
use linecard_crm::{Module, Record, RecordRef};
use linecard_rules::sync::Entry;

use crate::database::{Row, Value, values};
use crate::unit::json;
use crate::{ContactId, PhonebookId, StoreError, UnitOfWork};
pub(crate) use folding::folded;
use folding::searched;
pub(crate) use listing::containing;

/// How many contacts one statement asks for at most.
const CONTACTS_AT_ONCE: usize = 500;

/// The word under which a module is stored.
pub(crate) fn module_word(module: Module) -> &'static str {
    match module {
        Module::Contact => "contact",
        Module::Lead => "lead",
        Module::Account => "account",
    }
}

/// The module of a stored word.
pub(crate) fn module(word: &str) -> Result<Module, StoreError> {
    [Module::Contact, Module::Lead, Module::Account]
        .into_iter()
        .find(|module| module_word(*module) == word)
        .ok_or_else(|| StoreError::Unreadable {
            column: "module",
            words: format!("{word:?} is no module"),
        })
}

/// A contact as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Names it.
    pub id: ContactId,
    /// The phonebook it stands in.
    pub phonebook: PhonebookId,
    /// The name as it is shown, first and last name in the order of their language: no CRM gives
    /// them apart with a number, and most of the world does not write them in the order of forms.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// What else there is to say.
    pub remark: Option<String>,
    /// The record in the CRM; `None`: it was made here.
    pub record: Option<Record>,
    /// Its numbers. Only what a CRM fills may have several in [`linecard_book::Slot::Other`].
    pub numbers: Vec<Number>,
    /// Counts the changes, so that two admins do not overwrite each other.
    pub version: i64,
    /// When it was last written here.
    pub updated: Timestamp,
}

/// A CRM's record to be kept as a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrmContact {
    /// The record.
    pub record: Record,
    /// Name and numbers as the phonebook shows them.
    pub entry: Entry,
    /// The e-mail address.
    pub email: Option<String>,
    /// There was a call with it. What was said once stays said.
    pub called: bool,
    /// Only what a call showed of it is known: it is to be read from the CRM.
    pub stale: bool,
}

/// The contacts, in a unit of work.
pub struct Contacts<'u> {
    pub(crate) unit: &'u mut UnitOfWork,
}

impl Contacts<'_> {
    /// Writes a CRM's record into a phonebook, in place of what stood there of it.
    pub async fn put(
        &mut self,
        phonebook: PhonebookId,
        contact: &CrmContact,
    ) -> Result<ContactId, StoreError> {
        let now = self.unit.now();
        let id = ContactId::new(self.unit.shared().entropy.as_ref(), now);
        let record = &contact.record;
        let numbers = slots::in_slots(&contact.entry.numbers);
        let name = folded(&contact.entry.name);
        let company = folded(record.company.as_deref().unwrap_or_default());
        let row = self
            .unit
            .row(
                "INSERT INTO contacts (id, phonebook, module, crm_id, name, folded_name, company, \
                 folded_company, searched, email, record, called, stale, updated) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
                 ON CONFLICT (phonebook, module, crm_id) DO UPDATE SET name = excluded.name, \
                 folded_name = excluded.folded_name, company = excluded.company, \
                 folded_company = excluded.folded_company, searched = excluded.searched, \
                 email = excluded.email, record = excluded.record, \
                 called = CASE WHEN excluded.called = 1 THEN 1 ELSE contacts.called END, \
                 stale = excluded.stale, version = contacts.version + 1, \
                 updated = excluded.updated RETURNING id",
                values![
                    id,
                    phonebook,
                    module_word(record.at.module),
                    &record.at.id,
                    &contact.entry.name,
                    &name,
                    record.company.as_deref(),
                    &company,
                    searched(&name, &company, &numbers),
                    contact.email.as_deref(),
                    json("record", record)?,
                    contact.called,
                    contact.stale,
                    now,
                ],
            )
            .await?;
        let new = id;
        let id = row.map_or(Ok(id), |row| row.parse("id"))?;
        if id != new {
            self.remove_numbers(id).await?;
        }
        self.put_numbers(id, &numbers).await?;
        self.unit.contact_changed(id);
        Ok(id)
    }

    /// Takes a CRM's record out of a phonebook. `false`: it did not stand there.
    pub async fn remove(
        &mut self,
        phonebook: PhonebookId,
        at: &RecordRef,
    ) -> Result<bool, StoreError> {
        let removed = self
            .unit
            .row(
                "DELETE FROM contacts WHERE phonebook = $1 AND module = $2 AND crm_id = $3 \
                 RETURNING id",
                values![phonebook, module_word(at.module), &at.id],
            )
            .await?;
        match removed {
            Some(row) => {
                self.unit.contact_removed(row.parse("id")?);
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// How many contacts a phonebook has.
    pub async fn count(&mut self, phonebook: PhonebookId) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) AS contacts FROM contacts WHERE phonebook = $1";
        let row = self.unit.row(sql, values![phonebook]).await?;
        row.map_or(Ok(0), |row| row.count("contacts"))
    }

    /// One contact.
    pub async fn get(&mut self, id: ContactId) -> Result<Option<Contact>, StoreError> {
        Ok(self.several(&[id]).await?.pop())
    }

    /// Those of these contacts that there are, by name.
    pub async fn several(&mut self, ids: &[ContactId]) -> Result<Vec<Contact>, StoreError> {
        let mut contacts = Vec::with_capacity(ids.len());
        for some in ids.chunks(CONTACTS_AT_ONCE) {
            let ids = some.iter().copied().map(Value::from).collect();
            let rows = self
                .unit
                .rows_in("SELECT * FROM contacts WHERE id IN", ids, "")
                .await?;
            contacts.extend(self.with_numbers(rows).await?);
        }
        contacts.sort_by_cached_key(|contact| (folded(&contact.name), contact.id));
        Ok(contacts)
    }

    /// The contacts of these rows, with their numbers.
    async fn with_numbers(&mut self, rows: Vec<Row>) -> Result<Vec<Contact>, StoreError> {
        let mut contacts: Vec<Contact> =
            rows.iter().map(Contact::read).collect::<Result<_, _>>()?;
        for some in contacts.chunks_mut(CONTACTS_AT_ONCE) {
            let ids = some.iter().map(|it| Value::from(it.id)).collect();
            let rows = self
                .unit
                .rows_in(
                    "SELECT * FROM contact_numbers WHERE contact IN",
                    ids,
                    "ORDER BY contact, place",
                )
                .await?;
            for row in &rows {
                let of: ContactId = row.parse("contact")?;
                if let Some(contact) = some.iter_mut().find(|contact| contact.id == of) {
                    contact.numbers.push(slots::number(row)?);
                }
            }
        }
        Ok(contacts)
    }
}

impl Contact {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.parse("id")?,
            phonebook: row.parse("phonebook")?,
            name: row.text("name")?,
            company: row.optional_text("company")?,
            email: row.optional_text("email")?,
            remark: row.optional_text("remark")?,
            record: row.optional_json("record")?,
            numbers: Vec::new(),
            version: row.int("version")?,
            updated: row.time("updated")?,
        })
    }
}
