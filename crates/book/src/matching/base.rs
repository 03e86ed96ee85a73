//! The bulk: contacts in the order of their keys, and their numbers in order. Never changed;
//! replaced by one into which the changes are merged, which shares every chunk that none of them
//! concerns.

use std::iter::Peekable;
use std::sync::Arc;

use super::changes::Changed;
use super::chunk::{Chunk, Writer};
use super::numbers::{Numbers, Place};
use super::packed::Packed;
use crate::ContactKey;

/// The bulk.
#[derive(Debug, Default)]
pub(super) struct Base {
    chunks: Vec<Arc<Chunk>>,
    numbers: Numbers,
    contacts: usize,
}

/// A changed contact.
type Change<'a> = (ContactKey, Changed<'a>);

impl Base {
    /// Of all that was written.
    pub(super) fn of(mut written: Writer) -> Self {
        written.close();
        written.numbers.sort_unstable();
        let mut numbers = Numbers::with_room(written.numbers.len());
        for (number, place) in &written.numbers {
            numbers.push(*number, *place);
        }
        Self::new(written.chunks, numbers)
    }

    fn new(chunks: Vec<Arc<Chunk>>, numbers: Numbers) -> Self {
        Self {
            contacts: chunks.iter().map(|chunk| chunk.len()).sum(),
            chunks,
            numbers,
        }
    }

    /// How many contacts it holds.
    pub(super) fn len(&self) -> usize {
        self.contacts
    }

    pub(super) fn with_number(&self, number: u64) -> &[Place] {
        self.numbers.of(number)
    }

    pub(super) fn at(&self, place: Place) -> Option<(ContactKey, &[u8])> {
        self.chunks.get(place.chunk())?.at(place.within())
    }

    /// All contacts, in the order of their keys.
    pub(super) fn iter(&self) -> impl Iterator<Item = (ContactKey, &[u8])> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    pub(super) fn get(&self, key: ContactKey) -> Option<&[u8]> {
        let after = self.chunks.partition_point(|it| it.first() <= Some(key));
        self.chunks.get(after.checked_sub(1)?)?.get(key)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        let chunks = self.chunks.iter().map(|chunk| chunk.heap_bytes());
        chunks.sum::<usize>()
            + self.chunks.capacity() * size_of::<Arc<Chunk>>()
            + self.numbers.heap_bytes()
    }

    /// One with these changes, which are in the order of their keys, and without the contacts of
    /// the phonebooks at those places.
    pub(super) fn merged(&self, changes: &[Change<'_>], gone: &[u32]) -> Self {
        let mut written = Writer::default();
        let mut kept = Vec::with_capacity(self.chunks.len());
        let mut rest = changes;
        for (at, chunk) in self.chunks.iter().enumerate() {
            // What comes before the next chunk concerns this one, or comes between the two.
            let next = self.chunks.get(at + 1).and_then(|next| next.first());
            let count = next.map_or(rest.len(), |next| {
                rest.partition_point(|(key, _)| *key < next)
            });
            let (these, others) = rest.split_at(count);
            rest = others;
            if these.is_empty() && !is_concerned(chunk, gone) {
                kept.push(Some(written.keep(chunk)));
            } else {
                kept.push(None);
                write(&mut written, chunk.iter(), these, gone);
                written.close();
            }
        }
        write(&mut written, std::iter::empty(), rest, gone);
        written.close();
        written.numbers.sort_unstable();
        let numbers = self.renumbered(&kept, &written.numbers);
        Self::new(written.chunks, numbers)
    }

    /// The numbers of the chunks that were kept, at their places now, and new ones.
    fn renumbered(&self, kept: &[Option<usize>], new: &[(u64, Place)]) -> Numbers {
        let moved = self.numbers.iter().filter_map(|(number, place)| {
            let chunk = kept.get(place.chunk()).copied()??;
            Some((number, Place::new(chunk, place.within())))
        });
        let mut numbers = Numbers::with_room(self.numbers.len() + new.len());
        let mut new = new.iter().copied().peekable();
        for pair in moved {
            while let Some((number, place)) = new.next_if(|it| *it < pair) {
                numbers.push(number, place);
            }
            numbers.push(pair.0, pair.1);
        }
        for (number, place) in new {
            numbers.push(number, place);
        }
        numbers
    }
}

fn is_concerned(chunk: &Chunk, gone: &[u32]) -> bool {
    !gone.is_empty() && chunk.iter().any(|(_, bytes)| is_of(bytes, gone))
}

fn is_of(bytes: &[u8], phonebooks: &[u32]) -> bool {
    Packed::phonebook(bytes).is_some_and(|phonebook| phonebooks.contains(&phonebook))
}

/// Writes contacts with what was changed about them.
fn write<'a>(
    written: &mut Writer,
    before: impl Iterator<Item = (ContactKey, &'a [u8])>,
    changes: &[Change<'a>],
    gone: &[u32],
) {
    let mut before = before.peekable();
    for (key, changed) in changes {
        add_until(written, &mut before, *key, gone);
        before.next_if(|(old, _)| old == key);
        if let Changed::To(bytes) = changed
            && !is_of(bytes, gone)
        {
            written.add(*key, bytes);
        }
    }
    for (key, bytes) in before.filter(|(_, bytes)| !is_of(bytes, gone)) {
        written.add(key, bytes);
    }
}

/// Writes those that come before `key`.
fn add_until<'a>(
    written: &mut Writer,
    before: &mut Peekable<impl Iterator<Item = (ContactKey, &'a [u8])>>,
    key: ContactKey,
    gone: &[u32],
) {
    while let Some((old, bytes)) = before.next_if(|(old, _)| *old < key) {
        if !is_of(bytes, gone) {
            written.add(old, bytes);
        }
    }
}
