//! Contacts that were just added here, so that whoever follows need not read them back.
//!
//! An import adds a million contacts. To read each of them again, a moment later, takes about as
//! long as to write it.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::{Contact, ContactId};

/// How many contacts are kept at most, some 10 MB: those that are still to be followed. More are
/// read from the store.
const MOST: usize = 20_000;

/// What was added here and is not followed yet.
#[derive(Debug, Default)]
pub(crate) struct Added(Mutex<HashMap<ContactId, Contact>>);

impl Added {
    /// Keeps contacts. It has to be before they are committed: nobody follows them earlier.
    pub(super) fn keep(&self, contacts: Vec<Contact>) {
        let mut kept = self.kept();
        if kept.len() + contacts.len() <= MOST {
            kept.extend(contacts.into_iter().map(|contact| (contact.id, contact)));
        }
    }

    /// Takes out those of these contacts that are known; the others stay in `ids`.
    pub(super) fn take(&self, ids: &mut Vec<ContactId>) -> Vec<Contact> {
        let mut kept = self.kept();
        let mut known = Vec::new();
        ids.retain(|id| {
            kept.remove(id).is_none_or(|contact| {
                known.push(contact);
                false
            })
        });
        known
    }

    /// These were changed since, or were not committed.
    pub(super) fn forget(&self, ids: &[ContactId]) {
        let mut kept = self.kept();
        if kept.is_empty() {
            return;
        }
        for id in ids {
            kept.remove(id);
        }
    }

    /// What is known may not be so any more.
    pub(super) fn forget_all(&self) {
        self.kept().clear();
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<ContactId, Contact>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
