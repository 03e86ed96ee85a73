//! What was changed since the base was made.

use std::collections::HashMap;

use crate::ContactKey;

/// What became of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Changed<'a> {
    /// It is this, packed.
    To(&'a [u8]),
    /// It was removed.
    Removed,
}

/// Contacts that were put or removed.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// Packed; `None`: it was removed.
    contacts: HashMap<ContactKey, Option<Box<[u8]>>>,
    /// Who has a number, or had it: the packed contact tells.
    numbers: HashMap<u64, Vec<ContactKey>>,
}

impl<'a> Changed<'a> {
    #[expect(clippy::ref_option, reason = "it is what lies in the table")]
    fn of(packed: &'a Option<Box<[u8]>>) -> Self {
        packed.as_deref().map_or(Self::Removed, Self::To)
    }
}

impl Changes {
    pub(super) fn put(
        &mut self,
        key: ContactKey,
        packed: &[u8],
        numbers: impl Iterator<Item = u64>,
    ) {
        self.contacts.insert(key, Some(packed.into()));
        for number in numbers {
            let keys = self.numbers.entry(number).or_default();
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }

    pub(super) fn remove(&mut self, key: ContactKey) {
        self.contacts.insert(key, None);
    }

    /// What became of a contact; `None`: nothing.
    pub(super) fn get(&self, key: ContactKey) -> Option<Changed<'_>> {
        self.contacts.get(&key).map(Changed::of)
    }

    /// Those that have this number, and some that only had it.
    pub(super) fn with_number(&self, number: u64) -> &[ContactKey] {
        self.numbers.get(&number).map_or(&[], Vec::as_slice)
    }

    pub(super) fn len(&self) -> usize {
        self.contacts.len()
    }

    /// All, in the order of their keys.
    pub(super) fn sorted(&self) -> Vec<(ContactKey, Changed<'_>)> {
        let all = self.contacts.iter();
        let mut all: Vec<_> = all.map(|(key, it)| (*key, Changed::of(it))).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all
    }

    pub(super) fn heap_bytes(&self) -> usize {
        let packed = self.contacts.values().flatten();
        let keys = self.numbers.values().map(Vec::capacity);
        packed.map(|it| it.len()).sum::<usize>()
            + keys.sum::<usize>() * size_of::<ContactKey>()
            + self.contacts.capacity() * size_of::<(ContactKey, Option<Box<[u8]>>)>()
            + self.numbers.capacity() * size_of::<(u64, Vec<ContactKey>)>()
    }
}
