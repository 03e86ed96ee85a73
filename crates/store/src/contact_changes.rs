//! What was changed in phonebooks, told to those who hold contacts in memory.
//!
//! Every function that changes contacts says so here, in the unit of work that changes them.

use crate::{ContactId, PhonebookId, StoreError, UnitOfWork};

#[expect(
    clippy::unused_async,
    clippy::unused_self,
    reason = "nobody holds contacts in memory yet"
)]
impl UnitOfWork {
    /// A contact was added or changed, or moved to another phonebook.
    pub(crate) async fn contact_changed(&mut self, _contact: ContactId) -> Result<(), StoreError> {
        Ok(())
    }

    /// A contact was removed.
    pub(crate) async fn contact_removed(&mut self, _contact: ContactId) -> Result<(), StoreError> {
        Ok(())
    }

    /// A phonebook was removed, or a CRM fills it now or does so no more, or others see it, or
    /// many of its contacts were removed at once.
    pub(crate) async fn phonebook_changed(
        &mut self,
        _phonebook: PhonebookId,
    ) -> Result<(), StoreError> {
        Ok(())
    }
}
