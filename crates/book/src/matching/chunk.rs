//! Contacts in the order of their keys, packed side by side, a thousand in one block.

use std::sync::Arc;

use super::numbers::Place;
use super::packed::Packed;
use crate::ContactKey;

/// Some contacts; never changed.
#[derive(Debug)]
pub(super) struct Chunk {
    keys: Box<[ContactKey]>,
    /// Where each ends in `bytes`.
    ends: Box<[u32]>,
    bytes: Box<[u8]>,
}

impl Chunk {
    pub(super) fn first(&self) -> Option<ContactKey> {
        self.keys.first().copied()
    }

    pub(super) fn at(&self, within: usize) -> Option<(ContactKey, &[u8])> {
        let begin = match within.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        let end = *self.ends.get(within)? as usize;
        Some((*self.keys.get(within)?, self.bytes.get(begin..end)?))
    }

    pub(super) fn get(&self, key: ContactKey) -> Option<&[u8]> {
        let within = self.keys.binary_search(&key).ok()?;
        self.at(within).map(|(_, bytes)| bytes)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (ContactKey, &[u8])> {
        (0..self.keys.len()).filter_map(|within| self.at(within))
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        size_of_val(&*self.keys) + size_of_val(&*self.ends) + self.bytes.len() + size_of::<Self>()
    }
}

/// Writes chunks, and gathers the numbers of whom it writes.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) chunks: Vec<Arc<Chunk>>,
    /// In no order.
    pub(super) numbers: Vec<(u64, Place)>,
    keys: Vec<ContactKey>,
    ends: Vec<u32>,
    bytes: Vec<u8>,
}

impl Writer {
    /// Adds a contact whose key comes after all that are there.
    pub(super) fn add(&mut self, key: ContactKey, packed: &[u8]) {
        if self.keys.len() == Place::IN_CHUNK {
            self.close();
        }
        let Ok(end) = u32::try_from(self.bytes.len() + packed.len()) else {
            // Four gigabytes in one chunk: nothing that a phonebook takes comes near.
            return;
        };
        let place = Place::new(self.chunks.len(), self.keys.len());
        if let Some(packed) = Packed::read(packed) {
            let numbers = packed.digits();
            self.numbers.extend(numbers.map(|number| (number, place)));
        }
        self.keys.push(key);
        self.ends.push(end);
        self.bytes.extend_from_slice(packed);
    }

    /// Takes a chunk over as it is; its numbers are not gathered. Tells its place.
    pub(super) fn keep(&mut self, chunk: &Arc<Chunk>) -> usize {
        self.close();
        self.chunks.push(Arc::clone(chunk));
        self.chunks.len() - 1
    }

    /// Begins the next chunk.
    pub(super) fn close(&mut self) {
        if self.keys.is_empty() {
            return;
        }
        self.chunks.push(Arc::new(Chunk {
            keys: self.keys.as_slice().into(),
            ends: self.ends.as_slice().into(),
            bytes: self.bytes.as_slice().into(),
        }));
        self.keys.clear();
        self.ends.clear();
        self.bytes.clear();
    }
}
