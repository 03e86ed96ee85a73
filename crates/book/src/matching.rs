//! Who has this number, in microseconds, over millions of numbers.
//!
//! The bulk lies in sorted arrays that never change ([`base`]); what was changed since lies in a
//! small table over them ([`changes`]) and is merged into new arrays now and then, beside whoever
//! asks. A contact is one piece of packed bytes in a large block: there is no allocation of its
//! own for each of ten million.

mod base;
mod changes;
mod chunk;
mod numbers;
mod packed;

use std::collections::HashMap;
use std::sync::Arc;

use linecard_number::E164;

use crate::{Contact, ContactKey, Number, PhonebookKey};
use base::Base;
use changes::{Changed, Changes};
use chunk::Writer;
use packed::Packed;

/// How many changes are worth a merge at least.
const MERGED_AT_ONCE: usize = 4_096;
/// A merge walks over all numbers: among many contacts more changes are gathered, one for this many.
const CONTACTS_A_CHANGE: usize = 512;

/// A contact that has the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Who it is.
    pub contact: Contact,
    /// Its number that matched.
    pub number: Number,
    /// What was attached to it.
    pub attached: Vec<u8>,
}

/// The contacts of all phonebooks by their numbers.
#[derive(Debug, Default)]
pub struct Index {
    base: Arc<Base>,
    /// What is being merged into the base that comes next.
    merging: Option<Arc<Changes>>,
    changes: Changes,
    phonebooks: Phonebooks,
}

impl Index {
    /// Takes a contact in, in place of what was known under its key. `attached` comes back with
    /// each match: whatever the caller wants to know of it besides.
    pub fn put(&mut self, contact: &Contact, attached: &[u8]) {
        let phonebook = self.phonebooks.place_of(contact.phonebook);
        let numbers = contact.numbers.iter().filter_map(packed::number_of);
        let bytes = packed::pack(contact, phonebook, attached);
        // Who follows what was changed is told of it once more.
        if self.bytes_of(contact.key) == Some(&*bytes) {
            return;
        }
        self.changes.put(contact.key, &bytes, numbers);
    }

    /// Forgets a contact.
    pub fn remove(&mut self, key: ContactKey) {
        self.changes.remove(key);
    }

    /// Forgets a phonebook with all its contacts, at once however many they are. It does not come
    /// back.
    pub fn forget_phonebook(&mut self, phonebook: PhonebookKey) {
        self.phonebooks.forget(phonebook);
    }

    /// The contacts that have this number; by their phonebooks and in each by their keys, which
    /// is the older first.
    #[must_use]
    pub fn matches(&self, number: &E164) -> Vec<Match> {
        let digits = packed::digits(number);
        let mut found = Vec::new();
        for place in self.base.with_number(digits) {
            if let Some((key, bytes)) = self.base.at(*place)
                && self.changed(key).is_none()
            {
                found.extend(self.matching(key, bytes, digits));
            }
        }
        for changes in self.merging.as_deref().into_iter().chain([&self.changes]) {
            for key in changes.with_number(digits) {
                // What was changed again meanwhile counts as it is now.
                let now = self.changed(*key);
                if let Some(Changed::To(bytes)) = now
                    && changes.get(*key) == now
                {
                    found.extend(self.matching(*key, bytes, digits));
                }
            }
        }
        found.sort_by_key(|it| (it.contact.phonebook, it.contact.key));
        found.dedup_by_key(|it| it.contact.key);
        found
    }

    /// One contact.
    #[must_use]
    pub fn get(&self, key: ContactKey) -> Option<Contact> {
        let packed = Packed::read(self.bytes_of(key)?)?;
        let phonebook = self.phonebooks.at(packed.phonebook)?;
        Some(packed.contact(key, phonebook))
    }

    fn bytes_of(&self, key: ContactKey) -> Option<&[u8]> {
        match self.changed(key) {
            Some(Changed::To(bytes)) => Some(bytes),
            Some(Changed::Removed) => None,
            None => self.base.get(key),
        }
    }

