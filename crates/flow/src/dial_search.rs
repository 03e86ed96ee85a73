//! Dial search: whom an agent wants to call, found as they type (F14, F15).
//!
//! The phonebooks answer at once, from memory. A CRM whose "always query" is on is asked beside
//! them, and what it finds comes behind what the phonebooks found. Where it is off, or numbers are
//! hidden from the agent (F17), only the phonebooks are searched.

mod crms;
mod recent;

use std::collections::{HashMap, HashSet};

use linecard_book::search::{Hit, Query, Visible};
use linecard_book::{ContactKey, PhonebookKey, Slot};
use linecard_crm::{Record, RecordRef};
use linecard_number::{Extension, Plan, Reading};
use linecard_store::{ConnectionId, Contact, ContactId, Phonebook, StoreError, UnitOfWork};
use url::Url;

use crate::Flow;
use crate::flow::Shared;
pub(crate) use crms::CrmSearches;
pub use crms::{AskedCrm, DialSearchFailure};
pub(crate) use recent::{Recents, remember};

/// How many contacts of the phonebooks are shown.
const MOST_SHOWN: usize = 10;

/// Who looks for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialSearch {
    /// The agent's extension.
    pub extension: Extension,
    /// What was typed so far.
    pub text: String,
    /// Numbers are hidden from the agent (F17).
    pub masked: bool,
}

/// What the phonebooks know, and which CRMs may know more.
#[derive(Debug, Clone, Default)]
pub struct DialFound {
    /// Whom the agent may mean, best first.
    pub contacts: Vec<DialContact>,
    /// The CRMs that are to be asked, in their order of precedence.
    pub to_ask: Vec<AskedCrm>,
}

/// Somebody who can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialContact {
    /// Names the contact, as long as the list of one search is shown.
    pub id: String,
    /// The name.
    pub name: String,
    /// The company.
    pub company: Option<String>,
    /// The phonebook; `None`: it comes from the CRM itself.
    pub phonebook: Option<String>,
    /// The name of the CRM that has it, for people.
    pub crm: Option<String>,
    /// The page of its record, on the CRM's own host.
    pub page: Option<Url>,
    /// Its numbers.
    pub numbers: Vec<DialNumber>,
    /// The place of the number that was meant, else of the first that is no fax.
    pub first: usize,
    /// The agent had a call with it not long ago.
    pub recent: bool,
    /// Which record of which connection it is.
    pub record: Option<(ConnectionId, RecordRef)>,
}

/// A number of somebody who can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialNumber {
    /// What it is for, where that is known.
    pub slot: Option<Slot>,
    /// As people write it; it can be called as it stands.
    pub number: String,
}

impl Flow {
    /// Searches the phonebooks that the agent may see.
    pub async fn dial_search(&self, search: &DialSearch) -> Result<DialFound, StoreError> {
        let shared = self.shared();
        let directory = shared.directories.newest();
        let mut unit = shared.store.read().await?;
        let phonebooks = unit.phonebooks().list().await?;
        let hits = hits(shared, &mut unit, search, &phonebooks).await?;
        let ids: Vec<_> = hits
            .iter()
            .map(|hit| ContactId::from(hit.contact.0))
            .collect();
        let found = unit.contacts().several(&ids).await?;
        drop(unit);
        let mut found: HashMap<ContactId, Contact> = found
            .into_iter()
            .map(|contact| (contact.id, contact))
            .collect();
        let shown = hits.iter().filter_map(|hit| {
            let contact = found.remove(&ContactId::from(hit.contact.0))?;
            let phonebook = phonebooks.iter().find(|it| it.id == contact.phonebook)?;
            // It may have been moved since the book was asked.
            let may_see = phonebook.seen_by.includes(&search.extension);
            may_see.then(|| self.shown(contact, phonebook, hit, &directory.plan))
        });
        Ok(DialFound {
            contacts: shown.collect(),
            to_ask: crms::to_ask(shared, &directory, search),
        })
    }

