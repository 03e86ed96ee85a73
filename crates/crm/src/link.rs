//! One CRM that is joined.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use linecard_number::Phone;
use url::Url;

use crate::{
    Changes, Created, Cursor, Deletion, EntryKey, Failure, FollowUp, LateParts, LogEntry, Logged,
    Module, NewRecord, Person, Probe, Record, RecordRef, Usage,
};

/// A CRM that an admin has joined. Every method is one operation of the CRM; none retries by
/// itself, except once after refreshing an expired token.
///
/// What a CRM does not offer is refused in words: those methods have a body here.
///
/// A method that writes returns [`Failure::Unknown`] when its answer was lost. Only then, and
/// not before [`Crm::settles_after`], the caller looks the write up by its key.
#[async_trait]
pub trait Crm: Send + Sync {
    /// Who the connection acts as and what it may do. Writes nothing.
    async fn probe(&self) -> Result<Probe, Failure>;

    /// The people who use the CRM, without its automatic users.
    async fn users(&self) -> Result<Vec<User>, Failure>;

    /// Every record that holds `phone`, the best match first. Never creates anything, and never
    /// returns a record whose number is not really that one.
    async fn find(&self, phone: &Phone) -> Result<Vec<Record>, Failure>;

    /// The spellings of `phone` that [`Crm::find`] asks this CRM for, each once, so that a person
    /// can see what was searched. One that begins with `*` is how a number ends. Asks nothing.
    fn spellings(&self, phone: &Phone) -> Vec<String> {
        phone.spellings()
    }

    /// Records whose name, company or number begins like `text`, at most `limit` (1 to 50). For
    /// dial search (F14): quick before complete.
    async fn search(&self, text: &str, limit: usize) -> Result<Vec<Record>, Failure> {
        let _ = (text, limit);
        Err(Failure::not_offered("search by name"))
    }

    /// Which of `records` the CRM's user `user` may read (B9); `None` where the CRM cannot tell.
    async fn readable_by(
        &self,
        user: &str,
        records: &[RecordRef],
    ) -> Result<Option<Vec<RecordRef>>, Failure> {
        let _ = (user, records);
        Ok(None)
    }

    /// Whether [`Crm::readable_by`] can tell.
    fn tells_rights(&self) -> bool {
        false
    }

    /// Creates a contact or lead. A record that the CRM takes for the same one is a match, not a
    /// failure.
    async fn create(&self, new: &NewRecord) -> Result<Created, Failure> {
        let _ = new;
        Err(Failure::not_offered("creation of records"))
    }

    /// The record that an attempt to create `new` at or after `since` left, if it did.
    async fn find_created(
        &self,
        new: &NewRecord,
        since: Timestamp,
    ) -> Result<Option<Record>, Failure> {
        let _ = (new, since);
        Ok(None)
    }

    /// Removes a record that [`Crm::create`] made (G11). One that is gone counts as removed.
    async fn remove_created(&self, at: &RecordRef) -> Result<(), Failure> {
        let _ = at;
        Err(Failure::not_offered("removal of records"))
    }

    /// Writes one call. A missing or inactive owner, a person who is gone and a hidden field do
    /// not keep it from being written: the answer says what it was written without.
    async fn log(&self, entry: &LogEntry) -> Result<Logged, Failure>;

    /// How many calls [`Crm::log_many`] takes at once; 1 where the CRM has no bulk writes.
    fn bulk(&self) -> usize {
        1
    }

    /// Writes up to [`Crm::bulk`] calls with one request, and tells of each what became of it,
    /// in their order. The outer failure is of them all.
    async fn log_many(
        &self,
        entries: &[LogEntry],
    ) -> Result<Vec<Result<Logged, Failure>>, Failure> {
        let mut told = Vec::with_capacity(entries.len());
        for entry in entries {
            told.push(self.log(entry).await);
        }
        Ok(told)
    }

