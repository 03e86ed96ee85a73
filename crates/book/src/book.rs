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
    /// Whether callers are known.
    knows_callers: bool,
    /// Whether people are found by name, too.
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

impl Change {
    fn apply(&self, matching: &mut matching::Index) {
        match self {
            Self::Put(contact, attached) => matching.put(contact, attached),
            Self::Remove(key) => matching.remove(*key),
            Self::Forget(phonebook) => matching.forget_phonebook(*phonebook),
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
        change.apply(&mut self.write().matching);
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
        shelves
            .knows_callers
            .then(|| shelves.matching.matches(number))
    }

    /// Whether it has been loaded, and names are found.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.read().is_loaded
    }

    /// How many bytes of memory matching callers takes.
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

    /// Puts what was loaded in place of all that was known before. Callers are known at once; to
    /// find people by name takes longer.
    pub fn end_loading(&self, loading: Loading) {
        let mut loaded = loading.0.finish();
        let all = loaded.snapshot();
        let order = self.changing();
        let mut shelves = self.write();
        for change in shelves.since.iter().flatten() {
            change.apply(&mut loaded);
        }
        let before = std::mem::replace(&mut shelves.matching, loaded);
        shelves.knows_callers = true;
        drop((shelves, order));
        // Giving back gigabytes takes a while.
        drop(before);

        let mut names = search::Index::default();
        for contact in all.contacts() {
            names.put(&contact);
        }
        let order = self.changing();
        let since = self.write().since.take();
        let before = std::mem::replace(&mut *self.write_names(), names);
        for change in since.iter().flatten() {
            self.note(change);
        }
        self.write().is_loaded = true;
        drop(order);
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
pub struct Loading(matching::Builder);

impl Loading {
    /// Adds a contact. Those that come in the order of their keys cost the least.
    pub fn push(&mut self, contact: &Contact, attached: &[u8]) {
        self.0.push(contact, attached);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{Number, Slot};

    const NUMBER: &str = "+14155550134";

    fn contact(of: u128, name: &str) -> Contact {
        Contact {
            key: ContactKey(Uuid::from_u128(of)),
            phonebook: PhonebookKey(Uuid::from_u128(9)),
            name: name.to_owned(),
            company: None,
            numbers: vec![Number {
                slot: Slot::Mobile,
                written: NUMBER.to_owned(),
                e164: Some(NUMBER.parse().unwrap()),
            }],
        }
    }

    fn names(book: &Book) -> Option<Vec<String>> {
        let matches = book.matches(&NUMBER.parse().unwrap())?.into_iter();
        Some(matches.map(|it| it.contact.name).collect())
    }

    #[test]
    fn until_it_is_loaded_it_does_not_say_that_nobody_has_a_number() {
        let book = Book::default();
        book.put(contact(1, "Grace"), Vec::new());
        assert_eq!(names(&book), None);
        let loading = book.begin_loading();
        book.end_loading(loading);
        assert_eq!(
            names(&book),
            Some(Vec::new()),
            "it was not among what was read"
        );
    }

    #[test]
    fn what_is_changed_while_it_is_loaded_counts_more_than_what_is_loaded() {
        let book = Book::default();
        let mut loading = book.begin_loading();
        for (of, name) in [(1, "Grace"), (2, "Removed"), (3, "Ada")] {
            loading.push(&contact(of, name), &[]);
        }
        book.put(contact(1, "Grace Hopper"), Vec::new());
        book.remove(contact(2, "").key);
        book.end_loading(loading);
        assert_eq!(names(&book).unwrap(), ["Grace Hopper", "Ada"]);
    }

    #[test]
    fn a_phonebook_that_goes_takes_its_contacts_with_it() {
        let book = Book::default();
        let mut loading = book.begin_loading();
        loading.push(&contact(1, "Grace"), &[]);
        book.end_loading(loading);
        book.forget_phonebook(contact(1, "").phonebook);
        assert_eq!(names(&book).unwrap(), [] as [&str; 0]);
        assert!(book.wants_merge());
        book.merge();
        assert!(!book.wants_merge());
        assert_eq!(names(&book).unwrap(), [] as [&str; 0]);
    }
}