    /// Searches one of [`DialFound::to_ask`] and gives what it has beyond `known`.
    pub async fn dial_search_in(
        &self,
        crm: &AskedCrm,
        search: &DialSearch,
        known: &[DialContact],
    ) -> Result<Vec<DialContact>, DialSearchFailure> {
        let directory = self.shared().directories.newest();
        let records = crms::ask(self.shared(), crm, search).await?;
        let is_new = |record: &&Record| {
            let at = Some((crm.connection, record.at.clone()));
            !known.iter().any(|contact| contact.record == at)
        };
        let shown = records.iter().filter(is_new).map(|record| DialContact {
            id: format!("{}/{:?}/{}", crm.connection, record.at.module, record.at.id),
            name: record.name.clone(),
            company: record.company.clone(),
            phonebook: None,
            crm: Some(crm.name.clone()),
            page: Some(record.page.clone()),
            numbers: number(&directory.plan, &record.number)
                .into_iter()
                .collect(),
            first: 0,
            recent: false,
            record: Some((crm.connection, record.at.clone())),
        });
        Ok(shown.collect())
    }

    fn shown(
        &self,
        contact: Contact,
        phonebook: &Phonebook,
        hit: &Hit,
        plan: &Plan,
    ) -> DialContact {
        let kind = phonebook.crm.as_deref();
        let is_fax = |slot: Slot| matches!(slot, Slot::BusinessFax | Slot::HomeFax);
        let voice = contact
            .numbers
            .iter()
            .position(|number| !is_fax(number.slot));
        let record = phonebook.connection.zip(contact.record.as_ref());
        DialContact {
            id: contact.id.to_string(),
            phonebook: Some(phonebook.name.clone()),
            crm: kind
                .and_then(|kind| self.connections().name(kind))
                .map(str::to_owned),
            page: contact.record.as_ref().map(|record| record.page.clone()),
            first: hit.number.or(voice).unwrap_or(0),
            recent: hit.recent,
            record: record.map(|(connection, record)| (connection, record.at.clone())),
            numbers: (contact.numbers.iter())
                .map(|number| DialNumber {
                    slot: Some(number.slot),
                    number: as_shown(plan, &number.written),
                })
                .collect(),
            name: contact.name,
            company: contact.company,
        }
    }
}

/// Whom the agent may mean: from memory, and from the store while the memory is being filled.
async fn hits(
    shared: &Shared,
    unit: &mut UnitOfWork,
    search: &DialSearch,
    phonebooks: &[Phonebook],
) -> Result<Vec<Hit>, StoreError> {
    if !shared.book.is_loaded() {
        // The store would look among the numbers too, and say by its answer which one it is (F17).
        if search.masked && search.text.contains(char::is_numeric) {
            return Ok(Vec::new());
        }
        let found = unit.contacts().search(&search.text, MOST_SHOWN).await?;
        let hit = |contact: &Contact| Hit {
            contact: ContactKey(contact.id.as_uuid()),
            number: None,
            recent: false,
        };
        return Ok(found.iter().map(hit).collect());
    }
    let recent: Vec<ContactKey> = (shared.recents.of(&search.extension).iter())
        .flat_map(|number| shared.book.matches(number).unwrap_or_default())
        .map(|found| found.contact.key)
        .collect();
    let plan = &shared.directories.newest().plan;
    let numbers = match plan.read(&search.text) {
        Reading::Phone(phone) => vec![phone.e164.digits().to_owned()],
        _ => Vec::new(),
    };
    Ok(shared.book.search(&Query {
        text: &search.text,
        numbers: &numbers,
        visible: &visible(phonebooks, &search.extension),
        recent: &recent,
        masked: search.masked,
        limit: MOST_SHOWN,
    }))
}

fn visible(phonebooks: &[Phonebook], extension: &Extension) -> Visible {
    let seen = |phonebook: &&Phonebook| phonebook.seen_by.includes(extension);
    if phonebooks.iter().all(|phonebook| seen(&phonebook)) {
        return Visible::All;
    }
    let key = |phonebook: &Phonebook| PhonebookKey(phonebook.id.as_uuid());
    let some: HashSet<_> = phonebooks.iter().filter(seen).map(key).collect();
    Visible::Only(some)
}

fn number(plan: &Plan, written: &str) -> Option<DialNumber> {
    (!written.trim().is_empty()).then(|| DialNumber {
        slot: None,
        number: as_shown(plan, written),
    })
}

fn as_shown(plan: &Plan, written: &str) -> String {
    match plan.read(written) {
        Reading::Phone(phone) => phone.shown,
        _ => written.to_owned(),
    }
}
