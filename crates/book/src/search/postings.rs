//! The sets of contacts, by key.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use roaring::RoaringBitmap;

use super::keys::Key;

/// A set of contacts, by their places in the index.
pub(super) type Set<'a> = Cow<'a, RoaringBitmap>;

/// The contacts that are noted under each key.
#[derive(Debug, Default)]
pub(super) struct Postings(HashMap<Key, Noted, BuildHasherDefault<Hashed>>);

/// A key is a hash already.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Most keys have few contacts, for which a bitmap is too much.
#[derive(Debug)]
enum Noted {
    Few(Vec<u32>),
    Many(RoaringBitmap),
}

/// How many contacts are few.
const FEW: usize = 24;

impl Postings {
    /// Notes the contact at `place` under `key`.
    pub(super) fn add(&mut self, key: Key, place: u32) {
        let noted = self.0.entry(key).or_insert_with(|| Noted::Few(Vec::new()));
        match noted {
            Noted::Few(few) if few.len() < FEW => {
                if let Err(at) = few.binary_search(&place) {
                    few.insert(at, place);
                }
            }
            Noted::Few(few) => {
                let mut many: RoaringBitmap = few.iter().copied().collect();
                many.insert(place);
                *noted = Noted::Many(many);
            }
            // A new contact has the last place of all, unless it takes that of one that is gone.
            Noted::Many(many) => {
                if many.try_push(place).is_err() {
                    many.insert(place);
                }
            }
        }
    }

    /// Takes the contact at `place` from under `key`.
    pub(super) fn remove(&mut self, key: Key, place: u32) {
        let Some(noted) = self.0.get_mut(&key) else {
            return;
        };
        let is_empty = match noted {
            Noted::Few(few) => {
                if let Ok(at) = few.binary_search(&place) {
                    few.remove(at);
                }
                few.is_empty()
            }
            Noted::Many(many) => {
                many.remove(place);
                many.is_empty()
            }
        };
        if is_empty {
            self.0.remove(&key);
        }
    }

    /// The contacts under `key`; `None`: there are none.
    pub(super) fn get(&self, key: Key) -> Option<Set<'_>> {
        Some(match self.0.get(&key)? {
            Noted::Few(few) => Cow::Owned(few.iter().copied().collect()),
            Noted::Many(many) => Cow::Borrowed(many),
        })
    }
}
