//! Contacts of phonebooks, with their numbers.
//!
//! A contact of a CRM is kept under its module and id there; writing it again replaces it.

mod held;
mod matching;
mod skipped;

pub use skipped::SkippedRecord;

use jiff::Timestamp;
use linecard_crm::{Module, NumberLabel, Record, RecordRef};
use linecard_number::E164;
use linecard_rules::sync::{Entry, Number};

use crate::database::{Row, Value, values};
use crate::unit::json;
use crate::{ContactId, PhonebookId, StoreError, UnitOfWork};

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

/// The words under which the labels of numbers are stored.
const LABELS: [(NumberLabel, &str); 4] = [
    (NumberLabel::Work, "work"),
    (NumberLabel::Mobile, "mobile"),
    (NumberLabel::Home, "home"),
    (NumberLabel::Other, "other"),
];

/// A contact as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Names it.
    pub id: ContactId,
    /// The phonebook it stands in.
    pub phonebook: PhonebookId,
    /// The name.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The record in the CRM; `None`: it was made here.
    pub record: Option<Record>,
    /// Its numbers.
    pub numbers: Vec<Number>,
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
        let row = self
            .unit
            .row(
                "INSERT INTO contacts (id, phonebook, module, crm_id, name, folded_name, company, \
                 email, record, called, stale, updated) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
                 ON CONFLICT (phonebook, module, crm_id) DO UPDATE SET name = excluded.name, \
                 folded_name = excluded.folded_name, company = excluded.company, \
                 email = excluded.email, record = excluded.record, \
                 called = CASE WHEN excluded.called = 1 THEN 1 ELSE contacts.called END, \
                 stale = excluded.stale, updated = excluded.updated RETURNING id",
                values![
                    id,
                    phonebook,
                    module_word(record.at.module),
                    &record.at.id,
                    &contact.entry.name,
                    folded(&contact.entry.name),
                    record.company.as_deref(),
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
            let sql = "DELETE FROM contact_numbers WHERE contact = $1";
            self.unit.execute(sql, values![id]).await?;
        }
        for (place, number) in (0_i64..).zip(&contact.entry.numbers) {
            self.unit
                .execute(
                    "INSERT INTO contact_numbers (contact, place, label, written, e164) \
                     VALUES ($1, $2, $3, $4, $5)",
                    values![
                        id,
                        place,
                        label_word(number.label),
                        &number.written,
                        number.e164.as_ref().map(E164::as_str),
                    ],
                )
                .await?;
        }
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
            .execute(
                "DELETE FROM contacts WHERE phonebook = $1 AND module = $2 AND crm_id = $3",
                values![phonebook, module_word(at.module), &at.id],
            )
            .await?;
        Ok(removed == 1)
    }

    /// How many contacts a phonebook has.
    pub async fn count(&mut self, phonebook: PhonebookId) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) AS contacts FROM contacts WHERE phonebook = $1";
        let row = self.unit.row(sql, values![phonebook]).await?;
        row.map_or(Ok(0), |row| row.count("contacts"))
    }

    /// At most `limit` contacts of a phonebook, by name; those after the one with this name and id
    /// where `after` is given.
    pub async fn page(
        &mut self,
        phonebook: PhonebookId,
        after: Option<(&str, ContactId)>,
        limit: usize,
    ) -> Result<Vec<Contact>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let (name, id) = after.map_or((String::new(), String::new()), |(name, id)| {
            (folded(name), id.to_string())
        });
        let rows = self
            .unit
            .rows(
                "SELECT * FROM contacts WHERE phonebook = $1 \
                 AND (folded_name > $2 OR (folded_name = $2 AND id > $3)) \
                 ORDER BY folded_name, id LIMIT $4",
                values![phonebook, name, id, limit],
            )
            .await?;
        self.with_numbers(rows).await
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
                    contact.numbers.push(number(row)?);
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
            record: row.optional_json("record")?,
            numbers: Vec::new(),
            updated: row.time("updated")?,
        })
    }
}

/// A name as it is sorted and searched by.
fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

fn label_word(label: NumberLabel) -> &'static str {
    LABELS
        .iter()
        .find(|(known, _)| *known == label)
        .map_or("other", |(_, word)| word)
}

fn number(row: &Row) -> Result<Number, StoreError> {
    let word = row.text("label")?;
    let label = LABELS.iter().find(|(_, known)| *known == word);
    Ok(Number {
        label: label.map_or(NumberLabel::Other, |(label, _)| *label),
        written: row.text("written")?,
        e164: row.optional_parse("e164")?,
    })
}
