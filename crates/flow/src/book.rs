//! Who has a number, by the phonebooks in memory: no ringing phone waits for a database.
//!
//! The store is the truth. All contacts are read when Linecard starts, and until that is done the
//! store is asked. Every unit of work that changes a contact here has changed it in memory, too,
//! when it is committed; what other nodes change is followed ([`follow`]).

mod follow;
mod packed;

pub(crate) use follow::run;

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use linecard_book::matching::Match;
use linecard_book::{Book, ContactKey, PhonebookKey};
use linecard_crm::{Crm, Record};
use linecard_number::E164;
use linecard_store::{
    ContactChanges, ContactId, ContactListener, ContactNews, Phonebook, PhonebookId, Store,
    StoreError,
};
use tokio::sync::Notify;

use crate::card::PhonebookContact;

/// Keeps the phonebooks in memory as the store has them.
#[derive(Debug, Default)]
pub(crate) struct Keeper {
    pub(crate) book: Arc<Book>,
    phonebooks: RwLock<HashMap<PhonebookId, Phonebook>>,
    /// So much was changed that it is to be read from the feed.
    behind: Notify,
}

impl ContactListener for Keeper {
    fn committed(&self, news: ContactNews) {
        match news {
            ContactNews::Changed(changes) => self.apply(changes),
            ContactNews::Much => self.behind.notify_one(),
        }
    }
}

impl Keeper {
    fn apply(&self, changes: ContactChanges) {
        if let Some(phonebooks) = changes.phonebooks {
            self.set_phonebooks(phonebooks);
        }
        for gone in changes.gone_phonebooks {
            self.book.forget_phonebook(key(gone));
        }
        for contact in changes.there {
            let (contact, attached) = packed::shelved(contact);
            self.book.put(contact, attached);
        }
        for gone in changes.gone {
            self.book.remove(ContactKey(gone.as_uuid()));
        }
    }

    fn set_phonebooks(&self, phonebooks: Vec<Phonebook>) {
        let mut kept = self
            .phonebooks
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *kept = phonebooks.into_iter().map(|it| (it.id, it)).collect();
    }

    fn phonebook(&self, id: PhonebookKey) -> Option<Phonebook> {
        let phonebooks = self.phonebooks.read();
        let phonebooks = phonebooks.unwrap_or_else(PoisonError::into_inner);
        phonebooks.get(&PhonebookId::from(id.0)).cloned()
    }

    /// Who has this number; `None`: it is not known in memory yet, [`in_store`] knows.
    pub(crate) fn at_once(&self, number: &E164) -> Option<Matches> {
        self.book.matches(number).map(Matches)
    }

    /// The contacts of phonebooks that no CRM fills: they name a caller whom no CRM knows.
    pub(crate) fn named(&self, found: &Matches) -> Vec<PhonebookContact> {
        let named = found.0.iter().filter_map(|it| {
            let phonebook = self.phonebook(it.contact.phonebook)?;
            phonebook.connection.is_none().then(|| PhonebookContact {
                id: ContactId::from(it.contact.key.0),
                name: it.contact.name.clone(),
                company: it.contact.company.clone(),
                phonebook: phonebook.name,
            })
        });
        named.collect()
    }

    /// Those who have this number in phonebooks that no CRM fills, in memory or not.
    pub(crate) async fn named_anywhere(
        &self,
        store: &Store,
        number: &E164,
    ) -> Result<Vec<PhonebookContact>, StoreError> {
        let found = match self.at_once(number) {
            Some(found) => found,
            None => in_store(store, number).await?,
        };
        Ok(self.named(&found))
    }
}

/// The contacts with a number, by their phonebooks and in each the older first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matches(Vec<Match>);

impl Matches {
    /// The CRM's records among those that stand in this phonebook.
    pub(crate) fn records(&self, phonebook: PhonebookId, crm: &dyn Crm) -> Vec<Record> {
        let here = self.0.iter();
        let here = here.filter(|it| it.contact.phonebook == key(phonebook));
        here.filter_map(|it| packed::record(it, crm)).collect()
    }
}

/// Who has this number, as the store says.
pub(crate) async fn in_store(store: &Store, number: &E164) -> Result<Matches, StoreError> {
    let mut unit = store.read().await?;
    let contacts = unit.contacts().with_number(number).await?;
    let matches = contacts.into_iter().filter_map(|contact| {
        let (contact, attached) = packed::shelved(contact);
        let mut numbers = contact.numbers.iter();
        let number = numbers.find(|it| it.e164.as_ref() == Some(number))?.clone();
        Some(Match {
            contact,
            number,
            attached,
        })
    });
    Ok(Matches(matches.collect()))
}

fn key(phonebook: PhonebookId) -> PhonebookKey {
    PhonebookKey(phonebook.as_uuid())
}
