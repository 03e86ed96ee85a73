//! The phonebooks in memory: asked while a phone rings, changed while it is asked.

use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use linecard_number::E164;

use crate::matching::{self, Match};
use crate::{Contact, ContactKey, PhonebookKey};

/// All contacts in memory. Until it has been loaded once it knows nobody, and says so.
#[derive(Debug, Default)]
pub struct Book(RwLock<Shelves>);

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
        let mut shelves = self.write();
        shelves.apply(&change);
        if let Some(since) = &mut shelves.since {
            since.push(change);
        }
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
        let mut shelves = self.write();
        for change in shelves.since.take().iter().flatten() {
            loaded.apply(change);
        }
        let before = std::mem::replace(&mut *shelves, loaded);
        // Giving back gigabytes takes a while.
        drop(shelves);
        drop(before);
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
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shelves> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Contacts on their way into a [`Book`].
#[derive(Debug, Default)]
pub struct Loading {
    matching: matching::Builder,
}

impl Loading {
    /// Adds a contact. Those that come in the order of their keys cost the least.
    pub fn push(&mut self, contact: &Contact, attached: &[u8]) {
        self.matching.push(contact, attached);
    }
}
