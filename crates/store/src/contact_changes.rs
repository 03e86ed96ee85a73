//! What was changed in phonebooks, told to those who hold contacts in memory.
//!
//! Every function that changes contacts says so here, in the unit of work that changes them. With
//! the unit of work a row is committed that names them, which the other nodes follow
//! ([`ContactFeed`]). Whoever listens on this node is told before [`UnitOfWork::commit`] returns.

mod added;
mod feed;

pub use feed::{ContactFeed, FeedPlace};

use added::Added;

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use uuid::Uuid;

use crate::database::values;
use crate::store::Shared;
use crate::{Contact, ContactId, Phonebook, PhonebookId, Store, StoreError, UnitOfWork};

/// How many contacts one row names at most: 16 kB.
const CONTACTS_A_ROW: usize = 1_000;
/// Of more contacts a listener is only told that there are many. It reads them from the feed, and
/// whoever changes them does not wait for that.
const TOLD_AT_ONCE: usize = 100;

/// What became of contacts and phonebooks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactChanges {
    /// Contacts as they are now.
    pub there: Vec<Contact>,
    /// Contacts that are gone.
    pub gone: Vec<ContactId>,
    /// All phonebooks, where one of them was changed or removed.
    pub phonebooks: Option<Vec<Phonebook>>,
    /// Phonebooks that are gone, with all their contacts.
    pub gone_phonebooks: Vec<PhonebookId>,
}

/// What a listener is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactNews {
    /// This was changed.
    Changed(ContactChanges),
    /// So much was changed that it is to be read from the feed.
    Much,
}

/// Whoever holds contacts in memory.
pub trait ContactListener: Send + Sync {
    /// A unit of work was committed. Whoever committed it waits until this returns.
    fn committed(&self, news: ContactNews);
}

/// Who is told; at most one.
#[derive(Default)]
pub(crate) struct Listening {
    listener: RwLock<Option<Arc<dyn ContactListener>>>,
    added: Added,
}

impl Listening {
    fn get(&self) -> Option<Arc<dyn ContactListener>> {
        self.listener
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Store {
    /// From now on `listener` is told, and whoever was told before is no more.
    pub fn listen(&self, listener: Arc<dyn ContactListener>) {
        let Listening {
            listener: place, ..
        } = &self.shared().listening;
        *place.write().unwrap_or_else(PoisonError::into_inner) = Some(listener);
    }
}

/// What a unit of work has changed so far.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    contacts: BTreeSet<ContactId>,
    phonebooks: BTreeSet<PhonebookId>,
    /// Those of `contacts` that are new, as they are.
    added: Vec<Contact>,
}

/// What is to be told after the commit.
pub(crate) struct News {
    shared: Arc<Shared>,
    listener: Arc<dyn ContactListener>,
    told: ContactNews,
    added: Vec<ContactId>,
}

impl News {
    /// It was committed.
    pub(crate) fn tell(self) {
        let added = &self.shared.listening.added;
        if let ContactNews::Changed(changes) = &self.told {
            let there: Vec<_> = changes.there.iter().map(|contact| contact.id).collect();
            added.forget(&there);
            added.forget(&changes.gone);
            if changes.phonebooks.is_some() {
                added.forget_all();
            }
        }
        self.listener.committed(self.told);
    }

    /// It was not, or nobody knows.
    pub(crate) fn withdraw(self) {
        self.shared.listening.added.forget(&self.added);
    }
}

impl UnitOfWork {
    /// A contact was added or changed, or moved to another phonebook.
    pub(crate) fn contact_changed(&mut self, contact: ContactId) {
        self.contacts_changed(&[contact]);
    }

    /// A contact was removed.
    pub(crate) fn contact_removed(&mut self, contact: ContactId) {
        self.contacts_changed(&[contact]);
    }

    /// Contacts were added, changed, or removed.
    pub(crate) fn contacts_changed(&mut self, contacts: &[ContactId]) {
        self.changed().contacts.extend(contacts);
    }

    /// These contacts were added, and this is how they are.
    pub(crate) fn contacts_added(&mut self, contacts: Vec<Contact>) {
        let ids: Vec<_> = contacts.iter().map(|contact| contact.id).collect();
        self.contacts_changed(&ids);
        self.changed().added.extend(contacts);
    }

    /// A phonebook was removed with its contacts, or has another name, or a CRM fills it now or
    /// does so no more, or others see it.
    pub(crate) fn phonebook_changed(&mut self, phonebook: PhonebookId) {
        self.changed().phonebooks.insert(phonebook);
    }

    /// Writes down what was changed, for the other nodes, and reads what is to be told here.
    pub(crate) async fn write_changes(&mut self) -> Result<Option<News>, StoreError> {
        let Changed {
            contacts,
            phonebooks,
            added,
        } = std::mem::take(self.changed());
        if contacts.is_empty() && phonebooks.is_empty() {
            return Ok(None);
        }
        let at = self.now();
        let contacts: Vec<_> = contacts.into_iter().collect();
        let mut phonebook_ids = bytes(phonebooks.iter().map(|id| id.as_uuid()));
        for some in contacts.chunks(CONTACTS_A_ROW).chain(
            // A row of phonebooks alone.
            contacts.is_empty().then_some([].as_slice()),
        ) {
            let some = bytes(some.iter().map(|id| id.as_uuid()));
            self.execute(
                "INSERT INTO contact_changes (contacts, phonebooks, at) VALUES ($1, $2, $3)",
                values![some, std::mem::take(&mut phonebook_ids), at],
            )
            .await?;
        }
        let Some(listener) = self.shared().listening.get() else {
            return Ok(None);
        };
        let shared = Arc::clone(self.shared_arc());
        let mut ids = Vec::new();
        let told = if contacts.len() > TOLD_AT_ONCE {
            ids.extend(added.iter().map(|contact| contact.id));
            shared.listening.added.keep(added);
            ContactNews::Much
        } else {
            ContactNews::Changed(self.as_they_are(contacts, phonebooks).await?)
        };
        Ok(Some(News {
            shared,
            listener,
            told,
            added: ids,
        }))
    }

    /// What became of these contacts and phonebooks.
    async fn as_they_are(
        &mut self,
        contacts: Vec<ContactId>,
        phonebooks: BTreeSet<PhonebookId>,
    ) -> Result<ContactChanges, StoreError> {
        let there = self.contacts().several(&contacts).await?;
        let is_there: BTreeSet<_> = there.iter().map(|contact| contact.id).collect();
        let mut changes = ContactChanges {
            there,
            gone: contacts,
            ..ContactChanges::default()
        };
        changes.gone.retain(|id| !is_there.contains(id));
        if !phonebooks.is_empty() {
            let all = self.phonebooks().list().await?;
            let is_there: BTreeSet<_> = all.iter().map(|phonebook| phonebook.id).collect();
            changes.gone_phonebooks = phonebooks.difference(&is_there).copied().collect();
            changes.phonebooks = Some(all);
        }
        Ok(changes)
    }
}

fn bytes(ids: impl Iterator<Item = Uuid>) -> Vec<u8> {
    ids.flat_map(Uuid::into_bytes).collect()
}

fn ids(bytes: &[u8]) -> impl Iterator<Item = Uuid> {
    let (ids, _) = bytes.as_chunks::<16>();
    ids.iter().copied().map(Uuid::from_bytes)
}
