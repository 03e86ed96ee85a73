//! The phonebooks in memory: asked while a phone rings, changed while it is asked.

use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use linecard_number::E164;

use crate::matching::{self, Match};
use crate::search::{self, Hit, Query};
use crate::{Contact, ContactKey, PhonebookKey};

/// All contacts in memory. Until it has been loaded once it knows nobody, and says so.
#[derive(Debug, Default)]
pub struct Book {
    shelves: RwLock<Shelves>,
    /// Who is found as an agent types; a lock of its own, so that no ringing phone waits for it.
    names: RwLock<search::Index>,
    /// Whoever changes both holds it, so that both see changes in the same order.
    changing: Mutex<()>,
}

#[derive(Debug, Default)]
struct Shelves {
    matching: matching::Index,
    is_loaded: bool,
    /// What was changed since a loading began.
    since: Option<Vec<Change>>,
}

#[derive(Debug)]
enum Change {
    Put(Contact, Vec<u8>),
    Remove(ContactKey),
    Forget(PhonebookKey),
}

impl Shelves {
    fn apply(&mut self, change: &Change) {
        match change {
            Change::Put(contact, attached) => self.matching.put(contact, attached),
            Change::Remove(key) => self.matching.remove(*key),
            Change::Forget(phonebook) => self.matching.forget_phonebook(*phonebook),
        }
    }
}

impl Book {
    /// Takes a contact in, in place of what was known of it. `attached` comes back with a match.
    pub fn put(&self, contact: Contact, attached: Vec<u8>) {
        self.change(Change::Put(contact, attached));
    }

    /// Forgets a contact.
    pub fn remove(&self, key: ContactKey) {
        self.change(Change::Remove(key));
    }

    /// Forgets a phonebook with all its contacts.
    pub fn forget_phonebook(&self, phonebook: PhonebookKey) {
        self.change(Change::Forget(phonebook));
    }

    fn change(&self, change: Change) {
        let _order = self.changing();
        self.write().apply(&change);
        self.note(&change);
        if let Some(since) = &mut self.write().since {
            since.push(change);
        }
    }

    fn note(&self, change: &Change) {
        match change {
            Change::Put(contact, _) => self.write_names().put(contact),
            Change::Remove(key) => {
                self.write_names().remove(*key);
            }
            // Who searches meanwhile is let in between.
            Change::Forget(phonebook) => while self.write_names().forget_some_of(*phonebook) {},
        }
    }

    /// Whom an agent means, as [`search::Index::search`] orders them. Until it has been loaded
    /// nobody is found.
    #[must_use]
    pub fn search(&self, query: &Query<'_>) -> Vec<Hit> {
        let names = self.names.read().unwrap_or_else(PoisonError::into_inner);
        names.search(query)
    }

    /// The contacts that have this number, as [`matching::Index::matches`] orders them; `None`:
    /// nothing has been loaded yet, ask elsewhere.
    #[must_use]
    pub fn matches(&self, number: &E164) -> Option<Vec<Match>> {
        let shelves = self.read();
        shelves.is_loaded.then(|| shelves.matching.matches(number))
    }

    /// Whether it has been loaded.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.read().is_loaded
    }

    /// How many bytes of memory it holds.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        self.read().matching.heap_bytes()
    }

    /// Begins to load everything anew. What is changed from now on counts more than what is
    /// loaded. What was known before is known until [`Book::end_loading`].
    #[must_use]
    pub fn begin_loading(&self) -> Loading {
        self.write().since = Some(Vec::new());
        Loading::default()
    }

    /// Puts what was loaded in place of all that was known before.
    pub fn end_loading(&self, loading: Loading) {
        let mut loaded = Shelves {
            matching: loading.matching.finish(),
            is_loaded: true,
            since: None,
        };
        let order = self.changing();
        let mut shelves = self.write();
        let since = shelves.since.take();
        for change in since.iter().flatten() {
            loaded.apply(change);
        }
        let before = std::mem::replace(&mut *shelves, loaded);
        drop(shelves);
        let names_before = std::mem::replace(&mut *self.write_names(), loading.names);
        for change in since.iter().flatten() {
            self.note(change);
        }
        drop(order);
        // Giving back gigabytes takes a while.
        drop(before);
        drop(names_before);
    }

    /// Whether [`Book::merge`] is worth it.
    #[must_use]
    pub fn wants_merge(&self) -> bool {
        self.read().matching.wants_merge()
    }

    /// Merges what was changed into the sorted arrays. It takes time; who asks or changes something
    /// meanwhile does not wait for it.
    pub fn merge(&self) {
        let Some(merge) = self.write().matching.begin_merge() else {
            return;
        };
        let merged = merge.run();
        self.write().matching.end_merge(merged);
    }

    fn read(&self) -> RwLockReadGuard<'_, Shelves> {
        let shelves = self.shelves.read();
        shelves.unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shelves> {
        let shelves = self.shelves.write();
        shelves.unwrap_or_else(PoisonError::into_inner)
    }

    fn write_names(&self) -> RwLockWriteGuard<'_, search::Index> {
        self.names.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Contacts on their way into a [`Book`].
#[derive(Debug, Default)]
pub struct Loading {
    matching: matching::Builder,
    names: search::Index,
}

impl Loading {
    /// Adds a contact. Those that come in the order of their keys cost the least.
    pub fn push(&mut self, contact: &Contact, attached: &[u8]) {
        self.matching.push(contact, attached);
        self.names.put(contact);
    }
}