    /// The contacts as they were when they were last merged: they can be read beside whoever asks
    /// and changes the index.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            base: Arc::clone(&self.base),
            phonebooks: self.phonebooks.keys.clone(),
        }
    }

    /// How many bytes of memory it holds; what the allocator adds is not counted.
    #[must_use]
    pub fn heap_bytes(&self) -> usize {
        let merging = self.merging.as_deref().map_or(0, Changes::heap_bytes);
        self.base.heap_bytes() + merging + self.changes.heap_bytes()
    }

    /// Whether so much has changed that [`Index::begin_merge`] is worth it.
    #[must_use]
    pub fn wants_merge(&self) -> bool {
        let enough = MERGED_AT_ONCE.max(self.base.len() / CONTACTS_A_CHANGE);
        self.merging.is_none() && (self.changes.len() >= enough || self.phonebooks.is_to_purge())
    }

    /// Begins to merge what was changed into the base: run it beside, and give the result to
    /// [`Index::end_merge`]. `None`: one is under way.
    pub fn begin_merge(&mut self) -> Option<Merge> {
        if self.merging.is_some() {
            return None;
        }
        let changes = Arc::new(std::mem::take(&mut self.changes));
        self.merging = Some(Arc::clone(&changes));
        Some(Merge {
            base: Arc::clone(&self.base),
            changes,
            gone: self.phonebooks.purge(),
        })
    }

    /// Takes what a merge has made. One that was not begun on this index changes nothing.
    pub fn end_merge(&mut self, merged: Merged) {
        let is_own = |it: &Arc<Changes>| Arc::ptr_eq(it, &merged.changes);
        if self.merging.as_ref().is_some_and(is_own) {
            self.base = Arc::new(merged.base);
            self.merging = None;
        }
    }

    /// What became of that contact since the base was made; `None`: nothing.
    fn changed(&self, key: ContactKey) -> Option<Changed<'_>> {
        let merging = || self.merging.as_deref()?.get(key);
        self.changes.get(key).or_else(merging)
    }

    fn matching(&self, key: ContactKey, bytes: &[u8], digits: u64) -> Option<Match> {
        let packed = Packed::read(bytes)?;
        let phonebook = self.phonebooks.at(packed.phonebook)?;
        let number = packed.number(digits)?;
        Some(Match {
            number,
            attached: packed.attached.to_vec(),
            contact: packed.contact(key, phonebook),
        })
    }
}

/// The contacts of an index at one moment.
#[derive(Debug)]
pub struct Snapshot {
    base: Arc<Base>,
    phonebooks: Vec<Option<PhonebookKey>>,
}

impl Snapshot {
    /// All of them, in the order of their keys.
    pub fn contacts(&self) -> impl Iterator<Item = Contact> {
        self.base.iter().filter_map(|(key, bytes)| {
            let packed = Packed::read(bytes)?;
            let place = usize::try_from(packed.phonebook).ok()?;
            let phonebook = self.phonebooks.get(place).copied()??;
            Some(packed.contact(key, phonebook))
        })
    }
}

/// A merge of what was changed into the base.
#[derive(Debug)]
pub struct Merge {
    base: Arc<Base>,
    changes: Arc<Changes>,
    gone: Vec<u32>,
}

/// What a merge has made.
#[derive(Debug)]
pub struct Merged {
    base: Base,
    changes: Arc<Changes>,
}

impl Merge {
    /// Merges. It takes time, a tenth of a second for ten million numbers; the index is asked and
    /// changed meanwhile.
    #[must_use]
    pub fn run(self) -> Merged {
        Merged {
            base: self.base.merged(&self.changes.sorted(), &self.gone),
            changes: self.changes,
        }
    }
}

/// Makes an index of many contacts at once.
#[derive(Debug, Default)]
pub struct Builder {
    phonebooks: Phonebooks,
    written: Writer,
    /// Those that did not come in the order of their keys.
    late: Changes,
    last: Option<ContactKey>,
}

impl Builder {
    /// Takes a contact in. Those that come in the order of their keys cost the least. Of two with
    /// one key the one that came later counts.
    pub fn push(&mut self, contact: &Contact, attached: &[u8]) {
        let phonebook = self.phonebooks.place_of(contact.phonebook);
        let bytes = packed::pack(contact, phonebook, attached);
        if self.last.is_some_and(|last| last >= contact.key) {
            let numbers = contact.numbers.iter().filter_map(packed::number_of);
            self.late.put(contact.key, &bytes, numbers);
            return;
        }
        self.last = Some(contact.key);
        self.written.add(contact.key, &bytes);
    }

    /// The index.
    #[must_use]
    pub fn finish(self) -> Index {
        let base = Base::of(self.written);
        let late = self.late.sorted();
        Index {
            base: Arc::new(if late.is_empty() {
                base
            } else {
                base.merged(&late, &[])
            }),
            phonebooks: self.phonebooks,
            ..Index::default()
        }
    }
}

/// The phonebooks that occur: a contact names its own by its place here.
#[derive(Debug, Default)]
struct Phonebooks {
    places: HashMap<PhonebookKey, u32>,
    /// `None`: it is gone.
    keys: Vec<Option<PhonebookKey>>,
    /// Those that are gone and whose contacts still take up room.
    to_purge: Vec<u32>,
}

impl Phonebooks {
    fn place_of(&mut self, key: PhonebookKey) -> u32 {
        let keys = &mut self.keys;
        *self.places.entry(key).or_insert_with(|| {
            keys.push(Some(key));
            // Nobody has four billion phonebooks.
            u32::try_from(keys.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn at(&self, place: u32) -> Option<PhonebookKey> {
        self.keys.get(usize::try_from(place).ok()?).copied()?
    }

    fn forget(&mut self, key: PhonebookKey) {
        let place = self.place_of(key);
        let kept = usize::try_from(place).ok();
        if let Some(kept) = kept.and_then(|place| self.keys.get_mut(place))
            && kept.take().is_some()
        {
            self.to_purge.push(place);
        }
    }

    fn is_to_purge(&self) -> bool {
        !self.to_purge.is_empty()
    }

    fn purge(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.to_purge)
    }
}

#[cfg(test)]
mod tests;