    /// Brings the entry `id` to hold `entry.late` where it held `before`; its other parts stay, and
    /// so does what people have written there meanwhile. Repeating it changes nothing.
    async fn amend(&self, id: &str, entry: &LogEntry, before: &LateParts) -> Result<(), Failure> {
        let _ = (id, entry, before);
        Err(Failure::not_offered("change of what was written"))
    }

    /// Moves the entry `id` to the person `entry.who` and the account `entry.account` (X3); its
    /// other parts stay. Repeating it changes nothing.
    async fn reassign(&self, id: &str, entry: &LogEntry) -> Result<(), Failure> {
        let _ = (id, entry);
        Err(Failure::not_offered(
            "way to move a call that was written to another record",
        ))
    }

    /// The CRM's ids of those entries that were written, by key. Asked after an answer was lost,
    /// before writing again.
    async fn find_logged(
        &self,
        entries: &[LogEntry],
    ) -> Result<BTreeMap<EntryKey, String>, Failure>;

    /// Gives a person something to do.
    async fn add_task(&self, task: &FollowUp) -> Result<Logged, Failure> {
        let _ = task;
        Err(Failure::not_offered("tasks"))
    }

    /// The CRM's id of the task, if it was written. Asked after an answer was lost.
    async fn find_task(&self, task: &FollowUp) -> Result<Option<String>, Failure> {
        let _ = task;
        Ok(None)
    }

    /// How long after a lost answer a look-up by key tells the truth: until then the first
    /// request may still run, or the CRM's index may lag.
    fn settles_after(&self) -> Duration {
        Duration::from_secs(5)
    }

    /// What changed in `module` since `cursor`; from the very first record without one. A module
    /// that this CRM does not have gives nothing.
    async fn changed(&self, module: Module, cursor: Option<&Cursor>) -> Result<Changes, Failure> {
        let _ = (module, cursor);
        Err(Failure::not_offered("list of changes"))
    }

    /// The cursor of somebody who has read all of `module` as it was at `at`, so that
    /// [`Crm::changed`] can follow a few records without reading all of them first. `None` where
    /// that cannot be said.
    fn cursor_at(&self, module: Module, at: Timestamp) -> Option<Cursor> {
        let _ = (module, at);
        None
    }

    /// The records with these ids as they are now; those that are gone are left out.
    async fn read(&self, module: Module, ids: &[String]) -> Result<Vec<Person>, Failure> {
        let _ = (module, ids);
        Err(Failure::not_offered("reading of records"))
    }

    /// Which of the records `held` (ids of `module`) are gone; `since` bounds how far back one
    /// has to look. A connector uses whichever its CRM answers with fewer requests.
    async fn deleted(
        &self,
        module: Module,
        since: Timestamp,
        held: &[String],
    ) -> Result<Vec<Deletion>, Failure> {
        let _ = (module, since, held);
        Err(Failure::not_offered("list of deletions"))
    }

    /// How much of the quota is used, as far as the CRM's answers told.
    fn usage(&self) -> Usage {
        Usage::default()
    }

    /// The page of a record, for a browser.
    fn page(&self, record: &RecordRef) -> Url;

    /// The page of an entry that [`Crm::log`] wrote about `who`. CRMs without pages for calls
    /// show it on the person's.
    fn entry_page(&self, id: &str, who: Option<&RecordRef>) -> Url;

    /// Takes the consent back at the CRM, as far as the CRM allows it.
    async fn revoke(&self) -> Result<(), Failure>;
}

/// Who the connection acts as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The CRM's id of the organisation.
    pub organisation: String,
    /// The organisation's name, where the CRM tells it.
    pub organisation_name: Option<String>,
    /// The user who gave consent.
    pub user: String,
}

/// A person who uses the CRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The CRM's id.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// The e-mail address; not unique in every CRM.
    pub email: Option<String>,
    /// It is one of the CRM's own, which no person uses: an integration, a robot (B3).
    pub is_system: bool,
}
