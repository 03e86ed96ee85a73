//! What the book keeps of a CRM's record besides name and number, in as few bytes as it takes.

use jiff::Timestamp;
use linecard_book::matching::Match;
use linecard_book::{ContactKey, PhonebookKey};
use linecard_crm::{Crm, Module, Record, RecordRef};
use linecard_store::Contact;
use serde::{Deserialize, Serialize};

/// A record, without what the contact says already. Its page follows from where it stands.
#[derive(Debug, Serialize, Deserialize)]
struct Packed<'a> {
    module: Module,
    #[serde(borrow)]
    id: &'a str,
    #[serde(borrow)]
    owner: Option<&'a str>,
    #[serde(borrow)]
    account: Option<(Module, &'a str)>,
    /// Microseconds since 1970, like those below.
    modified: Option<i64>,
    last_activity: Option<i64>,
}

/// A contact as it is put into the book, with its record packed.
pub(super) fn shelved(contact: Contact) -> (linecard_book::Contact, Vec<u8>) {
    let attached = contact.record.as_ref().map(pack).unwrap_or_default();
    let contact = linecard_book::Contact {
        key: ContactKey(contact.id.as_uuid()),
        phonebook: PhonebookKey(contact.phonebook.as_uuid()),
        name: contact.name,
        company: contact.company,
        numbers: contact.numbers,
    };
    (contact, attached)
}

fn pack(record: &Record) -> Vec<u8> {
    let account = record.account.as_ref();
    let packed = Packed {
        module: record.at.module,
        id: &record.at.id,
        owner: record.owner.as_deref(),
        account: account.map(|account| (account.module, account.id.as_str())),
        modified: record.modified.map(Timestamp::as_microsecond),
        last_activity: record.last_activity.map(Timestamp::as_microsecond),
    };
    // Packing fails only where there is no room, and this has all there is.
    postcard::to_allocvec(&packed).unwrap_or_default()
}

/// The record of a match; `None`: it is no CRM's.
pub(super) fn record(found: &Match, crm: &dyn Crm) -> Option<Record> {
    let packed: Packed<'_> = postcard::from_bytes(&found.attached).ok()?;
    let at = RecordRef {
        module: packed.module,
        id: packed.id.to_owned(),
    };
    let time = |at: Option<i64>| at.and_then(|at| Timestamp::from_microsecond(at).ok());
    Some(Record {
        page: crm.page(&at),
        at,
        name: found.contact.name.clone(),
        company: found.contact.company.clone(),
        owner: packed.owner.map(str::to_owned),
        number: found.number.written.clone(),
        account: packed.account.map(|(module, id)| RecordRef {
            module,
            id: id.to_owned(),
        }),
        modified: time(packed.modified),
        last_activity: time(packed.last_activity),
    })
}
